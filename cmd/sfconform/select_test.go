package main

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/endpoint"
)

func TestAnIDThatIsNoCaseIsExplained(t *testing.T) {
	t.Parallel()
	for id, wants := range map[string][]string{
		"client-secret-wrong": {"is a refusal", aCase, "propagation-old-secret", "--filter 'refusal: containsAny client-secret-wrong'"},
		"device-slow-down":    {"is a refusal that no case shows", "sfconform show device-slow-down"},
		"bad-signature":       {"is a behaviour switch", "jwt-bearer-wrong-key-invalid-client", "--filter 'switch: containsAny bad-signature'"},
		"jwt-bearer":          {"is a flow", "--flow jwt-bearer"},
		aCase + "s":           {"no case is called", "did you mean"},
	} {
		got := execute(t, nil, "run", "--only", id)
		for _, want := range append(wants, "--only: ") {
			if got.code != exitUsage || !strings.Contains(got.stderr, want) {
				t.Errorf("--only %s: code %d, and no %q in %s", id, got.code, want, got.stderr)
			}
		}
	}
}

func TestACaseThatIsNamedTwiceRunsOnce(t *testing.T) {
	t.Parallel()
	got := execute(t, nil, "run", "--only", aCase, "--only", aCase)
	if got.code != exitConforms || !strings.HasPrefix(got.stdout, "conforms: 2 of 2 checks") {
		t.Errorf("code %d, %s%s", got.code, got.stdout, got.stderr)
	}
}

// filters are those of the help.
var filters = regexp.MustCompile(`(?m)^  ([a-z]+: containsAny [a-z-]+)(?:\s|$)`)

func TestEveryFilterOfTheHelpChoosesSomeCases(t *testing.T) {
	t.Parallel()
	some := []string{"run", "--json"}
	for _, id := range []fixtures.CaseID{aCase, "client-credentials-body-auth", casesOf("ip-restricted")[0], casesOf("session-expired")[0], casesUnder("audience-forms")[0]} {
		some = append(some, "--only", string(id))
	}
	count := func(filter string) int {
		got := execute(t, nil, append(some, "--filter", filter)...)
		var report endpoint.Report
		if err := json.Unmarshal([]byte(got.stdout), &report); err != nil || got.code != exitConforms {
			t.Errorf("--filter %q: code %d, %v, %s", filter, got.code, err, got.stderr)
		}
		return report.Counts.Total
	}
	all, labels := count(""), map[string]bool{}
	chosen := []string{"switch: isEmpty", "refusal: containsAny session-expired"}
	for _, found := range filters.FindAllStringSubmatch(execute(t, nil, "run", "--help").stdout, -1) {
		label, _, _ := strings.Cut(found[1], ":")
		labels[label], chosen = true, append(chosen, found[1])
	}
	for _, filter := range chosen {
		if n := count(filter); n == 0 || n >= all {
			t.Errorf("--filter %q chooses %d checks of %d", filter, n, all)
		}
	}
	if len(labels) != 6 {
		t.Errorf("the help has filters of the labels %v", labels)
	}
}
