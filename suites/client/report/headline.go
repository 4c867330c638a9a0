package report

import (
	"fmt"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// headline is the line on top: the standing, the counts, and what was run.
func (r *Report) headline() string {
	return fmt.Sprintf("%s: %s; %s", r.Standing, r.counted(), r.Run.line())
}

// counted is the counts in words, what matters most first.
func (r *Report) counted() string {
	var parts []string
	if r.Interrupted {
		parts = append(parts, "interrupted")
	}
	musts := r.untestedMusts()
	for _, c := range []struct {
		n         int
		one, many string
	}{
		{len(r.Errors) + r.Counts[verdict.HarnessError], "error of the harness", "errors of the harness"},
		{r.Counts[verdict.Fail], "failed", "failed"},
		{musts, "must could not be tested", "musts could not be tested"},
		{r.spentWaivers(), "waiver to take out", "waivers to take out"},
		{r.Counts[verdict.Warn], "warning", "warnings"},
		{r.Counts[verdict.Review], "review open", "reviews open"},
		{r.Counts[verdict.Waived], "waived", "waived"},
		{r.Counts[verdict.Inconclusive] - musts, "other not tested", "others not tested"},
		{r.Counts[verdict.NotJudged], "not judged by this harness", "not judged by this harness"},
	} {
		if c.n > 0 {
			parts = append(parts, number(c.n, c.one, c.many))
		}
	}
	parts = append(parts, fmt.Sprintf("%d of %d passed", r.Counts[verdict.Pass], r.applicable()))
	return strings.Join(parts, ", ")
}

func (r *Report) untestedMusts() int {
	n := 0
	for i := range r.Results {
		if r.Results[i].Verdict == verdict.Inconclusive && r.Results[i].Severity == fixtures.SeverityMust {
			n++
		}
	}
	return n
}

func (r *Report) spentWaivers() int {
	n := 0
	for i := range r.Results {
		if r.Results[i].Waiver.spent() {
			n++
		}
	}
	return n
}

// line says what was run, of what, by what and when.
func (u Run) line() string {
	parts := []string{strings.TrimSpace(u.Client + " " + u.Version)}
	var flows []string
	for _, f := range u.Flows {
		flows = append(flows, string(f))
	}
	parts = append(parts, strings.Join(flows, " and "), u.Profile)
	parts = append(parts, strings.TrimSpace("sfconform "+u.Harness), "requirement set "+u.Set, fmt.Sprintf("seed %d", u.Seed))
	if !u.Began.IsZero() {
		parts = append(parts, u.Began.UTC().Format("2006-01-02"))
	}
	said := parts[:0]
	for _, p := range parts {
		if p != "" {
			said = append(said, p)
		}
	}
	return strings.Join(said, ", ")
}

// Claim says what the verdict means and what it does not, in words that do not
// overclaim (facts: client-requirements.md section 4).
func (r *Report) Claim() string {
	conforms := "judged by"
	if r.ExitCode() == ExitConforms {
		conforms = "conforms to"
	}
	left := ""
	if n := r.Counts[verdict.NotJudged]; n > 0 {
		left = fmt.Sprintf(" (without the %s that it does not judge)", number(n, "requirement", "requirements"))
	}
	return fmt.Sprintf("%s requirement set %s of this harness against a mock%s; not certified by Salesforce", conforms, r.Run.Set, left)
}

func number(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
