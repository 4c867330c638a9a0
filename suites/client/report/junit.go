package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/sfconform/sfconform/suites/client/verdict"
	"github.com/sfconform/sfconform/suites/report/junit"
)

// WriteJUnit writes the report as JUnit XML: a test suite for each group of
// requirements, a test case for each requirement, and one for the harness itself if
// it failed.
func WriteJUnit(w io.Writer, r *Report, o Options) error {
	var suites []junit.Suite
	at := map[string]int{}
	for i := range r.Results {
		result := &r.Results[i]
		n, known := at[result.Group]
		if !known {
			n = len(suites)
			at[result.Group] = n
			suites = append(suites, junit.Suite{Name: "client: " + result.Group, Began: r.Run.Began, Properties: r.Run.properties()})
		}
		suites[n].Cases = append(suites[n].Cases, r.junitCase(result, o))
	}
	if harness := r.harnessCases(); len(harness) > 0 {
		suites = append(suites, junit.Suite{Name: "client: harness", Began: r.Run.Began, Properties: r.Run.properties(), Cases: harness})
	}
	return junit.Write(w, suites...)
}

func (u Run) properties() []junit.Property {
	return []junit.Property{
		{Name: "client", Value: strings.TrimSpace(u.Client + " " + u.Version)},
		{Name: "profile", Value: u.Profile},
		{Name: "requirementSet", Value: u.Set},
		{Name: "sfconform", Value: u.Harness},
		{Name: "seed", Value: fmt.Sprint(u.Seed)},
	}
}

// harnessCases make a run fail that has a fault of its own or was not finished.
func (r *Report) harnessCases() []junit.Case {
	var cases []junit.Case
	for i, e := range r.Errors {
		cases = append(cases, junit.Case{Name: fmt.Sprintf("error %d", i+1), Class: "client.harness", Error: &junit.Note{Message: e}})
	}
	if r.Interrupted {
		cases = append(cases, junit.Case{
			Name: "the run is finished", Class: "client.harness",
			Error: &junit.Note{Message: "the run was interrupted: what is here is what was done"},
		})
	}
	return cases
}

// junitCase tells in the failure itself what is to be read, since not every reader shows
// the output beside it.
func (r *Report) junitCase(result *Result, o Options) junit.Case {
	c := junit.Case{Name: string(result.ID), Class: "client." + string(result.Severity)}
	note, told := &junit.Note{Message: oneLine(result.gist())}, result.told(o)
	switch {
	case result.Verdict == verdict.HarnessError:
		c.Error, note.Text = note, told
	case r.blocks(result):
		c.Failure, note.Text = note, told
	case result.Verdict == verdict.Pass, result.Verdict == verdict.Info, result.Verdict == verdict.Warn:
		c.Output = told
	default:
		note.Message = string(result.Verdict) + ": " + note.Message
		c.Skipped, c.Output = note, told
	}
	return c
}

// gist is the verdict's ground in a sentence.
func (r *Result) gist() string {
	if r.Waiver != nil && r.Waiver.Stale {
		return "the waiver is stale: " + r.Waiver.String()
	}
	if u, is := r.untested(); is {
		return u.Why
	}
	return plainly(r)
}

// told is a finding as the terminal shows it; nothing of what simply passed.
func (r *Result) told(o Options) string {
	if r.Verdict == verdict.Pass && !r.SecondTry {
		return ""
	}
	p := newPage(Options{Width: o.Width, Verbose: o.Verbose})
	p.finding(r)
	return strings.TrimSpace(p.out.String())
}
