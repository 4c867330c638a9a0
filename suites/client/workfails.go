package client

import (
	"fmt"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// noteFailedWork says it plainly where a client fails at a call in the middle of its work
// although all is set up right: what it does later cannot be seen.
func (r *runner) noteFailedWork(l played) {
	calls, run := l.evidence.APICalls(), l.evidence.LastRun()
	if len(calls) == 0 || run.Exit.Code <= 0 || run.Exit.Unsupported || run.Exit.Stopped {
		return
	}
	last := calls[len(calls)-1]
	if !last.Failed() || !anyAnswered(calls) {
		return
	}
	r.dropped = append(r.dropped, report.Untested{
		What: "work (" + string(l.flow) + ")", Kind: verdict.Inconclusive,
		Why: fmt.Sprintf("the client ends with exit code %d in the middle of its work where everything is set up right, so that little shows of what comes later; mend this first: %s",
			run.Exit.Code, lineOf(redacted(l.evidence, last))),
	})
}

func anyAnswered(calls []evidence.Exchange) bool {
	for _, x := range calls {
		if !x.Failed() {
			return true
		}
	}
	return false
}
