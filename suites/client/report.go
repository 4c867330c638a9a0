package client

import (
	"context"
	"slices"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// report says what came of the run.
func (r *runner) report(ctx context.Context, all []played) *report.Report {
	o := r.options
	profile := o.AppKind
	if profile == "" {
		profile = fixtures.ExternalClientApp
	}
	kind := o.OrgKind
	if kind == "" {
		kind = fixtures.Production
	}
	rep := &report.Report{
		Run: report.Run{
			Client: o.Name, Version: o.Version, Command: o.Command, Mode: o.Mode, Flows: r.flows,
			Profile: string(profile) + ", " + string(kind) + " org", Harness: o.Harness, Set: fixtures.RequirementSet,
			Seed: o.Seed, Began: r.began, Took: report.Seconds(o.Now().Sub(r.began)),
		},
		Interrupted: ctx.Err() != nil, Untested: r.dropped,
	}
	for _, q := range fixtures.Requirements() {
		if len(o.Only) == 0 || slices.Contains(o.Only, q.ID) {
			rep.Results = append(rep.Results, r.weigh(&q, all))
		}
	}
	for _, p := range all {
		if p.evidence != nil {
			rep.Scenarios = append(rep.Scenarios, scenarioOf(p))
		}
		if p.err != nil && ctx.Err() == nil {
			rep.Errors = append(rep.Errors, p.scenario.Name+": "+p.err.Error())
		}
	}
	rep.Decide(o.Strict, o.Final)
	return rep
}

// finding is a look in words.
func (r *runner) finding(q *fixtures.Requirement, l look) report.Finding {
	expected := l.Expected
	if expected == "" {
		expected = q.Statement
	}
	e := l.played.evidence
	secrets := e.Secrets
	var exchanges []string
	for _, number := range l.Exchanges {
		exchanges = append(exchanges, exchangeText(e, e.Exchanges[number-1]))
	}
	return report.Finding{
		Exchanges: exchanges,
		Scenario:  l.played.scenario.Name, Flow: l.played.flow, Verdict: verdict.Of(l.Outcome, q.Severity),
		Expected: expected, Seen: secrets.RedactString(l.Seen), Count: l.Count, Question: l.Question,
	}
}

// undeclared is the operation that the client does not declare and that every
// scenario which shows the requirement needs; empty if there is another reason.
func (r *runner) undeclared(id fixtures.RequirementID) string {
	missing := ""
	for _, s := range scenario.All() {
		if !looksAt(id, s.Name) {
			continue
		}
		if r.hasOperation(s.Needed()) {
			return ""
		}
		missing = s.Needed()
	}
	return missing
}
