package proxy_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/sfconform/sfconform/mocksf/proxy"
)

func TestAFailedDialIsAnsweredAsAProxyDoes(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		err    error
		status int
		kind   string
		text   string
	}{
		{"unknown My Domain", fmt.Errorf("mocksf: no org: %w", proxy.ErrNoSuchHost), http.StatusBadGateway, `dns_error; rcode="NXDOMAIN"`, "no such host: the name no-such.my.salesforce.com does not resolve; no org of this fake"},
		{"unknown name", &net.DNSError{Err: "no such host", IsNotFound: true}, http.StatusBadGateway, `dns_error; rcode="NXDOMAIN"`, "does not resolve"},
		{"time-out", context.DeadlineExceeded, http.StatusGatewayTimeout, "connection_timeout", "did not answer in time"},
		{"network time-out", &net.DNSError{Err: "slow", IsTimeout: true}, http.StatusGatewayTimeout, "connection_timeout", "did not answer in time"},
		{"anything else", errors.New("the fake is away"), http.StatusBadGateway, "connection_terminated", "the fake is away"},
	} {
		for form, head := range map[string]string{
			http.MethodConnect: "CONNECT no-such.my.salesforce.com:443",
			http.MethodGet:     "GET http://no-such.my.salesforce.com/services/data",
		} {
			t.Run(tt.name+" "+form, func(t *testing.T) {
				t.Parallel()
				p, address := start(t, proxy.Options{Dial: func(context.Context, string) (net.Conn, error) { return nil, tt.err }})
				c := dialProxy(t, address)
				c.send(t, head+" HTTP/1.1\r\nHost: no-such.my.salesforce.com\r\n\r\n")
				resp, body := c.answer(t, form)
				if resp.StatusCode != tt.status || resp.Header.Get("Proxy-Status") != "mocksf; error="+tt.kind {
					t.Errorf("got %d %v", resp.StatusCode, resp.Header)
				}
				wantContains(t, body, tt.text)
				if p.Refusals() != 0 {
					t.Errorf("refused %v: a name that does not resolve is no refusal", p.Refused())
				}
			})
		}
	}
}

func TestDialHasATimeout(t *testing.T) {
	t.Parallel()
	_, address := start(t, proxy.Options{
		DialTimeout: 1,
		Dial: func(ctx context.Context, _ string) (net.Conn, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		},
	})
	c := dialProxy(t, address)
	c.send(t, "CONNECT acme.my.salesforce.com:443 HTTP/1.1\r\nHost: x\r\n\r\n")
	if resp, _ := c.answer(t, http.MethodConnect); resp.StatusCode != http.StatusGatewayTimeout {
		t.Errorf("got %d", resp.StatusCode)
	}
}

func TestCloseEndsADialAndRefusesTheNext(t *testing.T) {
	t.Parallel()
	dialling := make(chan struct{})
	p, address := start(t, proxy.Options{
		DialTimeout: time.Hour,
		Dial: func(ctx context.Context, _ string) (net.Conn, error) {
			close(dialling)
			<-ctx.Done()
			return nil, ctx.Err()
		},
	})
	first, second := dialProxy(t, address), dialProxy(t, address)
	first.send(t, "CONNECT acme.my.salesforce.com:443 HTTP/1.1\r\nHost: x\r\n\r\n")
	<-dialling
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	wantEnd(t, first.r)
	second.send(t, "CONNECT acme.my.salesforce.com:443 HTTP/1.1\r\nHost: x\r\n\r\n")
	wantEnd(t, second.r)
}
