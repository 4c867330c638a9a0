package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/endpoint"
	"github.com/sfconform/sfconform/suites/explain"
	"github.com/sfconform/sfconform/suites/reproduce"
)

const reproduceHelp = `Start a fake org in which an error shows, and print the variables for a shell, the
one command that shows the error, and the one change after which it works. The fake
runs until Ctrl-C; its clock stands still.

ID is a case (sfconform list --cases), a step of a guide as GUIDE/STEP or
GUIDE/STEP/OMISSION (sfconform guide show NAME), or one of these incidents:

%INCIDENTS%
In place of an ID a pasted error can stand, in quotes, or with - on the standard input:
the likeliest of its causes that can be brought about is reproduced.

With --verify the fake is asked for the error, the change is made, and a real login is
tried; nothing is left running. For a case that works it is shown to work.

Exit codes:
  0  started; with --verify: it shows the error, and works after the change
  1  with --verify: it does not
  2  usage: no such id, or a text that does not decide
  3  the harness itself failed`

const reproduceExamples = `  sfconform reproduce client-credentials-no-run-as
  sfconform reproduce jtel/scopes/full-instead --verify
  sfconform reproduce flapping-app-not-found
  sfconform reproduce 'invalid_grant: no valid scopes defined' --verify
  pbpaste | sfconform reproduce - --verify`

// reproduceFlags are the flags of reproduce.
type reproduceFlags struct{ verify, json bool }

func newReproduce(w world) *cobra.Command {
	var f reproduceFlags
	cmd := &cobra.Command{
		Use: "reproduce ID|TEXT|-", Short: "Start a fake in which an error shows, and say after which change it works", Example: reproduceExamples,
		Long: strings.ReplaceAll(reproduceHelp, "%INCIDENTS%", incidentList()),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError("reproduce takes one id, or a pasted error in quotes, or - for one on the standard input (see sfconform reproduce --help)")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			plan, err := planOf(w, args[0])
			if err != nil {
				return err
			}
			if f.verify {
				return f.prove(cmd.Context(), w, plan)
			}
			return f.serve(cmd.Context(), w, plan)
		},
	}
	cmd.Flags().BoolVar(&f.verify, "verify", false, "see the error, make the change, see it work, and exit by that")
	cmd.Flags().BoolVar(&f.json, "json", false, "print one JSON object")
	return cmd
}

func incidentList() string {
	var b strings.Builder
	for _, i := range fixtures.Incidents() {
		_, _ = b.WriteString("  " + string(i.ID) + "\n")
	}
	return b.String()
}

// planOf is what the id, or the text on the standard input, stands for.
func planOf(w world, id string) (reproduce.Plan, error) {
	// No id has a blank in it: what has is a pasted text.
	if id != "-" && !strings.ContainsAny(id, " \t\n") {
		plan, err := reproduce.Find(id)
		if err != nil {
			return plan, usageError("%w", err)
		}
		return plan, nil
	}
	text, err := explainFlags{}.text(w, []string{id})
	if err != nil {
		return reproduce.Plan{}, err
	}
	answer := explain.Explain(text, explain.Context{})
	for _, finding := range answer.Causes {
		if finding.Case != "" {
			return reproduce.Find(string(finding.Case))
		}
	}
	if len(answer.Collect) > 0 {
		return reproduce.Plan{}, usageError("the text does not decide what to reproduce: ask for %s", strings.Join(answer.Collect, "; "))
	}
	return reproduce.Plan{}, usageError("nothing in the text can be reproduced by a fake org: sfconform explain says what it is")
}

// prove verifies the plan and prints the proof.
func (f reproduceFlags) prove(ctx context.Context, w world, plan reproduce.Plan) error {
	proofs, err := reproduce.Verify(ctx, reproducible(w), plan)
	if err != nil {
		return unlessInterrupted(ctx, err)
	}
	proof := proofs[0]
	if f.json {
		err = writeJSON(w.stdout, proof)
	} else {
		err = writeProof(w, proof)
	}
	if err == nil && !proof.OK() {
		err = &exitError{code: exitDeparts}
	}
	return err
}

// reproducible opens fakes that follow what real orgs were seen to do.
func reproducible(world) endpoint.Target {
	return fakeTarget(fixtures.Behaviour{Preset: fixtures.Observed}, "")
}
