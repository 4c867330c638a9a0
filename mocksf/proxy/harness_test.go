package proxy_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/mocksf/proxy"
)

var errOutside = errors.New("the test let a connection out")

// sealed fails the test when something is dialled for real.
func sealed(tb testing.TB) func(context.Context, string, string) (net.Conn, error) {
	tb.Helper()
	return func(_ context.Context, _, address string) (net.Conn, error) {
		tb.Errorf("%s was dialled for real", address)
		return nil, errOutside
	}
}

// start serves the proxy on a port of its own and returns the port's address.
func start(tb testing.TB, o proxy.Options) (*proxy.Proxy, string) {
	tb.Helper()
	if o.DialOut == nil {
		o.DialOut = sealed(tb)
	}
	p, err := proxy.New(o)
	if err != nil {
		tb.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	server := p.Server()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = server.Serve(l)
	}()
	tb.Cleanup(func() {
		_ = server.Close()
		_ = p.Close()
		<-ended
	})
	return p, l.Addr().String()
}

// origin is a fake that the test plays by hand: each connection that the proxy
// opens comes out of conns.
type origin struct {
	dialled chan string
	conns   chan *net.TCPConn
}

const maxConns = 2000

// failSafe makes a test of a proxy that delivers nothing fail, not hang.
const failSafe = 20 * time.Second

func newOrigin() *origin {
	return &origin{dialled: make(chan string, maxConns), conns: make(chan *net.TCPConn, maxConns)}
}

func (o *origin) Dial(_ context.Context, address string) (net.Conn, error) {
	near, far, err := tcpPair()
	if err != nil {
		return nil, err
	}
	_ = far.SetDeadline(time.Now().Add(failSafe))
	o.dialled <- address
	o.conns <- far
	return near, nil
}

func tcpPair() (near, far *net.TCPConn, err error) {
	l, err := net.ListenTCP("tcp", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		return nil, nil, err
	}
	defer l.Close()
	if near, err = net.DialTCP("tcp", nil, l.Addr().(*net.TCPAddr)); err != nil {
		return nil, nil, err
	}
	far, err = l.AcceptTCP()
	return near, far, err
}

// client is a client's raw connection to the proxy.
type client struct {
	*net.TCPConn
	r *bufio.Reader
}

func dialProxy(tb testing.TB, address string) client {
	tb.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = c.Close() })
	_ = c.SetDeadline(time.Now().Add(failSafe))
	return client{c.(*net.TCPConn), bufio.NewReader(c)}
}

func (c client) send(tb testing.TB, text string) {
	tb.Helper()
	if _, err := io.WriteString(c, text); err != nil {
		tb.Fatal(err)
	}
}

// answer reads the proxy's answer to a request with the method.
func (c client) answer(tb testing.TB, method string) (resp *http.Response, body string) {
	tb.Helper()
	resp, err := http.ReadResponse(c.r, &http.Request{Method: method})
	if err != nil {
		tb.Fatal(err)
	}
	if method == http.MethodConnect && resp.StatusCode == http.StatusOK {
		return resp, ""
	}
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		tb.Fatal(err)
	}
	return resp, string(text)
}

// openTunnel connects a client to the address, and returns both ends.
func openTunnel(tb testing.TB, proxyAddress string, o *origin) (client, *net.TCPConn) {
	tb.Helper()
	c := dialProxy(tb, proxyAddress)
	c.send(tb, "CONNECT acme.my.salesforce.com:443 HTTP/1.1\r\nHost: acme.my.salesforce.com:443\r\n\r\n")
	if resp, body := c.answer(tb, http.MethodConnect); resp.StatusCode != http.StatusOK {
		tb.Fatalf("CONNECT was answered %d %s", resp.StatusCode, body)
	}
	server := <-o.conns
	tb.Cleanup(func() { _ = server.Close() })
	return c, server
}

// settle waits until no more goroutines run than before.
func settle(tb testing.TB, before int) {
	tb.Helper()
	for range 10_000_000 {
		if runtime.NumGoroutine() <= before {
			return
		}
		runtime.Gosched()
	}
	stacks := make([]byte, 1<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	tb.Fatalf("%d goroutines run, %d did before:\n%s", runtime.NumGoroutine(), before, stacks)
}

func wantRead(tb testing.TB, r io.Reader, want string) {
	tb.Helper()
	got := make([]byte, len(want))
	if _, err := io.ReadFull(r, got); err != nil || string(got) != want {
		tb.Fatalf("read %q, %v; want %q", got, err, want)
	}
}

func wantEnd(tb testing.TB, r io.Reader) {
	tb.Helper()
	rest, err := io.ReadAll(r)
	if len(rest) > 0 || errors.Is(err, os.ErrDeadlineExceeded) {
		tb.Fatalf("read %q (%v), want the end", rest, err)
	}
}

func wantContains(tb testing.TB, text string, parts ...string) {
	tb.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			tb.Errorf("%q does not say %q", text, part)
		}
	}
}
