package proxy_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/mocksf/proxy"
)

// ask sends a plain request through the proxy, and returns the client and the
// request as it reached the server together with the connection to answer on.
func ask(tb testing.TB, address string, o *origin, text string) (client, *http.Request, *net.TCPConn) {
	tb.Helper()
	c := dialProxy(tb, address)
	c.send(tb, text)
	server := <-o.conns
	tb.Cleanup(func() { _ = server.Close() })
	r, err := http.ReadRequest(bufio.NewReader(server))
	if err != nil {
		tb.Fatal(err)
	}
	return c, r, server
}

func TestAPlainRequestReachesTheFakeUnchanged(t *testing.T) {
	t.Parallel()
	o := newOrigin()
	_, address := start(t, proxy.Options{Dial: o.Dial})
	c, r, server := ask(t, address, o, "POST http://acme.my.salesforce.com/services/oauth2/token?x=1 HTTP/1.1\r\n"+
		"Host: elsewhere.example\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n"+
		"Authorization: Basic eDp5\r\nProxy-Authorization: Basic eDp5\r\nConnection: X-Hop, Upgrade, HTTP2-Settings\r\n"+
		"X-Hop: 1\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n\r\na=b")
	body, err := io.ReadAll(r.Body)
	if err != nil || string(body) != "a=b" || r.Method != http.MethodPost || r.RequestURI != "/services/oauth2/token?x=1" || r.Host != "acme.my.salesforce.com" {
		t.Errorf("%s %s of %s arrived with %q, %v", r.Method, r.RequestURI, r.Host, body, err)
	}
	if got := <-o.dialled; got != "acme.my.salesforce.com:80" {
		t.Errorf("dialled %q", got)
	}
	want := map[string]bool{"Authorization": true, "Content-Type": true, "Content-Length": true, "Connection": true}
	for name := range r.Header {
		if !want[name] {
			t.Errorf("%s: %q arrived", name, r.Header.Get(name))
		}
	}
	if r.Header.Get("Authorization") == "" {
		t.Error("Authorization was lost: it is meant for the server")
	}
	_, _ = io.WriteString(server, "HTTP/1.1 301 Moved Permanently\r\nLocation: https://acme.my.salesforce.com/\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\nKeep-Alive: 5\r\nConnection: close\r\n\r\nzip!")
	resp, text := c.answer(t, http.MethodPost)
	if resp.StatusCode != http.StatusMovedPermanently || resp.Header.Get("Location") != "https://acme.my.salesforce.com/" || text != "zip!" {
		t.Errorf("got %d %v %q", resp.StatusCode, resp.Header, text)
	}
	if resp.ContentLength != 4 || resp.Header.Get("Keep-Alive") != "" || resp.Close {
		t.Errorf("got length %d, close %t, %v", resp.ContentLength, resp.Close, resp.Header)
	}
}

func TestAcceptEncodingIsTheClientsOwn(t *testing.T) {
	t.Parallel()
	for _, sent := range []string{"", "gzip, br"} {
		o := newOrigin()
		_, address := start(t, proxy.Options{Dial: o.Dial})
		head := "GET http://login.salesforce.com/ HTTP/1.1\r\nHost: x\r\n"
		if sent != "" {
			head += "Accept-Encoding: " + sent + "\r\n"
		}
		_, r, _ := ask(t, address, o, head+"\r\n")
		if got := r.Header.Get("Accept-Encoding"); got != sent {
			t.Errorf("sent %q, %q arrived", sent, got)
		}
	}
}

func TestABrokenPlainAnswerBreaksTheClientsConnection(t *testing.T) {
	for name, head := range map[string]string{
		"by length": "Content-Length: 100\r\n\r\nhalf",
		"in chunks": "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			before := runtime.NumGoroutine()
			o := newOrigin()
			_, address := start(t, proxy.Options{Dial: o.Dial})
			c, _, server := ask(t, address, o, "GET http://login.salesforce.com/ HTTP/1.1\r\nHost: x\r\n\r\n")
			_, _ = io.WriteString(server, "HTTP/1.1 200 OK\r\n"+head)
			_ = server.Close()
			if resp, err := http.ReadResponse(c.r, nil); err == nil {
				body, err := io.ReadAll(resp.Body)
				if err == nil {
					t.Errorf("%q looks whole", body)
				}
			}
			_ = c.Close()
			settle(t, before+serving)
		})
	}
}

func TestAServerThatHangsUpOrSwitchesProtocolsIsABadGateway(t *testing.T) {
	for name, answer := range map[string]string{
		"hangs up":           "",
		"is no HTTP server":  "SSH-2.0-x\r\n",
		"switches protocols": "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			before := runtime.NumGoroutine()
			o := newOrigin()
			_, address := start(t, proxy.Options{Dial: o.Dial})
			c, _, server := ask(t, address, o, "GET http://login.salesforce.com/ HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
			_, _ = io.WriteString(server, answer)
			_ = server.Close()
			resp, body := c.answer(t, http.MethodGet)
			if resp.StatusCode != http.StatusBadGateway || !strings.HasPrefix(body, "proxy: ") {
				t.Errorf("got %d %q", resp.StatusCode, body)
			}
			if len(o.conns) > 0 {
				t.Error("the request was sent again")
			}
			_ = c.Close()
			settle(t, before+serving)
		})
	}
}

func TestEveryPlainRequestReachesTheServerOnce(t *testing.T) {
	t.Parallel()
	o := newOrigin()
	_, address := start(t, proxy.Options{Dial: o.Dial})
	c := dialProxy(t, address)
	for range 3 {
		c.send(t, "GET http://login.salesforce.com/ HTTP/1.1\r\nHost: x\r\n\r\n")
		server := <-o.conns
		if _, err := http.ReadRequest(bufio.NewReader(server)); err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(server, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
		if resp, body := c.answer(t, http.MethodGet); resp.StatusCode != http.StatusOK || body != "ok" {
			t.Errorf("got %d %q", resp.StatusCode, body)
		}
		// Had the proxy kept the connection, a later request could meet a broken
		// one, and net/http would send it again.
		wantEnd(t, server)
		_ = server.Close()
	}
	if len(o.dialled) != 3 {
		t.Errorf("3 requests took %d connections", len(o.dialled))
	}
}

func TestPlainRequestsAreRefusedAndLetThroughAsTunnelsAre(t *testing.T) {
	t.Parallel()
	o := newOrigin()
	p, address := start(t, proxy.Options{
		Dial: newOrigin().Dial, Allow: []string{"*.example"},
		DialOut: func(ctx context.Context, _, address string) (net.Conn, error) { return o.Dial(ctx, address) },
	})
	c := dialProxy(t, address)
	c.send(t, "GET http://elsewhere.test/?secret=1 HTTP/1.1\r\nHost: login.salesforce.com\r\n\r\n")
	resp, body := c.answer(t, http.MethodGet)
	if resp.StatusCode != http.StatusForbidden || strings.Contains(body+strings.Join(p.Refused(), ""), "secret") {
		t.Errorf("got %d %q, listed %v", resp.StatusCode, body, p.Refused())
	}
	ask(t, address, o, "GET http://www.example:8080/ HTTP/1.1\r\nHost: x\r\n\r\n")
	if got := <-o.dialled; got != "www.example:8080" {
		t.Errorf("dialled %q", got)
	}
}
