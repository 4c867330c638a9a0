package judge

import (
	"time"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// begun is when the client cannot but have decided on a request: its arrival, or the
// beginning of the connection that was opened for it. The handshakes of workers that
// begin together may take longer than the answer to the first of them.
func begun(e *evidence.Evidence, x evidence.Exchange) time.Time {
	for _, y := range e.Exchanges {
		if y.Connection == x.Connection && y.Number < x.Number {
			return x.Arrived
		}
	}
	for _, h := range e.Handshakes {
		if h.Connection == x.Connection && h.At.Before(x.Arrived) {
			return h.At
		}
	}
	return x.Arrived
}

// knows says whether a request can have been sent with an earlier answer in hand.
func knows(e *evidence.Evidence, x, earlier evidence.Exchange) bool {
	return !begun(e, x).Before(earlier.Answered)
}

// loginsFor are the logins behind a refused call that it can have caused. One is not
// whose token makes calls, and never the refused one: that is another worker's first.
func loginsFor(of []evidence.Exchange, refused evidence.Exchange) []evidence.Exchange {
	return these(after(of, refused), func(login evidence.Exchange) bool {
		calls := these(of, func(x evidence.Exchange) bool { return isAPICall(x) && login.Issued != "" && x.Token == login.Issued })
		repeats := these(calls, func(x evidence.Exchange) bool { return difference(refused, x) == "" })
		return isLogin(login) && (len(calls) == 0 || len(repeats) > 0)
	})
}

// tokensBefore is how many tokens, all issued before the first of the calls, the calls
// were made with.
func tokensBefore(e *evidence.Evidence, calls []evidence.Exchange) int {
	if len(calls) == 0 {
		return 0
	}
	with := map[string]bool{}
	for _, x := range e.Exchanges {
		if x.Issued != "" && x.Number < calls[0].Number && len(these(calls, func(c evidence.Exchange) bool { return c.Token == x.Issued })) > 0 {
			with[x.Issued] = true
		}
	}
	return len(with)
}

// eachServesOn says whether every token that was issued served for two calls at least,
// at the same time as the others: each belongs to a worker that keeps it.
func eachServesOn(e *evidence.Evidence) bool {
	issued := these(e.TokenRequests(), isIssued)
	for _, login := range issued {
		if len(these(e.APICalls(), func(x evidence.Exchange) bool { return x.Token == login.Issued })) < 2 {
			return false
		}
	}
	return len(issued) == len(e.TokenRequests()) && e.HeldAtOnce() == len(issued)
}

// areSideBySide says whether a call was sent before the answer to another one was out.
func areSideBySide(calls []evidence.Exchange) bool {
	for i, x := range calls {
		for _, y := range calls[i+1:] {
			if y.Arrived.Before(x.Answered) && x.Arrived.Before(y.Answered) {
				return true
			}
		}
	}
	return false
}

// notSideBySide is the observation of a client whose calls come one after another: one
// that does its own work has no use for the requirement.
func notSideBySide(e *evidence.Evidence, otherwise string) verdict.Observation {
	if e.OwnWork && len(e.APICalls()) > 0 && !areSideBySide(e.APICalls()) {
		return unused("the client makes its calls one after another, so that no two of them need a token at once")
	}
	return absent(otherwise)
}

// endsByItself is the observation of too few rounds: a client that does its own work and
// ends has none, and how often it is started is not its own doing.
func endsByItself(e *evidence.Evidence) verdict.Observation {
	r := e.LastRun()
	if e.OwnWork && gotToken(e, r) && !r.Exit.Stopped && !r.Exit.TimedOut {
		return unused("the client does not run on: it ends by itself when its work is done, so that its schedule decides how often it logs in (see cache-across-runs)")
	}
	return absent("fewer than four rounds were seen; a client that runs on needs a short interval for the run")
}
