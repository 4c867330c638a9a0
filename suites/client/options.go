// Package client judges somebody's client: it plays an org in situation after
// situation, has the client work there, and says by what it saw which requirements
// the client keeps (client-requirements.md).
//
// Run is the door for a program, Test for a Go test. Neither ends the process. A test of
// a client that is a function needs nothing else:
//
//	func TestSync(t *testing.T) {
//		client.Test(t, func(ctx context.Context, env drive.Env) error {
//			transport, err := env.Transport() // trusts the authority of the fake org
//			if err != nil {
//				return err
//			}
//			secret, err := env.ClientSecret()
//			if err != nil {
//				return err
//			}
//			return sync(ctx, &http.Client{Transport: transport}, env.LoginURL(), env.ClientID(), secret)
//		}, client.Flows(fixtures.ClientCredentials))
//	}
//
// The error is what an operator is told: a client that returns none where a login was
// refused is judged to have swallowed it. "go test -run TestSync/session-no-loop" shows
// one requirement, Only plays what it needs and no more.
package client

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/spell"
	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/stage"
)

// Options say which client is judged, and how. Driver is needed.
type Options struct {
	Driver drive.Driver
	// Name, Version and Command are the client's, for the report.
	Name, Version string
	Command       []string
	// Mode names the driving mode for the report: "command".
	Mode string
	// Flows are those that the client has; empty has the harness find out.
	Flows []fixtures.Flow
	// Operations are those that the client declares to have; empty means that it
	// declares nothing, so that one it lacks leaves requirements open.
	Operations []string
	// Only restricts the run to requirements, Scenarios to scenarios; empty means all.
	Only      []fixtures.RequirementID
	Scenarios []string
	// Via is how the client reaches the org; empty means by addresses of this machine.
	Via stage.Via
	// Insecure serves http: for clients that cannot be given an authority.
	Insecure bool
	// AppKind and OrgKind are the profile; empty means an External Client App in a
	// production org.
	AppKind fixtures.AppKind
	OrgKind fixtures.OrgKind
	// TimeFactor scales every limit; 0 means 1.
	TimeFactor float64
	// GiveUp is within what time the client is to give up on a server that does not
	// answer; 0 means two minutes.
	GiveUp time.Duration
	// Parallel is how many scenarios are played at once where time does not matter; 0
	// means one a processor, and two at least.
	Parallel int
	// Seed repeats a run; 0 is a seed like any other.
	Seed uint64
	// Waivers are the baseline: each needs a reason and its last day.
	Waivers []report.Waiver
	// Strict has a warning fail the run, Final an open review.
	Strict, Final bool
	// Dir is where files for the client are put; empty means the system's own.
	Dir string
	// Progress is told what is going on; it may be nil.
	Progress func(Progress)
	// Rerun gives the command by which a part of the run is repeated (CommandLine); nil
	// means that of sfconform client, if there is a Command.
	Rerun func(Selection) string
	// Ask puts questions to a person; nil means by the driver, if it can.
	Ask func(ctx context.Context, questions []string) ([]drive.Review, error)
	// Harness is the version of sfconform.
	Harness string
	// Now is the real time; nil means time.Now.
	Now func() time.Time
}

// Progress is a step of a run.
type Progress struct {
	// Done of Total scenarios have been played; Scenario and Flow are the one that
	// begins, or that has ended if Ended is set.
	Done, Total int
	Scenario    string
	Flow        fixtures.Flow
	Ended       bool
}

const (
	defaultGiveUp = 2 * time.Minute
	defaultLimit  = 30 * time.Second
)

func (o Options) withDefaults() (Options, error) {
	if o.Driver == nil {
		return o, errors.New("client: Options.Driver is missing: say how the client is started")
	}
	if o.TimeFactor < 0 {
		return o, fmt.Errorf("client: a time factor of %g is below zero", o.TimeFactor)
	}
	if o.TimeFactor == 0 {
		o.TimeFactor = 1
	}
	if o.GiveUp == 0 {
		o.GiveUp = defaultGiveUp
	}
	if o.Parallel == 0 {
		o.Parallel = max(2, runtime.NumCPU())
	}
	if o.Rerun == nil && len(o.Command) > 0 {
		o.Rerun = CommandLine("sfconform", "client")
	}
	if o.Progress == nil {
		o.Progress = func(Progress) {}
	}
	if o.Now == nil {
		o.Now = time.Now //nolint:forbidigo // the one default of the seam
	}
	return o, o.check()
}

// check refuses names that nothing has, with the nearest one that something has.
func (o Options) check() error {
	for _, id := range o.Only {
		if _, ok := fixtures.RequirementByID(id); !ok {
			return unknown("requirement", string(id), requirementNames())
		}
	}
	for _, name := range o.Scenarios {
		if _, ok := scenario.ByName(name); !ok {
			return unknown("scenario", name, scenarioNames())
		}
	}
	for _, w := range o.Waivers {
		if _, ok := fixtures.RequirementByID(w.ID); !ok {
			return unknown("requirement (in a waiver)", string(w.ID), requirementNames())
		}
		if w.Reason == "" || w.Until.IsZero() {
			return fmt.Errorf("client: the waiver of %q needs a reason and the day on which it ends (reason, until)", w.ID)
		}
	}
	return nil
}

func unknown(what, name string, known []string) error {
	if near := spell.Nearest(name, known); near != "" {
		return fmt.Errorf("client: no %s is called %q: did you mean %q?", what, name, near)
	}
	return fmt.Errorf("client: no %s is called %q: see sfconform list --requirements and --scenarios", what, name)
}

func requirementNames() []string {
	var names []string
	for _, r := range fixtures.Requirements() {
		names = append(names, string(r.ID))
	}
	return names
}

func scenarioNames() []string {
	var names []string
	for _, s := range scenario.All() {
		names = append(names, s.Name)
	}
	return names
}
