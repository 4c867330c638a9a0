package rest

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/rule"
	"github.com/sfconform/sfconform/mocksf/session"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// access is who asks and with which token, as far as it is known.
type access struct {
	request *exchange.Request
	header  string
	token   string
	// headerOK says that the header is a known scheme and a token.
	headerOK bool
	session  session.Session
	state    session.State
	// user and app are nil unless the session is live.
	user *snapshot.User
	app  *snapshot.App
	// used is how many requests the org has made in the day so far.
	used int
}

func (a *api) newAccess(r *exchange.Request) *access {
	x := &access{request: r, header: r.Header.Get("Authorization"), state: session.Unknown}
	x.token, x.headerOK = session.TokenOf(x.header)
	// A host of another org's kind knows no session of this one.
	if x.headerOK && r.Host.Role != exchange.Elsewhere {
		x.session, x.state = a.sessions.Open(r.Org, x.token, r.Now)
	}
	if x.state == session.Live {
		x.user, x.app = r.Org.UserByID(x.session.UserID), session.AppOf(r.Org, x.session)
	}
	x.used = a.usage.Used(r.Now)
	return x
}

// check is one rule of the access to the data API.
type check = rule.Rule[*access]

// accessRules are asked in this order; the first that does not hold decides. A
// 401 stands only for the session: anything else that a login does not mend is a
// 403, or clients log in for ever (facts: client habits, errors).
var accessRules = []check{
	{Name: "authorization-header-present", Refusal: "authorization-header-missing", Holds: func(x *access) bool { return x.header != "" }},
	{Name: "authorization-header-well-formed", Refusal: "authorization-header-malformed", Holds: func(x *access) bool { return x.headerOK }},
	{Name: "jwt-token-well-formed", Refusal: "jwt-token-malformed", Holds: func(x *access) bool { return x.state != session.Unknown || !looksLikeJWT(x.token) }},
	{Name: "session-known", Refusal: "session-unknown", Holds: func(x *access) bool { return x.state != session.Unknown }},
	{Name: "session-not-revoked", Refusal: "session-revoked", Holds: func(x *access) bool { return x.state != session.Revoked && x.state != session.AppEnded }},
	{Name: "session-not-expired", Refusal: "session-expired", Holds: func(x *access) bool { return x.state != session.Expired }},
	{Name: "session-user-active", Refusal: "session-user-inactive", Holds: func(x *access) bool { return x.state != session.UserEnded }},
	{Name: "host-is-the-orgs-own", Refusal: "url-not-reset", Holds: func(x *access) bool { return !x.request.Host.Role.Generic() }},
	{Name: "session-has-api-scope", Refusal: "session-not-valid-for-api", Holds: func(x *access) bool { return x.session.Has("api", "full") }},
	{Name: "app-on-access-control-list", Refusal: "session-blocked-by-access-control", Holds: func(x *access) bool {
		return !x.request.Org.Settings.APIAccessControl || x.app.APIAllowed
	}},
	{Name: "password-not-expired", Refusal: "password-expired", Holds: func(x *access) bool { return !x.user.PasswordExpired }},
	{Name: "api-enabled", Refusal: "api-disabled", Holds: func(x *access) bool { return x.user.APIEnabled }},
	{Name: "requests-left", Refusal: "request-limit-exceeded", Holds: func(x *access) bool { return x.used < x.request.Org.Settings.DailyAPIRequests }},
}

// versionRules are asked after them, where a path names a version.
var versionRules = []check{
	{Name: "version-not-retired", Refusal: "api-version-retired", Holds: func(x *access) bool { return !retiredVersion(x.request.Value("version")) }},
	{Name: "version-known", Refusal: "rest-not-found", Holds: func(x *access) bool { return knownVersion(x.request.Value("version")) }},
}

// The rules, bound once for all orgs: of a resource of the data API, and of Apex REST,
// which has no versions.
var (
	accessList = sync.OnceValue(func() rule.List[*access] { return rule.MustBind(slices.Concat(accessRules, versionRules)) })
	apexList   = sync.OnceValue(func() rule.List[*access] { return rule.MustBind(accessRules) })
)

// mayViewSetup guards /limits (facts: section 2, Minimum Access).
var mayViewSetup = check{Name: "user-may-view-setup", Refusal: "limits-not-enabled", Holds: func(x *access) bool { return x.user.ViewSetup }}

// looksLikeJWT says whether the token begins as every JSON object in base64url does.
func looksLikeJWT(token string) bool { return strings.HasPrefix(token, "eyJ") }

// guard lets only those requests through to the handler for which all rules hold.
// They count as a use of the session and of the org's daily requests.
func (a *api) guard(h handler, extra ...check) exchange.Handler {
	checks := a.access
	if len(extra) > 0 {
		checks = slices.Concat(a.access, rule.MustBind(extra))
	}
	return a.guardBy(checks, h)
}

func (a *api) guardBy(checks rule.List[*access], h handler) exchange.Handler {
	return func(r *exchange.Request) exchange.Answer {
		x := a.newAccess(r)
		if failed := checks.Decide(r.Org, x); failed != nil {
			return x.noted(refuse(r.Org, failed))
		}
		a.sessions.Touch(x.session, r.Now)
		x.used = a.usage.Add(r.Now)
		return x.noted(withUsage(h(r, x), x.used, r.Org.Settings.DailyAPIRequests))
	}
}

// withoutChallenge is the reading of the 401 that carries no WWW-Authenticate.
var withoutChallenge = fixtures.Reading{Switch: "rest-401-challenge", Option: "none"}

func refuse(org *snapshot.Org, failed *rule.Bound[*access]) exchange.Answer {
	answer := exchange.Refuse(failed.Answer)
	answer.Note.Check = failed.Name
	if org.Answers(withoutChallenge) {
		answer.Header = maps.Clone(answer.Header)
		delete(answer.Header, "WWW-Authenticate")
	}
	return answer
}

// noted is the answer with what the journal wants to know of the caller.
func (x *access) noted(answer exchange.Answer) exchange.Answer {
	if x.user != nil {
		answer.Note.Username = x.user.Username
	}
	if x.app != nil {
		answer.Note.App, answer.Note.ClientID = x.app.Name, x.app.ConsumerKey
	}
	return answer
}
