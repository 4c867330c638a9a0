package proxy_test

import (
	"context"
	"io"
	"net"
	"slices"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/mocksf/proxy"
)

// FuzzRequestLine holds the proxy to its promise: whatever a client asks for,
// only Salesforce's hosts are dialled, at two ports, in one spelling, and
// nothing else is reached.
func FuzzRequestLine(f *testing.F) {
	for _, seed := range []string{
		"CONNECT login.salesforce.com:443", "CONNECT LOGIN.salesforce.com.:80", "CONNECT [::1]:443",
		"CONNECT example.com:443", "GET http://acme.my.salesforce.com/x", "GET https://test.salesforce.com/",
		"GET /", "CONNECT a@b:443", "CONNECT .my.salesforce.com:443", "OPTIONS *",
	} {
		f.Add(seed)
	}
	p, err := proxy.New(proxy.Options{DialOut: sealed(f), Dial: func(_ context.Context, address string) (net.Conn, error) {
		if !playable(address) {
			f.Errorf("the fake was asked for %q", address)
		}
		return nil, proxy.ErrNoSuchHost
	}})
	if err != nil {
		f.Fatal(err)
	}
	l := &pipes{conns: make(chan net.Conn), closed: make(chan struct{})}
	server := p.Server()
	go func() { _ = server.Serve(l) }()
	f.Fuzz(func(t *testing.T, line string) {
		c := l.dial()
		defer c.Close()
		go func() { _, _ = io.WriteString(c, line+" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n\r\n\r\n") }()
		answer := make([]byte, 12)
		if _, err := io.ReadFull(c, answer); err == nil && strings.HasPrefix(string(answer), "HTTP/1.1 2") {
			t.Errorf("%q was answered %q", line, answer)
		}
	})
}

func playable(address string) bool {
	host, port, err := net.SplitHostPort(address)
	if err != nil || (port != "443" && port != "80") || host != strings.ToLower(host) || strings.Contains(host, "..") || strings.HasPrefix(host, ".") {
		return false
	}
	return slices.Contains([]string{"login.salesforce.com", "test.salesforce.com", "api.salesforce.com"}, host) ||
		strings.HasSuffix(host, ".my.salesforce.com") || strings.HasSuffix(host, ".lightning.force.com") ||
		strings.HasSuffix(host, ".my.salesforce-setup.com")
}

// FuzzAllow holds New to taking host names only.
func FuzzAllow(f *testing.F) {
	for _, seed := range []string{"example.com", "*.example.com", "*", "::1", "fe80::1%a@b", "a b", "login.salesforce.com", "x:1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, entry string) {
		_, err := proxy.New(proxy.Options{Dial: newOrigin().Dial, Allow: []string{entry}})
		if err == nil && (strings.ContainsAny(entry, "/@ \t\r\n") || playable(net.JoinHostPort(strings.ToLower(entry), "443"))) {
			t.Errorf("%q was accepted", entry)
		}
		if err != nil && !strings.HasPrefix(err.Error(), "proxy: allowed host ") {
			t.Errorf("%q: %v", entry, err)
		}
	})
}
