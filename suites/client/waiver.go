package client

import (
	"time"

	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// waive holds a result against the baseline. A waiver covers what stands in the way
// until the end of its last day; one for what passes is stale, if the run was whole
// (facts: client-requirements.md section 3.3).
func (r *runner) waive(result *report.Result, whole bool) {
	for _, w := range r.options.Waivers {
		if w.ID != result.ID {
			continue
		}
		w.Over, w.Stale = over(w, r.began), false
		switch result.Verdict {
		case verdict.Fail, verdict.Warn, verdict.Inconclusive, verdict.Review:
			if !w.Over {
				result.Verdict, result.Reason = verdict.Waived, w.Reason
			}
		case verdict.Pass:
			w.Stale = whole
		case verdict.NotJudged, verdict.NotApplicable, verdict.Info, verdict.Waived, verdict.HarnessError:
		}
		result.Waiver = &w
		return
	}
}

// over says whether the last day of the waiver has passed.
func over(w report.Waiver, now time.Time) bool { return !now.Before(w.Until.AddDate(0, 0, 1)) }
