package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sfconform/sfconform/fixtures"
)

func TestListPrintsTheTablesThatWereAskedFor(t *testing.T) {
	t.Parallel()
	tables := []string{"CASE ", "REFUSAL ", "SWITCH ", "CLIENT REQUIREMENT ", "CAUSE "}
	for flags, want := range map[string][]string{
		"":                        tables,
		"--requirements":          {"CLIENT REQUIREMENT "},
		"--causes --requirements": {"CLIENT REQUIREMENT ", "CAUSE "},
		"--switches":              {"SWITCH "},
	} {
		out := execute(t, nil, append([]string{"list"}, strings.Fields(flags)...)...).stdout
		var got []string
		for _, table := range tables {
			if strings.HasPrefix(out, table) || strings.Contains(out, "\n\n"+table) {
				got = append(got, table)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("list %s has other tables (-want +got):\n%s", flags, diff)
		}
	}
}

func TestListJSONHoldsTheRequirementSet(t *testing.T) {
	t.Parallel()
	got := execute(t, nil, "list", "--requirements", "--json")
	var parsed struct {
		RequirementSet string
		Requirements   []fixtures.Requirement
		Cases          []any
	}
	if err := json.Unmarshal([]byte(got.stdout), &parsed); err != nil {
		t.Fatal(err)
	}
	if parsed.RequirementSet != fixtures.RequirementSet || parsed.Cases != nil {
		t.Errorf("the set is %q, with %d cases", parsed.RequirementSet, len(parsed.Cases))
	}
	if diff := cmp.Diff(fixtures.Requirements(), parsed.Requirements); diff != "" {
		t.Errorf("the requirements differ (-declared +printed):\n%s", diff)
	}
}

func TestEveryRequirementIsShownInFull(t *testing.T) {
	t.Parallel()
	for _, r := range fixtures.Requirements() {
		got := execute(t, nil, "show", string(r.ID))
		if got.code != 0 {
			t.Errorf("show %s: code %d, %s", r.ID, got.code, got.stderr)
		}
		words := []string{r.Statement, string(r.Severity), string(r.Group), r.Observe, r.Effect, r.Fix, r.Norm, r.Evidence, r.Unjudged}
		for _, ref := range r.References() {
			words = append(words, ref.URL)
		}
		for _, text := range words {
			if !strings.Contains(got.stdout, text) {
				t.Errorf("show %s lacks %q", r.ID, text)
			}
		}
	}
}

func TestARequirementIsShownWithThoseItHoldsFor(t *testing.T) {
	t.Parallel()
	got := execute(t, nil, "show", "auth-basic-form-encoded").stdout
	for _, want := range []string{"  only flow     client-credentials\n", "  only with     basic\n", "  needs         wire\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("the page lacks %q:\n%s", want, got)
		}
	}
	if both := execute(t, nil, "show", "session-no-loop").stdout; strings.Contains(both, "only flow") {
		t.Errorf("a requirement of both flows is confined to one:\n%s", both)
	}
}

func TestShowJSONHoldsRequirementAndReferences(t *testing.T) {
	t.Parallel()
	var parsed struct {
		Requirement fixtures.Requirement
		References  []fixtures.Reference
	}
	got := execute(t, nil, "show", "--json", "req-method-post")
	if err := json.Unmarshal([]byte(got.stdout), &parsed); err != nil || parsed.Requirement.ID != "req-method-post" || len(parsed.References) < 2 {
		t.Errorf("%+v, %v", parsed, err)
	}
}

func TestARefusalIsShownWithWhatAClientSays(t *testing.T) {
	t.Parallel()
	got := execute(t, nil, "show", "login-rate-exceeded").stdout
	if !strings.Contains(got, "  client says   More than 3,600 logins") {
		t.Errorf("nothing is said:\n%s", got)
	}
	fix := fixtures.MustRefusal("login-rate-exceeded").Fix
	if n := strings.Count(got, fix); n != 1 {
		t.Errorf("the fix stands %d times:\n%s", n, got)
	}
}

func TestEveryCauseIsShownWithItsRefusals(t *testing.T) {
	t.Parallel()
	for _, c := range fixtures.Causes() {
		got := execute(t, nil, "show", c.ID)
		if got.code != 0 || !strings.Contains(got.stdout, c.Meaning) || !strings.Contains(got.stdout, c.TellApart) {
			t.Errorf("show %s: code %d, %s\n%s", c.ID, got.code, got.stderr, got.stdout)
		}
	}
	if got := execute(t, nil, "show", "login-rate-limit").stdout; !strings.Contains(got, "  refusals      login-rate-exceeded\n") {
		t.Errorf("no refusal points to the cause:\n%s", got)
	}
}

func TestShowSuggestsIDsOfEveryKind(t *testing.T) {
	t.Parallel()
	for wrong, near := range map[string]string{
		"client-credentials-wrong-secrets": "client-credentials-wrong-secret",
		"client-secret-worng":              "client-secret-wrong",
		"scope-wed":                        "scope-web",
		"session-no-lop":                   "session-no-loop",
		"login-rate-limits":                "login-rate-limit",
	} {
		got := execute(t, nil, "show", wrong)
		if got.code != exitUsage || !strings.Contains(got.stderr, `did you mean "`+near+`"?`) {
			t.Errorf("show %s: code %d, %s", wrong, got.code, got.stderr)
		}
	}
}

func TestEveryLintRuleAndDeployErrorIsListedAndShown(t *testing.T) {
	t.Parallel()
	listed := execute(t, nil, "list", "--lint-rules", "--deploy-errors").stdout
	for _, r := range fixtures.LintRules {
		got := execute(t, nil, "show", string(r.ID))
		if !strings.Contains(listed, "\n"+string(r.ID)+" ") || got.code != 0 || !strings.Contains(got.stdout, r.Fix) {
			t.Errorf("%s is not listed, or show ends with %d: %s%s", r.ID, got.code, got.stdout, got.stderr)
		}
	}
	for _, e := range fixtures.AllDeployErrors() {
		got := execute(t, nil, "show", string(e.ID))
		if !strings.Contains(listed, "\n"+string(e.ID)+" ") || got.code != 0 || !strings.Contains(got.stdout, e.Text) || !strings.Contains(got.stdout, e.When) {
			t.Errorf("%s is not listed, or show ends with %d: %s%s", e.ID, got.code, got.stdout, got.stderr)
		}
	}
}
