package report

import (
	"fmt"
	"io"
	"strings"

	sheet "github.com/sfconform/sfconform/suites/report"
)

// Timeline is a time line in plain text, an event a line:
//
//	+0.412s  token    POST /services/oauth2/token -> 400 invalid_client (3ms)
//
// The event's text is what happened; where it does not say the status, it is added.
func Timeline(events []Event) []string {
	lines := make([]string, 0, len(events))
	for _, e := range events {
		line := fmt.Sprintf("%10s  %-8s %s", fmt.Sprintf("+%.3fs", e.At.Duration().Seconds()), e.Kind, oneLine(e.Text))
		if e.Status > 0 && !strings.Contains(e.Text, fmt.Sprint(e.Status)) {
			line += fmt.Sprintf(" -> %d", e.Status)
		}
		if e.Took > 0 {
			line += fmt.Sprintf(" (%s)", e.Took)
		}
		lines = append(lines, strings.TrimRight(sheet.Printable(line), " "))
	}
	return lines
}

// WriteTimeline writes the time line of one scenario, with how it ended and what the
// client said.
func WriteTimeline(w io.Writer, s *Scenario, o Options) error {
	p := newPage(o)
	p.scenario(s)
	if s.Output != "" {
		p.line("  The client's output:")
		for l := range strings.Lines(sheet.Printable(s.Output)) {
			p.line("    | " + strings.TrimRight(l, "\n"))
		}
	}
	_, err := io.WriteString(w, p.out.String())
	return err
}

func (p *page) timelines(r *Report) {
	if !p.Verbose || len(r.Scenarios) == 0 {
		return
	}
	p.heading("Time lines")
	for i := range r.Scenarios {
		p.line("")
		p.scenario(&r.Scenarios[i])
	}
}

func (p *page) scenario(s *Scenario) {
	p.line("  " + p.Bold(oneLine(place(s.Name, s.Flow))) + ": " + oneLine(s.Title))
	p.item("  ", fmt.Sprintf("%s after %s", s.Outcome, s.Took))
	for _, l := range Timeline(s.Line) {
		p.line("  " + l)
	}
}
