package main

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sfconform/sfconform/suites/endpoint"
)

// runFlags are the flags of run, as they were given.
type runFlags struct {
	target, control string
	live            bool
	only            []string
	filter, flow    string
	behaviour       []string
	seed            int64
	report          string
	json            bool
	budget          int
}

func newRun(w world) *cobra.Command {
	var f runFlags
	cmd := &cobra.Command{
		Use:     "run",
		Short:   "Run the cases against the fake, another endpoint or a live org",
		Long:    runHelp,
		Example: runExamples,
		Args:    noArguments,
		RunE:    func(cmd *cobra.Command, _ []string) error { return f.run(cmd.Context(), w) },
	}
	set := cmd.Flags()
	set.StringVar(&f.target, "target", "", "run against the token endpoint at this `URL`, a mocksf, say")
	set.StringVar(&f.control, "control", "", "`URL` of the target's control API: lets cases change the org and move its clock")
	set.BoolVar(&f.live, "live", false, "run against the real org that the environment names")
	set.StringArrayVar(&f.only, "only", nil, "run only the case with this `ID` (may be repeated)")
	set.StringVar(&f.filter, "filter", "", "Ginkgo label `filter` over the labels above")
	set.StringVar(&f.flow, "flow", "", "run only the cases of this `flow`")
	set.StringArrayVar(&f.behaviour, "behaviour", nil, "`preset` or switch=option that the fake answers by (may be repeated)")
	set.Int64Var(&f.seed, "seed", 1, "`number` that decides the order of the cases")
	set.StringVar(&f.report, "report", "", "write report.json and junit.xml into this `directory`")
	set.BoolVar(&f.json, "json", false, "print the report as JSON")
	set.IntVar(&f.budget, "budget", defaultBudget, "most `calls` to a live org")
	return cmd
}

// defaultBudget is how many calls a live org gets.
const defaultBudget = 40

// run chooses cases and target, runs, and prints. The error carries the exit code.
func (f runFlags) run(ctx context.Context, w world) error {
	cases, err := f.cases()
	if err != nil {
		return err
	}
	target, err := f.choose(ctx, w)
	if err != nil {
		return err
	}
	p := newProgress(w)
	report, err := endpoint.Run(ctx, target, endpoint.Options{
		Cases: cases, LabelFilter: f.filter, Seed: f.seed, Budget: f.budget, Started: p.started, Progress: p.tell,
		Command: f.again(),
	})
	p.end()
	if filter := (*endpoint.FilterError)(nil); errors.As(err, &filter) {
		return &exitError{exitUsage, err}
	}
	if err != nil && !errors.Is(err, endpoint.ErrNothingRan) {
		return harnessError(err)
	}
	if err := f.print(w, report); err != nil {
		return err
	}
	return verdict(report, err)
}

// again is the command that repeats the run on the same target.
func (f runFlags) again() string {
	words := []string{"sfconform run"}
	if f.live {
		words = append(words, "--live")
	}
	if f.target != "" {
		words = append(words, "--target", f.target)
	}
	if f.control != "" {
		words = append(words, "--control", f.control)
	}
	for _, b := range f.behaviour {
		words = append(words, "--behaviour", b)
	}
	return strings.Join(words, " ")
}

// verdict is the exit code of a report that has been printed.
func verdict(r endpoint.Report, err error) error {
	switch {
	case r.Conforms():
		return nil
	case r.Counts.Fail > 0:
		return &exitError{code: exitDeparts}
	case r.Interrupted:
		return harnessError(errors.New("the run was ended before all cases had their turn"))
	case r.Counts.Error > 0:
		return &exitError{code: exitHarness}
	}
	return &exitError{exitDeparts, err}
}
