package report

import (
	"fmt"
	"io"
	"strings"
	"time"

	sheet "github.com/sfconform/sfconform/suites/report"
)

// Timeline is a time line in plain text, an event a line:
//
//	+0.412s  token    POST /services/oauth2/token -> 400 invalid_client (3ms)
//
// The event's text is what happened; where it does not say the status, it is added.
// Waits that are no events of their own are lines too.
func Timeline(events []Event) []string {
	lines := make([]string, 0, len(events))
	for _, e := range withWaits(events) {
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

// quiet is the pause from which on nothing is worth a word: with it a backoff, or a
// client that hammers, is seen at a glance.
const quiet = 250 * time.Millisecond

// withWaits is the events with one between them for each time in which nothing happened.
func withWaits(events []Event) []Event {
	line := make([]Event, 0, len(events))
	var busy Seconds
	for i, e := range events {
		if pause := e.At - busy; i > 0 && pause.Duration() >= quiet {
			line = append(line, Event{At: busy, Kind: "wait", Text: "nothing happens", Took: pause})
		}
		busy = max(busy, e.At+e.Took)
		line = append(line, e)
	}
	return line
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
	for _, l := range Timeline(s.Line[:min(len(s.Line), mostLines)]) {
		p.line("  " + l)
	}
	if n := len(s.Line) - mostLines; n > 0 {
		p.line("  ... " + number(n, "event more is", "events more are") + " in the JSON report")
	}
}
