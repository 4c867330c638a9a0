package authorize_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/authorize"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/session"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

var start = time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)

const (
	callback  = "https://client.example/callback"
	challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
	app       = "apps/integration/"
)

// org is a fake org with its authorize endpoint.
type org struct {
	*snapshot.Org
	sessions *session.Store
	mux      *exchange.Mux
}

func newOrg(tb testing.TB, changes ...fixtures.Change) *org {
	tb.Helper()
	o, err := fixtures.BuiltInOrg("production")
	if err != nil {
		tb.Fatal(err)
	}
	changes = append([]fixtures.Change{fixtures.Set(app+"settings/callbackUrls", []string{callback, callback + "?a=b"})}, changes...)
	compiled, err := snapshot.Compile(o.MustWith(changes...))
	if err != nil {
		tb.Fatal(err)
	}
	x := &org{Org: compiled, sessions: session.NewStore(compiled.ID, 1)}
	x.mux = exchange.NewMux(authorize.Routes(x.sessions)...)
	return x
}

// right are the parameters of a right request, with some changed: "-" leaves one out.
func (x *org) right(changes ...string) url.Values {
	v := url.Values{
		"response_type": {"code"}, "client_id": {x.AppByName("integration").ConsumerKey}, "redirect_uri": {callback},
		"code_challenge": {challenge}, "login_hint": {"integration@acme.example"},
	}
	for i := 0; i < len(changes); i += 2 {
		v.Set(changes[i], changes[i+1])
		if changes[i+1] == "-" {
			v.Del(changes[i])
		}
	}
	return v
}

func (x *org) send(method string, parameters url.Values, role exchange.Role) exchange.Answer {
	r := &exchange.Request{
		Method: method, Path: authorize.Path, Header: http.Header{}, Org: x.Org, Now: start,
		Host: exchange.Host{Role: role, Base: "https://acme.my.salesforce.com", Name: "acme.my.salesforce.com"},
	}
	if method == "POST" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Body = []byte(parameters.Encode())
	} else {
		r.Query = parameters
	}
	return x.mux.Handle(r)
}

func (x *org) get(changes ...string) exchange.Answer {
	return x.send("GET", x.right(changes...), exchange.MyDomain)
}

func location(t *testing.T, a exchange.Answer) url.Values {
	t.Helper()
	to, err := url.Parse(a.Header["Location"])
	if err != nil || a.Status != http.StatusFound || !strings.HasPrefix(a.Header["Location"], callback+"?") {
		t.Fatalf("%d to %q: %v", a.Status, a.Header["Location"], err)
	}
	return to.Query()
}

var byHint = fixtures.Set("settings/approveByLoginHint", true)

func TestACodeComesWithTheStateAndStandsForWhatWasAsked(t *testing.T) {
	t.Parallel()
	x := newOrg(t, byHint)
	q := location(t, x.get("state", "a b&c=d", "redirect_uri", callback+"?a=b", "scope", "api"))
	if q.Get("state") != "a b&c=d" || q.Get("a") != "b" {
		t.Errorf("%v", q)
	}
	g, known := x.sessions.Code(q.Get("code"))
	if !known || strings.Join(g.Scopes, " ") != "api" || g.RedirectURI != callback+"?a=b" || g.Challenge != challenge || !g.IssuedAt.Equal(start) {
		t.Errorf("%v, %+v", known, g)
	}
}

func TestTheTwoNamesOfTheRefreshScopeStandForEachOther(t *testing.T) {
	t.Parallel()
	x := newOrg(t, byHint)
	g, _ := x.sessions.Code(location(t, x.get("scope", "offline_access")).Get("code"))
	if strings.Join(g.Scopes, " ") != "refresh_token" {
		t.Errorf("%v", g.Scopes)
	}
}

func TestWithoutTheSettingAPageIsShownAndNobodyIsLoggedIn(t *testing.T) {
	t.Parallel()
	for name, a := range map[string]exchange.Answer{
		"setting off":    newOrg(t).get(),
		"no hint":        newOrg(t, byHint).get("login_hint", "-"),
		"unknown user":   newOrg(t, byHint).get("login_hint", "nobody@acme.example"),
		"inactive user":  newOrg(t, byHint, fixtures.Set("users/integration@acme.example/active", false)).get(),
		"frozen user":    newOrg(t, byHint, fixtures.Set("users/integration@acme.example/frozen", true)).get(),
		"no such button": newOrg(t).get("fake_user", "integration@acme.example", "fake_decision", "Perhaps"),
	} {
		if a.Status != http.StatusOK || !strings.HasPrefix(a.ContentType, "text/html") || a.Header["Location"] != "" ||
			!strings.Contains(string(a.Body), "Allow Access?") {
			t.Errorf("%s: %d %s to %q", name, a.Status, a.ContentType, a.Header["Location"])
		}
	}
}

