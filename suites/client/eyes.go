package client

import (
	"context"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/stage"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// glance is what a person saw of a scenario, asked as soon as it was played: at the end
// of the run nobody remembers which of ninety errors was on the screen.
type glance struct {
	id       fixtures.RequirementID
	scenario string
	flow     fixtures.Flow
	question string
	// answer is nil where it was left open.
	answer *report.Review
}

// askAbout asks the person what the product showed in a part that was just played. What
// is not answered stays open.
func (r *runner) askAbout(ctx context.Context, p *played) []glance {
	ask := r.asker()
	if ask == nil || !r.traits.Manual || !p.whole() || p.unsupported || ctx.Err() != nil {
		return nil
	}
	if len(p.evidence.Exchanges) == 0 && p.scenario.Advice != unresolved {
		return nil // nothing has come: the product cannot have shown what came of it
	}
	all := r.toAsk(p)
	var questions []string
	for _, g := range all {
		questions = append(questions, g.question)
	}
	if len(questions) == 0 {
		return nil
	}
	// An error means that not all were answered, which the report shows.
	reviews, _ := ask(ctx, questions)
	for i := range all {
		all[i].answer = answerTo(all[i].question, reviews)
	}
	return all
}

// unresolved is the advice of a scenario in which no request can come.
const unresolved = "my-domain-not-found"

// toAsk are the questions about a part that only the person who runs the product can
// answer: those of requirements that this scenario shows in particular.
func (r *runner) toAsk(p *played) []glance {
	var all []glance
	fill := placeholders(p)
	for _, q := range fixtures.Requirements() {
		if len(r.options.Only) > 0 && !slices.Contains(r.options.Only, q.ID) || !q.AppliesTo(p.flow) || !r.byEyes(q.ID) || general(q.ID) {
			continue
		}
		if looksAt(q.ID, p.scenario.Name) {
			all = append(all, glance{id: q.ID, scenario: p.scenario.Name, flow: p.flow, question: fill.Replace(questionOf(&q))})
		}
	}
	return all
}

// byEyes says that nothing but a person can see whether the requirement is kept.
func (r *runner) byEyes(id fixtures.RequirementID) bool {
	own := judgesOf(id)
	return r.traits.Manual && len(own) > 0 && !slices.ContainsFunc(own, r.canShow) &&
		!slices.ContainsFunc(own, func(j judgeOf) bool { return j.Process })
}

// general says that the requirement shows in whatever the product does, so that it is
// asked about once, at the end.
func general(id fixtures.RequirementID) bool {
	return slices.ContainsFunc(judgesOf(id), func(j judgeOf) bool { return len(j.In) == 0 })
}

// eyes is what a person saw of a requirement: the answers about each scenario, or the
// question for the end.
func (r *runner) eyes(q *fixtures.Requirement, all []played) (verdict.Verdict, string, []report.Finding) {
	finding := report.Finding{Verdict: verdict.Review, Expected: q.Statement, Seen: "what the product shows cannot be seen from here"}
	if general(q.ID) {
		finding.Question = questionOf(q)
		return verdict.Review, "", []report.Finding{finding}
	}
	var findings []report.Finding
	for _, g := range r.glances {
		if g.id == q.ID {
			finding.Scenario, finding.Flow, finding.Question, finding.Answer = g.scenario, g.flow, g.question, g.answer
			findings = append(findings, finding)
		}
	}
	if len(findings) > 0 {
		return verdict.Review, "", findings
	}
	v, why := r.unplayed(q, all)
	return v, why, nil
}

// placeholders fill a question with what the person has before his eyes.
func placeholders(p *played) *strings.Replacer {
	e := p.evidence
	var answers []string
	for _, x := range e.Exchanges {
		if text := shortened(answerText(redacted(e, x)), 200); x.Failed() && !slices.Contains(answers, text) && len(answers) < mostAnswers {
			answers = append(answers, text)
		}
	}
	host := stage.HostName(e.Hosts.Bases[evidence.Token])
	if own := p.scenario.Starts; len(own) > 0 && own[0].Set[stage.LoginURL] != "" {
		host = strings.TrimPrefix(own[0].Set[stage.LoginURL], "https://")
	}
	key := e.Settings[stage.ClientID]
	return strings.NewReplacer("{answers}", strings.Join(answers, "; "), "{host}", host, "{key}", key[:min(len(key), 8)], "{title}", p.scenario.Title)
}

// mostAnswers is how many answers of the org a question repeats.
const mostAnswers = 4

// answerTo is the answer to a question; nil if there is none.
func answerTo(question string, reviews []drive.Review) *report.Review {
	for _, review := range reviews {
		if review.Question == question && review.Answer != drive.Skipped {
			return &report.Review{Yes: review.Answer == drive.Yes, By: review.Who, When: review.At}
		}
	}
	return nil
}
