package report_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

func TestStandingAndExitCodeFollowFromTheResults(t *testing.T) {
	t.Parallel()
	const must, should = "req-method-post", "api-user-agent"
	stale := result(must, verdict.Pass)
	stale.Waiver = &report.Waiver{Stale: true}
	waived := result(must, verdict.Waived)
	waived.Waiver = &report.Waiver{}
	pass := result("api-bearer-header", verdict.Pass)
	for _, c := range []struct {
		name          string
		results       []report.Result
		errors        []string
		cut           bool
		strict, final bool
		want          report.Standing
		exit          int
	}{
		{name: "all passed", want: report.Ready, strict: true, final: true},
		{name: "a may is not kept", results: []report.Result{result(should, verdict.Info)}, want: report.Ready, strict: true},
		{name: "not applicable", results: []report.Result{result(must, verdict.NotApplicable)}, want: report.Ready},
		{name: "a must failed", results: []report.Result{result(must, verdict.Fail)}, want: report.NotReady, exit: 1},
		{name: "a must could not be tested", results: []report.Result{result(must, verdict.Inconclusive)}, want: report.NotReady, exit: 1},
		{name: "a should could not be tested", results: []report.Result{result(should, verdict.Inconclusive)}, want: report.Ready},
		{name: "a warning", results: []report.Result{result(should, verdict.Warn)}, want: report.WithWarnings},
		{name: "a warning, strictly", results: []report.Result{result(should, verdict.Warn)}, strict: true, want: report.NotReady, exit: 1},
		{name: "a review is open", results: []report.Result{result(must, verdict.Review)}, strict: true, want: report.Ready},
		{name: "a review is open at last", results: []report.Result{result(must, verdict.Review)}, final: true, want: report.NotReady, exit: 1},
		{name: "waived", results: []report.Result{waived}, strict: true, want: report.WithWarnings},
		{name: "a stale waiver", results: []report.Result{stale}, want: report.NotReady, exit: 1},
		{name: "interrupted", cut: true, want: report.NotReady, exit: 1},
		{name: "the harness erred", errors: []string{"no port"}, want: report.HarnessFailed, exit: 3},
		{name: "a scenario erred", results: []report.Result{result(must, verdict.HarnessError), result(should, verdict.Fail)}, want: report.HarnessFailed, exit: 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := &report.Report{Run: run(), Results: append(c.results, pass), Errors: c.errors, Interrupted: c.cut}
			r.Decide(c.strict, c.final)
			if r.Standing != c.want || r.ExitCode() != c.exit {
				t.Errorf("got %q and exit code %d, want %q and %d", r.Standing, r.ExitCode(), c.want, c.exit)
			}
			if !strings.HasPrefix(r.Headline, string(c.want)+": ") {
				t.Errorf("headline %q does not begin with the standing", r.Headline)
			}
		})
	}
}

func TestNothingSeenIsNotReady(t *testing.T) {
	t.Parallel()
	for _, results := range [][]report.Result{
		nil,
		{result("api-user-agent", verdict.Inconclusive), result("req-method-post", verdict.NotApplicable), result("err-dns", verdict.NotJudged)},
	} {
		r := &report.Report{Results: results}
		r.Decide(false, false)
		if r.Standing != report.NotReady {
			t.Errorf("%d results of which nothing was seen give %q", len(results), r.Standing)
		}
	}
}

func TestTheGravestIsFixedFirst(t *testing.T) {
	t.Parallel()
	// From the least to the most urgent.
	r := &report.Report{Results: []report.Result{
		result("api-bearer-header", verdict.Pass),
		result("api-user-agent", verdict.Warn),
		result("req-method-post", verdict.Inconclusive),
		result("api-bearer-header", verdict.Fail),
		result("jwt-aud-environment", verdict.Fail),
		result("err-surface-both", verdict.Fail),
		result("session-401-reauth-once", verdict.Fail),
		result("session-no-loop", verdict.Fail),
		result("tls-verify-chain", verdict.Fail),
		result("secret-not-in-output", verdict.Fail),
	}}
	for ; len(r.Results) > 3; r.Results = r.Results[:len(r.Results)-1] {
		r.Decide(false, false)
		n := len(r.Results)
		want := []fixtures.RequirementID{r.Results[n-1].ID, r.Results[n-2].ID, r.Results[n-3].ID}
		if diff := cmp.Diff(want, r.First); diff != "" {
			t.Errorf("of %d (-want +got):\n%s", n, diff)
		}
	}
}

func TestACauseIsFixedBeforeWhatItBringsAbout(t *testing.T) {
	t.Parallel()
	r := &report.Report{Results: []report.Result{
		result("resp-200-not-json", verdict.Fail),
		result("err-empty-body", verdict.Fail),
		result("err-surface-both", verdict.Fail),
		result("host-instance-url-change", verdict.Fail),
		result("session-401-reauth-once", verdict.Fail),
		result("err-exit-or-health", verdict.Fail),
	}}
	r.Decide(false, false)
	want := []fixtures.RequirementID{"session-401-reauth-once", "err-exit-or-health", "err-surface-both"}
	if diff := cmp.Diff(want, r.First); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestWhatKeepsAClientFromLoggingInIsFixedBeforeAllElse(t *testing.T) {
	t.Parallel()
	form := result("req-content-type-form", verdict.Fail)
	form.Findings = []report.Finding{{Scenario: "happy-path", Verdict: verdict.Fail}}
	for why, want := range map[string]fixtures.RequirementID{"flow jwt-bearer": "req-content-type-form", "operation": "tls-verify-chain"} {
		r := &report.Report{
			Results:  []report.Result{result("tls-verify-chain", verdict.Fail), form},
			Untested: []report.Untested{{What: why, Kind: verdict.Inconclusive, Why: "no token"}},
		}
		r.Decide(false, false)
		if r.First[0] != want {
			t.Errorf("%s: first is %s, want %s", why, r.First[0], want)
		}
	}
}

func TestPassesNeedNoFix(t *testing.T) {
	t.Parallel()
	if r := ready(); len(r.First) != 0 {
		t.Errorf("fix first: %v", r.First)
	}
}

func TestHeadlineNamesAllThatAReviewerAsksFor(t *testing.T) {
	t.Parallel()
	headline := sample().Headline
	for _, want := range []string{
		"not ready", "3 failed", "1 must could not be tested", "billing-sync 1.4.2", "client-credentials and jwt-bearer",
		"External Client App in production", "sfconform 0.9.0", "requirement set 2026-1", "seed 42", "2026-11-20",
	} {
		if !strings.Contains(headline, want) {
			t.Errorf("%q is not in %q", want, headline)
		}
	}
	if strings.Contains(headline, "\n") {
		t.Errorf("more than a line: %q", headline)
	}
}

func TestNoReportOverclaims(t *testing.T) {
	t.Parallel()
	if got := ready().Claim(); !strings.HasPrefix(got, "conforms to requirement set 2026-1 of this harness against a mock; not certified") {
		t.Errorf("ready: %q", got)
	}
	if got := sample().Claim(); strings.Contains(got, "conforms") || !strings.Contains(got, "without the 1 requirement that it does not judge") {
		t.Errorf("not ready: %q", got)
	}
}
