package report

import (
	"cmp"
	"slices"

	"github.com/sfconform/sfconform/suites/client/verdict"
)

// omission is a reason for not testing, with all that it holds for.
type omission struct {
	Kind verdict.Verdict
	Why  string
	What []string
}

// omissions are what was not tested, by reason: what the run says of itself, and
// every requirement whose verdict says so.
func (r *Report) omissions() []omission {
	all := slices.Clone(r.Untested)
	for i := range r.Results {
		if u, is := r.Results[i].untested(); is && !slices.ContainsFunc(all, func(o Untested) bool { return o.What == u.What }) {
			all = append(all, u)
		}
	}
	var grouped []omission
	for _, u := range all {
		at := slices.IndexFunc(grouped, func(o omission) bool { return o.Kind == u.Kind && o.Why == u.Why })
		if at < 0 {
			at = len(grouped)
			grouped = append(grouped, omission{Kind: u.Kind, Why: u.Why})
		}
		grouped[at].What = append(grouped[at].What, u.What)
	}
	slices.SortStableFunc(grouped, func(a, b omission) int { return cmp.Compare(severityOf(b.Kind), severityOf(a.Kind)) })
	return grouped
}

// untested says whether the requirement was not tested, and why.
func (r *Result) untested() (Untested, bool) {
	switch r.Verdict {
	case verdict.NotJudged, verdict.NotApplicable, verdict.Waived, verdict.Review, verdict.Inconclusive:
	case verdict.Pass, verdict.Info, verdict.Warn, verdict.Fail, verdict.HarnessError:
		return Untested{}, false
	}
	return Untested{string(r.ID), r.Verdict, cmp.Or(r.Reason, r.usualReason())}, true
}

// usualReason stands in where a result gives none of its own.
func (r *Result) usualReason() string {
	switch {
	case r.Waiver != nil:
		return r.Waiver.Reason
	case r.Verdict == verdict.Review:
		return "only a person can tell, and nobody has answered yet"
	case r.Verdict == verdict.NotJudged:
		return "no scenario judges it yet"
	case r.Verdict == verdict.NotApplicable:
		return "the client has no use for it"
	}
	return "nothing was seen that it could be judged by"
}

// severityOf orders verdicts from the best to the worst.
func severityOf(v verdict.Verdict) int { return slices.Index(v.Values(), string(v)) }
