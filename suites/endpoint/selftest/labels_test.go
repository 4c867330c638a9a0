package selftest_test

import (
	"slices"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/endpoint"
)

func TestACaseIsFoundByWhatLaterStepsShowAndByItsSwitches(t *testing.T) {
	contested := success
	contested.ID = "self-contested"
	contested.Org = []fixtures.Change{fixtures.Set("behaviour/switches/scope-web", "kept")}
	tests := map[string]struct {
		filter string
		want   []fixtures.CaseID
	}{
		"the refusal of a repeated later step": {"refusal: containsAny client-secret-wrong", []fixtures.CaseID{"self-wrong-secret", "self-flapping"}},
		"a switch":                             {"switch: containsAny scope-web", []fixtures.CaseID{"self-contested"}},
		"no switch":                            {"switch: isEmpty", []fixtures.CaseID{"self-cc", "self-wrong-secret", "self-flapping"}},
	}
	able := target(t, newHonest(t))
	able.Capabilities.ChangeOrg = true
	for name, test := range tests {
		r := run(t, able, endpoint.Options{
			Cases: []fixtures.Case{success, wrongSecret, flapping, contested}, LabelFilter: "door: containsAny plain && " + test.filter,
		})
		var got []fixtures.CaseID
		for _, result := range r.Results {
			got = append(got, result.Case)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %q runs %v, want %v", name, test.filter, got, test.want)
		}
	}
}
