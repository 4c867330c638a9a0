package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/guides"
)

func writeGuide(w world, g fixtures.Guide) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s, for %s\n\n%s\n", g.ID, g.Title, g.Product, g.Summary)
	section := ""
	for i, s := range g.Steps {
		if s.Section != section {
			section = s.Section
			fmt.Fprintf(&b, "\n%s\n", section)
		}
		fmt.Fprintf(&b, "%3d. %s: %s\n", i+1, s.ID, s.Text)
		for _, o := range s.Without {
			fmt.Fprintf(&b, "     - without it, %s/%s (%s): %s\n", s.ID, o.ID, o.How, leadsTo(o))
		}
	}
	if len(g.Contradictions) > 0 {
		fmt.Fprintln(&b, "\nWhere it contradicts another guide or the facts")
	}
	for _, c := range g.Contradictions {
		fmt.Fprintf(&b, "  %s: %s\n    against that: %s (%s)\n    so: %s\n", c.Step, c.Says, c.Against, c.Source, c.Means)
	}
	_, err := io.WriteString(w.stdout, b.String())
	return err
}

// leadsTo is what an omission is declared to lead to.
func leadsTo(o fixtures.Omission) string {
	switch {
	case o.Stops != "":
		return "stopped by " + string(o.Stops)
	case o.Sees != "":
		return string(o.Sees)
	}
	return "nothing that a token shows"
}

// writeReplay says how following a guide went.
func writeReplay(w world, r guides.Result) error {
	var b strings.Builder
	p := newPaint(w)
	verdict := p.green("connects")
	if !r.Connected {
		verdict = p.red("does not connect")
	}
	fmt.Fprintf(&b, "%s: %s: %d steps, changes in force after %s\n", r.Guide, verdict, len(r.Done), r.Waited)
	for _, c := range r.Calls {
		fmt.Fprintf(&b, "  %s\n", c)
	}
	if r.Stopped != nil {
		fmt.Fprintf(&b, "  %s\n", r.Failure())
	}
	if r.Connected {
		fmt.Fprintln(&b, "  a login and a query through package flows: ok")
	}
	writeDepartures(&b, r)
	_, err := io.WriteString(w.stdout, b.String())
	return err
}

// writeDepartures says where following the guide to its letter is not enough.
func writeDepartures(b *strings.Builder, r guides.Result) {
	g, err := fixtures.GuideByID(r.Guide)
	if err != nil {
		return
	}
	var unsaid, against []string
	for _, s := range g.Steps {
		if s.Unsaid {
			unsaid = append(unsaid, s.ID)
		}
	}
	for _, c := range g.Contradictions {
		if !slices.Contains(unsaid, c.Step) && !slices.Contains(against, c.Step) {
			against = append(against, c.Step)
		}
	}
	if len(unsaid) > 0 {
		fmt.Fprintf(b, "  steps that the guide does not name: %s\n", strings.Join(unsaid, ", "))
	}
	if len(against) > 0 {
		fmt.Fprintf(b, "  what another guide or the facts contradict (sfconform guide show %s): %s\n", g.ID, strings.Join(against, ", "))
	}
}

// writeRows prints the table of omissions; on a terminal that is too narrow for it, one
// omission below the other.
func writeRows(w world, rows []guides.Row) error {
	var table strings.Builder
	if err := writeTable(&table, rows); err != nil {
		return err
	}
	text := table.String()
	if columns := columnsOf(w.stdout); columns > 0 && longestLine(text) > columns {
		text = listed(rows)
	}
	_, err := io.WriteString(w.stdout, text)
	return err
}

func longestLine(text string) int {
	longest := 0
	for line := range strings.Lines(text) {
		longest = max(longest, len(line)-1)
	}
	return longest
}

// listed are the rows as paragraphs, which a terminal may wrap.
func listed(rows []guides.Row) string {
	var b strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&b, "%s/%s: %s\n  seen: %s\n  why:  %s\n  fix:  %s\n", r.Step, r.Omission, r.How, r.What(), r.Why, mended(r))
	}
	return b.String()
}

func writeTable(w io.Writer, rows []guides.Row) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(t, "STEP\tHOW\tWHAT THE CLIENT SEES\tAFTER WHICH FIX IT WORKS")
	for _, r := range rows {
		_, _ = fmt.Fprintf(t, "%s/%s\t%s\t%s\t%s\n", r.Step, r.Omission, r.How, r.What(), mended(r))
	}
	return t.Flush()
}

func mended(r guides.Row) string {
	switch {
	case r.Harmless():
		return "nothing to fix"
	case !r.Works:
		return "DOES NOT WORK after: " + r.Fix
	case r.Waited == 0:
		return r.Fix + ": at once"
	}
	return fmt.Sprintf("%s: %s later", r.Fix, r.Waited)
}
