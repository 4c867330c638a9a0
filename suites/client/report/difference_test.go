package report_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

func TestCompareTellsWorseFromBetter(t *testing.T) {
	t.Parallel()
	stale := result("host-configurable", verdict.Pass)
	stale.Waiver = &report.Waiver{Stale: true}
	before := &report.Report{Run: run(), Standing: report.Ready, Results: []report.Result{
		result("req-method-post", verdict.Pass), result("session-no-loop", verdict.Fail), result("err-dns", verdict.Warn),
		result("tls-min-12", verdict.Waived), result("end-quiet", verdict.Pass), result("tls-verify-chain", verdict.Fail),
		result("host-configurable", verdict.Pass), result("api-preflight", verdict.Info),
	}}
	now := &report.Report{Results: []report.Result{
		result("req-method-post", verdict.Fail), result("session-no-loop", verdict.Pass), result("err-dns", verdict.Pass),
		result("tls-min-12", verdict.Fail), result("end-sigterm", verdict.Pass), result("tls-verify-chain", verdict.Inconclusive),
		stale, result("api-preflight", verdict.Info),
	}}
	want := report.Difference{
		Before:  report.Before{Client: "billing-sync", Version: "1.4.2", Harness: "0.9.0", Set: "2026-1", Began: began, Standing: report.Ready},
		Failing: []report.Change{{ID: "req-method-post", Was: verdict.Pass, Is: verdict.Fail}, {ID: "tls-min-12", Was: verdict.Waived, Is: verdict.Fail}},
		Fixed:   []report.Change{{ID: "session-no-loop", Was: verdict.Fail, Is: verdict.Pass}},
		Changed: []report.Change{
			{ID: "err-dns", Was: verdict.Warn, Is: verdict.Pass},
			// Not tested is not fixed.
			{ID: "tls-verify-chain", Was: verdict.Fail, Is: verdict.Inconclusive},
		},
		Stale:   []fixtures.RequirementID{"host-configurable"},
		Added:   []fixtures.RequirementID{"end-sigterm"},
		Removed: []fixtures.RequirementID{"end-quiet"},
	}
	if diff := cmp.Diff(want, report.Compare(before, now)); diff != "" {
		t.Error(diff)
	}
	if d := report.Compare(now, now); !d.Empty() {
		t.Errorf("a run differs from itself: %+v", d)
	}
}
