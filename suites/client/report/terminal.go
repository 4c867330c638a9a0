package report

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sfconform/sfconform/suites/client/verdict"
	sheet "github.com/sfconform/sfconform/suites/report"
)

// WriteTerminal writes the report for a person at a terminal: the line on top, what
// to fix first, the findings, and what was not tested as plainly as what failed.
func WriteTerminal(w io.Writer, r *Report, o Options) error {
	p := newPage(o)
	p.top(r)
	for _, section := range []func(*Report){
		p.first, p.errors, p.findings, p.notTested, p.waivers, p.since,
		p.numbers, p.fingerprint, p.operator, p.secrets, p.timelines, p.counts,
	} {
		section(r)
	}
	_, err := io.WriteString(w, p.out.String())
	return err
}

// top is the line on top, and what the verdict is worth.
func (p *page) top(r *Report) {
	standing, rest, _ := strings.Cut(r.Headline, ":")
	for i, l := range sheet.Wrap(sheet.Printable(r.Headline), p.width()) {
		if i == 0 && rest != "" {
			l = strings.Replace(l, standing, p.standing(r.Standing, strings.ToUpper(standing)), 1)
		}
		p.line(l)
	}
	p.text(0, "("+r.Claim()+")")
}

func (p *page) standing(s Standing, text string) string {
	switch s {
	case Ready:
		return p.Green(text)
	case WithWarnings:
		return p.Yellow(text)
	case NotReady, HarnessFailed:
	}
	return p.Red(text)
}

func (p *page) first(r *Report) {
	if len(r.First) == 0 {
		return
	}
	p.heading("Fix first")
	for i, result := range r.firstResults() {
		p.item(fmt.Sprintf("  %d. ", i+1), plainly(result)+" ("+string(result.ID)+")")
		if result.Effect != "" {
			p.item("     ", "In production: "+result.Effect)
		}
	}
}

func (r *Report) firstResults() []*Result {
	index := r.byID()
	var results []*Result
	for _, id := range r.First {
		if result := index[id]; result != nil {
			results = append(results, result)
		}
	}
	return results
}

// plainly is a result in a sentence without terms of the harness.
func plainly(r *Result) string {
	if r.Verdict == verdict.Inconclusive && r.Reason != "" {
		return sentence("this could not be tested: " + r.Reason)
	}
	if len(r.Findings) > 0 && r.Findings[0].Seen != "" {
		return sentence(r.Findings[0].Seen + times(r.Findings[0].Count))
	}
	return sentence("not kept: " + r.Statement)
}

// sentence begins with a capital letter and ends with a full stop. The name of a
// parameter, such as client_id, keeps its letters.
func sentence(text string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	if !strings.ContainsAny(text[len(text)-1:], ".!?") {
		text += "."
	}
	if word, _, _ := strings.Cut(text, " "); strings.Contains(word, "_") {
		return text
	}
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

func times(n int) string {
	if n < 2 {
		return ""
	}
	return fmt.Sprintf(" (%d times)", n)
}

func (p *page) errors(r *Report) {
	if len(r.Errors) == 0 {
		return
	}
	p.titled("Errors of the harness (they say nothing about the client)", p.Red)
	for _, e := range r.Errors {
		p.item("  - ", e)
	}
}

func (p *page) counts(r *Report) {
	var parts []string
	for _, v := range verdict.Verdict("").Values() {
		if n := r.Counts[verdict.Verdict(v)]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, v))
		}
	}
	if len(parts) > 0 {
		p.heading("Counts")
		p.text(2, strings.Join(parts, ", "))
	}
	if r.Run.Rerun != "" {
		p.heading("The same run again")
		p.line("  " + pasted(r.Run.Rerun))
	}
}
