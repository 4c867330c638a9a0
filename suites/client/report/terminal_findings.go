package report

import (
	"fmt"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/verdict"
	sheet "github.com/sfconform/sfconform/suites/report"
)

// findingOrder is the order in which verdicts are told.
var findingOrder = []verdict.Verdict{
	verdict.HarnessError, verdict.Fail, verdict.Inconclusive, verdict.Warn, verdict.Review, verdict.Info,
}

// found are the results that have something to tell, in the order of telling. What
// could not be tested and need not be is told among what was not tested, and so is what
// nothing was seen of: there is one reason for many of those, and nothing else to say.
func (r *Report) found() []*Result {
	var results []*Result
	for _, v := range findingOrder {
		for i := range r.Results {
			result := &r.Results[i]
			if result.Verdict == v && (v != verdict.Inconclusive || result.Severity == fixtures.SeverityMust && len(result.Findings) > 0) {
				results = append(results, result)
			}
		}
	}
	return results
}

func (p *page) findings(r *Report) {
	told := r.found()
	if p.Verbose {
		told = append(told, r.with(verdict.Pass)...)
	}
	if len(told) == 0 {
		return
	}
	p.heading("Findings")
	block := true
	for _, result := range told {
		if !isBrief(result.Verdict) {
			p.finding(result)
			continue
		}
		if block {
			p.line("")
		}
		block = false
		p.brief(result)
	}
}

// isBrief says that a line is enough for a result of the verdict.
func isBrief(v verdict.Verdict) bool { return v == verdict.Info || v == verdict.Pass }

func (r *Report) with(v verdict.Verdict) []*Result {
	var results []*Result
	for i := range r.Results {
		if r.Results[i].Verdict == v {
			results = append(results, &r.Results[i])
		}
	}
	return results
}

// brief is a result in a line: a fact, or something that is right.
func (p *page) brief(r *Result) {
	text := r.Statement
	if len(r.Findings) > 0 && r.Findings[0].Seen != "" {
		text = r.Findings[0].Seen
	}
	p.item("  ", fmt.Sprintf("%s %s: %s", mark(r.Verdict), r.ID, text+secondTry(r)))
}

func (p *page) finding(r *Result) {
	p.line("\n" + p.verdict(r.Verdict) + " " + p.Bold(oneLine(string(r.ID))) +
		fmt.Sprintf(" (%s; %s)%s", r.Severity, oneLine(r.Group), secondTry(r)))
	shown := r.Findings
	if !p.Verbose && len(shown) > 1 {
		shown = shown[:1]
	}
	if len(shown) == 0 || shown[0].Expected == "" {
		p.field("Expected", r.Statement)
	}
	for _, f := range shown {
		p.observation(f)
	}
	if rest := r.Findings[len(shown):]; len(rest) > 0 {
		p.field("Also in", places(rest))
	}
	p.field("Reason", r.furtherReason())
	p.field("Production", r.Effect)
	p.field("Fix", r.Fix)
	p.field("Norm", r.Norm)
	p.field("Public cases", r.Evidence)
	p.copied("Only this", r.Rerun)
}

// furtherReason is the reason, unless it stands among the findings already.
func (r *Result) furtherReason() string {
	if len(r.Findings) > 0 && r.Findings[0].Seen == r.Reason {
		return ""
	}
	return r.Reason
}

func (p *page) observation(f Finding) {
	p.field("Expected", f.Expected)
	p.field("Seen", seen(f))
	p.field("Scenario", place(f.Scenario, f.Flow))
	for i, exchange := range f.Exchanges {
		if i > 0 {
			p.line("    |")
		}
		for l := range strings.Lines(sheet.Printable(exchange)) {
			p.line("    | " + strings.TrimRight(l, "\n"))
		}
	}
	p.field("Question", f.Question)
	if f.Answer != nil {
		p.field("Answer", f.Answer.String())
	}
}

// seen is what was seen and how often; nothing if nothing was.
func seen(f Finding) string {
	if f.Seen == "" {
		return ""
	}
	return f.Seen + times(f.Count)
}

// String is the answer with who gave it and when.
func (a Review) String() string {
	text := "no"
	if a.Yes {
		text = "yes"
	}
	if a.By != "" {
		text += ", " + a.By
	}
	return text + ", " + a.When.UTC().Format("2006-01-02 15:04 UTC")
}

func places(findings []Finding) string {
	var names []string
	for _, f := range findings {
		names = append(names, place(f.Scenario, f.Flow))
	}
	return strings.Join(names, "; ")
}

// place names a scenario and the flow that it was played with.
func place(scenario string, f fixtures.Flow) string {
	if f == "" {
		return scenario
	}
	return scenario + ", " + string(f)
}

func secondTry(r *Result) string {
	if r.SecondTry {
		return " (only at the second try)"
	}
	return ""
}

// mark is the verdict as a word that stands out.
func mark(v verdict.Verdict) string { return strings.ToUpper(string(v)) }

func (p *page) verdict(v verdict.Verdict) string {
	switch v {
	case verdict.Fail, verdict.HarnessError:
		return p.Red(mark(v))
	case verdict.Inconclusive, verdict.Warn, verdict.Review, verdict.Waived:
		return p.Yellow(mark(v))
	case verdict.Pass:
		return p.Green(mark(v))
	case verdict.Info, verdict.NotApplicable, verdict.NotJudged:
	}
	return mark(v)
}
