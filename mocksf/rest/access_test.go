package rest_test

import (
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
)

const user = "users/integration@acme.example/"

func TestWhoMayNotAskIsRefusedByTheFirstRuleThatDoesNotHold(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		call    call
		changes []fixtures.Change
		prepare func(*org)
		want    fixtures.RefusalID
		check   string
	}{
		{name: "no header", call: call{authorization: "-"}, want: "authorization-header-missing", check: "authorization-header-present"},
		{name: "other scheme", call: call{authorization: "Basic TOKEN"}, want: "authorization-header-malformed", check: "authorization-header-well-formed"},
		{name: "no scheme", call: call{authorization: "TOKEN"}, want: "authorization-header-malformed", check: "authorization-header-well-formed"},
		{name: "no token", call: call{authorization: "Bearer "}, want: "authorization-header-malformed", check: "authorization-header-well-formed"},
		{name: "garbage", call: call{authorization: "Bearer garbage"}, want: "session-unknown", check: "session-known"},
		{name: "cut token", call: call{authorization: "Bearer 00D!AQ"}, want: "session-unknown", check: "session-known"},
		{name: "broken jwt", call: call{authorization: "Bearer eyJhbGciOiJub25lIn0.e30."}, want: "jwt-token-malformed", check: "jwt-token-well-formed"},
		{name: "expired", call: call{after: timeout}, want: "session-expired", check: "session-not-expired"},
		{name: "revoked", prepare: func(x *org) { x.sessions.RevokeAll() }, want: "session-revoked", check: "session-not-revoked"},
		{name: "app blocked", changes: []fixtures.Change{fixtures.Set("apps/integration/blocked", true)}, want: "session-revoked", check: "session-not-revoked"},
		{name: "user inactive", changes: []fixtures.Change{fixtures.Set(user+"active", false)}, want: "session-user-inactive", check: "session-user-active"},
		{name: "user frozen", changes: []fixtures.Change{fixtures.Set(user+"frozen", true)}, want: "session-user-inactive", check: "session-user-active"},
		{name: "scope web", prepare: func(x *org) { x.token = x.issue("web", "id") }, want: "session-not-valid-for-api", check: "session-has-api-scope"},
		{
			name: "access control", changes: []fixtures.Change{fixtures.Set("settings/apiAccessControl", true), fixtures.Set("apps/integration/apiAllowed", false)},
			want: "session-blocked-by-access-control", check: "app-on-access-control-list",
		},
		{name: "password expired", changes: []fixtures.Change{fixtures.Set(user+"passwordExpired", true)}, want: "password-expired", check: "password-not-expired"},
		{name: "api disabled", changes: []fixtures.Change{fixtures.Set(user+"apiEnabled", false)}, want: "api-disabled", check: "api-enabled"},
		{name: "limit", changes: []fixtures.Change{fixtures.Set("settings/dailyApiRequests", 0)}, want: "request-limit-exceeded", check: "requests-left"},
		{name: "login host", call: call{role: exchange.Login}, want: "url-not-reset", check: "host-is-the-orgs-own"},
		{name: "test host", call: call{role: exchange.Test}, want: "url-not-reset", check: "host-is-the-orgs-own"},
		{name: "expired at the login host", call: call{role: exchange.Login, after: timeout}, want: "session-expired", check: "session-not-expired"},
		{name: "host of other orgs", call: call{role: exchange.Elsewhere}, want: "session-unknown", check: "session-known"},
		{name: "retired version", call: call{path: "/services/data/v30.0/query"}, want: "api-version-retired", check: "version-not-retired"},
		{name: "version that never was", call: call{path: "/services/data/v19.0/query"}, want: "rest-not-found", check: "version-known"},
		{name: "version", call: call{path: "/services/data/v68.0/query"}, want: "rest-not-found", check: "version-known"},
		{name: "version without v", call: call{path: "/services/data/67.0/query"}, want: "rest-not-found", check: "version-known"},
		{name: "odd version", call: call{path: "/services/data/v067.0/query"}, want: "rest-not-found", check: "version-known"},
		{
			name: "view setup", call: call{path: "/services/data/v67.0/limits"}, changes: []fixtures.Change{fixtures.Set(user+"viewSetup", false)},
			want: "limits-not-enabled", check: "user-may-view-setup",
		},
		{
			name: "expired before scope", call: call{after: timeout}, prepare: func(x *org) { x.token = x.issue("web") },
			want: "session-expired", check: "session-not-expired",
		},
		{
			name: "api disabled before the limit", want: "api-disabled", check: "api-enabled",
			changes: []fixtures.Change{fixtures.Set(user+"apiEnabled", false), fixtures.Set("settings/dailyApiRequests", 0)},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			x := newOrg(t, c.changes...)
			if c.prepare != nil {
				c.prepare(x)
			}
			if c.call.path == "" {
				c.call.path = query("SELECT Id FROM Account")
			}
			a := x.do(t, c.call)
			refused(t, a, c.want)
			if a.Note.Check != c.check {
				t.Errorf("check %q, want %q", a.Note.Check, c.check)
			}
		})
	}
}

