package client

import (
	"cmp"
	"fmt"
	"slices"
	"sync"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/judge"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

const notApplicable = verdict.NotApplicable

type judgeOf = judge.Judge

// judges are all judges by requirement, made once.
var judges = sync.OnceValue(func() map[fixtures.RequirementID][]judge.Judge {
	byID := map[fixtures.RequirementID][]judge.Judge{}
	for _, j := range judge.All() {
		byID[j.ID] = append(byID[j.ID], j)
	}
	return byID
})

func judgesOf(id fixtures.RequirementID) []judge.Judge { return judges()[id] }

// look is what one judge saw in one part.
type look struct {
	played *played
	verdict.Observation
}

// weigh is the verdict on a requirement from all that was seen: the worst of it
// decides (client-requirements.md section 3.3).
func (r *runner) weigh(q *fixtures.Requirement, all []played) report.Result {
	result := report.Result{
		ID: q.ID, Group: string(q.Group), Severity: q.Severity, Statement: q.Statement,
		Norm: q.Norm, Evidence: q.Evidence, Effect: q.Effect, Fix: q.Fix,
	}
	if v, why := r.beside(q); v != "" {
		result.Verdict, result.Reason = v, why
		if v == verdict.Review {
			result.Verdict, result.Reason, result.Findings = r.eyes(q, all)
		}
		return result
	}
	looks, err := r.look(q, all)
	switch {
	case err != nil:
		result.Verdict, result.Reason = verdict.HarnessError, err.Error()
		return result
	case len(looks) == 0:
		result.Verdict, result.Reason = r.unplayed(q, all)
		return result
	}
	worst := looks[0].Outcome
	result.Verdict = verdict.Of(worst, q.Severity)
	if worst == verdict.Absent || worst == verdict.Unused {
		result.Reason = looks[0].Seen
	}
	for _, l := range looks {
		result.SecondTry = result.SecondTry || worst != verdict.Broken && slices.Contains(l.played.brokenFirst, q.ID)
		if l.Outcome == worst {
			result.Findings = append(result.Findings, r.finding(q, l))
		}
	}
	return result
}

// beside is the verdict on a requirement that nothing has to be looked at for.
func (r *runner) beside(q *fixtures.Requirement) (verdict.Verdict, string) {
	if q.Unjudged != "" {
		return verdict.NotJudged, q.Unjudged
	}
	if !slices.ContainsFunc(r.flows, q.AppliesTo) {
		return notApplicable, "it is about a flow that the client does not use"
	}
	own := judgesOf(q.ID)
	if len(own) == 0 {
		return verdict.NotJudged, "no scenario shows it yet"
	}
	if slices.ContainsFunc(own, r.canShow) {
		return "", ""
	}
	if r.traits.Manual && !slices.ContainsFunc(own, func(j judge.Judge) bool { return j.Process }) {
		return verdict.Review, ""
	}
	return notApplicable, fmt.Sprintf("it cannot be seen in the mode %q: run the client as a command", r.options.Mode)
}

// look has every judge of the requirement look at what was played, the worst first.
// Nothing seen in one part stands back behind anything seen in another.
func (r *runner) look(q *fixtures.Requirement, all []played) ([]look, error) {
	var looks []look
	for i := range all {
		p := &all[i]
		if p.err != nil || !q.AppliesTo(p.flow) {
			continue
		}
		for _, j := range judgesOf(q.ID) {
			if !j.LooksAt(p.scenario.Name) || !r.canShow(j) || p.unsupported && len(j.In) > 0 {
				continue
			}
			seen, err := observe(j, p)
			if err != nil {
				return nil, err
			}
			if why := r.tooFew(j, p.flow); seen.Outcome == verdict.Absent && why != "" {
				seen.Outcome, seen.Seen = verdict.Unused, why
			}
			looks = append(looks, look{p, seen})
		}
	}
	slices.SortStableFunc(looks, func(a, b look) int { return cmp.Compare(b.Outcome, a.Outcome) })
	return looks, nil
}

// unplayed says why nothing was played that shows the requirement.
func (r *runner) unplayed(q *fixtures.Requirement, all []played) (verdict.Verdict, string) {
	for _, p := range all {
		if p.err != nil && !p.brokenOff && looksAt(q.ID, p.scenario.Name) {
			return verdict.HarnessError, p.err.Error()
		}
	}
	if r.interruptedFor(q.ID, all) {
		return verdict.Inconclusive, whyInterrupted
	}
	for _, p := range all {
		if !p.unsupported || !looksAt(q.ID, p.scenario.Name) {
			continue
		}
		if r.notHad(p) {
			return notApplicable, fmt.Sprintf("the client does not have the operation %q: it answered 127", p.scenario.Needed())
		}
		return verdict.Inconclusive, fmt.Sprintf(
			"the client answered 127 to the operation %q; declare the operations that it has, or add this one", p.scenario.Needed())
	}
	if !r.playable(q.ID) {
		return notApplicable, "it shows in a flow that the client does not use"
	}
	if missing := r.undeclared(q.ID); missing != "" {
		return notApplicable, fmt.Sprintf("the client declares no operation %q", missing)
	}
	return verdict.Inconclusive, "nothing was played that shows it"
}

// interruptedFor says whether the run ended before a scenario that shows the
// requirement was played to its end.
func (r *runner) interruptedFor(id fixtures.RequirementID, all []played) bool {
	for _, p := range all {
		if p.brokenOff && looksAt(id, p.scenario.Name) {
			return true
		}
	}
	return slices.ContainsFunc(r.planned, func(p part) bool {
		reached := slices.ContainsFunc(all, func(a played) bool { return a.scenario.Name == p.scenario.Name && a.flow == p.flow })
		return !reached && looksAt(id, p.scenario.Name)
	})
}

func looksAt(id fixtures.RequirementID, name string) bool {
	return slices.ContainsFunc(judgesOf(id), func(j judgeOf) bool { return j.LooksAt(name) })
}

// canShow says whether what the judge needs can be seen in this mode.
func (r *runner) canShow(j judgeOf) bool {
	return (r.traits.Output || !j.Output) && (r.traits.Process || !j.Process)
}
