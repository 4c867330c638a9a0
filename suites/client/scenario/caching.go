package scenario

import (
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/fault"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/stage"
)

// The scenarios about kept tokens that judges ask for by name.
const (
	ColdBurst     = "many-calls-at-once"
	BurstAtExpiry = "session-ends-during-many-calls"
	BurstRefused  = "many-calls-at-once-with-a-refused-login"
	SameToken     = "new-login-gives-the-same-dead-token"
	StaleAtStart  = "stored-token-is-dead-at-the-start"
	ShortRuns     = "five-short-runs"
	SteadyRun     = "round-after-round"
)

// The marks that scenarios of this file leave.
const (
	TokensForgotten = "tokens-forgotten"
)

// caching are the situations that show how a client keeps its token.
func caching() []Scenario {
	return []Scenario{
		{
			Name: ColdBurst, Title: "Twenty calls begin at once, before there is a token.", Operation: Burst, Want: Succeed,
			Play: func(s *stage.Stage) {
				s.Arm(fault.Fault{Name: "slow-login", Kind: fault.Slow, Delay: slowLogin, First: 1, Match: tokenEndpoint})
			},
		},
		{
			Name: BurstAtExpiry, Title: "The session ends while twenty calls are on their way.", Operation: Burst, Want: Succeed,
			Play: func(s *stage.Stage) {
				// Every call of the burst has been sent before one of them learns of the end.
				s.Together(stage.When{Kind: evidence.APICall}, burst, func() {
					s.RevokeSessions()
					s.Mark(SessionsRevoked)
				})
			},
		},
		{
			Name: BurstRefused, Title: "Twenty calls begin at once, and the login is refused for good.", Operation: Burst, Want: Fail,
			Play: armTokens(fault.Fault{Name: "login-refused", Kind: fault.Refusal, Refusal: "client-id-unknown", First: 100}),
		},
		{
			Name: SameToken, Title: "The session has ended, and every new login gives the same dead token.", Want: Fail,
			World: func(o *stage.Options) { o.Requests = 60 },
			Play: func(s *stage.Stage) {
				token := "00D" + s.Word() + "!" + s.Word() + s.Word() + s.Word()
				s.Alter("the same token again", stage.When{Kind: evidence.TokenRequest}, func(a *stage.Answer) {
					if a.Status == 200 {
						s.Alias(a, token)
						s.RevokeSessions()
					}
				})
			},
		},
		{
			Name: StaleAtStart, Title: "A token that the client stored has died before its next start.", Want: Succeed,
			Starts: []Start{
				{},
				{SameHome: true, Before: func(s *stage.Stage) {
					s.RevokeSessions()
					s.Mark(TokensForgotten)
				}},
			},
		},
		{
			Name: ShortRuns, Title: "The client is started five times in a row.", Operation: Login, Want: Succeed,
			Starts: []Start{{}, {SameHome: true}, {SameHome: true}, {SameHome: true}, {SameHome: true}},
		},
		{
			Name: SteadyRun, Title: "A client that runs on does its work round after round.", Operation: UntilKill, Want: Succeed,
			Play: func(s *stage.Stage) {
				s.After(stage.When{Kind: evidence.APICall}.Nth(rounds), func(*evidence.Exchange) { s.EndClient() })
			},
		},
	}
}

// tokenEndpoint is where tokens are asked for.
var tokenEndpoint = fault.Match{Path: "/services/oauth2/token"}

const (
	// burst is how many calls Burst makes.
	burst = 20
	// slowLogin is long enough for every worker of a client to miss the token.
	slowLogin = fixtures.Duration(300 * time.Millisecond)
	// rounds is how many calls show how often a client that runs on logs in.
	rounds = 8
)
