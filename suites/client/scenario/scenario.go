// Package scenario holds the scenarios in which clients are watched: what world each
// is set in, what happens there, and how the client is started. It judges nothing.
package scenario

import (
	"slices"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/stage"
)

// Scenario is one situation that a client is put into.
type Scenario struct {
	// Name in kebab-case; permanent.
	Name string
	// Title says what happens, in a sentence.
	Title string
	// Flows are those under which it is played; empty means both.
	Flows []fixtures.Flow
	// Operation is what the client is asked for; empty means Query.
	Operation string
	// Want is how the client should end.
	Want Want
	// Alone says that time matters, so that nothing else runs beside it.
	Alone bool
	// Via is how the client reaches the org where the scenario needs one way; empty
	// leaves it to the run.
	Via stage.Via
	// World departs from the set-up that works.
	World func(*stage.Options)
	// Play arms what is to happen, before the client starts.
	Play func(*stage.Stage)
	// Starts are the starts of the client, one after the other; nil means one.
	Starts []Start
	// Limit is how long one start may take at a time factor of 1; 0 means 30 s.
	Limit time.Duration
	// Watch is how long a client that runs on is watched in a start, at a time factor of
	// 1; 0 leaves it to the run.
	Watch time.Duration
	// GiveUp says that the client is expected to end by its own time-outs, so that the
	// limit is the give-up time of the run.
	GiveUp bool
	// Advice is the refusal whose ideal text an operator should have read; empty if
	// there is none.
	Advice fixtures.RefusalID
}

// The operations of the contract (client-requirements.md section 3.1).
const (
	Login     = "login"
	Query     = "query"
	Write     = "write"
	Burst     = "burst:20"
	Twice     = "twice-with-pause"
	TwoOrgs   = "two-orgs"
	UntilKill = "run-until-killed"
)

// Operations lists them.
func Operations() []string { return []string{Login, Query, Write, Burst, Twice, TwoOrgs, UntilKill} }

// Want is how a client should end.
type Want string

// The ends that scenarios want.
const (
	Succeed Want = "succeed"
	Fail    Want = "fail"
	Either  Want = "either"
)

// Start is one start of the client.
type Start struct {
	// Operation differs from the scenario's; empty means that it does not.
	Operation string
	// Set and Unset alter the settings and the environment; ${NAME} in a value is the
	// setting of that name.
	Set   map[string]string
	Unset []string
	// Before is done to the world before this start.
	Before func(*stage.Stage)
	// SameHome keeps HOME and the working directory of the start before.
	SameHome bool
}

// Plays says whether the scenario is played under the flow.
func (s Scenario) Plays(f fixtures.Flow) bool {
	return len(s.Flows) == 0 || slices.Contains(s.Flows, f)
}

// Needed is what the client is asked for.
func (s Scenario) Needed() string {
	if s.Operation == "" {
		return Query
	}
	return s.Operation
}

// tables are the scenarios by what they are about.
var tables = []func() []Scenario{
	working,
	settings,
	assertions,
	responses,
	caching,
	hosts,
	transport,
	sessions,
	refusals,
	passing,
	unusualAnswers,
	network,
	rotation,
	orgs,
	calls,
	shutdown,
	keys,
}

// All are the scenarios, in the order in which they are played.
func All() []Scenario {
	var all []Scenario
	for _, t := range tables {
		all = append(all, t()...)
	}
	return all
}

// ByName is the scenario of a name.
func ByName(name string) (Scenario, bool) {
	for _, s := range All() {
		if s.Name == name {
			return s, true
		}
	}
	return Scenario{}, false
}