func TestThePageRepeatsTheRequestAndEscapesIt(t *testing.T) {
	t.Parallel()
	x := newOrg(t, fixtures.Set("users/admin@acme.example/active", false))
	body := string(x.get("state", `"><script>alert(1)</script>`, "fake_user", "someone").Body)
	if strings.Contains(body, "<script>") || !strings.Contains(body, `name="state" value="&#34;&gt;`) {
		t.Errorf("the state is not escaped:\n%s", body)
	}
	for _, want := range []string{`name="code_challenge" value="` + challenge, "<option selected>integration@acme.example</option>", `value="Allow"`, `value="Deny"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page has no %s:\n%s", want, body)
		}
	}
	if strings.Contains(body, "admin@acme.example") || strings.Contains(body, "someone") {
		t.Errorf("the page offers who cannot log in:\n%s", body)
	}
}

func TestThePagesButtonsDecide(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	allowed := x.send("POST", x.right("fake_user", "integration@acme.example", "fake_decision", "Allow"), exchange.MyDomain)
	if g, known := x.sessions.Code(location(t, allowed).Get("code")); !known || g.UserID != x.User("integration@acme.example").ID[:15] {
		t.Errorf("%v %+v", known, g)
	}
	denied := location(t, x.send("POST", x.right("fake_user", "integration@acme.example", "fake_decision", "Deny", "state", "s"), exchange.MyDomain))
	if denied.Get("error") != "access_denied" || denied.Get("state") != "s" || denied.Has("code") {
		t.Errorf("%v", denied)
	}
}

func TestNobodyIsSentToAnAddressThatIsNotTheApps(t *testing.T) {
	t.Parallel()
	x := newOrg(t, byHint)
	for _, address := range []string{"https://evil.example", callback + "/", callback + "?x=y", "HTTPS://client.example/callback", callback + "#", ""} {
		if a := x.get("redirect_uri", address); a.Header["Location"] != "" || a.Status != http.StatusBadRequest {
			t.Errorf("%q: %d to %q", address, a.Status, a.Header["Location"])
		}
	}
}

func TestAnExternalClientAppIsNotFoundFromTheGenericHosts(t *testing.T) {
	t.Parallel()
	x := newOrg(t, byHint)
	if a := x.send("GET", x.right(), exchange.Login); a.Note.Refusal != "authorize-app-not-found" {
		t.Errorf("%+v", a.Note)
	}
	if a := x.send("GET", x.right(), exchange.Elsewhere); a.Note.Refusal != "authorize-client-id-unknown" {
		t.Errorf("%+v", a.Note)
	}
	x = newOrg(t, byHint, fixtures.Set("behaviour/switches/eca-generic-host", "accepted"))
	location(t, x.send("GET", x.right(), exchange.Login))
}

func TestCodeChallengesAreHeldToTheirForm(t *testing.T) {
	t.Parallel()
	optional := fixtures.Set(app+"settings/pkceRequired", false)
	for _, c := range []struct {
		name, challenge, method string
		want                    fixtures.RefusalID
	}{
		{"S256", challenge, "S256", ""},
		{"no method", challenge, "-", ""},
		{"plain", challenge, "plain", "code-challenge-invalid"},
		{"padded", challenge + "=", "S256", "code-challenge-invalid"},
		{"short", challenge[1:], "S256", "code-challenge-invalid"},
		{"a method and no challenge", "-", "S256", "code-challenge-invalid"},
		{"none", "-", "-", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := newOrg(t, byHint, optional).get("code_challenge", c.challenge, "code_challenge_method", c.method)
			if a.Note.Refusal != c.want {
				t.Errorf("%q, want %q", a.Note.Refusal, c.want)
			}
		})
	}
}

// FuzzAuthorize: whatever is asked, nobody is sent anywhere but to a callback URL of the app.
func FuzzAuthorize(f *testing.F) {
	x := newOrg(f, byHint)
	f.Add(x.right().Encode())
	f.Add(x.right("redirect_uri", callback+"?a=b", "state", "\r\nSet-Cookie: a=b", "prompt", "none").Encode())
	f.Add("client_id=" + x.AppByName("integration").ConsumerKey + "&redirect_uri=" + url.QueryEscape(callback))
	f.Fuzz(func(t *testing.T, query string) {
		values, err := url.ParseQuery(query)
		if err != nil {
			return
		}
		a := x.send("GET", values, exchange.MyDomain)
		if to := a.Header["Location"]; to != "" && (!strings.HasPrefix(to, callback+"?") || strings.ContainsAny(to, "\r\n ")) {
			t.Fatalf("%q leads to %q", query, to)
		}
	})
}
