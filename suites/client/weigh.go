package client

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/judge"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

const notApplicable = verdict.NotApplicable

type judgeOf = judge.Judge

func judgesOf(id fixtures.RequirementID) []judge.Judge { return judge.For(id) }

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
		return result
	}
	looks := r.look(q, all)
	if len(looks) == 0 {
		result.Verdict, result.Reason = r.unplayed(q, all)
		return result
	}
	worst := looks[0].Outcome
	result.Verdict = verdict.Of(worst, q.Severity)
	if worst == verdict.Absent || worst == verdict.Unused {
		result.Reason = looks[0].Seen
	}
	for _, l := range looks {
		if l.Outcome == worst {
			result.SecondTry = result.SecondTry || l.played.secondTry
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
	judges := judgesOf(q.ID)
	if len(judges) == 0 {
		return verdict.NotJudged, "no scenario shows it yet"
	}
	for _, j := range judges {
		if r.canShow(j) {
			return "", ""
		}
	}
	return notApplicable, fmt.Sprintf("it cannot be seen in the mode %q: run the client as a command", r.options.Mode)
}

// look has every judge of the requirement look at what was played, the worst first.
// Nothing seen in one part stands back behind anything seen in another.
func (r *runner) look(q *fixtures.Requirement, all []played) []look {
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
			looks = append(looks, look{p, j.Look(p.evidence)})
		}
	}
	slices.SortStableFunc(looks, func(a, b look) int { return cmp.Compare(b.Outcome, a.Outcome) })
	return looks
}

// unplayed says why nothing was played that shows the requirement.
func (r *runner) unplayed(q *fixtures.Requirement, all []played) (verdict.Verdict, string) {
	for _, p := range all {
		if p.err != nil && looksAt(q.ID, p.scenario.Name) {
			return verdict.HarnessError, p.err.Error()
		}
	}
	for _, p := range all {
		if p.unsupported && looksAt(q.ID, p.scenario.Name) {
			return verdict.Inconclusive, fmt.Sprintf(
				"the client answered 127 to the operation %q; declare the operations that it has, or add this one", p.scenario.Needed())
		}
	}
	if missing := r.undeclared(q.ID); missing != "" {
		return notApplicable, fmt.Sprintf("the client declares no operation %q", missing)
	}
	return verdict.Inconclusive, "nothing was played that shows it"
}

func looksAt(id fixtures.RequirementID, name string) bool {
	return slices.ContainsFunc(judgesOf(id), func(j judgeOf) bool { return j.LooksAt(name) })
}

// canShow says whether what the judge needs can be seen in this mode.
func (r *runner) canShow(j judgeOf) bool {
	return (r.traits.Output || !j.Output) && (r.traits.Process || !j.Process)
}
