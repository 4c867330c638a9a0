package scenario

import (
	"net/http"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/fault"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/stage"
)

// The scenarios about sessions that judges ask for by name.
const (
	EndsBeforeWrite = "session-ends-before-a-write"
	StaysRefused    = "session-stays-refused"
	NoLoginCures    = "api-refuses-what-no-login-cures"
	Forbidden       = "api-answers-403"
	TokenUnreadable = "api-cannot-read-the-token"
	LoginRefusedNow = "session-ends-and-the-new-login-is-refused"
	IdleClosed      = "idle-connection-closed"
	EndsElsewhere   = "session-ends-on-other-apis"
)

// often is more than any client should ask in one start: a fault that stays.
const often = 1000

// sessions are the situations in which the API does not take a token.
func sessions() []Scenario {
	return []Scenario{
		{
			Name: EndsBeforeWrite, Title: "The session has ended when the client writes its first record.", Operation: Write, Want: Succeed,
			Play: func(s *stage.Stage) {
				s.Before(stage.When{Kind: evidence.APICall, Fits: writes}.Nth(1), func(*evidence.Exchange) {
					s.RevokeSessions()
					s.Mark(SessionsRevoked)
				})
			},
		},
		{
			Name: StaysRefused, Title: "Logging in works, and the API refuses every session.", Want: Fail, Advice: "session-expired",
			Play: armAPI(refusedAPI("session-expired")),
		},
		{
			Name: NoLoginCures, Title: "The API refuses a fresh token for what no login cures: no API access, no agent, an expired password.", Want: Fail,
			Advice: "password-expired",
			Starts: startsOf("session-not-valid-for-api", "app-not-attached-to-agent", "password-expired"),
		},
		{
			Name: Forbidden, Title: "The API answers 403: its daily limit is used up, it is off for the org, it is off for the user.", Want: Fail,
			Advice: "api-disabled-for-user",
			Starts: startsOf("request-limit-exceeded", "api-disabled", "api-disabled-for-user"),
		},
		{
			Name: TokenUnreadable, Title: "The API cannot read the Authorization header, once, and then for good.", Want: Either,
			Starts: []Start{
				{Before: armAPI(fault.Fault{Name: "once", Kind: fault.Refusal, Refusal: "jwt-token-malformed", First: 1})},
				{Before: armAPI(refusedAPI("jwt-token-malformed"))},
			},
		},
		{
			Name: LoginRefusedNow, Title: "The session ends in mid-work because the integration user was deactivated, so that no new login is possible.", Want: Fail,
			Advice: "user-inactive",
			Play: func(s *stage.Stage) {
				s.Before(stage.When{Kind: evidence.APICall}.Nth(2), func(*evidence.Exchange) {
					s.Change(fixtures.Set("users/${user}/active", false))
					s.RevokeSessions()
					s.Mark(SessionsRevoked)
				})
			},
		},
		{
			Name: IdleClosed, Title: "Between two calls the API closes the connection that the client keeps.", Operation: Twice, Want: Either,
			World: func(o *stage.Options) { o.CloseIdle = true },
		},
		{
			Name: EndsElsewhere, Title: "The session has ended when the client first calls the Bulk API, SOAP, the Streaming API or the identity service.", Want: Either,
			Play: func(s *stage.Stage) {
				endAt(s, "bulk", "/services/async", "bulk-session-invalid")
				endAt(s, "soap", "/services/Soap/", "soap-session-invalid")
				endAt(s, "streaming", "/cometd/", "session-expired")
				endAt(s, "userinfo", "/services/oauth2/userinfo", "oauth-token-bad")
				endAt(s, "identity-url", "/id/", "oauth-token-bad")
			},
		},
	}
}

func writes(x *evidence.Exchange) bool {
	return x.Request.Method != http.MethodGet && x.Request.Method != http.MethodHead
}

// refusedAPI refuses every call for good.
func refusedAPI(id fixtures.RefusalID) fault.Fault {
	return fault.Fault{Name: string(id), Kind: fault.Refusal, Refusal: id, First: often}
}

// startsOf are starts that the API refuses, each with another refusal.
func startsOf(ids ...fixtures.RefusalID) []Start {
	var starts []Start
	for _, id := range ids {
		starts = append(starts, Start{Before: armAPI(refusedAPI(id))})
	}
	return starts
}

// armAPI arms a fault of the data API in place of those of a start before.
func armAPI(f fault.Fault) func(*stage.Stage) {
	return func(s *stage.Stage) {
		s.Calm()
		armed := f
		armed.Match.Path = "/services/data"
		s.Arm(armed)
	}
}

// endAt has the first call of an API meet the end of the session, as that API says it.
func endAt(s *stage.Stage, name, path string, id fixtures.RefusalID) {
	s.Arm(fault.Fault{Name: name, Kind: fault.Refusal, Refusal: id, First: 1, Match: fault.Match{Path: path}})
}
