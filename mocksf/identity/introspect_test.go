package identity_test

import (
	"encoding/base64"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/session"
)

func TestIntrospectionTellsAnAppOfItsOwnTokens(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	app := x.AppByName("integration")
	a := x.do(t, call{method: "POST", path: "/services/oauth2/introspect", form: url.Values{
		"token": {x.token}, "token_type_hint": {"access_token"}, "client_id": {app.ConsumerKey}, "client_secret": {app.ConsumerSecret},
	}.Encode()})
	want := x.fill(`{"active":true,"scope":"api id","client_id":"`+app.ConsumerKey+`","username":"integration@acme.example",`+
		`"sub":"https://login.salesforce.com/id/ORG/USER","token_type":"access_token","exp":1788271200,"iat":1788264000,"nbf":1788264000}`, "")
	if a.Status != 200 || string(a.Body) != want {
		t.Errorf("%d\ngot  %s\nwant %s", a.Status, a.Body, want)
	}
}

func TestIntrospectionTellsNothingOfOtherTokens(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		app, token string
		after      time.Duration
		changes    []fixtures.Change
		active     bool
	}{
		"foreign":     {app: "legacy", token: "TOKEN"},
		"foreign all": {app: "legacy", token: "TOKEN", changes: []fixtures.Change{fixtures.Set("apps/legacy/settings/introspectAllTokens", true)}, active: true},
		"garbage":     {app: "integration", token: "garbage"},
		"none":        {app: "integration"},
		"expired":     {app: "integration", token: "TOKEN", after: timeout},
		"live":        {app: "integration", token: "TOKEN", active: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := newOrg(t, c.changes...)
			app := x.AppByName(c.app)
			basic := "Basic " + base64.StdEncoding.EncodeToString([]byte(app.ConsumerKey+":"+app.ConsumerSecret))
			form := url.Values{"token": {strings.ReplaceAll(c.token, "TOKEN", x.token)}}.Encode()
			a := x.do(t, call{method: "POST", path: "/services/oauth2/introspect", form: form, authorization: basic, after: c.after})
			if got := strings.Contains(string(a.Body), `"active":true`); got != c.active || !c.active && string(a.Body) != `{"active":false}` {
				t.Errorf("%s", a.Body)
			}
			if a.Note.App != c.app {
				t.Errorf("note %+v", a.Note)
			}
		})
	}
}

func TestIntrospectionWantsClientCredentials(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	app := x.AppByName("integration")
	for name, form := range map[string]string{
		"none": "token=x", "wrong secret": "token=x&client_id=" + app.ConsumerKey + "&client_secret=no",
		"no secret": "token=x&client_id=" + app.ConsumerKey, "unknown key": "token=x&client_id=no&client_secret=no",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refused(t, x.do(t, call{method: "POST", path: "/services/oauth2/introspect", form: form}), "introspect-unauthenticated")
		})
	}
	conflict := newOrg(t, fixtures.Set("behaviour/switches/client-auth-conflict", "refused"))
	basic := "Basic " + base64.StdEncoding.EncodeToString([]byte(app.ConsumerKey+":"+app.ConsumerSecret))
	refused(t, conflict.do(t, call{method: "POST", path: "/services/oauth2/introspect", form: "token=x&client_id=other", authorization: basic}), "introspect-unauthenticated")
}

func TestARevokedTokenIsDeadAtOnce(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]func(token string) call{
		"POST": func(token string) call {
			return call{method: "POST", path: "/services/oauth2/revoke", form: url.Values{"token": {token}}.Encode()}
		},
		"GET": func(token string) call {
			return call{method: "GET", path: "/services/oauth2/revoke?token=" + url.QueryEscape(token)}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := newOrg(t)
			a := x.do(t, c(x.token))
			if a.Status != 200 || len(a.Body) != 0 {
				t.Errorf("%d %q", a.Status, a.Body)
			}
			if _, state := x.sessions.Open(x.Org, x.token, start); state != session.Revoked {
				t.Errorf("the token is %s", state)
			}
			refused(t, x.do(t, c(x.token)), "revoke-token-invalid")
			refused(t, x.do(t, c("garbage")), "revoke-token-invalid")
			refused(t, x.do(t, c("")), "revoke-token-type-unsupported")
		})
	}
}
