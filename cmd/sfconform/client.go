package main

import (
	"context"
	"errors"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/sfconform/sfconform/suites/client"
	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/report"
)

// clientFlags are the flags of client, as they were given.
type clientFlags struct {
	flow, via, app, org      string
	only, scenarios          []string
	operations, env, pass    []string
	name, version, dir       string
	factor                   float64
	giveUp                   time.Duration
	parallel                 int
	seed                     uint64
	reports                  []string
	insecure, strict, final  bool
	json, verbose, showTrace bool
}

func newClient(w world) *cobra.Command {
	var f clientFlags
	cmd := &cobra.Command{
		Use:     "client [flags] -- COMMAND [ARG...]",
		Short:   "Judge a client, in any language, before go-live",
		Long:    clientHelp,
		Example: clientExamples,
		Args:    f.needCommand,
		RunE:    func(cmd *cobra.Command, args []string) error { return f.run(cmd.Context(), w, args) },
	}
	f.register(cmd)
	return cmd
}

func (f *clientFlags) register(cmd *cobra.Command) {
	set := cmd.Flags()
	set.StringVar(&f.flow, "flow", "", "the client's `flow`: client-credentials, jwt-bearer or both; found out if not given")
	set.StringArrayVar(&f.only, "only", nil, "judge only the requirement with this `ID` (may be repeated)")
	set.StringArrayVar(&f.scenarios, "scenario", nil, "play only the scenario of this `NAME` (may be repeated)")
	set.StringArrayVar(&f.operations, "operation", nil, "an `operation` that the client has (may be repeated); those not named are not asked for")
	set.StringArrayVar(&f.env, "env", nil, "a variable of the client's own: `NAME=TEMPLATE`, as in TOKEN_URL='${SF_LOGIN_URL}/services/oauth2/token' (may be repeated)")
	set.StringArrayVar(&f.pass, "pass", nil, "pass the caller's variable `NAME` on to the client (may be repeated)")
	set.StringVar(&f.dir, "dir", "", "the `folder` that the client works in, in place of an empty one")
	set.StringVar(&f.via, "via", "direct", "how the client reaches the fake: direct, or proxy for one with Salesforce's host names built in")
	set.BoolVar(&f.insecure, "http", false, "serve http, for a client that cannot be given an authority; TLS is not judged then")
	set.StringVar(&f.app, "app", "", "the `kind` of app: external-client-app or connected-app")
	set.StringVar(&f.org, "org", "", "the `kind` of org: production, sandbox, developer or scratch")
	set.Float64Var(&f.factor, "time-factor", 1, "`factor` on every time limit, for slow clients and machines")
	set.DurationVar(&f.giveUp, "give-up", 0, "`time` within which the client gives up on a server that does not answer (default 2m)")
	set.IntVar(&f.parallel, "parallel", 0, "how many scenarios are played at once (default: one a processor)")
	set.Uint64Var(&f.seed, "seed", 1, "`number` that repeats a run")
	set.StringArrayVar(&f.reports, "report", nil, "write a report into this `FILE`: .json, .xml, .md, .sarif, .html or .txt (may be repeated)")
	set.StringVar(&f.name, "name", "", "the client's `name` in reports")
	set.StringVar(&f.version, "client-version", "", "the client's `version` in reports")
	set.BoolVar(&f.strict, "strict", false, "a warning fails the run")
	set.BoolVar(&f.final, "final", false, "an open review fails the run")
	set.BoolVar(&f.json, "json", false, "print the report as JSON")
	set.BoolVar(&f.verbose, "verbose", false, "show what passed, too")
	set.BoolVar(&f.showTrace, "trace", false, "show the time line of each scenario")
}

// needCommand refuses a call without a client.
func (f *clientFlags) needCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return usageError("say how the client is started, after two dashes: sfconform client -- ./my-client --sync (see %s --help)", cmd.CommandPath())
	}
	return nil
}

// run starts the client through all scenarios, prints, and ends by the standing.
func (f *clientFlags) run(ctx context.Context, w world, args []string) error {
	o, err := f.options(w, args)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	command := o.Driver.(*drive.Command)
	if _, err := command.Probe(ctx); err != nil {
		return &exitError{exitUsage, err}
	}
	p := newProgress(w)
	o.Progress = func(s client.Progress) { p.tellScenario(s) }
	r, err := client.Run(ctx, o)
	p.end()
	if err != nil {
		return clientError(err)
	}
	return f.print(w, r)
}

func clientError(err error) error {
	var command *drive.CommandError
	if errors.Is(err, client.ErrNoRequest) || errors.As(err, &command) {
		return &exitError{exitUsage, err}
	}
	return harnessError(err)
}

// print writes the reports that were asked for, and ends by the standing.
func (f *clientFlags) print(w world, r *report.Report) error {
	write := report.WriteTerminal
	if f.json {
		write = report.WriteJSON
	}
	if err := write(w.stdout, r, report.Options{Verbose: f.verbose, Colour: isTerminal(w.stdout)}); err != nil {
		return harnessError(err)
	}
	if f.showTrace {
		for i := range r.Scenarios {
			if err := report.WriteTimeline(w.stdout, &r.Scenarios[i], report.Options{}); err != nil {
				return harnessError(err)
			}
		}
	}
	if code := r.ExitCode(); code != exitConforms {
		return &exitError{code: code}
	}
	return nil
}

func (f *clientFlags) driver(args []string) (*drive.Command, error) {
	mapping, err := assignments(f.env)
	if err != nil {
		return nil, err
	}
	return drive.NewCommand(drive.CommandOptions{
		Command: args, Dir: f.dir, Pass: f.pass, Map: mapping, Environ: os.Environ(),
	})
}
