package client

import (
	"context"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// Option alters the options of a run by one of the Go doors.
type Option func(*Options)

// Only judges these requirements alone.
func Only(ids ...fixtures.RequirementID) Option { return func(o *Options) { o.Only = ids } }

// Strict has what a client should keep, and does not, fail the test.
func Strict() Option { return func(o *Options) { o.Strict = true } }

// Scenarios plays these scenarios alone. What they do not show stays inconclusive, and
// fails where it is a must: name with Only what they are played for.
func Scenarios(names ...string) Option { return func(o *Options) { o.Scenarios = names } }

// Flows are those that the client has; without it the harness finds out.
func Flows(flows ...fixtures.Flow) Option { return func(o *Options) { o.Flows = flows } }

// Operations are those that the client has (drive.Env.Operation); without it every
// one is asked for.
func Operations(names ...string) Option { return func(o *Options) { o.Operations = names } }

// Waive takes requirements out that may be broken until a day.
func Waive(waivers ...report.Waiver) Option { return func(o *Options) { o.Waivers = waivers } }

// Test judges a client within the process under go test, each requirement as a
// subtest by its id. What it must keep and does not, or what could not be seen of it,
// fails; what it should keep is logged (and fails with Strict); what does not
// apply is skipped, with the reason. All scenarios are played before the first
// subtest, whatever -run selects: Only and Scenarios play less.
func Test(t *testing.T, client func(ctx context.Context, env drive.Env) error, options ...Option) {
	t.Helper()
	r, err := Run(t.Context(), byDoor(client, options))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s (seed %d)", r.Headline, r.Run.Seed)
	for _, problem := range r.Errors {
		t.Errorf("harness: %s", problem)
	}
	for i := range r.Results {
		t.Run(string(r.Results[i].ID), func(t *testing.T) { tell(t, &r.Results[i], r.Run.Strict) })
	}
}

// byDoor are the options of a run for a function.
func byDoor(client func(ctx context.Context, env drive.Env) error, options []Option) Options {
	o := Options{Mode: "go", Name: "the client", Seed: 1}
	for _, option := range options {
		option(&o)
	}
	if o.Driver == nil && client != nil {
		o.Driver = drive.NewFunc(client, drive.FuncOptions{Operations: len(o.Operations) > 0, Now: o.Now})
	}
	return o
}

// tell is the result in the terms of a test.
func tell(t *testing.T, r *report.Result, strict bool) {
	t.Helper()
	switch text := words(r); {
	case obstacle(r, strict):
		t.Error(text)
	case r.Verdict == verdict.Pass:
	case r.Verdict == verdict.Warn, r.Verdict == verdict.Info:
		t.Log(text)
	default:
		t.Skip(text)
	}
}

// obstacle says whether the result stands in the way of going live.
func obstacle(r *report.Result, strict bool) bool {
	switch r.Verdict {
	case verdict.Fail, verdict.HarnessError:
		return true
	case verdict.Inconclusive:
		return r.Severity == fixtures.SeverityMust
	case verdict.Warn:
		return strict
	case verdict.Pass, verdict.Info, verdict.Waived, verdict.Review, verdict.NotApplicable, verdict.NotJudged:
	}
	return r.Waiver != nil && r.Waiver.Stale
}

// words are what a developer needs to know of a result.
func words(r *report.Result) string {
	var b strings.Builder
	b.WriteString(string(r.Verdict) + ": " + r.Statement)
	if r.Waiver != nil && r.Waiver.Stale {
		b.WriteString("\nIt is kept by now: take the waiver out (" + r.Waiver.Reason + ").")
	}
	if r.Reason != "" {
		b.WriteString("\nreason: " + r.Reason)
	}
	for _, f := range r.Findings {
		b.WriteString("\n\nscenario " + f.Scenario + ", " + string(f.Flow) + "\nexpected: " + f.Expected + "\nseen:     " + f.Seen)
		for _, x := range f.Exchanges {
			b.WriteString("\n" + x)
		}
	}
	if r.Fix != "" && r.Verdict != verdict.Pass {
		b.WriteString("\n\nfix: " + r.Fix)
	}
	return b.String()
}
