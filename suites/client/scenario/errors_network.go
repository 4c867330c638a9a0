package scenario

import (
	"net/http"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/fault"
	"github.com/sfconform/sfconform/suites/client/stage"
)

// The scenarios of a network that fails, for judges to ask for by name.
const (
	TokenSilent   = "token-endpoint-never-answers"
	APISilent     = "api-never-answers"
	Drips         = "token-answer-drips"
	Resets        = "token-request-is-reset"
	ResetsForGood = "every-token-request-is-reset"
	HostUnknown   = "login-host-does-not-resolve"
	WriteWithheld = "write-is-done-and-its-answer-withheld"
)

// longWatch is how long a client that runs on must be watched for its silence to count,
// timeOutWatch so that the time-outs of most libraries show.
const (
	longWatch    = 24 * time.Second
	timeOutWatch = 35 * time.Second
)

// UnresolvedHost is the login host of HostUnknown: it never resolves (RFC 6761 section 6.4).
const UnresolvedHost = "acme-no-such-org.my.salesforce.invalid"

// network are the situations in which no answer comes, or none that is whole.
func network() []Scenario {
	return []Scenario{
		{
			Name: TokenSilent, Title: "The token endpoint takes the request and never answers.", Want: Fail, GiveUp: true, Watch: timeOutWatch,
			Play: armTokens(fault.Fault{Name: "silent", Kind: fault.Hang, First: often}),
		},
		{
			Name: APISilent, Title: "The API takes the request and never answers.", Want: Fail, GiveUp: true, Watch: timeOutWatch,
			Play: armAPI(fault.Fault{Name: "silent", Kind: fault.Hang, First: often}),
		},
		{
			Name: Drips, Title: "The token answer comes at one byte a second.", Want: Either, GiveUp: true,
			Play: armTokens(fault.Fault{Name: "drips", Kind: fault.Drip, Interval: fixtures.Duration(time.Second), First: often}),
		},
		{
			Name: Resets, Title: "The connection is reset before, inside and after the token answer, once each.", Want: Either,
			Starts: []Start{resetOnce(fault.Before), resetOnce(fault.Inside), resetOnce(fault.After)},
		},
		{
			Name: ResetsForGood, Title: "The connection is reset at every token request.", Want: Fail, GiveUp: true,
			Play: armTokens(fault.Fault{Name: "reset", Kind: fault.Reset, First: often}),
		},
		{
			Name: HostUnknown, Title: "The host name of the login URL does not resolve.", Want: Fail, GiveUp: true, Advice: "my-domain-not-found",
			Starts: []Start{{Set: map[string]string{stage.LoginURL: "https://" + UnresolvedHost}}},
		},
		{
			Name: WriteWithheld, Title: "The first record is written, and the connection breaks before the answer.", Operation: Write, Want: Either,
			Play: func(s *stage.Stage) {
				s.Arm(fault.Fault{
					Name: "answer-withheld", Kind: fault.Reset, Where: fault.Unsent, First: 1,
					Match: fault.Match{Method: http.MethodPost, Path: "/services/data"},
				})
			},
		},
	}
}

func resetOnce(where fault.Where) Start {
	return Start{Before: armTokens(fault.Fault{Name: "reset-" + string(where), Kind: fault.Reset, Where: where, First: 1})}
}
