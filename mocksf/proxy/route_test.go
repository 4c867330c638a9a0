package proxy_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/mocksf/proxy"
)

func TestSalesforceHostsEndInTheFake(t *testing.T) {
	t.Parallel()
	for asked, want := range map[string]string{
		"login.salesforce.com:443":                   "login.salesforce.com:443",
		"test.salesforce.com:443":                    "test.salesforce.com:443",
		"api.salesforce.com:443":                     "api.salesforce.com:443",
		"acme.my.salesforce.com:443":                 "acme.my.salesforce.com:443",
		"acme.my.salesforce.com:80":                  "acme.my.salesforce.com:80",
		"acme--dev.sandbox.my.salesforce.com:443":    "acme--dev.sandbox.my.salesforce.com:443",
		"acme-dev-ed.develop.my.salesforce.com:443":  "acme-dev-ed.develop.my.salesforce.com:443",
		"acme-scratch.scratch.my.salesforce.com:443": "acme-scratch.scratch.my.salesforce.com:443",
		"acme.lightning.force.com:443":               "acme.lightning.force.com:443",
		"acme--dev.sandbox.lightning.force.com:443":  "acme--dev.sandbox.lightning.force.com:443",
		"acme.my.salesforce-setup.com:443":           "acme.my.salesforce-setup.com:443",
		"ACME.My.Salesforce.COM:443":                 "acme.my.salesforce.com:443",
		"login.salesforce.com.:443":                  "login.salesforce.com:443",
		"login.salesforce.com:0443":                  "login.salesforce.com:443",
	} {
		t.Run(asked, func(t *testing.T) {
			t.Parallel()
			o := newOrigin()
			p, address := start(t, proxy.Options{Dial: o.Dial})
			c := dialProxy(t, address)
			c.send(t, "CONNECT "+asked+" HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n")
			if resp, body := c.answer(t, http.MethodConnect); resp.StatusCode != http.StatusOK {
				t.Fatalf("got %d %s", resp.StatusCode, body)
			}
			if got := <-o.dialled; got != want {
				t.Errorf("the fake was asked for %q, want %q", got, want)
			}
			if p.Refusals() != 0 {
				t.Errorf("refused %v", p.Refused())
			}
		})
	}
}

func TestOtherHostsAreRefused(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ asked, hint string }{
		{"example.com:443", "--allow-host example.com"},
		{"salesforce.com:443", "--allow-host salesforce.com"},
		{"my.salesforce.com:443", "--allow-host my.salesforce.com"},
		{"www.salesforce.com:443", "--allow-host www.salesforce.com"},
		{"login.salesforce.com.example.com:443", "--allow-host"},
		{"evil-login.salesforce.com:443", "--allow-host"},
		{"notmy.salesforce.com:443", "--allow-host"},
		{"169.254.169.254:80", "--allow-host 169.254.169.254"},
		{"[2001:db8::1]:443", "--allow-host 2001:db8::1"},
		{"127.0.0.1:443", "NO_PROXY=127.0.0.1"},
		{"[::1]:443", "NO_PROXY=::1"},
		{"[::ffff:127.0.0.1]:443", "NO_PROXY="},
		{"localhost:8080", "NO_PROXY=localhost"},
		{"login.salesforce.com:8443", "ports 443 and 80 only"},
		{"acme.my.salesforce.com:22", "ports 443 and 80 only"},
	} {
		t.Run(tt.asked, func(t *testing.T) {
			t.Parallel()
			o := newOrigin()
			p, address := start(t, proxy.Options{Dial: o.Dial, Allow: []string{"*.salesforce.example", "other.example"}})
			c := dialProxy(t, address)
			c.send(t, "CONNECT "+tt.asked+" HTTP/1.1\r\nHost: "+tt.asked+"\r\n\r\n")
			resp, body := c.answer(t, http.MethodConnect)
			if resp.StatusCode != http.StatusForbidden || resp.Header.Get("Proxy-Status") != "mocksf; error=http_request_denied" {
				t.Errorf("got %d %v", resp.StatusCode, resp.Header)
			}
			wantContains(t, body, tt.asked, "nothing leaves this machine", tt.hint)
			if got := p.Refused(); !slices.Equal(got, []string{tt.asked}) || p.Refusals() != 1 {
				t.Errorf("refused %v, counted %d", got, p.Refusals())
			}
			if len(o.dialled) > 0 {
				t.Errorf("the fake was asked for %q", <-o.dialled)
			}
		})
	}
}

