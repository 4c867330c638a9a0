package mocksf_test

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf"
	"github.com/sfconform/sfconform/mocksf/authority"
)

// reached is a server with https and a proxy, and a client that trusts its authority
// and goes through the proxy for every name.
func reached(t *testing.T, o mocksf.Options) (*mocksf.Server, *http.Client) {
	t.Helper()
	ca, err := authority.New(authority.Options{})
	if err != nil {
		t.Fatal(err)
	}
	o.TLS, o.ProxyAddr = ca, "127.0.0.1:0"
	server := mocksf.Serve(t, o)
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(ca.PEM())
	address, err := url.Parse(server.ProxyURL())
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{
		Proxy: http.ProxyURL(address), TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}, ForceAttemptHTTP2: true,
	}
	t.Cleanup(transport.CloseIdleConnections)
	return server, &http.Client{Transport: transport}
}

func TestAClientWithRealHostNamesReachesTheOrgThroughTheProxy(t *testing.T) {
	t.Parallel()
	server, client := reached(t, mocksf.Options{})
	got := clientCredentials(t, client, "https://acme.my.salesforce.com", server.Org())
	if got.status != http.StatusOK || got.fields["instance_url"] != "https://acme.my.salesforce.com" {
		t.Fatalf("%d %s", got.status, got.text)
	}
	if id, _ := got.fields["id"].(string); !strings.HasPrefix(id, "https://login.salesforce.com/id/") {
		t.Errorf("id %q", id)
	}
	if got := clientCredentials(t, client, "https://login.salesforce.com", server.Org()); got.text != string(fixtures.MustRefusal("host-generic").Answer.Body()) {
		t.Errorf("login host: %d %s", got.status, got.text)
	}
}

func TestHTTPSOnTheOrgsOwnAddressSpeaksHTTP2(t *testing.T) {
	t.Parallel()
	server, client := reached(t, mocksf.Options{})
	client.Transport.(*http.Transport).Proxy = nil
	resp, err := client.Get(server.TLSURL() + "/services/data")
	if err != nil {
		t.Fatal(err)
	}
	if a := readAnswer(t, resp); a.status != http.StatusOK || resp.ProtoMajor != 2 {
		t.Errorf("%d %s", a.status, resp.Proto)
	}
	got := clientCredentials(t, client, server.TLSURL(), server.Org())
	if got.fields["instance_url"] != server.TLSURL() {
		t.Errorf("instance_url %v, want %s", got.fields["instance_url"], server.TLSURL())
	}
}

func TestPlainHTTPIsRedirectedAndLosesTheBody(t *testing.T) {
	t.Parallel()
	server, client := reached(t, mocksf.Options{})
	got := clientCredentials(t, client, "http://acme.my.salesforce.com", server.Org())
	if want := fixtures.MustRefusal("method-not-post").Answer; got.text != string(want.Body()) {
		t.Errorf("after the redirect: %d %s", got.status, got.text)
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	got = clientCredentials(t, client, "http://acme.my.salesforce.com", server.Org())
	if got.status != http.StatusMovedPermanently || got.header.Get("Location") != "https://acme.my.salesforce.com/services/oauth2/token" {
		t.Errorf("%d to %q", got.status, got.header.Get("Location"))
	}
}

func TestNamesThatDoNotResolveAndHostsOfOthersEndAtTheProxy(t *testing.T) {
	t.Parallel()
	server, client := reached(t, mocksf.Options{})
	for address, want := range map[string]string{
		"https://nobody.my.salesforce.com/": "Bad Gateway",
		"https://example.com/":              "Forbidden",
	} {
		resp, err := client.Get(address)
		if err == nil {
			_ = resp.Body.Close()
			t.Errorf("%s: %s", address, resp.Status)
			continue
		}
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", address, err, want)
		}
	}
	if refused := server.ProxyRefused(); len(refused) != 1 || !strings.Contains(refused[0], "example.com") {
		t.Errorf("refused: %q", refused)
	}
}

func TestAClientThatVerifiesRefusesEachTLSFault(t *testing.T) {
	t.Parallel()
	for _, name := range authority.Fault("").Values() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server, client := reached(t, mocksf.Options{TLSFault: authority.Fault(name)})
			resp, err := client.Get("https://acme.my.salesforce.com/services/data")
			if err == nil {
				_, _ = io.Copy(io.Discard, resp.Body)
				_ = resp.Body.Close()
				t.Errorf("answered with %s", resp.Status)
			}
			if n := server.Org().Journal().Count(); n != 0 {
				t.Errorf("%d requests arrived", n)
			}
		})
	}
}

func TestAProxyWithoutTLSIsAnErrorThatSaysWhy(t *testing.T) {
	t.Parallel()
	if _, err := mocksf.New(mocksf.Options{ProxyAddr: "127.0.0.1:0"}); err == nil || !strings.Contains(err.Error(), "TLS") {
		t.Errorf("got %v", err)
	}
}
