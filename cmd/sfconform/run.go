package main

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/sfconform/sfconform/suites/endpoint"
)

const runHelp = `Run the cases of the catalogue, each over plain HTTP and, where package flows can
express it, through package flows too. Without --target or --live the fake org of
this program answers, a fresh one for every case.

The summary comes first, then every failure with what was sent, expected and seen,
then what was skipped and why. Nothing run is a failure.

With --live a real org is asked. Only cases run that need no change of the org and
cannot lock a user out, within --budget calls, and every difference between what
the fake answers and what the org answered is a row of a table. The org is named by
  SFCONFORM_LIVE_LOGIN_URL         its My Domain, https://acme.my.salesforce.com
  SFCONFORM_LIVE_CLIENT_ID         Consumer Key
  SFCONFORM_LIVE_CLIENT_SECRET     Consumer Secret (client credentials cases)
  SFCONFORM_LIVE_USERNAME          user of the assertion (JWT bearer cases)
  SFCONFORM_LIVE_PRIVATE_KEY_FILE  PEM file of the key (JWT bearer cases)
  SFCONFORM_LIVE_AUDIENCE          aud, if it is not the login URL
and where one is not set, by the variable that has SF_ in place of SFCONFORM_LIVE_.
With --live --target, something on this machine stands in for the org under its name.

Exit codes: 0 conforms, 1 does not, 2 usage or configuration, 3 the harness failed.`

const runExamples = `  sfconform run
  sfconform run --only client-credentials-wrong-secret --only jwt-bearer-private-key-sent
  sfconform run --flow jwt-bearer --filter 'kind: containsAny refusal'
  sfconform run --behaviour documented          which cases another reading changes
  sfconform run --report build/conformance      report.json and junit.xml
  mocksf --control-addr 127.0.0.1:9000 --addr 127.0.0.1:8080 &
  sfconform run --target http://127.0.0.1:8080 --control http://127.0.0.1:9000
  sfconform run --live --budget 20`

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
	set.StringVar(&f.filter, "filter", "", "Ginkgo label `filter` over case:, flow:, kind:, refusal: and door:")
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
