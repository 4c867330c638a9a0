package endpoint

import "testing"

// Test runs every case against the target under go test, each as a subtest by
// its id and door. Like [Run], it resets Ginkgo's global tree.
func Test(t *testing.T, target Target) {
	t.Helper()
	report, err := Run(t.Context(), target, Options{Seed: 1})
	if err != nil {
		t.Error(err)
	}
	t.Logf("seed %d", report.Seed)
	for _, r := range report.Results {
		t.Run(string(r.Case)+"/"+r.Door, func(t *testing.T) {
			switch r.Verdict {
			case Pass:
			case Skip:
				t.Skip(r.Reason)
			case Fail:
				t.Error(r.Message)
			case Error:
				t.Errorf("harness: %s\n%s", r.Reason, r.Message)
			}
		})
	}
}
