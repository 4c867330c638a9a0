package judge

import (
	"fmt"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// loginBudget extrapolates what a client that runs on does.
func loginBudget(e *evidence.Evidence) verdict.Observation {
	tokens, calls := e.TokenRequests(), e.APICalls()
	workers := max(e.AtLeastOne(), e.HeldAtOnce())
	switch {
	case len(calls) < 4:
		return endsByItself(e)
	case len(tokens) > max(len(calls)/2, workers):
		return broken(fmt.Sprintf("%d logins in %d rounds: with a round a second that is over a thousand logins an hour", len(tokens), len(calls)), tokens...)
	case len(tokens) > workers:
		return tolerated(fmt.Sprintf("%d logins in %d rounds of work", len(tokens), len(calls)), tokens...)
	case len(tokens) > 1:
		return kept(fmt.Sprintf("each of %d workers logs in once in %d rounds of work", len(tokens), len(calls)))
	}
	return kept(fmt.Sprintf("one login in %d rounds of work", len(calls)))
}

// timerSane looks for renewals that nothing called for, while a client does its
// rounds. A timer that is slower than the rounds does not show.
func timerSane(e *evidence.Evidence) verdict.Observation {
	calls := e.APICalls()
	if len(calls) < 4 {
		return endsByItself(e)
	}
	var uncalled []evidence.Exchange
	calledFor, workers := true, max(e.AtLeastOne(), e.HeldAtOnce())
	for _, x := range e.Exchanges {
		switch {
		case isTokenRequest(x) && !calledFor:
			uncalled = append(uncalled, x)
		case isTokenRequest(x):
			calledFor = false
		case x.Failed():
			calledFor = true
		}
	}
	if len(uncalled) > workers {
		return broken(fmt.Sprintf("%d renewals in %d rounds that nothing called for", len(uncalled), len(calls)), uncalled...)
	}
	return kept(fmt.Sprintf("in %d rounds the token was not renewed by a timer", len(calls)))
}

func loginsOfShortRuns(e *evidence.Evidence) verdict.Observation {
	if len(e.Runs) < 2 || len(e.TokenRequests()) == 0 {
		return absent("the client was not started more than once")
	}
	return kept(fmt.Sprintf("%d logins in %d starts: a schedule of one start a second stays within 3,600 logins an hour, a denser one does not",
		len(e.TokenRequests()), len(e.Runs)))
}
