package report

import (
	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// The exit codes of a run (facts: client-requirements.md section 3.3).
const (
	ExitConforms       = 0
	ExitDoesNotConform = 1
	ExitHarnessError   = 3
)

// mostFirst is how many things to fix first are named.
const mostFirst = 3

// Decide draws the conclusion from the results: it sets Counts, Standing, First and
// Headline. With strict a warning stands in the way, with final an open review does.
func (r *Report) Decide(strict, final bool) {
	r.Format = Format
	r.Run.Strict, r.Run.Final = strict, final
	r.Counts = map[verdict.Verdict]int{}
	for i := range r.Results {
		r.Counts[r.Results[i].Verdict]++
	}
	r.Standing = r.standing()
	r.First = nil
	for _, result := range r.gravest() {
		if len(r.First) < mostFirst {
			r.First = append(r.First, result.ID)
		}
	}
	r.Headline = r.headline()
}

// ExitCode is the exit code that the standing means.
func (r *Report) ExitCode() int {
	switch r.Standing {
	case Ready, WithWarnings:
		return ExitConforms
	case HarnessFailed:
		return ExitHarnessError
	case NotReady:
	}
	return ExitDoesNotConform
}

func (r *Report) standing() Standing {
	switch {
	case len(r.Errors) > 0 || r.Counts[verdict.HarnessError] > 0:
		return HarnessFailed
	case r.Interrupted || r.judged() == 0 || len(r.obstacles()) > 0:
		return NotReady
	case r.Counts[verdict.Warn]+r.Counts[verdict.Waived] > 0:
		return WithWarnings
	}
	return Ready
}

// judged is how many requirements something was seen of: a run that saw nothing
// shows nothing.
func (r *Report) judged() int {
	return r.applicable() - r.Counts[verdict.Inconclusive]
}

// applicable is how many requirements the client could have been judged by.
func (r *Report) applicable() int {
	return len(r.Results) - r.Counts[verdict.NotApplicable] - r.Counts[verdict.NotJudged]
}

// obstacles are the requirements that stand in the way of going live.
func (r *Report) obstacles() []fixtures.RequirementID {
	var ids []fixtures.RequirementID
	for i := range r.Results {
		if r.blocks(&r.Results[i]) {
			ids = append(ids, r.Results[i].ID)
		}
	}
	return ids
}

func (r *Report) blocks(result *Result) bool {
	if result.Waiver != nil && result.Waiver.Stale {
		return true
	}
	switch result.Verdict {
	case verdict.Fail:
		return true
	case verdict.Inconclusive:
		return result.Severity == fixtures.SeverityMust
	case verdict.Warn:
		return r.Run.Strict
	case verdict.Review:
		return r.Run.Final
	case verdict.Pass, verdict.Info, verdict.Waived, verdict.NotApplicable, verdict.NotJudged, verdict.HarnessError:
	}
	return false
}
