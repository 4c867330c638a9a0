package main

import (
	"github.com/spf13/cobra"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/request"
	"github.com/sfconform/sfconform/fixtures/spell"
	"github.com/sfconform/sfconform/suites/client/scenario"
)

const showHelp = `Show everything about a case, a refusal, a behaviour switch, a client requirement, a
scenario, a cause, a lint rule or a deploy error: of a case what is asked, what must be
answered, its curl line and how to play it; of a refusal the exact answer, its cause
and what to change in Setup; of a requirement how a client is judged by it, what its
breach costs and how to mend it; of a scenario what the client meets there and which
requirements that shows; of a lint rule why it fails and the errors that it leads to;
of a deploy error its text, what leads to it and which lint rules foresee it.`

const showExamples = `  sfconform show client-secret-wrong
  sfconform show client-credentials-wrong-secret --json
  sfconform show session-no-loop
  sfconform show session-stays-refused         a scenario, and the requirements that it feeds
  sfconform show ECA02
  sfconform show execution-user-invalid`

// shown is what an id names. An id may name several things, such as a case and a refusal.
type shown struct {
	Case    *fixtures.Case    `json:"case,omitempty"`
	Curl    string            `json:"curl,omitempty"`
	Play    string            `json:"play,omitempty"`
	Run     string            `json:"run,omitempty"`
	Refusal *fixtures.Refusal `json:"refusal,omitempty"`
	// Advice is what a client should say when it meets the refusal.
	Advice *fixtures.Advice `json:"advice,omitempty"`
	Switch *fixtures.Switch `json:"switch,omitempty"`
	// Cases are the cases that show the refusal.
	Cases []fixtures.CaseID `json:"cases,omitempty"`
	// Readings are the cases that hold under one option of the switch only, by its name.
	Readings    map[string][]fixtures.CaseID `json:"readings,omitempty"`
	Requirement *fixtures.Requirement        `json:"requirement,omitempty"`
	// References are the places that the requirement's norm and evidence name.
	References []fixtures.Reference `json:"references,omitempty"`
	// Scenarios are what a client meets in one, and what that shows; one for each flow
	// where that differs.
	Scenarios []playedScenario `json:"scenarios,omitempty"`
	Cause     *fixtures.Cause  `json:"cause,omitempty"`
	// Refusals are the refusals that point to the cause, those that name it first before the others.
	Refusals []fixtures.RefusalID `json:"refusals,omitempty"`
	shownMetadata
}

func newShow(w world) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "show ID", Short: "Show a case, a refusal, a switch, a client requirement, a scenario, a cause, a lint rule or a deploy error", Long: showHelp, Example: showExamples,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError("show takes one id, not %d (sfconform list lists them)", len(args))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			s, err := find(args[0], w)
			if err != nil {
				return err
			}
			if asJSON {
				return writeJSON(w.stdout, s)
			}
			return s.write(w.stdout)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	return cmd
}

func find(id string, w world) (shown, error) {
	var s shown
	if err := s.addCase(id, w); err != nil {
		return s, err
	}
	s.addRefusal(id)
	if sw, err := fixtures.SwitchByID(fixtures.SwitchID(id)); err == nil {
		s.Switch, s.Readings = &sw, readingsOf(sw.ID)
	}
	if r, ok := fixtures.RequirementByID(fixtures.RequirementID(id)); ok {
		s.Requirement, s.References = r, r.References()
	}
	s.addScenario(id)
	s.addCause(id)
	s.addMetadata(id)
	if s.nothing() {
		return s, unknownID(id)
	}
	return s, nil
}

func (s *shown) addCase(id string, w world) error {
	c, err := fixtures.CaseByID(fixtures.CaseID(id))
	if err != nil {
		return nil // the id may name something else
	}
	curl, err := curlOf(c, w)
	if err != nil {
		return harnessError(err)
	}
	s.Case, s.Curl = &c, curl
	s.Play, s.Run = "mocksf --case "+id, "sfconform run --only "+id
	return nil
}

func (s *shown) addRefusal(id string) {
	r, err := fixtures.RefusalByID(fixtures.RefusalID(id))
	if err != nil {
		return
	}
	s.Refusal, s.Cases = &r, casesOf(r.ID)
	if a, ok := fixtures.AdviceFor(r.ID); ok {
		s.Advice = &a
	}
}

func (s *shown) addCause(id string) {
	c, err := fixtures.CauseByID(id)
	if err != nil {
		return
	}
	s.Cause = &c
	for _, r := range fixtures.RefusalsOf(id) {
		s.Refusals = append(s.Refusals, r.ID)
	}
}

func (s shown) nothing() bool {
	return s.Case == nil && s.Refusal == nil && s.Switch == nil && s.Requirement == nil && len(s.Scenarios) == 0 && s.Cause == nil &&
		s.LintRule == nil && s.DeployError == nil
}

// curlOf is the case's token request as a line for sh, with the set-up's test credentials.
func curlOf(c fixtures.Case, w world) (string, error) {
	setup, err := fixtures.SetupByID(c.Setup)
	if err != nil {
		return "", err
	}
	creds, err := builtInCredentials(setup)
	if err != nil {
		return "", err
	}
	wire, err := request.Build(c.Flow, creds, c.Request, w.now(), nil)
	return wire.Curl(), err
}

func unknownID(id string) error {
	if near := spell.Nearest(id, knownIDs()); near != "" {
		return usageError("nothing is called %q: did you mean %q?", id, near)
	}
	return usageError("nothing is called %q: sfconform list lists all ids", id)
}

// knownIDs are the ids of all that show can show.
func knownIDs() []string {
	var known []string
	for _, c := range fixtures.Cases() {
		known = append(known, string(c.ID))
	}
	for _, r := range fixtures.Refusals {
		known = append(known, string(r.ID))
	}
	for _, s := range fixtures.Switches {
		known = append(known, string(s.ID))
	}
	for _, r := range fixtures.Requirements() {
		known = append(known, string(r.ID))
	}
	for _, s := range scenario.All() {
		known = append(known, s.Name)
	}
	for _, c := range fixtures.Causes() {
		known = append(known, c.ID)
	}
	for _, r := range fixtures.LintRules {
		known = append(known, string(r.ID))
	}
	for _, e := range fixtures.AllDeployErrors() {
		known = append(known, string(e.ID))
	}
	return known
}
