package mocksf_test

import (
	"crypto/tls"
	"io"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/sfconform/sfconform/mocksf"
	"github.com/sfconform/sfconform/mocksf/fault"
)

// wrapped is what a middleware makes of a writer: it counts, and leads to the writer.
type wrapped struct {
	http.ResponseWriter
	bytes *atomic.Int64
}

func (w wrapped) Write(b []byte) (int, error) {
	w.bytes.Add(int64(len(b)))
	return w.ResponseWriter.Write(b)
}

func (w wrapped) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// way is one way to reach the orgs of a server.
type way struct {
	server *mocksf.Server
	client *http.Client
	url    string
}

// ways are the server's own listener, and a caller's TLS listener with a middleware.
// The clients keep no connections: net/http repeats a GET on its own if a kept one breaks.
func ways(t *testing.T) map[string]way {
	t.Helper()
	own := mocksf.Serve(t)
	behind, err := mocksf.New(mocksf.Options{})
	if err != nil {
		t.Fatal(err)
	}
	handler, count := behind.Handler(), &atomic.Int64{}
	front := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler.ServeHTTP(wrapped{w, count}, r)
	}))
	t.Cleanup(front.Close)
	t.Cleanup(func() { _ = behind.Close() })
	plain := func(config *tls.Config) *http.Client {
		transport := &http.Transport{DisableCompression: true, DisableKeepAlives: true, TLSClientConfig: config}
		t.Cleanup(transport.CloseIdleConnections)
		return &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	}
	return map[string]way{
		"own listener": {own, plain(nil), own.URL()},
		"a wrapper behind TLS": {
			behind, plain(front.Client().Transport.(*http.Transport).TLSClientConfig), front.URL,
		},
	}
}

// under arms a fault for one request and asks for the versions, which anybody may.
func (w way) under(t *testing.T, f fault.Fault) (*http.Response, []byte, error) {
	t.Helper()
	f.Name, f.First = "f", 1
	_ = w.server.Org().Faults().Disarm("f")
	if err := w.server.Org().Faults().Arm(f); err != nil {
		t.Fatal(err)
	}
	return w.ask(t)
}

func (w way) ask(t *testing.T) (*http.Response, []byte, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.url+"/services/data", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := w.client.Do(r)
	if err != nil {
		return nil, nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp, body, err
}

// eachWay runs a test over each way, with the answer that there is without a fault.
func eachWay(t *testing.T, test func(t *testing.T, w way, right []byte)) {
	t.Helper()
	for name, w := range ways(t) {
		t.Run(name, func(t *testing.T) {
			_, right, err := w.ask(t)
			if err != nil || len(right) < 100 {
				t.Fatalf("without a fault: %q %v", right, err)
			}
			test(t, w, right)
		})
	}
}
