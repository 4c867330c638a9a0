package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/endpoint"
)

// skips are so many cases that were skipped through both doors.
func skips(n int, reason string) []endpoint.Result {
	var all []endpoint.Result
	for i := range n {
		for _, door := range []string{endpoint.DoorPlain, endpoint.DoorFlows} {
			all = append(all, endpoint.Result{Case: fixtures.CaseID(fmt.Sprintf("case-%d", i)), Door: door, Verdict: endpoint.Skip, Reason: reason})
		}
	}
	return all
}

func TestAReasonOfManySkipsCountsThem(t *testing.T) {
	t.Parallel()
	const hint = "\nEvery case and its reason stands in the report of --json or --report.\n"
	for n, want := range map[int]string{
		2:  "\nskipped: too far\n  case-0, case-1\n",
		21: "\nskipped: too far (21 cases)\n  case-0, case-1, case-2, case-3, case-4 and 16 more\n" + hint,
	} {
		var b strings.Builder
		skipped(&b, endpoint.Report{Results: skips(n, "too far")})
		if b.String() != want {
			t.Errorf("%d skips are\n%s", n, b.String())
		}
	}
	var b strings.Builder
	skipped(&b, endpoint.Report{Results: skips(20, "too far")})
	if !strings.Contains(b.String(), "case-19\n") || strings.Contains(b.String(), "more") {
		t.Errorf("20 skips are\n%s", b.String())
	}
}

func TestAnErrorSaysItsReasonOnce(t *testing.T) {
	t.Parallel()
	for message, want := range map[string]string{
		"R.\n  Harness: boom": "R.\n  Harness: boom", "R.": "boom\nR.", "": "boom",
	} {
		if got := explained(endpoint.Result{Reason: "boom", Message: message}); got != want {
			t.Errorf("with the message %q it is %q", message, got)
		}
	}
}

func TestAListBeginsWithItsTitle(t *testing.T) {
	t.Parallel()
	for flag, title := range map[string]string{
		"--cases": "CASE ", "--refusals": "REFUSAL ", "--switches": "SWITCH ",
		"--requirements": "CLIENT REQUIREMENT ", "--causes": "CAUSE ", "--guides": "GUIDE ", "--lint-rules": "LINT RULE ", "--deploy-errors": "DEPLOY ERROR ",
	} {
		if got := execute(t, nil, "list", flag); !strings.HasPrefix(got.stdout, title) {
			t.Errorf("list %s begins with %.40q", flag, got.stdout)
		}
	}
	if got := execute(t, nil, "list"); strings.Count(got.stdout, "\n\n") != 8 {
		t.Errorf("the nine lists are not parted by one blank line each")
	}
}

func TestASwitchIsShownWithTheCasesOfEachOption(t *testing.T) {
	t.Parallel()
	got := execute(t, nil, "show", "bad-signature").stdout
	for _, want := range []string{
		"\n  invalid-assertion invalid_grant", "\n                    cases: jwt-bearer-wrong-key-invalid-assertion\n",
		"\n  run its cases     sfconform run --filter 'switch: containsAny bad-signature'\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the page lacks %q:\n%s", want, got)
		}
	}
	if both := execute(t, nil, "show", "app-disabled").stdout; !strings.Contains(both, "\n\nbehaviour switch app-disabled\n") {
		t.Errorf("a refusal and a switch of one id are not parted:\n%s", both)
	}
}
