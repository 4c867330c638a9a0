package proxy_test

import (
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/mocksf/proxy"
)

func TestGarbageEndsCleanly(t *testing.T) {
	for name, garbage := range map[string]string{
		"nothing":          "",
		"half a line":      "CONNECT login.salesf",
		"half a header":    "CONNECT login.salesforce.com:443 HTTP/1.1\r\nHost: lo",
		"binary":           "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\x00\xff\xfe",
		"no version":       "CONNECT login.salesforce.com:443\r\n\r\n",
		"odd version":      "CONNECT login.salesforce.com:443 HTTP/9.9\r\n\r\n",
		"no host":          "CONNECT  HTTP/1.1\r\n\r\n",
		"control bytes":    "CONNECT login\x00.salesforce.com:443 HTTP/1.1\r\n\r\n",
		"broken IPv6":      "CONNECT [::1:443 HTTP/1.1\r\n\r\n",
		"percent":          "CONNECT %zz:443 HTTP/1.1\r\n\r\n",
		"smuggled line":    "CONNECT login.salesforce.com:443\rX: y HTTP/1.1\r\n\r\n",
		"two hosts":        "CONNECT login.salesforce.com:443 HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
		"HTTP/2 preface":   "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
		"asterisk":         "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
		"huge line":        "CONNECT " + strings.Repeat("a", 1<<20) + ":443 HTTP/1.1\r\n\r\n",
		"huge header":      "CONNECT login.salesforce.com:443 HTTP/1.1\r\nX: " + strings.Repeat("a", 1<<20) + "\r\n\r\n",
		"countless header": "CONNECT login.salesforce.com:443 HTTP/1.1\r\n" + strings.Repeat("X: y\r\n", 1<<18) + "\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			before := runtime.NumGoroutine()
			o := newOrigin()
			p, address := start(t, proxy.Options{Dial: o.Dial})
			c := dialProxy(t, address)
			// The proxy may hang up before it has read all of it.
			_, _ = io.WriteString(c, garbage)
			_ = c.CloseWrite()
			text, _ := io.ReadAll(c)
			if strings.HasPrefix(string(text), "HTTP/1.1 2") || len(o.dialled) > 0 {
				t.Errorf("got %q, dialled %d", text, len(o.dialled))
			}
			if p.Refusals() != 0 {
				t.Errorf("refused %v", p.Refused())
			}
			settle(t, before+serving)
		})
	}
}

func TestAClientThatLeavesBeforeTheAnswerLeavesNothingBehind(t *testing.T) {
	before := runtime.NumGoroutine()
	o := newOrigin()
	_, address := start(t, proxy.Options{Dial: o.Dial})
	for range 50 {
		c := dialProxy(t, address)
		c.send(t, "CONNECT acme.my.salesforce.com:443 HTTP/1.1\r\nHost: x\r\n\r\n")
		_ = c.SetLinger(0)
		_ = c.Close()
	}
	// A tunnel that was opened all the same ends with its client.
	o.hangUp(t, before+serving)
}

// hangUp closes the servers' ends as they come, until the goroutines have settled.
func (o *origin) hangUp(tb testing.TB, goroutines int) {
	tb.Helper()
	for range 1_000_000 {
		select {
		case c := <-o.conns:
			wantEnd(tb, c)
			_ = c.Close()
		default:
			if runtime.NumGoroutine() <= goroutines {
				return
			}
			runtime.Gosched()
		}
	}
	settle(tb, goroutines)
}

func TestAServerThatIsNoHTTP11ServerIsTold(t *testing.T) {
	t.Parallel()
	p, err := proxy.New(proxy.Options{Dial: newOrigin().Dial, DialOut: sealed(t)})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	both := new(http.Protocols)
	both.SetUnencryptedHTTP2(true)
	server := &http.Server{Handler: p, Protocols: both}
	defer server.Close()
	go func() { _ = server.Serve(l) }()
	tr := &http.Transport{Protocols: both}
	defer tr.CloseIdleConnections()
	resp, err := tr.RoundTrip(request(t, http.MethodGet, "http://"+l.Addr().String()+"/"))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusHTTPVersionNotSupported {
		t.Errorf("got %d", resp.StatusCode)
	}
}

func request(tb testing.TB, method, address string) *http.Request {
	tb.Helper()
	r, err := http.NewRequest(method, address, nil)
	if err != nil {
		tb.Fatal(err)
	}
	return r
}
