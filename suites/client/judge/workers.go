package judge

import (
	"time"

	"github.com/sfconform/sfconform/suites/client/evidence"
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
