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
