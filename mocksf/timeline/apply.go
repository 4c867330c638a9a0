package timeline

import (
	"fmt"
	"time"

	"github.com/sfconform/sfconform/fixtures"
)

// maxSpreading bounds the changes that can be on their way at once.
const maxSpreading = 100_000

// Apply makes changes at a time, all of them or none. They are checked against
// the newest state, spread as its propagation says, and must not be altered
// afterwards. The error names the path and the nearest known field, or is compile's.
func (t *Timeline[S]) Apply(at time.Time, changes ...fixtures.Change) error {
	if len(changes) == 0 {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.compact(at)
	if len(t.spreading)+len(changes) > maxSpreading {
		return fmt.Errorf("timeline: %d changes are on their way to the nodes, with these there were more than %d: advance the clock first",
			len(t.spreading), maxSpreading)
	}
	parts, newest, err := t.prepare(at, changes)
	if err != nil {
		return fmt.Errorf("timeline: %w", err)
	}
	if err := checkNodes(newest.Propagation); err != nil {
		return err
	}
	compiled, err := t.compile(newest)
	if err != nil {
		return fmt.Errorf("timeline: %w", err)
	}
	t.take(parts, newest, compiled)
	return nil
}

// prepare makes the pieces of the changes and the state after them.
func (t *Timeline[S]) prepare(at time.Time, changes []fixtures.Change) ([]part, fixtures.Org, error) {
	var parts []part
	newest := t.newest
	for _, c := range changes {
		next, err := newest.With(c)
		if err != nil {
			return nil, newest, err
		}
		pieces := split(c, newest, next)
		for _, p := range pieces {
			p.plan = makePlan(next.Propagation, t.applied, at, p.delayOf(next.Propagation, len(pieces) > 1))
			parts = append(parts, p)
		}
		newest = next
	}
	return parts, newest, nil
}

// take publishes a checked change: from now on a node's view holds only until
// the first new piece reaches it.
func (t *Timeline[S]) take(parts []part, newest fixtures.Org, compiled S) {
	t.applied++
	t.spreading = append(t.spreading, parts...)
	t.newest, t.compiled = newest, compiled
	for _, p := range parts {
		t.compactAt = earlier(t.compactAt, p.plan.settled)
		if p.plan.settled.After(t.settles) {
			t.settles = p.plan.settled
		}
	}
	t.publishNodes()
	views := t.nodes.Load().views
	for node := range views {
		v := *views[node].Load()
		for _, p := range parts {
			v.until = earlier(v.until, p.plan.at(node))
		}
		views[node].Store(&v)
	}
}
