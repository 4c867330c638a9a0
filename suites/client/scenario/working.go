package scenario

import (
	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/fault"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/stage"
)

// working are the situations in which nothing is refused that a client can see.
func working() []Scenario {
	return []Scenario{
		{
			Name: HappyPath, Title: "Everything is set up right; a query has three pages.",
			Want: Succeed,
		},
		{
			Name: EndsBetweenPages, Title: "The session ends after the first page of a query.",
			Want: Succeed,
			Play: func(s *stage.Stage) {
				s.Before(stage.When{Kind: evidence.APICall}.Nth(2), func(*evidence.Exchange) {
					s.RevokeSessions()
					s.Mark(SessionsRevoked)
				})
			},
		},
		{
			Name: "secret-refused", Title: "The Consumer Secret does not belong to the Consumer Key.",
			Flows: []fixtures.Flow{fixtures.ClientCredentials}, Want: Fail, Advice: "client-secret-wrong",
			Play: func(s *stage.Stage) {
				s.Arm(fault.Fault{Name: "secret-refused", Kind: fault.Refusal, Refusal: "client-secret-wrong", Every: 1})
			},
		},
	}
}

// The marks that scenarios leave and judges look for.
const (
	SessionsRevoked = "sessions-revoked"
)

// HappyPath is the scenario in which all goes well.
const (
	HappyPath        = "happy-path"
	EndsBetweenPages = "session-ends-between-pages"
)

func answered(x *evidence.Exchange) bool { return x.Response.Status < 400 }
