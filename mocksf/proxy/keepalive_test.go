package proxy_test

import (
	"context"
	"crypto/tls"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
	"testing"

	"github.com/sfconform/sfconform/mocksf/proxy"
)

// tlsFake is a TLS server with a proxy in front, and counts what it takes to
// reach it.
type tlsFake struct {
	client  *http.Client
	tunnels atomic.Int32
}

// certified is a name in the certificate of httptest.
const certified = "example.com"

func startTLSFake(tb testing.TB, http2 bool) *tlsFake {
	tb.Helper()
	f := &tlsFake{}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(w, r.Body)
		_, _ = io.WriteString(w, r.Host+" "+r.Proto)
	}))
	server.EnableHTTP2 = http2
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	tb.Cleanup(server.Close)
	_, address := start(tb, proxy.Options{Dial: func(ctx context.Context, _ string) (net.Conn, error) {
		f.tunnels.Add(1)
		return new(net.Dialer).DialContext(ctx, "tcp", server.Listener.Addr().String())
	}})
	roots := server.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	transport := &http.Transport{
		Proxy:             http.ProxyURL(&url.URL{Scheme: "http", Host: address}),
		TLSClientConfig:   &tls.Config{RootCAs: roots, ServerName: certified},
		ForceAttemptHTTP2: http2,
	}
	tb.Cleanup(transport.CloseIdleConnections)
	f.client = &http.Client{Transport: transport}
	return f
}

func TestManyRequestsTakeOneTunnelAndOneHandshake(t *testing.T) {
	t.Parallel()
	for proto, http2 := range map[string]bool{"HTTP/1.1": false, "HTTP/2.0": true} {
		t.Run(proto, func(t *testing.T) {
			t.Parallel()
			f := startTLSFake(t, http2)
			handshakes := 0
			ctx := httptrace.WithClientTrace(t.Context(), &httptrace.ClientTrace{
				TLSHandshakeDone: func(tls.ConnectionState, error) { handshakes++ },
			})
			for range 25 {
				r := request(t, http.MethodGet, "https://acme.my.salesforce.com/services/data")
				resp, err := f.client.Do(r.WithContext(ctx))
				if err != nil {
					t.Fatal(err)
				}
				body, err := io.ReadAll(resp.Body)
				_ = resp.Body.Close()
				if want := "acme.my.salesforce.com " + proto; err != nil || string(body) != want {
					t.Fatalf("got %q, %v; want %q", body, err, want)
				}
			}
			if f.tunnels.Load() != 1 || handshakes != 1 {
				t.Errorf("25 requests took %d tunnels and %d handshakes, want 1 and 1", f.tunnels.Load(), handshakes)
			}
		})
	}
}

func TestTheClientSeesTheFakesOwnCertificate(t *testing.T) {
	t.Parallel()
	f := startTLSFake(t, false)
	f.client.Transport.(*http.Transport).TLSClientConfig.RootCAs = nil
	resp, err := f.client.Get("https://acme.my.salesforce.com/")
	if err == nil {
		_ = resp.Body.Close()
		t.Fatal("a client that does not trust the fake's authority was served")
	}
	wantContains(t, err.Error(), "certificate")
}

func BenchmarkTunnelKeepAlive(b *testing.B) {
	f := startTLSFake(b, false)
	b.ReportAllocs()
	for b.Loop() {
		resp, err := f.client.Get("https://acme.my.salesforce.com/")
		if err != nil {
			b.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		_ = resp.Body.Close()
	}
}
