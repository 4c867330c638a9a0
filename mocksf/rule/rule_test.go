package rule_test

import (
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/rule"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

var rules = []rule.Rule[int]{
	{Name: "positive", Refusal: "scope-sent", Holds: func(n int) bool { return n > 0 }},
	rule.Rule[int]{Name: "even", Refusal: "grant-type-missing", Holds: func(n int) bool { return n%2 == 0 }}.When("scope-web", "kept"),
	{Name: "small", Refusal: "grant-type-unknown", Holds: func(n int) bool { return n < 10 }},
}

func org(t *testing.T, changes ...fixtures.Change) *snapshot.Org {
	t.Helper()
	o, err := fixtures.BuiltInOrg("production")
	if err != nil {
		t.Fatal(err)
	}
	s, err := snapshot.Compile(o.MustWith(changes...))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTheFirstRuleInForceThatDoesNotHoldDecides(t *testing.T) {
	t.Parallel()
	dropped, kept := org(t), org(t, fixtures.Set("behaviour/switches/scope-web", "kept"))
	all := rule.MustBind(rules)
	withoutFirst, err := rule.Bind(rules, map[string]bool{"positive": true})
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		list rule.List[int]
		org  *snapshot.Org
		n    int
		want string
	}{
		{all, dropped, -1, "positive"},
		{all, dropped, 4, ""},
		{all, dropped, 3, ""},
		{all, kept, 3, "even"},
		{all, dropped, 11, "small"},
		{all, kept, 11, "even"},
		{withoutFirst, dropped, -1, ""},
	}
	for _, tt := range tests {
		got := ""
		if b := tt.list.Decide(tt.org, tt.n); b != nil {
			got = b.Name
			if b.Answer.ID != b.Refusal {
				t.Errorf("%s answers with %s", b.Name, b.Answer.ID)
			}
		}
		if got != tt.want {
			t.Errorf("%d under %s: %q decides, want %q", tt.n, tt.org.Option("scope-web"), got, tt.want)
		}
	}
}

func TestARuleThatNamesNothingKnownIsRefusedByName(t *testing.T) {
	t.Parallel()
	for want, r := range map[string]rule.Rule[int]{
		`did you mean "scope-sent"`: {Name: "r", Refusal: "scope-snt"},
		`did you mean "scope-web"`:  rule.Rule[int]{Name: "r", Refusal: "scope-sent"}.When("scope-wb", "kept"),
		`did you mean "kept"`:       rule.Rule[int]{Name: "r", Refusal: "scope-sent"}.When("scope-web", "kep"),
	} {
		if _, err := rule.Bind([]rule.Rule[int]{r}, nil); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), `"r"`) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
