package config

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/document"
	"github.com/sfconform/sfconform/fixtures/spell"
	"github.com/sfconform/sfconform/suites/client/report"
)

// Error is a file that cannot be used, with everything that is wrong with it.
type Error struct {
	// Path is the file's.
	Path     string
	Problems document.Problems
}

// Error is a line for each problem: path, line, field and what to write.
func (e *Error) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		place := e.Path
		if p.Line > 0 {
			place = fmt.Sprintf("%s:%d", place, p.Line)
		}
		if p.Field != "" {
			place += ": " + p.Field
		}
		lines[i] = place + ": " + p.Message
	}
	return strings.Join(lines, "\n")
}

// Read reads a file of the path. A waiver whose last day is before now is refused, as
// is one without a reason. An error is an *Error.
func Read(path string, data []byte, now time.Time) (File, error) {
	var f File
	if err := document.Decode(data, &f); err != nil {
		var problems document.Problems
		if !errors.As(err, &problems) {
			problems = document.Problems{{Message: err.Error()}}
		}
		return File{}, &Error{path, problems}
	}
	problems := f.check(now)
	if len(problems) == 0 {
		return f, nil
	}
	line := document.Lines(data)
	for i := range problems {
		problems[i].Line = line(problems[i].Field)
	}
	slices.SortStableFunc(problems, func(a, b document.Problem) int { return a.Line - b.Line })
	return File{}, &Error{path, problems}
}

// check says what is wrong beyond the form.
func (f File) check(now time.Time) document.Problems {
	var ps document.Problems
	say := func(field, format string, args ...any) {
		ps = append(ps, document.Problem{Field: field, Message: fmt.Sprintf(format, args...)})
	}
	if len(f.Client.Command) > 0 && !f.Client.Mode.Starts() {
		say("client/command", "the mode %q starts nothing: leave the command out, or write mode: command", f.Client.Mode)
	}
	for i, word := range f.Client.Command {
		if i == 0 && word == "" || strings.ContainsRune(word, 0) {
			say(fmt.Sprintf("client/command/%d", i), "%q cannot be started", word)
		}
	}
	for i, path := range f.Reports {
		if err := report.CheckFile(path); err != nil {
			say(fmt.Sprintf("reports/%d", i), "%v", err)
		}
	}
	seen := map[fixtures.RequirementID]bool{}
	for i, w := range f.Waivers {
		field := fmt.Sprintf("waivers/%d", i)
		if problem := w.problem(now); problem != "" {
			say(field, "%s", problem)
		}
		if seen[w.Requirement] {
			say(field, "%q is waived twice: keep one of the two", w.Requirement)
		}
		seen[w.Requirement] = true
	}
	return ps
}

// problem says why a waiver waives nothing; empty if it does.
func (w Waiver) problem(now time.Time) string {
	if w.Requirement == "" {
		return "a waiver names the requirement that it is for"
	}
	if _, ok := fixtures.RequirementByID(w.Requirement); !ok {
		return unknownRequirement(w.Requirement)
	}
	switch {
	case strings.TrimSpace(w.Reason) == "":
		return fmt.Sprintf("the waiver of %q has no reason: say why it may be broken for now", w.Requirement)
	case w.Until.IsZero():
		return fmt.Sprintf("the waiver of %q has no end: write until: and a day such as %s", w.Requirement, now.AddDate(0, 1, 0).Format(time.DateOnly))
	case w.Until.Over(now):
		return fmt.Sprintf("the waiver of %q ended on %s: take it out, or mend the client", w.Requirement, w.Until.Format(time.DateOnly))
	}
	return ""
}

func unknownRequirement(id fixtures.RequirementID) string {
	var known []string
	for _, r := range fixtures.Requirements() {
		known = append(known, string(r.ID))
	}
	if near := spell.Nearest(string(id), known); near != "" {
		return fmt.Sprintf("no requirement is called %q: did you mean %q?", id, near)
	}
	return fmt.Sprintf("no requirement is called %q: sfconform list --requirements lists them", id)
}

// ForReport are the waivers as the suite takes them.
func (f File) ForReport() []report.Waiver {
	var all []report.Waiver
	for _, w := range f.Waivers {
		all = append(all, report.Waiver{ID: w.Requirement, Reason: w.Reason, Owner: w.Owner, Until: w.Until.Time})
	}
	return all
}
