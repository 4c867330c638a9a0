package client_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client"
	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/judge"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// asked answers all questions with yes but those that hold a word, and notes them by
// turn: a person is asked once after each scenario, and once at the end.
func asked(o *client.Options, no string) *[][]string {
	turns := &[][]string{}
	o.Ask = func(_ context.Context, questions []string) ([]drive.Review, error) {
		*turns = append(*turns, questions)
		var all []drive.Review
		for _, q := range questions {
			answer := drive.Yes
			if no != "" && strings.Contains(q, no) {
				answer = drive.No
			}
			all = append(all, drive.Review{Question: q, Answer: answer})
		}
		return all, nil
	}
	return turns
}

func TestAPersonIsAskedAboutAScenarioWhenItHasBeenPlayed(t *testing.T) {
	t.Parallel()
	o := options(manual())
	o.Parallel = 1
	o.Scenarios = []string{scenario.RefusedUnusually, scenario.SecretRefused}
	o.Only = []fixtures.RequirementID{"err-surface-both", "err-fix-hint", "err-html-body", "secret-not-in-output"}
	turns := asked(&o, "inactive user")
	r := run(t, o)
	if len(*turns) != 3 {
		t.Fatalf("asked %d times: %q", len(*turns), *turns)
	}
	both := slices.ContainsFunc(slices.Concat((*turns)[:2]...), func(q string) bool {
		return strings.Contains(q, `"error":"invalid_grant"`) && strings.Contains(q, "inactive user (") && strings.Contains(q, "word for word")
	})
	if last := (*turns)[2]; !both || len(last) != 1 || !strings.Contains(last[0], "log") {
		t.Errorf("asked %q", *turns)
	}
	for id, want := range map[fixtures.RequirementID]verdict.Verdict{
		"err-surface-both": verdict.Fail, "secret-not-in-output": verdict.Pass,
		// Nobody has seen a maintenance page, so that nobody is asked about one.
		"err-html-body": verdict.Inconclusive,
	} {
		if got := result(t, r, id); got.Verdict != want {
			t.Errorf("%s is %s with %+v", id, got.Verdict, got.Findings)
		}
	}
	hint := result(t, r, "err-fix-hint")
	if len(hint.Findings) != 2 || hint.Findings[0].Scenario != scenario.RefusedUnusually || hint.Findings[0].Answer == nil || hint.Findings[0].Answer.Yes {
		t.Errorf("the hint: %+v", hint.Findings)
	}
}

func TestEveryQuestionForEyesIsOneThatAPersonCanAnswer(t *testing.T) {
	t.Parallel()
	for _, j := range judge.All() {
		if j.Output && !j.Process && client.QuestionOf(j.ID) == "" {
			t.Errorf("what a person is asked about %s is not said", j.ID)
		}
	}
	for id, question := range client.Questions {
		if _, known := fixtures.RequirementByID(id); !known {
			t.Errorf("there is no requirement %q", id)
		}
		if !strings.HasSuffix(strings.TrimSuffix(question, " (skip if it keeps none)"), "?") {
			t.Errorf("%s: %q is no question", id, question)
		}
	}
}
