package client_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"
	"github.com/onsi/gomega"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client"
	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// TestOneLogin is how the authors of a client in Go use the door.
func TestOneLogin(t *testing.T) {
	t.Parallel()
	client.Test(t, oneLogin,
		client.Flows(fixtures.ClientCredentials), client.Scenarios(scenario.HappyPath),
		client.Only("req-method-post", "req-params-in-body", "secret-not-in-output", "jwt-alg-rs256"))
}

func TestAResultIsAFailureASkipOrNothing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		result report.Result
		strict bool
		want   bool
	}{
		{report.Result{Verdict: verdict.Pass}, false, false},
		{report.Result{Verdict: verdict.Fail}, false, true},
		{report.Result{Verdict: verdict.HarnessError}, false, true},
		{report.Result{Verdict: verdict.Warn}, false, false},
		{report.Result{Verdict: verdict.Warn}, true, true},
		{report.Result{Verdict: verdict.Inconclusive, Severity: fixtures.SeverityMust}, false, true},
		{report.Result{Verdict: verdict.Inconclusive, Severity: fixtures.SeverityShould}, false, false},
		{report.Result{Verdict: verdict.NotApplicable}, false, false},
		{report.Result{Verdict: verdict.Pass, Waiver: &report.Waiver{Stale: true}}, false, true},
	} {
		if got := client.Obstacle(&c.result, c.strict); got != c.want {
			t.Errorf("%s, strict %t: it fails the test: %t", c.result.Verdict, c.strict, got)
		}
	}
}

func TestTheWordsOfAFailureSayWhatWasExpectedSeenAndToDo(t *testing.T) {
	t.Parallel()
	r := run(t, options(fake(byGet)))
	got := result(t, r, "req-method-post")
	text := client.Words(&got)
	for _, want := range []string{"fail: ", "scenario happy-path", "expected: ", "seen: ", "GET /services/oauth2/token", "fix: "} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in:\n%s", want, text)
		}
	}
}

// TestGinkgo is a suite of somebody's own: Ginkgo keeps one for a process, so that it
// is not run beside others.
func TestGinkgo(t *testing.T) {
	gomega.RegisterFailHandler(ginkgo.Fail)
	calls := 0
	client.Register(&client.Target{
		Client: func(ctx context.Context, env drive.Env) error { calls++; return byGet(ctx, env) },
		Options: []client.Option{
			client.Flows(fixtures.ClientCredentials), client.Scenarios(scenario.HappyPath),
			client.Only("req-method-post", "req-content-type-form"),
		},
	})
	var all types.Report
	ginkgo.ReportAfterSuite("collect", func(r ginkgo.Report) { all = r })
	suite, reporter := ginkgo.GinkgoConfiguration()
	suite.LabelFilter, reporter.Succinct = "severity:must", true
	ginkgo.RunSpecs(deaf{}, "client", suite, reporter)
	states := map[types.SpecState]int{}
	for _, s := range all.SpecReports {
		states[s.State]++
		if strings.HasPrefix(s.LeafNodeText, "req-method-post: ") && (s.State != types.SpecStateFailed || !slices.Contains(s.Labels(), "group:token-request-shape")) {
			t.Errorf("%s is %s, labels %v", s.LeafNodeText, s.State, s.Labels())
		}
	}
	if calls != 1 || states[types.SpecStateFailed] == 0 || states[types.SpecStateSkipped] == 0 {
		t.Errorf("the client was called %d times, the specs ended as %v", calls, states)
	}
}

// deaf hears nothing of the failure that is wanted.
type deaf struct{}

func (deaf) Fail() {}
