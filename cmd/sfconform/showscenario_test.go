package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/scenario"
)

func TestEveryScenarioIsShownInFull(t *testing.T) {
	t.Parallel()
	for _, s := range scenario.All() {
		got := execute(t, nil, "show", s.Name)
		if got.code != 0 {
			t.Errorf("show %s: code %d, %s", s.Name, got.code, got.stderr)
		}
		for _, want := range []string{"scenario " + s.Name, s.Title, "should end", "sfconform client --scenario " + s.Name + " --"} {
			if !strings.Contains(got.stdout, want) {
				t.Errorf("show %s does not say %q:\n%s", s.Name, want, got.stdout)
			}
		}
	}
}

func TestAScenarioSaysWhatIsParticularAboutItsStarts(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]string{
		"happy-path":                      {"started       once"},
		"setting-missing":                 {"1. without SF_CLIENT_ID", "3. without SF_LOGIN_URL"},
		"five-short-runs":                 {"5 times", "2. with the files of the start before"},
		"login-url-written-in-other-ways": {"1. with SF_LOGIN_URL=${SF_LOGIN_URL}/"},
		"session-stays-refused":           {"exit code 1", "about session-expired", "feeds         session-no-loop"},
	} {
		out := execute(t, nil, "show", name).stdout
		for _, line := range want {
			if !strings.Contains(out, line) {
				t.Errorf("show %s: %q is missing in:\n%s", name, line, out)
			}
		}
	}
}

func TestScenariosAndRequirementsPointAtEachOther(t *testing.T) {
	t.Parallel()
	var shown struct {
		Scenarios []struct {
			Requirements        []fixtures.RequirementID
			RequirementsOfEvery []fixtures.RequirementID
		}
	}
	got := execute(t, nil, "show", "session-stays-refused", "--json")
	if err := json.Unmarshal([]byte(got.stdout), &shown); err != nil {
		t.Fatal(err)
	}
	if len(shown.Scenarios) != 1 {
		t.Fatalf("%d scenarios of one name", len(shown.Scenarios))
	}
	if s := shown.Scenarios[0]; !slices.Contains(s.Requirements, "session-no-loop") || !slices.Contains(s.RequirementsOfEvery, "req-method-post") {
		t.Errorf("it feeds %v and %v", s.Requirements, s.RequirementsOfEvery)
	}
	for id, want := range map[string]string{"session-no-loop": "seen in       api-cannot-read-the-token,", "req-method-post": "seen in       every scenario"} {
		if out := execute(t, nil, "show", id).stdout; !strings.Contains(out, want) {
			t.Errorf("show %s: %q is missing in:\n%s", id, want, out)
		}
	}
}

func TestListedScenariosSayHowTheyAreMeantToEnd(t *testing.T) {
	t.Parallel()
	var listed struct {
		Scenarios []struct {
			Name, Operation, Want string
			Starts                []struct{ Operation string }
		}
		Cases []any
	}
	if err := json.Unmarshal([]byte(execute(t, nil, "list", "--scenarios", "--json").stdout), &listed); err != nil {
		t.Fatal(err)
	}
	if len(listed.Scenarios) != len(scenario.All()) || listed.Cases != nil {
		t.Errorf("%d scenarios, %d cases", len(listed.Scenarios), len(listed.Cases))
	}
	for _, s := range listed.Scenarios {
		if !slices.Contains([]string{"succeed", "fail", "either"}, s.Want) || len(s.Starts) == 0 || s.Starts[0].Operation == "" {
			t.Errorf("%+v", s)
		}
	}
}
