package mocksf_test

import (
	"bytes"
	"crypto/tls"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf"
	"github.com/sfconform/sfconform/mocksf/fault"
)

// Over HTTP/2 there is no connection of one answer's own: what breaks is the stream.
func TestFaultsEndTheStreamOverHTTP2(t *testing.T) {
	t.Parallel()
	server, err := mocksf.New(mocksf.Options{})
	if err != nil {
		t.Fatal(err)
	}
	front := httptest.NewUnstartedServer(server.Handler())
	front.EnableHTTP2 = true
	front.StartTLS()
	t.Cleanup(front.Close)
	t.Cleanup(func() { _ = server.Close() })
	w := way{server, front.Client(), front.URL}
	w.client.Transport.(*http.Transport).DisableCompression = true
	resp, right, err := w.ask(t)
	if err != nil || resp.ProtoMajor != 2 {
		t.Fatalf("%v %v", resp, err)
	}
	for _, f := range []fault.Fault{{Kind: fault.Reset}, {Kind: fault.Reset, Where: fault.Inside}, {Kind: fault.Truncate}} {
		if _, body, err := w.under(t, f); err == nil || len(body) > len(right)/2 {
			t.Errorf("%+v: %d bytes, %v", f, len(body), err)
		}
	}
	if _, body, err := w.under(t, fault.Fault{Kind: fault.Reset, Where: fault.After}); err != nil || !bytes.Equal(body, right) {
		t.Errorf("after: %d bytes, %v", len(body), err)
	}
	w.client.Timeout = 50 * time.Millisecond
	if resp, _, err := w.under(t, fault.Fault{Kind: fault.Hang}); err == nil {
		t.Errorf("a hang was answered with %s", resp.Status)
	}
}

// Behind the proxy a reset ends the tunnel: the client sees the connection close.
func TestFaultsReachAClientThroughTheProxy(t *testing.T) {
	t.Parallel()
	server, client := reached(t, mocksf.Options{})
	transport := client.Transport.(*http.Transport)
	transport.ForceAttemptHTTP2, transport.DisableKeepAlives, transport.DisableCompression = false, true, true
	transport.TLSNextProto = map[string]func(string, *tls.Conn) http.RoundTripper{}
	w := way{server, client, "https://acme.my.salesforce.com"}
	resp, right, err := w.ask(t)
	if err != nil || resp.ProtoMajor != 1 {
		t.Fatalf("%v %v", resp, err)
	}
	if _, _, err := w.under(t, fault.Fault{Kind: fault.Reset}); err == nil {
		t.Error("a reset was answered")
	}
	for _, f := range []fault.Fault{{Kind: fault.Reset, Where: fault.Inside}, {Kind: fault.Truncate}} {
		if _, body, err := w.under(t, f); err == nil || !bytes.Equal(body, right[:len(right)/2]) {
			t.Errorf("%+v: %d bytes, %v", f, len(body), err)
		}
	}
	w.client.Timeout = 100 * time.Millisecond
	if resp, _, err := w.under(t, fault.Fault{Kind: fault.Hang}); err == nil {
		t.Errorf("a hang was answered with %s", resp.Status)
	}
}

// The login hosts take logins alone: a client must go to the instance_url.
func TestTheDataAPIStandsOnTheOrgsOwnHostAlone(t *testing.T) {
	t.Parallel()
	server := mocksf.Serve(t)
	token, _ := clientCredentials(t, server.Client(), server.URL(), server.Org()).fields["access_token"].(string)
	for host, want := range map[string]fixtures.RefusalID{
		"login.salesforce.com": "url-not-reset", "test.salesforce.com": "session-unknown", "acme.my.salesforce.com": "",
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://"+host+"/services/data/v67.0/limits", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+token)
		resp, err := server.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		got := readAnswer(t, resp)
		if want == "" && got.status != http.StatusOK || want != "" && got.text != string(fixtures.MustRefusal(want).Answer.Body()) {
			t.Errorf("%s: %d %s, want %q", host, got.status, got.text, want)
		}
	}
}

// A caller's own listener can stand for one org of several.
func TestAListenerOfTheCallersStandsForOneOrg(t *testing.T) {
	t.Parallel()
	server, err := mocksf.New(mocksf.Options{Orgs: manyOrgs(t, 2)})
	if err != nil {
		t.Fatal(err)
	}
	second := server.OrgByMyDomain("acme-1")
	for org, handler := range map[*mocksf.Org]http.Handler{server.Org(): server.Handler(), second: server.HandlerFor(second, "")} {
		front := httptest.NewServer(handler)
		t.Cleanup(front.Close)
		got := clientCredentials(t, front.Client(), front.URL, org)
		if got.status != http.StatusOK || got.fields["instance_url"] != front.URL {
			t.Errorf("%s: %d %s", org.Config().MyDomain, got.status, got.text)
		}
	}
	if server.Org().Journal().Count() != 1 || second.Journal().Count() != 1 {
		t.Error("the requests did not go one to each org")
	}
}
