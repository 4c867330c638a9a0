package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/sfconform/sfconform/suites/client"
	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/report"
)

// clientFlags are the flags of client, as they were given.
type clientFlags struct {
	clientSettings
	config, since            string
	only, scenarios          []string
	parallel                 int
	insecure, final          bool
	json, verbose, showTrace bool
	schema                   bool
}

func newClient(w world) *cobra.Command {
	var f clientFlags
	cmd := &cobra.Command{
		Use:     "client [flags] [-- COMMAND [ARG...]]",
		Short:   "Judge a client, in any language, before go-live",
		Long:    clientHelp,
		Example: clientExamples,
		Args:    afterDashes,
		RunE:    func(cmd *cobra.Command, args []string) error { return f.run(cmd, w, args) },
	}
	f.register(cmd)
	return cmd
}

func (f *clientFlags) register(cmd *cobra.Command) {
	set := cmd.Flags()
	f.clientSettings.register(set)
	set.StringVar(&f.config, "config", "", "the `FILE` that says all this; without it sfconform.yaml, if there is one here")
	set.StringArrayVar(&f.only, "only", nil, "judge only the requirement with this `ID` (may be repeated)")
	set.StringArrayVar(&f.scenarios, "scenario", nil, "play only the scenario of this `NAME` (may be repeated)")
	set.BoolVar(&f.insecure, "http", false, "serve http, for a client that cannot be given an authority; TLS is not judged then")
	set.IntVar(&f.parallel, "parallel", 0, "how many scenarios are played at once (default: one a processor)")
	set.StringVar(&f.since, "since", "", "say what has changed since the run of this `FILE`, a .json report")
	set.BoolVar(&f.final, "final", false, "an open review fails the run")
	set.BoolVar(&f.json, "json", false, "print the report as JSON")
	set.BoolVar(&f.schema, "schema", false, "print the JSON Schema of that report, and do nothing else")
	set.BoolVar(&f.verbose, "verbose", false, "show what passed, too")
	set.BoolVar(&f.showTrace, "trace", false, "show the time line of each scenario")
}

// afterDashes refuses a client's command without the two dashes in front, because its
// own flags would be taken for those of sfconform.
func afterDashes(cmd *cobra.Command, args []string) error {
	if len(args) == 0 || cmd.ArgsLenAtDash() == 0 {
		return nil
	}
	return usageError("%q: write two dashes before the client's command: %s [flags] -- COMMAND [ARG...]", args[0], cmd.CommandPath())
}

// run has the client work in all scenarios, prints, and ends by the standing.
func (f *clientFlags) run(cmd *cobra.Command, w world, args []string) error {
	if f.schema {
		_, err := w.stdout.Write(report.Schema())
		return err
	}
	p, err := f.plan(cmd, w, args)
	if err != nil {
		return asUsage(err)
	}
	defer func() { _ = p.close() }()
	ctx, stop := context.WithCancel(cmd.Context())
	defer stop()
	p.stop = stop
	if err := p.probe(ctx, w); err != nil {
		return asUsage(err)
	}
	r, err := p.judge(ctx, w)
	if err != nil {
		return p.explained(err)
	}
	return f.conclude(w, p, r)
}

// judge runs the suite, or watches.
func (p *plan) judge(ctx context.Context, w world) (*report.Report, error) {
	if p.watch {
		return p.watchUntil(ctx, w)
	}
	told := newProgress(w)
	p.options.Progress = told.tellScenario
	defer told.end()
	return client.Run(ctx, p.options)
}

// asUsage is an error of what was asked for; one that has a code already keeps it.
func asUsage(err error) error {
	if exit := (*exitError)(nil); errors.As(err, &exit) {
		return err
	}
	return &exitError{exitUsage, err}
}

// explained is an error of the suite with what the user can do about it.
func (p *plan) explained(err error) error {
	var command *drive.CommandError
	switch {
	case errors.Is(err, client.ErrNoRequest):
		return &exitError{exitUsage, p.silent(err)}
	case errors.As(err, &command), errors.Is(err, drive.ErrNobody), errors.Is(err, client.ErrNotWatched):
		return &exitError{exitUsage, err}
	}
	return harnessError(err)
}
