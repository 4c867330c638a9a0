package client

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/canary"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// report says what came of the run.
func (r *runner) report(ctx context.Context, all []played) *report.Report {
	markExitSilent(all)
	rep := &report.Report{
		Interrupted: ctx.Err() != nil,
		Results:     r.results(ctx, all),
		Numbers:     numbers(all), Fingerprint: fingerprint(all), Operator: readings(all),
		Secrets: r.search(all), Untested: r.untested(all),
	}
	secrets := &canary.Set{}
	for _, p := range all {
		if p.evidence != nil {
			rep.Scenarios = append(rep.Scenarios, scenarioOf(p))
			secrets.Include(p.evidence.Secrets)
		}
		if p.err != nil && !p.brokenOff {
			rep.Errors = append(rep.Errors, p.name()+": "+p.err.Error())
		}
	}
	rep.Run = r.about()
	rep.Redact(secrets)
	rep.Decide(r.options.Strict, r.options.Final)
	return rep
}

// about says what was run.
func (r *runner) about() report.Run {
	o := r.options
	profile := string(cmp.Or(o.AppKind, fixtures.ExternalClientApp)) + ", " + string(cmp.Or(o.OrgKind, fixtures.Production)) + " org"
	return report.Run{
		Client: o.Name, Version: o.Version, Command: slices.Clone(o.Command), Mode: o.Mode, Flows: slices.Clone(r.flows),
		Profile: profile, Harness: o.Harness, Set: fixtures.RequirementSet, Seed: o.Seed, Rerun: r.rerunAll(),
		Began: r.began, Took: report.Seconds(o.Now().Sub(r.began)),
	}
}

// results are the verdicts, with the answers of a person and held against the baseline.
func (r *runner) results(ctx context.Context, all []played) []report.Result {
	o := r.options
	var results []report.Result
	for _, q := range fixtures.Requirements() {
		if len(o.Only) == 0 || slices.Contains(o.Only, q.ID) {
			results = append(results, r.weigh(&q, all))
		}
	}
	r.ask(ctx, results)
	whole := len(o.Scenarios) == 0 && ctx.Err() == nil
	for i := range results {
		results[i].Rerun = r.rerunOf(&results[i])
		r.waive(&results[i], whole)
	}
	return results
}

// finding is a look in words.
func (r *runner) finding(q *fixtures.Requirement, l look) report.Finding {
	e := l.played.evidence
	var exchanges []string
	for _, number := range l.Exchanges {
		exchanges = append(exchanges, exchangeText(e, e.Exchanges[number-1]))
	}
	return report.Finding{
		Exchanges: exchanges,
		Scenario:  l.played.scenario.Name, Flow: l.played.flow, Verdict: verdict.Of(l.Outcome, q.Severity),
		Expected: cmp.Or(l.Expected, q.Statement), Seen: e.Secrets.RedactString(l.Seen), Count: l.Count, Question: l.Question,
	}
}

// situations are all scenarios, made once, to ask what they need and show.
var situations = sync.OnceValue(scenario.All)

// playable says whether a scenario that shows the requirement is played under one of
// the client's flows.
func (r *runner) playable(id fixtures.RequirementID) bool {
	return slices.ContainsFunc(situations(), func(s scenario.Scenario) bool {
		return looksAt(id, s.Name) && slices.ContainsFunc(r.flows, s.Plays)
	})
}

// undeclared is the operation that the client does not declare and that every
// scenario which shows the requirement needs; empty if there is another reason.
func (r *runner) undeclared(id fixtures.RequirementID) string {
	missing := ""
	for _, s := range situations() {
		if !looksAt(id, s.Name) {
			continue
		}
		if r.operation(s.Needed()) != "" {
			return ""
		}
		missing = s.Needed()
	}
	return missing
}
