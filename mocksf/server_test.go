package mocksf_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf"
	"github.com/sfconform/sfconform/mocksf/control"
	"github.com/sfconform/sfconform/mocksf/fault"
)

// answer is what a token request got.
type answer struct {
	status int
	text   string
	fields map[string]any
	header http.Header
}

func builtIn(tb testing.TB, name string, changes ...fixtures.Change) fixtures.Org {
	tb.Helper()
	org, err := fixtures.BuiltInOrg(name)
	if err != nil {
		tb.Fatal(err)
	}
	return org.MustWith(changes...)
}

// clientCredentials asks for a token of the app at the address.
func clientCredentials(tb testing.TB, client *http.Client, address string, org *mocksf.Org) answer {
	tb.Helper()
	c, err := org.Credentials("integration")
	if err != nil {
		tb.Fatal(err)
	}
	return post(tb, client, address+"/services/oauth2/token", url.Values{
		"grant_type": {"client_credentials"}, "client_id": {c.ClientID}, "client_secret": {c.ClientSecret},
	})
}

func post(tb testing.TB, client *http.Client, address string, form url.Values) answer {
	tb.Helper()
	resp, err := client.PostForm(address, form)
	if err != nil {
		tb.Fatal(err)
	}
	return readAnswer(tb, resp)
}

func readAnswer(tb testing.TB, resp *http.Response) answer {
	tb.Helper()
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		tb.Fatal(err)
	}
	a := answer{status: resp.StatusCode, text: string(body), header: resp.Header}
	_ = json.Unmarshal(body, &a.fields)
	return a
}

func description(id fixtures.RefusalID) string { return fixtures.MustRefusal(id).Answer.Description }

func TestTheHostDecidesWhichOrgAnswersInWhichRole(t *testing.T) {
	t.Parallel()
	server := mocksf.Serve(t)
	tests := []struct {
		host string
		want fixtures.RefusalID // empty: a token
	}{
		{"acme.my.salesforce.com", ""},
		{"ACME.my.salesforce.com", ""},
		{"login.salesforce.com", "host-generic"},
		{"test.salesforce.com", "client-id-unknown"},
		{"acme.lightning.force.com", "host-lightning"},
		{"acme.my.salesforce-setup.com", "host-generic"},
	}
	for _, tt := range tests {
		t.Run(tt.host, func(t *testing.T) {
			t.Parallel()
			got := clientCredentials(t, server.Client(), "https://"+tt.host, server.Org())
			switch {
			case tt.want == "" && got.status != http.StatusOK:
				t.Errorf("got %d %s, want a token", got.status, got.text)
			case tt.want != "" && got.text != string(fixtures.MustRefusal(tt.want).Answer.Body()):
				t.Errorf("got %d %s, want %s", got.status, got.text, tt.want)
			}
		})
	}
}

func TestAnUnknownMyDomainIsNoHTTPAtAll(t *testing.T) {
	t.Parallel()
	server := mocksf.Serve(t)
	resp, err := server.Client().Get("https://nobody.my.salesforce.com/services/oauth2/token")
	if err == nil {
		_ = resp.Body.Close()
		t.Fatalf("got %s, want the connection to break", resp.Status)
	}
}

func TestOrgsOfOneServerShareNothing(t *testing.T) {
	t.Parallel()
	server := mocksf.Serve(t, mocksf.Options{Orgs: []fixtures.Org{builtIn(t, "production"), builtIn(t, "sandbox")}})
	sandbox := server.OrgByMyDomain(builtIn(t, "sandbox").MyDomain)
	got := clientCredentials(t, server.Client(), "https://acme.my.salesforce.com", server.Org())
	if got.status != http.StatusOK {
		t.Fatalf("production: %d %s", got.status, got.text)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet,
		"https://"+sandbox.Config().MyDomainHost()+"/services/data/v67.0", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+got.fields["access_token"].(string))
	resp, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	if a := readAnswer(t, resp); a.status != http.StatusUnauthorized || !strings.Contains(a.text, description("session-unknown")) {
		t.Errorf("production's token in the sandbox: %d %s", a.status, a.text)
	}
	if n := server.Org().Journal().Count(); n != 1 {
		t.Errorf("production's journal has %d entries, want its own one", n)
	}
	if err := sandbox.Advance(1000); err != nil || server.Org().Now().Equal(sandbox.Now()) {
		t.Errorf("the orgs share a clock (%v)", err)
	}
}

func TestTheSameSeedGivesTheSameTokensAndNodes(t *testing.T) {
	t.Parallel()
	spread := fixtures.Set("propagation", fixtures.Propagation{Nodes: 5, Seed: 9})
	run := func() (tokens []any, nodes []int) {
		server := mocksf.Serve(t, mocksf.Options{Orgs: []fixtures.Org{builtIn(t, "production", spread)}, Seed: 42, Start: noon, Frozen: true})
		for range 12 {
			tokens = append(tokens, clientCredentials(t, server.Client(), server.URL(), server.Org()).fields["access_token"])
			e, _ := server.Org().Journal().Last()
			nodes = append(nodes, e.Node)
		}
		return tokens, nodes
	}
	tokens, nodes := run()
	again, nodesAgain := run()
	seen := map[int]bool{}
	for i := range tokens {
		if tokens[i] != again[i] || nodes[i] != nodesAgain[i] {
			t.Fatalf("request %d differs between two runs", i)
		}
		seen[nodes[i]] = true
	}
	if len(seen) != 5 {
		t.Errorf("12 requests met %d of 5 nodes", len(seen))
	}
}