func TestMalformedTargetsAreAnsweredWithTheReason(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ line, reason string }{
		{"CONNECT login.salesforce.com HTTP/1.1", "write host:port"},
		{"CONNECT login.salesforce.com: HTTP/1.1", "port"},
		{"CONNECT login.salesforce.com:0 HTTP/1.1", "port"},
		{"CONNECT login.salesforce.com:65979 HTTP/1.1", "port"},
		{"CONNECT :443 HTTP/1.1", "host"},
		{"CONNECT ::1:443 HTTP/1.1", ""},
		{"CONNECT login.salesforce.com..:443 HTTP/1.1", "no host name"},
		{"CONNECT log_in!.salesforce.com:443 HTTP/1.1", "no host name"},
		{"CONNECT user@login.salesforce.com:443 HTTP/1.1", "host:port and nothing else"},
		{"CONNECT login.salesforce.com:443/path HTTP/1.1", "host:port and nothing else"},
		{"CONNECT /path HTTP/1.1", "host:port and nothing else"},
		{"CONNECT " + strings.Repeat("a.", 150) + "com:443 HTTP/1.1", "no host name"},
		{"GET / HTTP/1.1", "HTTPS_PROXY"},
		{"POST /services/oauth2/token HTTP/1.1", "HTTPS_PROXY"},
		{"GET https://login.salesforce.com/ HTTP/1.1", "has to send CONNECT"},
		{"GET ftp://login.salesforce.com/ HTTP/1.1", "has to send CONNECT"},
		{"GET http://login.salesforce.com:x/ HTTP/1.1", ""},
	} {
		t.Run(tt.line, func(t *testing.T) {
			t.Parallel()
			p, address := start(t, proxy.Options{Dial: newOrigin().Dial})
			c := dialProxy(t, address)
			c.send(t, tt.line+"\r\nHost: login.salesforce.com\r\n\r\n")
			resp, body := c.answer(t, http.MethodGet)
			if resp.StatusCode != http.StatusBadRequest {
				t.Errorf("got %d", resp.StatusCode)
			}
			wantContains(t, body, tt.reason)
			wantEnd(t, c.r)
			if p.Refusals() != 0 {
				t.Errorf("refused %v: only what could have been reached is", p.Refused())
			}
		})
	}
}

func TestAllowedHostsAreLetThrough(t *testing.T) {
	t.Parallel()
	for asked, want := range map[string]bool{
		"exact.example:443":            true,
		"Exact.Example.:8443":          true,
		"sub.exact.example:443":        false,
		"a.wild.example:443":           true,
		"b.a.wild.example:443":         true,
		"wild.example:443":             false,
		"notwild.example:443":          false,
		"127.0.0.9:443":                true,
		"127.0.0.1:443":                false,
		"[2001:db8::9]:443":            true,
		"help.salesforce.com:443":      true,
		"login.salesforce.com:8443":    false,
		"acme.my.salesforce.com:12345": false,
	} {
		t.Run(asked, func(t *testing.T) {
			t.Parallel()
			o := newOrigin()
			p, address := start(t, proxy.Options{
				Dial:    func(context.Context, string) (net.Conn, error) { return nil, proxy.ErrNoSuchHost },
				Allow:   []string{"exact.example", "*.WILD.example", "127.0.0.9", "*.0.0.1", "2001:db8::9", "*.salesforce.com"},
				DialOut: func(ctx context.Context, _, address string) (net.Conn, error) { return o.Dial(ctx, address) },
			})
			c := dialProxy(t, address)
			c.send(t, "CONNECT "+asked+" HTTP/1.1\r\nHost: "+asked+"\r\n\r\n")
			resp, body := c.answer(t, http.MethodConnect)
			if opened := resp.StatusCode == http.StatusOK; opened != want || (len(o.dialled) == 1) != want {
				t.Errorf("got %d %s, dialled %d", resp.StatusCode, body, len(o.dialled))
			}
			if (p.Refusals() == 0) != want {
				t.Errorf("counted %d refusals", p.Refusals())
			}
		})
	}
}

func TestTheListOfRefusalsIsBoundedAndHasEachAddressOnce(t *testing.T) {
	t.Parallel()
	p, address := start(t, proxy.Options{Dial: newOrigin().Dial})
	for i := range 240 {
		c := dialProxy(t, address)
		c.send(t, fmt.Sprintf("CONNECT host-%d.example:443 HTTP/1.1\r\nHost: x\r\n\r\n", i/2))
		c.answer(t, http.MethodConnect)
		_ = c.Close()
	}
	got := p.Refused()
	if len(got) != 100 || got[0] != "host-0.example:443" || got[99] != "host-99.example:443" {
		t.Errorf("refused %d: %v", len(got), got)
	}
	if p.Refusals() != 240 {
		t.Errorf("counted %d", p.Refusals())
	}
}
