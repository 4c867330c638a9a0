package rest

import (
	"maps"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
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
	if x.headerOK {
		x.session, x.state = a.sessions.Open(r.Org, x.token, r.Now)
	}
	if x.state == session.Live {
		x.user, x.app = r.Org.UserByID(x.session.UserID), session.AppOf(r.Org, x.session)
	}
	x.used = a.usage.at(r.Now)
	return x
}

// rule is one condition of an answer: the name of what holds, the refusal if it
// does not, and whether it does. The predicate cannot choose the refusal.
type rule struct {
	name    string
	refusal fixtures.RefusalID
	holds   func(*access) bool
}

// check is a rule with its refusal looked up.
type check struct {
	rule
	answer fixtures.Refusal
}

// accessRules are asked in this order; the first that does not hold decides. A
// 401 stands only for the session: anything else that a login does not mend is a
// 403, or clients log in for ever (facts: client habits, errors).
var accessRules = []rule{
	{"authorization-header-present", "authorization-header-missing", func(x *access) bool { return x.header != "" }},
	{"authorization-header-well-formed", "authorization-header-malformed", func(x *access) bool { return x.headerOK }},
	{"jwt-token-well-formed", "jwt-token-malformed", func(x *access) bool { return x.state != session.Unknown || !looksLikeJWT(x.token) }},
	{"session-known", "session-unknown", func(x *access) bool { return x.state != session.Unknown }},
	{"session-not-revoked", "session-revoked", func(x *access) bool { return x.state != session.Revoked && x.state != session.AppEnded }},
	{"session-not-expired", "session-expired", func(x *access) bool { return x.state != session.Expired }},
	{"session-user-active", "session-user-inactive", func(x *access) bool { return x.state != session.UserEnded }},
	{"session-has-api-scope", "session-not-valid-for-api", func(x *access) bool { return x.session.Has("api", "full") }},
	{"app-on-access-control-list", "session-blocked-by-access-control", func(x *access) bool {
		return !x.request.Org.Settings.APIAccessControl || x.app.APIAllowed
	}},
	{"password-not-expired", "password-expired", func(x *access) bool { return !x.user.PasswordExpired }},
	{"api-enabled", "api-disabled", func(x *access) bool { return x.user.APIEnabled }},
	{"requests-left", "request-limit-exceeded", func(x *access) bool { return x.used < x.request.Org.Settings.DailyAPIRequests }},
	{"version-known", "rest-not-found", func(x *access) bool { return knownVersion(x.request.Value("version")) }},
}

// mayViewSetup guards /limits (facts: section 2, Minimum Access).
var mayViewSetup = rule{"user-may-view-setup", "limits-not-enabled", func(x *access) bool { return x.user.ViewSetup }}

// looksLikeJWT says whether the token begins as every JSON object in base64url does.
func looksLikeJWT(token string) bool { return strings.HasPrefix(token, "eyJ") }

func resolve(rules []rule) []check {
	checks := make([]check, len(rules))
	for i, r := range rules {
		checks[i] = check{r, fixtures.MustRefusal(r.refusal)}
	}
	return checks
}

// guard lets only those requests through to the handler for which all rules hold.
// They count as a use of the session and of the org's daily requests.
func (a *api) guard(h handler, extra ...rule) exchange.Handler {
	additional := resolve(extra)
	return func(r *exchange.Request) exchange.Answer {
		x := a.newAccess(r)
		for _, checks := range [][]check{a.checks, additional} {
			for i := range checks {
				if !checks[i].holds(x) {
					return x.noted(refuse(r.Org, &checks[i]))
				}
			}
		}
		a.sessions.Touch(x.session, r.Now)
		x.used = a.usage.count(r.Now)
		return x.noted(withUsage(h(r, x), x.used, r.Org.Settings.DailyAPIRequests))
	}
}

// withoutChallenge is the reading of the 401 that carries no WWW-Authenticate.
var withoutChallenge = fixtures.Reading{Switch: "rest-401-challenge", Option: "none"}

func refuse(org *snapshot.Org, c *check) exchange.Answer {
	answer := exchange.Refuse(&c.answer)
	answer.Note.Check = c.name
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
