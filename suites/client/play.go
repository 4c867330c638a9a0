package client

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/stage"
)

// part is one scenario under one flow.
type part struct {
	scenario scenario.Scenario
	flow     fixtures.Flow
}

// played is a part with what came of it.
type played struct {
	part
	evidence    *evidence.Evidence
	began       time.Time
	took        time.Duration
	unsupported bool
	// first is what the first try showed where this is the second one.
	first *evidence.Evidence
	// brokenFirst are the requirements that the first try showed broken.
	brokenFirst []fixtures.RequirementID
	err         error
	// brokenOff says that the run ended before this did.
	brokenOff bool
}

// whole says that it was played to its end.
func (p played) whole() bool { return p.evidence != nil && p.err == nil }

// interrupted says that the run ended before this did.
func (p played) interrupted() bool { return p.brokenOff }

// name is the scenario with the flow under which it was played.
func (p played) name() string { return p.scenario.Name + " (" + string(p.flow) + ")" }

// play plays a part and gathers the evidence. An error is the harness's own.
func (r *runner) play(ctx context.Context, p part) played {
	result := played{part: p, began: r.options.Now()}
	result.err = guarded("scenario "+strconv.Quote(p.scenario.Name), func() (err error) {
		result.evidence, err = r.watch(ctx, p)
		return err
	})
	result.brokenOff = result.err != nil && ctx.Err() != nil
	result.took = r.options.Now().Sub(result.began)
	if result.evidence != nil {
		for _, run := range result.evidence.Runs {
			result.unsupported = result.unsupported || run.Exit.Unsupported && run.FirstExchange == 0
		}
	}
	return result
}

// watch sets the stage, starts the client as often as the scenario says, and takes
// down what it did.
func (r *runner) watch(ctx context.Context, p part) (*evidence.Evidence, error) {
	dir, err := os.MkdirTemp(r.options.Dir, "sfconform-")
	if err != nil {
		return nil, fmt.Errorf("client: cannot make a folder for the client's files: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	s, err := stage.New(r.world(p, dir))
	if err != nil {
		return nil, err
	}
	defer func() { _ = s.Close() }()
	if err := s.WriteFiles(); err != nil {
		return nil, err
	}
	if p.scenario.Play != nil {
		p.scenario.Play(s)
	}
	runs, err := r.starts(ctx, p, s, filepath.Join(dir, "home"))
	s.EndClient()
	settle, cancel := context.WithTimeout(ctx, settleTime)
	defer cancel()
	s.Settle(settle)
	e := s.Evidence(runs)
	traits := r.options.Driver.Traits()
	e.Output, e.ComposedURL = traits.Output, traits.ComposedURL
	r.profile(e, p)
	return e, errors.Join(err, s.Err())
}

// settleTime is how long answers may be on their way after the client has ended.
const settleTime = time.Second

// world is what the scenario wants of the run's own world.
func (r *runner) world(p part, dir string) stage.Options {
	o := stage.Options{
		Scenario: p.scenario.Name, Operation: r.operation(p.scenario.Needed()), Flow: p.flow,
		Via: r.options.Via, Insecure: r.options.Insecure, AppKind: r.options.AppKind, OrgKind: r.options.OrgKind,
		Keys: r.keys, Dir: dir, Now: r.options.Now, Seed: seedOf(r.options.Seed, p),
	}
	if p.scenario.Via != "" {
		o.Via = p.scenario.Via
	}
	if p.scenario.World != nil {
		p.scenario.World(&o)
	}
	return o
}

// seedOf is a seed of its own for each part, whatever the order of playing.
func seedOf(seed uint64, p part) uint64 {
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "%d/%s/%s", seed, p.scenario.Name, p.flow)
	return h.Sum64()
}

// starts starts the client as often as the scenario says. A client that does not
// have the operation is not asked again.
func (r *runner) starts(ctx context.Context, p part, s *stage.Stage, home string) ([]evidence.Run, error) {
	all := p.scenario.Starts
	if len(all) == 0 {
		all = []scenario.Start{{}}
	}
	var runs []evidence.Run
	folder := home
	for i, start := range all {
		if !start.SameHome {
			folder = fmt.Sprintf("%s-%d", home, i)
		}
		s.BeginRun(i + 1)
		if start.Before != nil {
			start.Before(s)
		}
		before := s.Seen()
		run, err := r.run(ctx, p, r.job(p, s, start, folder))
		run.Number = i + 1
		if after := s.Seen(); after > before {
			run.FirstExchange, run.LastExchange = before+1, after
		}
		if run.Began.IsZero() { // it was not started any more
			return runs, errors.Join(err, ctx.Err())
		}
		runs = append(runs, run)
		if err != nil || run.Exit.Unsupported || ctx.Err() != nil {
			return runs, errors.Join(err, ctx.Err())
		}
	}
	return runs, nil
}

// nothing is the environment of nobody: the driver keeps the caller's own away.
func nothing(string) string { return "" }

// job is one start of the client in the terms of the driver.
func (r *runner) job(p part, s *stage.Stage, start scenario.Start, home string) drive.Job {
	operation := start.Operation
	if operation == "" {
		operation = p.scenario.Needed()
	}
	operation = r.operation(operation)
	env := maps.Clone(s.Settings())
	way := r.trust
	way.ProxyURL = s.ProxyURL()
	for _, v := range way.VariablesFor(nil, nothing) {
		env[v.Name] = v.Value
	}
	for name, value := range start.Set {
		env[name] = os.Expand(value, s.Blank)
	}
	for _, name := range start.Unset {
		delete(env, name)
	}
	limit := p.scenario.Limit
	switch {
	case p.scenario.GiveUp:
		limit = r.options.GiveUp
	case limit == 0:
		limit = defaultLimit
	}
	return drive.Job{
		Scenario: p.scenario.Name, Title: p.scenario.Title, Operation: operation, Env: env, Home: home,
		Context: map[string]any{"flow": p.flow, "seed": r.options.Seed},
		Limit:   time.Duration(float64(limit) * r.options.TimeFactor),
		Stop:    s.Ended(), Kill: s.Killed(),
		ProxyURL: s.ProxyURL(), AuthorityPEM: r.keys.AuthorityPEM(),
	}
}
