package client_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client"
	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// byGet is a client that breaks req-method-post and goes no further.
func byGet(ctx context.Context, env drive.Env) error {
	transport, err := env.Transport()
	if err != nil {
		return err
	}
	defer transport.CloseIdleConnections()
	return loginBy(ctx, env, transport, "GET")
}

func TestAWaiverCoversUntilItsLastDayIsOver(t *testing.T) {
	t.Parallel()
	now := time.Now()
	for name, c := range map[string]struct {
		client func(context.Context, drive.Env) error
		until  time.Time
		want   verdict.Verdict
		over   bool
	}{
		"covered":     {byGet, now.AddDate(0, 0, 1), verdict.Waived, false},
		"today":       {byGet, now.Add(-time.Hour), verdict.Waived, false},
		"over":        {byGet, now.AddDate(0, 0, -2), verdict.Fail, true},
		"kept anyway": {oneLogin, now.AddDate(0, 0, 1), verdict.Pass, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := options(fake(c.client))
			o.Waivers = []report.Waiver{{ID: "req-method-post", Reason: "replaced in spring", Until: c.until}}
			got := result(t, run(t, o), "req-method-post")
			if got.Verdict != c.want || got.Waiver == nil || got.Waiver.Over != c.over || got.Waiver.Stale {
				t.Errorf("it is %s with %+v", got.Verdict, got.Waiver)
			}
		})
	}
}

func TestAWaiverOfWhatIsKeptIsStaleInAWholeRun(t *testing.T) {
	t.Parallel()
	o := options(fake(oneLogin))
	o.Scenarios, o.Only = nil, []fixtures.RequirementID{"req-body-percent-encoding"}
	o.Waivers = []report.Waiver{{ID: o.Only[0], Reason: "was broken once", Until: time.Now().AddDate(0, 1, 0)}}
	o.Driver.(*driver).run = quick
	r := run(t, o)
	if w := result(t, r, o.Only[0]).Waiver; w == nil || !w.Stale || r.ExitCode() != report.ExitDoesNotConform {
		t.Errorf("the waiver is %+v, the exit code %d", w, r.ExitCode())
	}
}

// quick plays no start longer than a moment, whatever the scenario waits for.
func quick(ctx context.Context, job drive.Job, next drive.Driver) (evidence.Run, error) {
	job.Limit = min(job.Limit, 2*time.Second)
	return next.Run(ctx, job)
}

func TestAWaiverNeedsAReasonAndAnEnd(t *testing.T) {
	t.Parallel()
	for _, w := range []report.Waiver{{ID: "req-method-post", Until: time.Now()}, {ID: "req-method-post", Reason: "why"}} {
		o := options(fake(oneLogin))
		o.Waivers = []report.Waiver{w}
		if _, err := client.Run(t.Context(), o); err == nil || !strings.Contains(err.Error(), `"req-method-post" needs a reason`) {
			t.Errorf("%+v: %v", w, err)
		}
	}
}

// manual is what a person starts.
func manual() *driver {
	d := fake(oneLogin)
	d.traits = drive.Traits{Operations: true, Manual: true}
	return d
}

func TestAPersonAnswersWhatOnlyEyesCanTell(t *testing.T) {
	t.Parallel()
	for answer, want := range map[drive.ReviewAnswer]verdict.Verdict{
		drive.Yes: verdict.Pass, drive.No: verdict.Fail, drive.Skipped: verdict.Review,
	} {
		o := options(manual())
		when := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
		o.Ask = func(_ context.Context, questions []string) ([]drive.Review, error) {
			var all []drive.Review
			for _, q := range questions {
				all = append(all, drive.Review{Question: q, Answer: answer, Who: "dana", At: when})
			}
			return all, nil
		}
		got := result(t, run(t, o), "secret-not-in-output")
		if got.Verdict != want || len(got.Findings) != 1 || got.Findings[0].Question == "" {
			t.Errorf("%s: it is %s with %+v", answer, got.Verdict, got.Findings)
			continue
		}
		if a := got.Findings[0].Answer; answer != drive.Skipped && (a == nil || a.By != "dana" || !a.When.Equal(when)) {
			t.Errorf("%s: the answer is %+v", answer, a)
		}
	}
}

