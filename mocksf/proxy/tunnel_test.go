package proxy_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"runtime"
	"testing"

	"github.com/sfconform/sfconform/mocksf/proxy"
)

func TestATunnelCarriesBothWays(t *testing.T) {
	t.Parallel()
	o := newOrigin()
	_, address := start(t, proxy.Options{Dial: o.Dial})
	c, server := openTunnel(t, address, o)
	for range 3 {
		c.send(t, "hello")
		wantRead(t, server, "hello")
		_, _ = io.WriteString(server, "goodbye")
		wantRead(t, c.r, "goodbye")
	}
}

func TestWhatIsSentRightBehindConnectReachesTheServer(t *testing.T) {
	t.Parallel()
	o := newOrigin()
	_, address := start(t, proxy.Options{Dial: o.Dial})
	c := dialProxy(t, address)
	early := string(bytes.Repeat([]byte("client hello "), 200))
	c.send(t, "CONNECT acme.my.salesforce.com:443 HTTP/1.1\r\nHost: x\r\n\r\n"+early)
	server := <-o.conns
	defer server.Close()
	wantRead(t, server, early)
	if resp, _ := c.answer(t, http.MethodConnect); resp.StatusCode != http.StatusOK {
		t.Errorf("got %d", resp.StatusCode)
	}
	c.send(t, "and more")
	wantRead(t, server, "and more")
}

func TestAHalfClosedTunnelStillDeliversTheOtherWay(t *testing.T) {
	t.Parallel()
	o := newOrigin()
	_, address := start(t, proxy.Options{Dial: o.Dial})

	t.Run("the client is done", func(t *testing.T) {
		c, server := openTunnel(t, address, o)
		c.send(t, "question")
		_ = c.CloseWrite()
		wantRead(t, server, "question")
		wantEnd(t, server)
		_, _ = io.WriteString(server, "late answer")
		_ = server.CloseWrite()
		wantRead(t, c.r, "late answer")
		wantEnd(t, c.r)
	})
	t.Run("the server is done", func(t *testing.T) {
		c, server := openTunnel(t, address, o)
		_, _ = io.WriteString(server, "first word")
		_ = server.CloseWrite()
		wantRead(t, c.r, "first word")
		wantEnd(t, c.r)
		c.send(t, "last word")
		_ = c.CloseWrite()
		wantRead(t, server, "last word")
		wantEnd(t, server)
	})
}

// ends are ways in which one side leaves a tunnel.
var ends = map[string]func(*net.TCPConn){
	"closes": func(c *net.TCPConn) { _ = c.Close() },
	"resets": func(c *net.TCPConn) { _ = c.SetLinger(0); _ = c.Close() },
	"is gone after a half-close": func(c *net.TCPConn) {
		_ = c.CloseWrite()
		_ = c.SetLinger(0)
		_ = c.Close()
	},
}

func TestATunnelEndsWithEitherSide(t *testing.T) {
	before := runtime.NumGoroutine()
	for name, end := range ends {
		t.Run("the client "+name, func(t *testing.T) {
			o := newOrigin()
			_, address := start(t, proxy.Options{Dial: o.Dial})
			c, server := openTunnel(t, address, o)
			end(c.TCPConn)
			wantEnd(t, server)
			_ = server.Close()
			settle(t, before+subtest+serving)
		})
		t.Run("the server "+name, func(t *testing.T) {
			o := newOrigin()
			_, address := start(t, proxy.Options{Dial: o.Dial})
			c, server := openTunnel(t, address, o)
			end(server)
			wantEnd(t, c.r)
			_ = c.Close()
			settle(t, before+subtest+serving)
		})
	}
	settle(t, before)
}

// subtest and serving are the goroutines of a running sub-test and of a proxy
// without tunnels.
const (
	subtest = 1
	serving = 1
)

func TestAServerThatCannotHalfCloseIsClosedWithTheClient(t *testing.T) {
	before := runtime.NumGoroutine()
	near, far := net.Pipe()
	_, address := start(t, proxy.Options{Dial: func(context.Context, string) (net.Conn, error) { return near, nil }})
	c := dialProxy(t, address)
	c.send(t, "CONNECT acme.my.salesforce.com:443 HTTP/1.1\r\nHost: x\r\n\r\n")
	c.answer(t, http.MethodConnect)
	c.send(t, "question")
	wantRead(t, far, "question")
	_, _ = io.WriteString(far, "answer")
	wantRead(t, c.r, "answer")
	_ = c.CloseWrite()
	wantEnd(t, far)
	wantEnd(t, c.r)
	settle(t, before+serving)
}

func TestCloseEndsAThousandIdleTunnels(t *testing.T) {
	before := runtime.NumGoroutine()
	o := newOrigin()
	p, address := start(t, proxy.Options{Dial: o.Dial})
	const tunnels = 1000
	clients, servers := make([]client, tunnels), make([]*net.TCPConn, tunnels)
	for i := range tunnels {
		clients[i], servers[i] = openTunnel(t, address, o)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	for i := range tunnels {
		wantEnd(t, clients[i].r)
		wantEnd(t, servers[i])
	}
	settle(t, before+serving)
	if err := p.Close(); err != nil {
		t.Errorf("the second Close: %v", err)
	}
}
