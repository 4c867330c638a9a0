package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/endpoint"
)

// printed is the report as JSON; a live run adds the table of differences.
type printed struct {
	endpoint.Report
	Comparison []endpoint.Row `json:"comparison,omitempty"`
}

func (f runFlags) print(w world, r endpoint.Report) error {
	out := printed{Report: r}
	if f.live {
		out.Comparison = r.Comparison()
	}
	if f.report != "" {
		if err := writeReports(f.report, out); err != nil {
			return harnessError(err)
		}
	}
	if f.json {
		return writeJSON(w.stdout, out)
	}
	text := &strings.Builder{}
	paint := newPaint(w)
	summary(text, paint, r)
	if f.live {
		_, _ = fmt.Fprintln(text, "\nexpected (fake) / seen (live)")
		if err := endpoint.WriteComparison(text, out.Comparison); err != nil {
			return harnessError(err)
		}
	}
	failures(text, paint, r)
	skipped(text, r)
	_, err := io.WriteString(w.stdout, text.String())
	return err
}

// writeJSON writes one indented JSON value.
func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// summary is the one line that says how it went.
func summary(w io.Writer, p paint, r endpoint.Report) {
	c := r.Counts
	verdict := p.green("conforms")
	switch {
	case r.Interrupted:
		verdict = p.red("interrupted")
	case c.Pass+c.Fail+c.Error == 0:
		verdict = p.red("nothing was run")
	case !r.Conforms():
		verdict = p.red("does not conform")
	}
	parts := []string{fmt.Sprintf("%d of %d checks passed", c.Pass, c.Total-c.Skip)}
	for _, more := range []struct {
		n    int
		what string
	}{{c.Fail, "failed"}, {c.Error, "ended in an error of the harness"}, {c.Skip, "skipped"}} {
		if more.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", more.n, more.what))
		}
	}
	_, _ = fmt.Fprintf(w, "%s: %s (%.1f s, seed %d)\n", verdict, strings.Join(parts, ", "), r.Seconds, r.Seed)
}

func failures(w io.Writer, p paint, r endpoint.Report) {
	for _, result := range r.Results {
		switch result.Verdict {
		case endpoint.Pass, endpoint.Skip:
		case endpoint.Fail:
			_, _ = fmt.Fprintf(w, "\n%s %s [%s]\n%s\n", p.red("FAIL"), result.Case, result.Door, result.Message)
		case endpoint.Error:
			_, _ = fmt.Fprintf(w, "\n%s %s [%s]\n%s\n", p.red("ERROR"), result.Case, result.Door, explained(result))
		}
	}
}

// explained is the message of an error, with its reason if that is not in it already.
func explained(r endpoint.Result) string {
	if r.Message == "" || strings.Contains(r.Message, r.Reason) {
		return cmp.Or(r.Message, r.Reason)
	}
	return r.Reason + "\n" + r.Message
}

// skipped names the cases under each reason, or a few of many.
func skipped(w io.Writer, r endpoint.Report) {
	byReason := map[string][]fixtures.CaseID{}
	for _, result := range r.Results {
		if result.Verdict == endpoint.Skip && !slices.Contains(byReason[result.Reason], result.Case) {
			byReason[result.Reason] = append(byReason[result.Reason], result.Case)
		}
	}
	cut := false
	for _, reason := range slices.Sorted(maps.Keys(byReason)) {
		cases := byReason[reason]
		number := ""
		if len(cases) > mostNamed {
			cut, number = true, fmt.Sprintf(" (%d cases)", len(cases))
		}
		_, _ = fmt.Fprintf(w, "\nskipped: %s%s\n  %s\n", reason, number, few(cases))
	}
	if cut {
		_, _ = fmt.Fprintln(w, "\nEvery case and its reason stands in the report of --json or --report.")
	}
}

// paint colors words on a terminal.
type paint bool

// newPaint obeys https://no-color.org.
func newPaint(w world) paint {
	return paint(isTerminal(w.stdout) && w.env("NO_COLOR") == "" && w.env("TERM") != "dumb")
}

func (p paint) red(s string) string   { return p.color(s, 31) }
func (p paint) green(s string) string { return p.color(s, 32) }

func (p paint) color(s string, code int) string {
	if !p {
		return s
	}
	return fmt.Sprintf("\033[%dm%s\033[0m", code, s)
}
