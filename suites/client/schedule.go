package client

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/judge"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// playAll plays the parts: those in which time matters one by one, after all others,
// which are played side by side. What a context that has ended leaves unplayed is
// left out. The order of the results is that of the parts, those of the first look first.
func (r *runner) playAll(ctx context.Context, parts []part, looks []played) []played {
	total := len(looks) + len(parts)
	results := make([]played, len(parts))
	done := len(looks)
	var mu sync.Mutex
	one := func(i int) {
		p := parts[i]
		mu.Lock()
		r.options.Progress(Progress{Done: done, Total: total, Scenario: p.scenario.Name, Flow: p.flow})
		mu.Unlock()
		result := r.play(ctx, p)
		seen := r.askAbout(ctx, &result)
		mu.Lock()
		defer mu.Unlock()
		r.glances = append(r.glances, seen...)
		done++
		results[i] = result
		r.options.Progress(Progress{Done: done, Total: total, Scenario: p.scenario.Name, Flow: p.flow, Ended: true})
	}
	r.sideBySide(ctx, parts, one)
	r.hurried(ctx, results)
	for i, p := range parts {
		if p.scenario.Alone && ctx.Err() == nil {
			one(i)
			r.again(ctx, &results[i])
		}
	}
	all := looks
	for _, result := range results {
		if result.evidence != nil || result.err != nil {
			all = append(all, result)
		}
	}
	return all
}

// sideBySide plays the parts in which time does not matter, several at once.
func (r *runner) sideBySide(ctx context.Context, parts []part, one func(int)) {
	next := make(chan int)
	var workers sync.WaitGroup
	for range r.parallel() {
		workers.Go(func() {
			for i := range next {
				one(i)
			}
		})
	}
	for i, p := range parts {
		if !p.scenario.Alone && ctx.Err() == nil {
			next <- i
		}
	}
	close(next)
	workers.Wait()
}

// mostInVain is after how many second tries that changed nothing no more are made of
// what timed out: a client that hangs would double the time of the run.
const mostInVain = 2

// hurried plays again, alone, what timed out beside others.
func (r *runner) hurried(ctx context.Context, results []played) {
	inVain := 0
	for i := range results {
		p := &results[i]
		if inVain == mostInVain || p.evidence == nil || p.scenario.GiveUp || !timedOut(p.evidence) {
			continue
		}
		if r.again(ctx, p) {
			inVain = 0
		} else {
			inVain++
		}
	}
}

func timedOut(e *evidence.Evidence) bool {
	return slices.ContainsFunc(e.Runs, func(r evidence.Run) bool { return r.Exit.TimedOut })
}

// again plays a part in which time matters a second time if something was broken: a
// loaded machine can make a client late (client-requirements.md section 3.2). It says
// whether the second try was better; which of the two is reported is said there.
func (r *runner) again(ctx context.Context, first *played) bool {
	if !first.whole() || ctx.Err() != nil || len(brokenIn(first)) == 0 {
		return false
	}
	second := r.play(ctx, first.part)
	if !second.whole() || len(brokenIn(&second)) >= len(brokenIn(first)) {
		return false
	}
	second.first, second.brokenFirst = first.evidence, brokenIn(first)
	*first = second
	return true
}

// brokenIn are the requirements that the evidence shows broken. A judge that panics
// shows nothing here, and is reported when the results are weighed.
func brokenIn(p *played) []fixtures.RequirementID {
	var ids []fixtures.RequirementID
	for _, j := range judge.All() {
		if !j.LooksAt(p.scenario.Name) {
			continue
		}
		if o, err := observe(j, p); err == nil && o.Outcome == verdict.Broken && !slices.Contains(ids, j.ID) {
			ids = append(ids, j.ID)
		}
	}
	return ids
}

// operationName is an operation without what follows it: "burst" of "burst:20".
func operationName(operation string) string {
	name, _, _ := strings.Cut(operation, ":")
	return name
}
