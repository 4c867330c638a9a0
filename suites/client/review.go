package client

import (
	"cmp"
	"context"
	"slices"

	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// asker is a driver by which a person can be asked.
type asker interface {
	Ask(ctx context.Context, questions []string) ([]drive.Review, error)
}

// asker is how a person can be asked; nil if nobody can.
func (r *runner) asker() func(context.Context, []string) ([]drive.Review, error) {
	if r.options.Ask != nil {
		return r.options.Ask
	}
	if a, can := r.options.Driver.(asker); can {
		return a.Ask
	}
	return nil
}

// ask puts the questions of all open results to the person, each once, but for those
// that were asked when their scenario was played. What is not answered stays open.
func (r *runner) ask(ctx context.Context, results []report.Result) {
	var reviews []drive.Review
	questions := r.openQuestions(results)
	if ask := r.asker(); ask != nil && len(questions) > 0 && ctx.Err() == nil {
		// An error means that not all were answered, which the report shows.
		reviews, _ = ask(ctx, questions)
	}
	for i := range results {
		if results[i].Verdict == verdict.Review {
			settle(&results[i], reviews)
		}
	}
}

func (r *runner) openQuestions(results []report.Result) []string {
	var questions []string
	for _, result := range results {
		for _, f := range result.Findings {
			asked := slices.ContainsFunc(r.glances, func(g glance) bool { return g.question == f.Question })
			if result.Verdict == verdict.Review && !asked && !slices.Contains(questions, f.Question) {
				questions = append(questions, f.Question)
			}
		}
	}
	return questions
}

// settle takes the answers over: one no is a breach, and a pass needs a yes to all.
func settle(result *report.Result, reviews []drive.Review) {
	worst := verdict.Kept
	for i := range result.Findings {
		f := &result.Findings[i]
		if f.Answer == nil {
			f.Answer = answerTo(f.Question, reviews)
		}
		outcome := verdict.Open
		if f.Answer != nil {
			outcome = verdict.Kept
			if !f.Answer.Yes {
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
