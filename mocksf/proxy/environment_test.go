package proxy_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"testing"

	"github.com/sfconform/sfconform/mocksf/proxy"
)

func TestTheEnvironmentLeadsNowhereElse(t *testing.T) {
	upstream, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer upstream.Close()
	for _, name := range []string{"HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY"} {
		t.Setenv(name, "http://"+upstream.Addr().String())
	}
	o := newOrigin()
	_, address := start(t, proxy.Options{
		Dial: o.Dial, Allow: []string{"allowed.example"},
		DialOut: func(ctx context.Context, _, address string) (net.Conn, error) { return o.Dial(ctx, address) },
	})
	for _, host := range []string{"login.salesforce.com", "allowed.example"} {
		c := dialProxy(t, address)
		c.send(t, "CONNECT "+host+":443 HTTP/1.1\r\nHost: x\r\n\r\n")
		if resp, body := c.answer(t, http.MethodConnect); resp.StatusCode != http.StatusOK {
			t.Errorf("got %d %s", resp.StatusCode, body)
		}
		if got := <-o.dialled; got != host+":443" {
			t.Errorf("dialled %q", got)
		}
		_ = (<-o.conns).Close()
		ask(t, address, o, "GET http://"+host+"/ HTTP/1.1\r\nHost: x\r\n\r\n")
		if got := <-o.dialled; got != host+":80" {
			t.Errorf("dialled %q", got)
		}
	}
}

func TestTheProxyIsSilent(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	stderr := os.Stderr
	os.Stderr = w
	// goproxy takes the standard error of the moment at which it is made.
	_, address := start(t, proxy.Options{Dial: func(context.Context, string) (net.Conn, error) { return nil, proxy.ErrNoSuchHost }})
	os.Stderr = stderr
	for method, to := range map[string]string{http.MethodConnect: "acme.my.salesforce.com:443", http.MethodGet: "http://acme.my.salesforce.com/"} {
		c := dialProxy(t, address)
		c.send(t, method+" "+to+" HTTP/1.1\r\nHost: x\r\n\r\n")
		c.answer(t, method)
	}
	_ = w.Close()
	if said, err := io.ReadAll(r); err != nil || len(said) > 0 {
		t.Errorf("it said %q, %v", said, err)
	}
}
