package main

import (
	"errors"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/term"

	"github.com/sfconform/sfconform/suites/client/canary"
	"github.com/sfconform/sfconform/suites/client/config"
	"github.com/sfconform/sfconform/suites/client/report"
)

// conclude writes and prints the reports that were asked for, and ends by the standing.
func (f *clientFlags) conclude(w world, p *plan, r *report.Report) error {
	if p.before != nil {
		since := report.Compare(p.before, r)
		r.Since = &since
	}
	r.Redact(ownSecrets(p.settings, environ()))
	o := report.Options{Verbose: f.verbose}
	written := report.WriteFiles(r, o, p.reports...)
	o.Colour, o.Width = coloured(w), columnsOf(w.stdout)
	if err := errors.Join(written, f.print(w, r, o)); err != nil {
		return harnessError(err)
	}
	if code := r.ExitCode(); code != exitConforms {
		return &exitError{code: code}
	}
	return nil
}

func (f *clientFlags) print(w world, r *report.Report, o report.Options) error {
	if f.json {
		return report.WriteJSON(w.stdout, r, o)
	}
	if err := report.WriteTerminal(w.stdout, r, o); err != nil {
		return err
	}
	for i := range r.Scenarios {
		if !f.showTrace {
			break
		}
		if err := report.WriteTimeline(w.stdout, &r.Scenarios[i], o); err != nil {
			return err
		}
	}
	return nil
}

// coloured says whether the terminal is one that knows colours (no-color.org).
func coloured(w world) bool {
	return isTerminal(w.stdout) && w.env("NO_COLOR") == "" && w.env("TERM") != "dumb"
}

// columnsOf is the width of the terminal; 0 if it is none.
func columnsOf(of io.Writer) int {
	if f, ok := of.(*os.File); ok {
		if n, _, err := term.GetSize(int(f.Fd())); err == nil {
			return n
		}
	}
	return 0
}

// secretName is how variables that hold secrets are called.
var secretName = regexp.MustCompile(`(?i)secret|token|passw|key|credential|auth|pwd`)

// ownSecrets are the values of the caller's that a client is given by --pass and --env
// and that look like secrets: it may print them, and no report may repeat them.
func ownSecrets(s config.File, environ []string) *canary.Set {
	set := &canary.Set{}
	for _, one := range environ {
		name, value, _ := strings.Cut(one, "=")
		if slices.ContainsFunc(s.Pass, func(pattern string) bool { return passes(pattern, name) }) && looksSecret(name, value) {
			set.Add(name, value)
		}
	}
	for name, value := range s.Env {
		if !strings.Contains(value, "${") && looksSecret(name, value) {
			set.Add(name, value)
		}
	}
	return set
}

func passes(pattern, name string) bool {
	if prefix, all := strings.CutSuffix(pattern, "*"); all {
		return strings.HasPrefix(name, prefix)
	}
	return pattern == name
}

// looksSecret says so by the name, or by a length that no word has.
func looksSecret(name, value string) bool {
	const longest = 24
	return secretName.MatchString(name) || len(value) > longest && !strings.ContainsAny(value, " /")
}