func TestAnArmedFaultIsMetAsOftenAsItWasArmedFor(t *testing.T) {
	t.Parallel()
	server := mocksf.Serve(t)
	err := server.Org().Faults().Arm(fault.Fault{Name: "busy", Kind: fault.Refusal, Refusal: "retry-your-request", First: 2})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []int{400, 400, 200} {
		if got := clientCredentials(t, server.Client(), server.URL(), server.Org()); got.status != want {
			t.Errorf("request %d: %d %s, want %d", i, got.status, got.text, want)
		}
	}
}

func TestAResetIsNoAnswerAndATruncatedOneBreaksOffInTheMiddle(t *testing.T) {
	t.Parallel()
	for _, kind := range []fault.Kind{fault.Reset, fault.Truncate} {
		for _, plain := range []bool{true, false} {
			server := mocksf.Serve(t)
			if err := server.Org().Faults().Arm(fault.Fault{Name: "broken", Kind: kind, First: 1}); err != nil {
				t.Fatal(err)
			}
			c, err := server.Org().Credentials("")
			if err != nil {
				t.Fatal(err)
			}
			client := &http.Client{Transport: &http.Transport{DisableCompression: plain}}
			resp, err := client.PostForm(c.TokenURL, url.Values{"grant_type": {"client_credentials"}})
			if kind == fault.Reset {
				if err == nil {
					t.Errorf("a reset was answered with %s", resp.Status)
				}
				continue
			}
			if err != nil {
				t.Errorf("truncate: %v", err)
				continue
			}
			body, err := io.ReadAll(resp.Body)
			_ = resp.Body.Close()
			if err == nil || plain && (len(body) == 0 || int64(len(body)) != resp.ContentLength/2) {
				t.Errorf("compression off %v: %d of %d bytes arrived, error %v", plain, len(body), resp.ContentLength, err)
			}
		}
	}
}

func TestAChangeThatNoOrgCouldHoldIsRefused(t *testing.T) {
	t.Parallel()
	org := mocksf.Serve(t).Org()
	for path, value := range map[string]any{
		"behaviour/switches/cc-flow-off": "bogus", "settings/loginRate": -5, "propagation/nodes": 80,
		"settings/sessionTimeout": "0s", "myDomain": "other", "kind": "sandbox", "id": "00D000000000001",
	} {
		if err := org.Change(fixtures.Set(path, value)); err == nil {
			t.Errorf("%s = %v is accepted", path, value)
		}
	}
}

func TestAReplacedKeyPairEndsTheSessionsOfAConnectedAppOnly(t *testing.T) {
	t.Parallel()
	for app, want := range map[string]int{"legacy": http.StatusForbidden, "integration": http.StatusOK} {
		server := mocksf.Serve(t)
		c, err := server.Org().Credentials(app)
		if err != nil {
			t.Fatal(err)
		}
		got := post(t, server.Client(), c.TokenURL, url.Values{
			"grant_type": {"client_credentials"}, "client_id": {c.ClientID}, "client_secret": {c.ClientSecret},
		})
		token, _ := got.fields["access_token"].(string)
		if err := server.Org().Change(fixtures.Set("apps/"+app+"/consumerSecret", "another")); err != nil {
			t.Fatal(err)
		}
		if status := userinfo(t, server, token); status != want {
			t.Errorf("%s: the old token gets %d, want %d", app, status, want)
		}
	}
}

func TestALoginHostFindsTheOrgOfATokenOfEitherFormat(t *testing.T) {
	t.Parallel()
	for _, asJWT := range []bool{false, true} {
		orgs := manyOrgs(t, 2)
		orgs[1] = orgs[1].MustWith(fixtures.Set("apps/integration/settings/jwtAccessTokens", asJWT))
		server := mocksf.Serve(t, mocksf.Options{Orgs: orgs})
		second := server.OrgByMyDomain("acme-1")
		token, _ := clientCredentials(t, server.Client(), second.URL(), second).fields["access_token"].(string)
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://login.salesforce.com/services/oauth2/userinfo", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+token)
		resp, err := server.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if a := readAnswer(t, resp); a.status != http.StatusOK {
			t.Errorf("JWT format %v: %d %s", asJWT, a.status, a.text)
		}
	}
}

func TestARequestToNobodysMyDomainIsInTheJournal(t *testing.T) {
	t.Parallel()
	server := mocksf.Serve(t)
	resp, err := server.Client().Get("https://nobody.my.salesforce.com/services/data")
	if err == nil {
		_ = resp.Body.Close()
	}
	if e, ok := server.Org().Journal().Last(); !ok || e.Refusal != "my-domain-not-found" || e.Host != "nobody.my.salesforce.com" {
		t.Errorf("journal: %+v", e)
	}
}

func TestEndedSessionsAreRefused(t *testing.T) {
	t.Parallel()
	for name, of := range map[string]control.Sessions{
		"user": {User: "integration@acme.example"}, "app": {App: "integration"}, "all": {All: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := mocksf.Serve(t)
			token := clientCredentials(t, server.Client(), server.URL(), server.Org()).fields["access_token"].(string)
			if status := userinfo(t, server, token); status != http.StatusOK {
				t.Fatalf("before: %d", status)
			}
			if err := server.Org().RevokeSessions(of); err != nil {
				t.Fatal(err)
			}
			if status := userinfo(t, server, token); status != http.StatusForbidden {
				t.Errorf("after: %d", status)
			}
			next := clientCredentials(t, server.Client(), server.URL(), server.Org()).fields["access_token"].(string)
			if status := userinfo(t, server, next); status != http.StatusOK {
				t.Errorf("a later session: %d", status)
			}
		})
	}
}

func userinfo(t *testing.T, server *mocksf.Server, token string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL()+"/services/oauth2/userinfo", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	resp, err := server.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	return readAnswer(t, resp).status
}
