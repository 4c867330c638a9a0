package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/verdict"
	sheet "github.com/sfconform/sfconform/suites/report"
)

//go:embed report.html
var document string

//go:embed report.css
var styleSheet string

// WriteHTML writes the report as one file that loads nothing from anywhere: to be
// handed over, printed, and read years later.
func WriteHTML(w io.Writer, r *Report, _ Options) error {
	v := view{
		Report: r, Style: template.CSS(styleSheet), //nolint:gosec // the style is ours
		Fix: r.firstResults(), Found: r.found(), Omitted: r.omissions(), Waivers: r.waived(), Claim: r.Claim(),
		Trails: r.Secrets.trails(), Limits: r.Secrets.limits(), Searched: r.Secrets.summary(),
	}
	for i := range r.Scenarios {
		v.Plays = append(v.Plays, play{&r.Scenarios[i], draw(&r.Scenarios[i])})
	}
	out := &strings.Builder{}
	if err := parsed().Execute(out, v); err != nil {
		return fmt.Errorf("HTML report: %w", err)
	}
	_, err := io.WriteString(w, sheet.Printable(out.String()))
	return err
}

// view is what the page shows.
type view struct {
	*Report
	Style           template.CSS
	Claim, Searched string
	Fix, Found      []*Result
	Omitted         []omission
	Waivers         []*Waiver
	Trails          []trail
	Limits          []string
	Plays           []play
}

// play is a scenario with its picture.
type play struct {
	*Scenario
	Picture picture
}

// mostFindings bounds what is shown of a requirement in full: the same fault in ten
// scenarios is one fault.
const mostFindings = 3

// mostLines bounds the time line in text: who needs more has the JSON form.
const mostLines = 500

var parsed = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("report").Funcs(template.FuncMap{
		"plainly": plainly, "seen": seen, "place": place, "places": places, "references": fixtures.CutReferences,
		"shown":  func(r *Result) []Finding { return r.Findings[:min(len(r.Findings), mostFindings)] },
		"others": func(r *Result) []Finding { return r.Findings[min(len(r.Findings), mostFindings):] },
		"reason": (*Result).furtherReason,
		"said":   said, "join": strings.Join,
		"class": class, "mark": mark, "lines": func(d *Difference) []string { return d.lines() },
		"timeline": func(events []Event) string {
			shown := Timeline(events[:min(len(events), mostLines)])
			if n := len(events) - mostLines; n > 0 {
				shown = append(shown, fmt.Sprintf("... %d events more", n))
			}
			return strings.Join(shown, "\n")
		},
		"values": func() []string { return slices.Clone(verdict.Verdict("").Values()) },
		"count":  func(r *Report, v string) int { return r.Counts[verdict.Verdict(v)] },
	}).Parse(document))
})

// class is the class that colours a verdict or a standing.
func class(word any) string {
	return strings.NewReplacer(" ", "-", ":", "").Replace(fmt.Sprint(word))
}
