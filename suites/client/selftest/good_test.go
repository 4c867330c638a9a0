package selftest_test

import (
	"slices"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

func TestTheBrokenClientIsGoodWithoutAFault(t *testing.T) {
	for _, r := range judged(t, bothFlows(), built[brokenClient]).Results {
		bad := []verdict.Verdict{verdict.Fail, verdict.Inconclusive, verdict.HarnessError}
		if r.Severity == fixtures.SeverityMust && slices.Contains(bad, r.Verdict) {
			t.Errorf("%s is %s: %s", r.ID, r.Verdict, seen(r))
		}
	}
}

func TestTheReferenceClientPassesEverything(t *testing.T) {
	good := []verdict.Verdict{verdict.Pass, verdict.Info, verdict.NotApplicable, verdict.NotJudged}
	// It waits for as short a time as the broken client does.
	for _, r := range judged(t, bothFlows(), built[referenceClient], "--timeout", "1s", "--retry-delay", "50ms").Results {
		if !slices.Contains(good, r.Verdict) {
			t.Errorf("%s is %s: %s", r.ID, r.Verdict, seen(r))
		}
	}
}
