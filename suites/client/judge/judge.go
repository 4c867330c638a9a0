// Package judge looks at the evidence of scenarios and says for each requirement of
// a client what it shows. A judge sees nothing but the evidence of one scenario, and
// does nothing.
package judge

import (
	"slices"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// Judge says what evidence shows of one requirement.
type Judge struct {
	ID fixtures.RequirementID
	// In are the names of the scenarios that it looks at; empty means every one.
	In []string
	// Look is what the evidence shows. An outcome of Absent says that it holds nothing
	// that the requirement is about.
	Look func(*evidence.Evidence) verdict.Observation
	// Output says that it needs the client's output or files; Process that it needs a
	// client that is started afresh for each run.
	Output, Process bool
	// Calls is how many API calls a start must make for it to show; 0 means none. Nothing
	// is seen of a client that makes fewer by what it does or declares, and that is no
	// mistake of its own.
	Calls int
}

// LooksAt says whether it looks at a scenario.
func (j Judge) LooksAt(scenario string) bool {
	return len(j.In) == 0 || slices.Contains(j.In, scenario)
}

// tables are the judges by group of requirements.
var tables = []func() []Judge{
	requests,
	authentication,
	assertions,
	responses,
	caching,
	hosts,
	secrets,
	transport,
	sessions,
	failures,
	rotation,
	orgs,
	apiUse,
	shutdown,
	keys,
}

// All are the judges, in the order of the requirements.
func All() []Judge {
	var all []Judge
	for _, t := range tables {
		all = append(all, t()...)
	}
	return all
}

// For are the judges of a requirement; more than one where several scenarios show it
// in different ways.
func For(id fixtures.RequirementID) []Judge {
	return slices.DeleteFunc(All(), func(j Judge) bool { return j.ID != id })
}

// shown is how many exchanges a finding shows.
const shown = 3

// kept is an observation that all was right.
func kept(seen string) verdict.Observation {
	return verdict.Observation{Outcome: verdict.Kept, Seen: seen}
}

// absent is an observation that there was nothing to look at.
func absent(why string) verdict.Observation {
	return verdict.Observation{Outcome: verdict.Absent, Seen: why}
}

// unused is an observation that the client does without what the requirement is about.
func unused(why string) verdict.Observation {
	return verdict.Observation{Outcome: verdict.Unused, Seen: why}
}

// broken is an observation of exchanges that must not be.
func broken(seen string, of ...evidence.Exchange) verdict.Observation {
	return verdict.Observation{
		Outcome: verdict.Broken, Seen: seen, Count: len(of), Exchanges: evidence.Numbers(of, shown),
	}
}

// tolerated is an observation of exchanges that Salesforce takes and no norm allows.
func tolerated(seen string, of ...evidence.Exchange) verdict.Observation {
	o := broken(seen, of...)
	o.Outcome = verdict.Tolerated
	return o
}

// these are the exchanges that fit.
func these(of []evidence.Exchange, fits func(evidence.Exchange) bool) []evidence.Exchange {
	var found []evidence.Exchange
	for _, x := range of {
		if fits(x) {
			found = append(found, x)
		}
	}
	return found
}
