package scenario

import (
	"net/http"

	"github.com/sfconform/sfconform/mocksf/fault"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/stage"
)

// The scenarios of failures that pass, or may pass, for judges to ask for by name.
const (
	ShortOutage      = "token-endpoint-fails-three-times"
	Maintenance      = "maintenance-for-good"
	RetryYourRequest = "login-says-retry-your-request"
	SaysWhenToRetry  = "token-endpoint-says-when-to-retry"
	LoginRate        = "login-rate-exceeded"
	NewApp           = "new-app-is-not-known-yet"
	Flapping         = "logins-refused-now-and-then"
)

// passing are the situations in which the token endpoint fails, and may not fail the
// next time.
func passing() []Scenario {
	return []Scenario{
		{
			Name: ShortOutage, Title: "The token endpoint answers 503 three times, and then as it should.", Want: Either, Alone: true,
			Play: armTokens(fault.Fault{Name: "outage", Kind: fault.Status, Status: http.StatusServiceUnavailable, First: 3}),
		},
		{
			Name: Maintenance, Title: "Salesforce is under maintenance: a page with status 503, as long as the client asks.", Want: Fail,
			GiveUp: true, Advice: "maintenance",
			Play: armTokens(fault.Fault{Name: "maintenance", Kind: fault.Maintenance, First: often}),
		},
		{
			Name: RetryYourRequest, Title: "The token endpoint asks to retry the request, twice, and then for good.", Want: Either,
			GiveUp: true, Advice: "retry-your-request",
			Starts: []Start{
				{Before: armTokens(fault.Fault{Name: "twice", Kind: fault.Refusal, Refusal: "retry-your-request", First: 2})},
				{Before: armTokens(fault.Fault{Name: "for-good", Kind: fault.Refusal, Refusal: "retry-your-request", First: often})},
			},
		},
		{
			Name: SaysWhenToRetry, Title: "The token endpoint says when to retry: 429 with seconds, then 503 with a date.", Want: Either,
			Starts: []Start{
				{Before: armTokens(retryLater("in-seconds", http.StatusTooManyRequests, "1"))},
				{Before: armTokens(retryLater("at-a-date", http.StatusServiceUnavailable, "+2s"))},
			},
		},
		{
			Name: LoginRate, Title: "The user has logged in too often within an hour.", Want: Fail, Advice: "login-rate-exceeded", Watch: longWatch,
			Play: armTokens(fault.Fault{Name: "login-rate", Kind: fault.Refusal, Refusal: "login-rate-exceeded", First: often}),
		},
		{
			Name: NewApp, Title: "The app is new: the first four servers that are asked do not know it yet.", Want: Either,
			Advice: "client-id-unknown",
			Play:   armTokens(fault.Fault{Name: "not-known-yet", Kind: fault.Refusal, Refusal: "client-id-unknown", First: 4}),
		},
		{
			Name: Flapping, Title: "Sessions end after each page, and every second login meets a server that does not know the app.", Want: Either,
			Play: flaps,
		},
	}
}

// retryLater is one failure that says when to ask again.
func retryLater(name string, status int, when string) fault.Fault {
	return fault.Fault{Name: name, Kind: fault.Status, Status: status, RetryAfter: when, First: 1}
}

// flaps has logins succeed and fail in turn, the first one succeeding, and gives the
// client cause to log in: its first four answered calls are the last ones of their session.
func flaps(s *stage.Stage) {
	armTokens(fault.Fault{Name: "flapping", Kind: fault.Refusal, Refusal: "client-id-unknown", Every: 2})(s)
	s.After(stage.When{Kind: evidence.APICall, Fits: answered}.First(4), func(*evidence.Exchange) {
		s.RevokeSessions()
		s.Mark(SessionsRevoked)
	})
}
