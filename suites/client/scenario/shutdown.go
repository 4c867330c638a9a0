package scenario

import (
	"net/http"
	"time"

	"github.com/sfconform/sfconform/mocksf/fault"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/stage"
)

// The scenarios about the end of a client that judges ask for by name.
const (
	SharedSession  = "two-workers-share-a-session"
	StoppedWaiting = "stopped-while-it-waits-to-retry"
)

// ClientStopped is the mark that the operator has the client end.
const ClientStopped = "client-stopped"

// stopLimit is far more than any client needs to end that heeds the signal.
const stopLimit = 10 * time.Second

// shutdown are the situations that show how a client ends.
func shutdown() []Scenario {
	return []Scenario{
		{
			Name: SharedSession, Title: "Two starts get the same session, as Salesforce may give identical logins.", Want: Succeed,
			Play: func(s *stage.Stage) {
				token := "00D" + s.Word() + "!" + s.Word() + s.Word() + s.Word()
				s.Alter("the session of another worker", stage.When{Kind: evidence.TokenRequest}, func(a *stage.Answer) {
					if a.Status == http.StatusOK {
						s.Alias(a, token)
					}
				})
			},
			Starts: []Start{{}, {}},
		},
		{
			Name: StoppedWaiting, Title: "The token endpoint answers 503, and the operator stops the client while it waits for the next try.",
			Operation: UntilKill, Want: Either, Limit: stopLimit,
			Play: func(s *stage.Stage) {
				s.Arm(fault.Fault{Name: "outage", Kind: fault.Status, Status: http.StatusServiceUnavailable, First: often, Match: tokenEndpoint})
				s.After(stage.When{Kind: evidence.TokenRequest}.Nth(1), func(*evidence.Exchange) {
					s.EndClient()
					s.Mark(ClientStopped)
				})
			},
		},
	}
}
