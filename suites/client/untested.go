package client

import (
	"fmt"

	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// untested is what was not tested and why, beside the requirements that say so
// themselves: flows, operations and scenarios.
func (r *runner) untested(all []played) []report.Untested {
	list := append([]report.Untested(nil), r.dropped...)
	list = append(list, r.untestedOperations(all)...)
	seen := map[string]bool{}
	for _, p := range all {
		seen[p.name()] = true
		switch {
		case p.interrupted():
			list = append(list, report.Untested{What: "scenario " + p.name(), Kind: verdict.Inconclusive, Why: whyInterrupted})
		case p.unsupported && !r.notHad(p):
			list = append(list, report.Untested{
				What: "scenario " + p.name(), Kind: verdict.Inconclusive,
				Why: fmt.Sprintf("the client answered 127 to the operation %q", p.scenario.Needed()),
			})
		}
	}
	for _, p := range r.planned {
		if name := (played{part: p}).name(); !seen[name] {
			list = append(list, report.Untested{What: "scenario " + name, Kind: verdict.Inconclusive, Why: whyInterrupted})
		}
	}
	return list
}

const whyInterrupted = "the run was broken off before it was played to its end"