func TestBothSchemesAndFormatsOfTokensOpenTheAPI(t *testing.T) {
	t.Parallel()
	x := newOrg(t, fixtures.Set("settings/apiAccessControl", true))
	for _, authorization := range []string{"Bearer TOKEN", "OAuth TOKEN", "bearer TOKEN", "Bearer " + x.issueJWT(), "Bearer " + x.issue("full")} {
		a := x.do(t, call{path: query("SELECT COUNT() FROM Account"), authorization: authorization})
		if a.Status != 200 || a.Note.Username != "integration@acme.example" || a.Note.App != "integration" {
			t.Errorf("%.12s: %d %s, note %+v", authorization, a.Status, a.Body, a.Note)
		}
	}
}

func TestUseKeepsASessionAlive(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	path := query("SELECT COUNT() FROM Account")
	for after := time.Duration(0); after < 4*timeout; after += 3 * timeout / 4 {
		if a := x.do(t, call{path: path, after: after}); a.Status != 200 {
			t.Fatalf("after %v: %d %s", after, a.Status, a.Body)
		}
	}
	x.do(t, call{path: path, after: 4 * timeout, authorization: "-"})
	refused(t, x.do(t, call{path: path, after: 6 * timeout}), "session-expired")
}

func TestTheDailyLimitCountsWhatWasAnswered(t *testing.T) {
	t.Parallel()
	x := newOrg(t, fixtures.Set("settings/dailyApiRequests", 2), fixtures.Set("settings/sessionTimeout", "24h"))
	good, bad := query("SELECT COUNT() FROM Account"), query("nonsense")
	info := func(a exchange.Answer) string { return a.Header["Sforce-Limit-Info"] }
	x.do(t, call{path: good, authorization: "-"})
	if a := x.get(t, good); info(a) != "api-usage=1/2" {
		t.Errorf("first: %q", info(a))
	}
	if a := x.get(t, bad); info(a) != "api-usage=2/2" {
		t.Errorf("second, a query that cannot be read: %q", info(a))
	}
	refused(t, x.get(t, good), "request-limit-exceeded")
	if a := x.get(t, "/services/data"); a.Status != 200 {
		t.Error("the versions count against the limit")
	}
	x.token = x.sessions.Opaque(x.sessions.New(x.AppByName("integration"), x.user(), []string{"api"}, timeout, start.Add(24*time.Hour)))
	if a := x.do(t, call{path: good, after: 24 * time.Hour}); info(a) != "api-usage=1/2" {
		t.Errorf("the next day: %q %s", info(a), a.Body)
	}
}

func TestTheChallengeOfA401IsASwitch(t *testing.T) {
	t.Parallel()
	for option, want := range map[string]string{"token": "Token", "none": ""} {
		x := newOrg(t, fixtures.Set("behaviour/switches/rest-401-challenge", option))
		a := x.do(t, call{path: query("x"), authorization: "Bearer x"})
		if a.Status != 401 || a.Header["WWW-Authenticate"] != want {
			t.Errorf("%s: %d, header %v", option, a.Status, a.Header)
		}
	}
	if fixtures.MustRefusal("session-unknown").Answer.Header["WWW-Authenticate"] != "Token" {
		t.Error("the catalogue's own header was changed")
	}
}

func TestOnlyTheSessionIsA401(t *testing.T) {
	t.Parallel()
	x := newOrg(t, fixtures.Set(user+"apiEnabled", false))
	if a := x.get(t, query("x")); a.Status != 403 {
		t.Errorf("a missing permission: %d", a.Status)
	}
}

func FuzzAuthorization(f *testing.F) {
	x := newOrg(f)
	for _, s := range []string{"Bearer x", "OAuth ", "Bearer eyJ.e30.", "Bearer " + x.token[:60], "\x00", "Bearer " + x.issueJWT() + "x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, header string) {
		if strings.Contains(header, x.token) || header == "" || header == "-" {
			return
		}
		if a := x.do(t, call{path: "/services/data/v67.0", authorization: header}); a.Status != 401 {
			t.Errorf("%q: %d", header, a.Status)
		}
	})
}