func TestAReviewThatStaysOpenFailsTheFinalRunOnly(t *testing.T) {
	t.Parallel()
	o := options(manual())
	o.Only = []fixtures.RequirementID{"req-method-post", "secret-not-in-output"}
	if r := run(t, o); r.ExitCode() != report.ExitConforms {
		t.Errorf("not final: %s", r.Headline)
	}
	o.Final = true
	if r := run(t, o); r.ExitCode() != report.ExitDoesNotConform {
		t.Errorf("final: %s", r.Headline)
	}
}

func TestWhatWasLateBesideOthersIsPlayedAgainAloneAndTheReportSaysSo(t *testing.T) {
	t.Parallel()
	d := fake(oneLogin)
	var tries atomic.Int32
	d.run = func(ctx context.Context, job drive.Job, next drive.Driver) (evidence.Run, error) {
		if job.Scenario == scenario.SecretRefused && tries.Add(1) == 1 {
			run, err := fake(byGet).Run(ctx, job)
			run.Exit = evidence.Exit{Code: -1, TimedOut: true}
			return run, err
		}
		return next.Run(ctx, job)
	}
	r := run(t, options(d, scenario.SecretRefused))
	if tries.Load() != 2 {
		t.Fatalf("it was played %d times", tries.Load())
	}
	at := slices.IndexFunc(r.Scenarios, func(s report.Scenario) bool { return s.Name == scenario.SecretRefused })
	if got := r.Scenarios[at].Outcome; !strings.HasPrefix(got, "exit 1 (second try; the first: did not end within ") {
		t.Errorf("the outcome is %q", got)
	}
	if got := result(t, r, "req-method-post"); !got.SecondTry || got.Verdict != verdict.Pass {
		t.Errorf("it is %s, at the second try: %t", got.Verdict, got.SecondTry)
	}
	if result(t, r, "req-params-in-body").SecondTry {
		t.Error("what passed at once is said to have passed at the second try")
	}
}

func TestARunThatIsBrokenOffReportsWhatWasDone(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	d := fake(oneLogin)
	d.run = func(ctx context.Context, job drive.Job, next drive.Driver) (evidence.Run, error) {
		if job.Scenario != scenario.HappyPath {
			cancel()
		}
		return next.Run(ctx, job)
	}
	r, err := client.Run(ctx, options(d, scenario.SecretRefused, scenario.KeyUnknown))
	if err != nil || !r.Interrupted || len(r.Errors) > 0 {
		t.Fatalf("%v, %+v", err, r)
	}
	if got := result(t, r, "req-method-post"); got.Verdict != verdict.Pass {
		t.Errorf("what was seen before is %s", got.Verdict)
	}
	for _, name := range []string{scenario.SecretRefused, scenario.KeyUnknown} {
		if !slices.ContainsFunc(r.Untested, func(u report.Untested) bool { return strings.Contains(u.What, name) }) {
			t.Errorf("%s is not among %v", name, r.Untested)
		}
	}
	if r.Counts[verdict.HarnessError] > 0 || r.ExitCode() != report.ExitDoesNotConform {
		t.Errorf("%v, %s", r.Counts, r.Headline)
	}
}

func TestADriverThatFailsOrPanicsCostsItsScenarioOnly(t *testing.T) {
	t.Parallel()
	for name, fail := range map[string]func() error{
		"vanished": func() error { return errors.New("the command vanished") },
		"panics":   func() error { panic("the command vanished") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := fake(oneLogin)
			d.run = func(ctx context.Context, job drive.Job, next drive.Driver) (evidence.Run, error) {
				if job.Scenario == scenario.SecretRefused {
					return evidence.Run{}, fail()
				}
				return next.Run(ctx, job)
			}
			r := run(t, options(d, scenario.SecretRefused))
			if len(r.Errors) != 1 || !strings.Contains(r.Errors[0], scenario.SecretRefused) || !strings.Contains(r.Errors[0], "vanished") {
				t.Errorf("the errors are %q", r.Errors)
			}
			if got := result(t, r, "req-method-post"); got.Verdict != verdict.Pass || r.ExitCode() != report.ExitHarnessError {
				t.Errorf("%s, exit code %d", got.Verdict, r.ExitCode())
			}
		})
	}
}
