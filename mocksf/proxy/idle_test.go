package proxy_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sfconform/sfconform/mocksf/proxy"
)

// pipes is a listener whose connections stay in memory, so that the time-outs
// run on the bubble's clock and a goroutine left behind fails the test.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
}

func (l *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

func (l *pipes) Close() error   { close(l.closed); return nil }
func (l *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "memory"} }

func (l *pipes) dial() net.Conn {
	near, far := net.Pipe()
	l.conns <- far
	return near
}

const idle = time.Minute

// startInMemory serves a proxy whose servers' ends come out of the channel.
func startInMemory(tb testing.TB) (l *pipes, servers chan net.Conn, stop func()) {
	tb.Helper()
	servers = make(chan net.Conn, 1)
	p, err := proxy.New(proxy.Options{
		IdleTimeout: idle, HeaderTimeout: idle, DialOut: sealed(tb),
		Dial: func(context.Context, string) (net.Conn, error) {
			near, far := net.Pipe()
			servers <- far
			return near, nil
		},
	})
	if err != nil {
		tb.Fatal(err)
	}
	l = &pipes{conns: make(chan net.Conn), closed: make(chan struct{})}
	server := p.Server()
	go func() { _ = server.Serve(l) }()
	return l, servers, func() {
		_ = server.Close()
		_ = p.Close()
	}
}

func connectInMemory(tb testing.TB, l *pipes, servers chan net.Conn) (c, server net.Conn) {
	tb.Helper()
	c = l.dial()
	_, _ = io.WriteString(c, "CONNECT acme.my.salesforce.com:443 HTTP/1.1\r\nHost: x\r\n\r\n")
	resp, err := http.ReadResponse(bufio.NewReader(c), &http.Request{Method: http.MethodConnect})
	if err != nil || resp.StatusCode != http.StatusOK {
		tb.Fatalf("got %v, %v", resp, err)
	}
	return c, <-servers
}

func TestAnIdleTunnelEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, servers, stop := startInMemory(t)
		defer stop()
		c, server := connectInMemory(t, l, servers)
		began := time.Now()
		wantEnd(t, server)
		wantEnd(t, c)
		if got := time.Since(began); got != idle {
			t.Errorf("it took %v, want %v", got, idle)
		}
	})
}

func TestATunnelThatIsUsedOneWayOnlyIsNotIdle(t *testing.T) {
	t.Parallel()
	for _, direction := range []string{"up", "down"} {
		synctest.Test(t, func(t *testing.T) {
			l, servers, stop := startInMemory(t)
			defer stop()
			from, to := connectInMemory(t, l, servers)
			if direction == "down" {
				from, to = to, from
			}
			for range 10 {
				// The bubble's clock: nobody waits.
				time.Sleep(idle - 1)
				go func() { _, _ = io.WriteString(from, "drop") }()
				wantRead(t, to, "drop")
			}
			began := time.Now()
			wantEnd(t, to)
			wantEnd(t, from)
			if got := time.Since(began); got != idle {
				t.Errorf("%s: it ended %v after the last byte, want %v", direction, got, idle)
			}
		})
	}
}

func TestATunnelWhosePeerDoesNotReadEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, servers, stop := startInMemory(t)
		defer stop()
		c, server := connectInMemory(t, l, servers)
		// Nobody reads from the server's end, so the proxy cannot pass this on.
		go func() { _, _ = io.WriteString(c, "unread") }()
		wantEnd(t, c)
		_ = server.Close()
	})
}

func TestASlowHeaderEndsTheConnection(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, _, stop := startInMemory(t)
		defer stop()
		began := time.Now()
		c := l.dial()
		gone := make(chan struct{})
		go func() {
			defer close(gone)
			for range 1000 {
				if _, err := io.WriteString(c, "C"); err != nil {
					return
				}
				time.Sleep(idle / 10)
			}
		}()
		_, _ = io.Copy(io.Discard, c)
		if got := time.Since(began); got > 2*idle {
			t.Errorf("it took %v", got)
		}
		_ = c.Close()
		<-gone
	})
}

func TestAClientThatDoesNotReadItsAnswerIsLeft(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, servers, stop := startInMemory(t)
		defer stop()
		c := l.dial()
		_, _ = io.WriteString(c, "CONNECT acme.my.salesforce.com:443 HTTP/1.1\r\nHost: x\r\n\r\n")
		wantEnd(t, <-servers)
		wantEnd(t, c)
	})
}

func TestAPlainExchangeThatTricklesIsNotIdle(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l, servers, stop := startInMemory(t)
		defer stop()
		c := l.dial()
		defer c.Close()
		go func() {
			_, _ = io.WriteString(c, "POST http://acme.my.salesforce.com/ HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n")
			trickle(c, "query")
		}()
		server := <-servers
		defer server.Close()
		r, err := http.ReadRequest(bufio.NewReader(server))
		if err != nil {
			t.Fatal(err)
		}
		wantRead(t, r.Body, "query")
		go func() {
			_, _ = io.WriteString(server, "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n")
			trickle(server, "answer")
		}()
		resp, err := http.ReadResponse(bufio.NewReader(c), nil)
		if err != nil {
			t.Fatal(err)
		}
		wantRead(t, resp.Body, "answer")
	})
}

// trickle writes a byte each time just before the tunnel would be idle.
func trickle(w io.Writer, text string) {
	for i := range text {
		// The bubble's clock: nobody waits.
		time.Sleep(idle - 1)
		_, _ = io.WriteString(w, text[i:i+1])
	}
}
