package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/spell"
	"github.com/sfconform/sfconform/suites/client"
	"github.com/sfconform/sfconform/suites/client/config"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/stage"
)

// plan is what flags and file come to.
type plan struct {
	options client.Options
	// watch says that nothing is started.
	watch bool
	// reports are the files to write, before is the run to compare with.
	reports []string
	before  *report.Report
	// seen remembers what the client printed at first; nil if nothing can be seen.
	seen *witness
	// stop ends the run early, with its report.
	stop context.CancelFunc
	// settings are what was settled, for what is kept out of reports.
	settings config.File
}

// plan settles what is to be done. Errors are the user's to mend.
func (f *clientFlags) plan(cmd *cobra.Command, w world, args []string) (*plan, error) {
	file, folder, err := f.file(w)
	if err != nil {
		return nil, err
	}
	settled, err := f.over(file, cmd.Flags().Changed, args)
	if err != nil {
		return nil, err
	}
	if err := f.check(); err != nil {
		return nil, err
	}
	base := ""
	if len(args) == 0 {
		base = folder
	}
	p := &plan{settings: settled, reports: settled.Reports, watch: settled.Client.Mode == config.Watch}
	if p.before, err = f.previous(w); err != nil {
		return nil, err
	}
	for _, path := range p.reports {
		if err := report.CheckWritable(path); err != nil {
			return nil, usageError("--report: %w", err)
		}
	}
	p.options = f.options(cmd, w, settled)
	if len(args) == 0 {
		p.options.Rerun = again(cmd, false)
	}
	if p.watch {
		return p, noCommand(settled.Client)
	}
	return p, p.drive(w, base)
}

// check refuses names that nothing has.
func (f *clientFlags) check() error {
	var ids, names []string
	for _, r := range fixtures.Requirements() {
		ids = append(ids, string(r.ID))
	}
	for _, s := range scenario.All() {
		names = append(names, s.Name)
	}
	for _, w := range []struct {
		flag         string
		given, known []string
		list         string
	}{{"only", f.only, ids, "requirements"}, {"scenario", f.scenarios, names, "scenarios"}} {
		for _, one := range w.given {
			if slices.Contains(w.known, one) {
				continue
			}
			if near := spell.Nearest(one, w.known); near != "" {
				return usageError("--%s: there is no %q: did you mean %q?", w.flag, one, near)
			}
			return usageError("--%s: there is no %q: sfconform list --%s lists them", w.flag, one, w.list)
		}
	}
	if f.parallel < 0 {
		return usageError("--parallel: %d is below zero", f.parallel)
	}
	return nil
}

// options are the settings as the suite takes them.
func (f *clientFlags) options(cmd *cobra.Command, w world, s config.File) client.Options {
	c := s.Client
	o := client.Options{
		Name: c.Name, Version: c.Version, Command: c.Command, Mode: string(modeOf(c, f.via)), Waivers: s.ForReport(),
		Scenarios: f.scenarios, Insecure: f.insecure, AppKind: c.App, OrgKind: c.Org,
		TimeFactor: float64(s.Time.Factor), GiveUp: duration(s.Time.GiveUp), Parallel: f.parallel, Seed: 1,
		Strict: s.Strict, Final: f.final, Harness: moduleVersion(), Now: w.now, Rerun: again(cmd, true),
	}
	for _, flow := range c.Flows {
		o.Flows = append(o.Flows, fixtures.Flow(flow))
	}
	for _, operation := range c.Operations {
		o.Operations = append(o.Operations, string(operation))
	}
	for _, id := range f.only {
		o.Only = append(o.Only, fixtures.RequirementID(id))
	}
	if c.Mode == config.Proxy || f.via == string(stage.Proxy) {
		o.Via = stage.Proxy
	}
	if s.Seed != nil {
		o.Seed = *s.Seed
	}
	if o.Name == "" && len(c.Command) > 0 {
		o.Name = filepath.Base(c.Command[0])
	}
	if o.Name == "" {
		o.Name = "client"
	}
	return o
}

func modeOf(c config.Client, via string) config.Mode {
	switch {
	case c.Mode != "":
		return c.Mode
	case via == string(stage.Proxy):
		return config.Proxy
	}
	return config.Command
}

// file reads sfconform.yaml, where there is one, with its paths made to be taken from
// the folder that the command is run in.
func (f *clientFlags) file(w world) (file config.File, folder string, err error) {
	path := f.config
	if path == "" {
		path = config.Name
	}
	data, err := w.readFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && f.config == "":
		return config.File{}, "", nil
	case errors.Is(err, fs.ErrNotExist):
		return config.File{}, "", usageError("--config: %w (sfconform init writes one)", err)
	case err != nil:
		return config.File{}, "", usageError("%w", err)
	}
	if file, err = config.Read(path, data, w.now()); err != nil {
		return config.File{}, "", err
	}
	folder, err = filepath.Abs(filepath.Dir(path))
	if err != nil {
		return config.File{}, "", usageError("--config: %w", err)
	}
	for i, name := range file.Reports {
		file.Reports[i] = from(folder, name)
	}
	if file.Client.Dir != "" {
		file.Client.Dir = from(folder, file.Client.Dir)
	}
	return file, folder, nil
}

func from(folder, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(folder, path)
}

// previous reads the report to compare with, before anything is run.
func (f *clientFlags) previous(w world) (*report.Report, error) {
	if f.since == "" {
		return nil, nil //nolint:nilnil // there is no run to compare with
	}
	data, err := w.readFile(f.since)
	if err != nil {
		return nil, usageError("--since: %w", err)
	}
	r, err := report.Read(bytes.NewReader(data))
	if err != nil {
		return nil, usageError("--since: %q is no report that --report FILE.json wrote: %w", f.since, err)
	}
	return r, nil
}

// noCommand refuses a command where nothing is started.
func noCommand(c config.Client) error {
	if len(c.Command) > 0 {
		return fmt.Errorf("--%s starts nothing: leave %q out", c.Mode, c.Command[0])
	}
	return nil
}

// environ is the caller's environment, of which a client sees little.
func environ() []string { return os.Environ() }
