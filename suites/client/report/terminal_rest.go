package report

import (
	"fmt"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	sheet "github.com/sfconform/sfconform/suites/report"
)

func (p *page) notTested(r *Report) {
	omitted := r.omissions()
	if len(omitted) == 0 {
		return
	}
	p.titled("Not tested", p.Yellow)
	for _, o := range omitted {
		p.item("  ", fmt.Sprintf("%s (%d): %s", mark(o.Kind), len(o.What), o.Why))
		p.text(4, strings.Join(o.What, ", "))
	}
}

func (p *page) waivers(r *Report) {
	waived := r.waived()
	if len(waived) == 0 {
		return
	}
	p.heading("Waivers")
	for _, w := range waived {
		p.item("  - ", w.String())
	}
}

// waived are the waivers, those that are to be taken out first.
func (r *Report) waived() []*Waiver {
	var spent, rest []*Waiver
	for i := range r.Results {
		switch w := r.Results[i].Waiver; {
		case w == nil:
		case w.spent():
			spent = append(spent, w)
		default:
			rest = append(rest, w)
		}
	}
	return append(spent, rest...)
}

// String is the waiver in words.
func (w Waiver) String() string {
	text := fmt.Sprintf("%s until %s: %s", w.ID, w.Until.UTC().Format("2006-01-02"), w.Reason)
	if w.Owner != "" {
		text += " (" + w.Owner + ")"
	}
	switch {
	case w.Stale:
		text += "; STALE: the requirement is kept by now, take the waiver out"
	case w.Over:
		text += "; OVER: its end has passed, it covers nothing any more"
	}
	return text
}

func (p *page) since(r *Report) {
	if r.Since == nil {
		return
	}
	p.heading("Since the run of " + r.Since.Before.String())
	for _, l := range r.Since.lines() {
		p.item("  - ", l)
	}
}

// String names the run that is compared with.
func (b Before) String() string {
	return fmt.Sprintf("%s (%s, sfconform %s)", b.Began.UTC().Format("2006-01-02 15:04 UTC"), b.Standing, b.Harness)
}

// lines are the difference in words, what is worse first.
func (d Difference) lines() []string {
	if d.Empty() {
		return []string{"nothing has changed"}
	}
	var lines []string
	for _, c := range d.Failing {
		lines = append(lines, fmt.Sprintf("new failure: %s (was %s)", c.ID, c.Was))
	}
	for _, id := range d.Stale {
		lines = append(lines, fmt.Sprintf("waiver to take out: %s", id))
	}
	for _, c := range d.Fixed {
		lines = append(lines, fmt.Sprintf("fixed: %s (now %s)", c.ID, c.Is))
	}
	for _, c := range d.Changed {
		lines = append(lines, fmt.Sprintf("changed: %s was %s, is %s", c.ID, c.Was, c.Is))
	}
	if len(d.Added) > 0 {
		lines = append(lines, "judged for the first time: "+list(d.Added))
	}
	if len(d.Removed) > 0 {
		lines = append(lines, "no longer judged: "+list(d.Removed))
	}
	return lines
}

func list(ids []fixtures.RequirementID) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = string(id)
	}
	return strings.Join(names, ", ")
}

func (p *page) numbers(r *Report) {
	if len(r.Numbers) == 0 {
		return
	}
	p.heading("Numbers")
	for _, n := range r.Numbers {
		text := n.Name + ": " + n.Value
		if n.Note != "" {
			text += " (" + n.Note + ")"
		}
		p.item("  ", text)
	}
}

func (p *page) fingerprint(r *Report) {
	if len(r.Fingerprint) == 0 {
		return
	}
	p.heading("Fingerprint of the client")
	for _, f := range r.Fingerprint {
		p.item("  ", f.Name+": "+f.Value)
	}
}

// fewReadings is how many are shown of the operator's view without Verbose, and
// fewLines how many lines of each.
const (
	fewReadings = 3
	fewLines    = 4
)

func (p *page) operator(r *Report) {
	if len(r.Operator) == 0 {
		return
	}
	p.heading("What the operator would have read")
	shown := r.Operator
	if !p.Verbose {
		shown = shown[:min(fewReadings, len(shown))]
	}
	for i, o := range shown {
		if i > 0 {
			p.line("")
		}
		p.field("Answered", o.Answered+" ("+place(o.Scenario, o.Flow)+")")
		p.field("Client", p.shortened(said(o.Client)))
		p.field("Ideal", p.shortened(o.Ideal))
	}
	if n := len(r.Operator) - len(shown); n > 0 {
		p.line(fmt.Sprintf("  ... and %s in the HTML report or with --verbose", number(n, "more", "more")))
	}
}

func said(output string) string {
	if strings.TrimSpace(output) == "" {
		return "(nothing)"
	}
	return output
}

func (p *page) shortened(text string) string {
	lines := strings.Split(strings.TrimSpace(sheet.Printable(text)), "\n")
	if !p.Verbose && len(lines) > fewLines {
		lines = append(lines[:fewLines], fmt.Sprintf("... %d lines more", len(lines)-fewLines))
	}
	return strings.Join(lines, "\n")
}
