package client

import (
	"cmp"
	"context"
	"slices"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// asker is a driver by which a person can be asked.
type asker interface {
	Ask(ctx context.Context, questions []string) ([]drive.Review, error)
}

// ask puts the questions of all open results to the person, each once. What is not
// answered stays open.
func (r *runner) ask(ctx context.Context, results []report.Result) {
	ask := r.options.Ask
	if a, can := r.options.Driver.(asker); ask == nil && can {
		ask = a.Ask
	}
	questions := openQuestions(results)
	if ask == nil || len(questions) == 0 || ctx.Err() != nil {
		return
	}
	// An error means that not all were answered, which the report shows.
	reviews, _ := ask(ctx, questions)
	for i := range results {
		if results[i].Verdict == verdict.Review {
			r.settle(&results[i], reviews)
		}
	}
}

func openQuestions(results []report.Result) []string {
	var questions []string
	for _, result := range results {
		for _, f := range result.Findings {
			if result.Verdict == verdict.Review && !slices.Contains(questions, f.Question) {
				questions = append(questions, f.Question)
			}
		}
	}
	return questions
}

// settle takes the answers over: one no is a breach, and a pass needs a yes to all.
func (r *runner) settle(result *report.Result, reviews []drive.Review) {
	worst := verdict.Kept
	for i := range result.Findings {
		f := &result.Findings[i]
		outcome := verdict.Open
		for _, review := range reviews {
			if review.Question != f.Question || review.Answer == drive.Skipped {
				continue
			}
			f.Answer = &report.Review{Yes: review.Answer == drive.Yes, By: review.Who, When: review.At}
			if outcome = verdict.Kept; !f.Answer.Yes {
				outcome = verdict.Broken
			}
		}
		f.Verdict = verdict.Of(outcome, result.Severity)
		worst = max(worst, outcome)
	}
	result.Verdict = verdict.Of(worst, result.Severity)
	slices.SortStableFunc(result.Findings, func(a, b report.Finding) int {
		return cmp.Compare(rank(b.Verdict), rank(a.Verdict))
	})
}

func rank(v verdict.Verdict) int { return slices.Index(v.Values(), string(v)) }

// eyes is the question about a requirement that only the person who runs the product
// can judge, since nothing else sees what it shows.
func eyes(q *fixtures.Requirement) report.Finding {
	return report.Finding{
		Verdict: verdict.Review, Expected: q.Statement, Seen: "what the product shows cannot be seen from here",
		Question: q.Statement + " Is it so, as far as you saw?",
	}
}
