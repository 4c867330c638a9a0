package client

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/reach"
	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/judge"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/stage"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// WatchOptions say how a client is watched that something else has work. Driver is
// not needed.
type WatchOptions struct {
	Options
	// Show is told the settings of each flow, to be given to the client.
	Show func(flow fixtures.Flow, settings map[string]string) error
	// Status is told now and then how many requests have arrived; it may be nil.
	Status func(requests int)
	// Every is how often; 0 means every ten seconds.
	Every time.Duration
	// After gives a channel that is sent to after a time; nil means time.After.
	After func(time.Duration) <-chan time.Time
}

// Watch plays an org in which all goes well, one for each flow, until the context ends
// or more has been seen than is needed; and judges what arrived there by the
// requirements that any work shows. What needs a scenario is listed as not tested.
// Errors are as those of Run: ErrNoRequest where nothing arrived at all.
func Watch(ctx context.Context, o WatchOptions) (*report.Report, error) {
	w := &watcher{options: o, done: ctx.Done()}
	o.Driver = w
	checked, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	w.options.Options = checked
	w.defaults()
	if checked.Only, err = watched(checked.Only); err != nil {
		return nil, err
	}
	if len(checked.Flows) == 0 {
		checked.Flows = []fixtures.Flow{fixtures.ClientCredentials, fixtures.JWTBearer}
	}
	r := &runner{options: checked, began: checked.Now(), flows: checked.Flows}
	if r.keys, err = stage.NewKeys(); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(checked.Dir, "sfconform-")
	if err != nil {
		return nil, fmt.Errorf("client: cannot make a folder for the client's files: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if r.trust, err = reach.WriteTrust(dir, r.keys.AuthorityPEM()); err != nil {
		return nil, err
	}
	return r.watchAll(context.WithoutCancel(ctx), w)
}

// mostWatched is after how many requests more of them say nothing new; all are kept
// until the report is made.
const mostWatched = 20_000

// watchAll plays one long part a flow, side by side.
func (r *runner) watchAll(ctx context.Context, w *watcher) (*report.Report, error) {
	all := make([]played, len(r.flows))
	var parts sync.WaitGroup
	for i, flow := range r.flows {
		parts.Go(func() { all[i] = r.play(ctx, part{w.scenario(), flow}) })
	}
	parts.Wait()
	var seen []played
	for _, p := range all {
		if p.err != nil {
			return nil, p.err
		}
		if len(p.evidence.Exchanges) == 0 {
			r.drop(p)
			continue
		}
		seen = append(seen, p)
	}
	if len(seen) == 0 {
		return nil, fmt.Errorf("%w while it was watched", ErrNoRequest)
	}
	r.dropped = append(r.dropped, report.Untested{
		What: fmt.Sprintf("%d requirements", len(fixtures.Requirements())-len(r.options.Only)), Kind: verdict.NotApplicable,
		Why: "they show only when something goes wrong, which no watching brings about: run the client as a command, too",
	})
	return r.report(ctx, seen), nil
}

// ErrNotWatched says that a requirement in Only shows in a scenario of its own alone.
var ErrNotWatched = errors.New("cannot be judged by watching: it needs a scenario of its own")

// watched are the requirements that any work shows something of, or those of them that
// are asked for.
func watched(only []fixtures.RequirementID) ([]fixtures.RequirementID, error) {
	var shown []fixtures.RequirementID
	for _, j := range judge.All() {
		if len(j.In) == 0 && !j.Output && !j.Process && !slices.Contains(shown, j.ID) {
			shown = append(shown, j.ID)
		}
	}
	for _, id := range only {
		if !slices.Contains(shown, id) {
			return nil, fmt.Errorf("client: %q %w", id, ErrNotWatched)
		}
	}
	if len(only) > 0 {
		return only, nil
	}
	return shown, nil
}

// watcher is the driver that starts nothing.
type watcher struct {
	options WatchOptions
	done    <-chan struct{}
	stages  []*stage.Stage
	mu      sync.Mutex
	enough  sync.Once
	over    chan struct{}
	told    atomic.Bool
}

func (w *watcher) defaults() {
	w.over = make(chan struct{})
	if w.options.Status == nil {
		w.options.Status = func(int) {}
	}
	if w.options.Every == 0 {
		w.options.Every = 10 * time.Second
	}
	if w.options.After == nil {
		w.options.After = time.After //nolint:forbidigo // the one default of the seam
	}
}

// scenario is one in which nothing happens.
func (w *watcher) scenario() scenario.Scenario {
	return scenario.Scenario{
		Name: "watch", Title: "The client does its own work, and what arrives is judged.", Want: scenario.Either,
		World: func(o *stage.Options) { o.Requests = mostWatched },
		Play: func(s *stage.Stage) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.stages = append(w.stages, s)
		},
	}
}

func (w *watcher) seen() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	total := 0
	for _, s := range w.stages {
		total += s.Seen()
	}
	return total
}

// Run shows the settings and waits for the end. The first of several tells the status.
func (w *watcher) Run(_ context.Context, job drive.Job) (evidence.Run, error) {
	flow, _ := job.Context["flow"].(fixtures.Flow)
	if err := w.options.Show(flow, job.Env); err != nil {
		w.enough.Do(func() { close(w.over) })
		return evidence.Run{}, err
	}
	run := evidence.Run{Operation: "its own work", Began: w.options.Now(), Exit: evidence.Exit{Stopped: true}}
	var tick <-chan time.Time
	if w.told.CompareAndSwap(false, true) {
		tick = w.options.After(w.options.Every)
	}
	for {
		select {
		case <-tick:
			w.options.Status(w.seen())
			tick = w.options.After(w.options.Every)
			continue
		case <-job.Stop:
		case <-job.Kill:
		case <-w.over:
		case <-w.done:
		}
		w.enough.Do(func() { close(w.over) })
		run.Ended = w.options.Now()
		return run, nil
	}
}

// Traits say that nothing but the wire is seen.
func (w *watcher) Traits() drive.Traits { return drive.Traits{} }

// Close does nothing: nothing was started.
func (w *watcher) Close() error { return nil }
