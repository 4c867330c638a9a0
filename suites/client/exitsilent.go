package client

import (
	"slices"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// exitCode is the requirement whose breach makes exit codes say nothing.
const exitCode fixtures.RequirementID = "err-exit-or-health"

// markExitSilent notes in all evidence that the client ends with exit code 0 also where
// its login was refused for good, if it never did otherwise: that is one mistake, and
// not one of every requirement that looks at exit codes.
func markExitSilent(all []played) {
	var kept, broken bool
	for i := range all {
		p := &all[i]
		if !p.whole() {
			continue
		}
		for _, j := range judgesOf(exitCode) {
			if !j.LooksAt(p.scenario.Name) {
				continue
			}
			seen, err := observe(j, p)
			kept = kept || err == nil && seen.Outcome == verdict.Kept
			broken = broken || err == nil && seen.Outcome == verdict.Broken
		}
	}
	if kept || !broken {
		return
	}
	for _, p := range slices.DeleteFunc(slices.Clone(all), func(p played) bool { return p.evidence == nil }) {
		p.evidence.ExitSilent = true
	}
}
