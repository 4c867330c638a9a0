package timeline

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/sfconform/sfconform/fixtures"
)

// Timeline is an org over time. S is what a configuration is compiled to. All
// methods may be called concurrently; the times given to them are the org's clock's.
type Timeline[S any] struct {
	compile func(fixtures.Org) (S, error)
	nodes   atomic.Pointer[nodes[S]]
	// requests counts what Node was asked.
	requests atomic.Uint64

	// mu guards what follows. Readers of a node's view do not need it.
	mu sync.Mutex
	// base is what every node sees at least; spreading is what is folded onto it, in order.
	base      fixtures.Org
	spreading []part
	// compactAt is when the next piece of spreading is visible everywhere; zero if none is to be.
	compactAt time.Time
	newest    fixtures.Org
	// compiled is newest, compiled.
	compiled S
	// applied counts the calls of Apply that changed something.
	applied uint64
	// settles is when every change so far is visible everywhere.
	settles time.Time
}

// nodes is what serving a request needs, published as a whole.
type nodes[S any] struct {
	seed  uint64
	views []atomic.Pointer[view[S]]
}

// view is what a node sees until a point in time; zero means for good.
type view[S any] struct {
	snapshot S
	until    time.Time
	// failed says why a newer state could not be compiled.
	failed error
}

func (v *view[S]) holds(now time.Time) bool { return v.until.IsZero() || now.Before(v.until) }

// New starts a timeline at which every node sees base. The error is compile's,
// or names the setting of the propagation at fault.
func New[S any](base fixtures.Org, compile func(fixtures.Org) (S, error)) (*Timeline[S], error) {
	if err := checkNodes(base.Propagation); err != nil {
		return nil, err
	}
	compiled, err := compile(base)
	if err != nil {
		return nil, fmt.Errorf("timeline: %w", err)
	}
	t := &Timeline[S]{compile: compile, base: base, newest: base, compiled: compiled}
	t.publishNodes()
	return t, nil
}

// publishNodes makes as many nodes as the newest state asks for. Those that are
// there keep their views; one that joins works out what it sees when it is first asked.
func (t *Timeline[S]) publishNodes() {
	next := &nodes[S]{seed: t.newest.Propagation.Seed, views: make([]atomic.Pointer[view[S]], nodeCount(t.newest.Propagation))}
	old := t.nodes.Load()
	for i := range next.views {
		switch {
		case old == nil:
			next.views[i].Store(&view[S]{snapshot: t.compiled})
		case i < len(old.views):
			next.views[i].Store(old.views[i].Load())
		default:
			next.views[i].Store(&view[S]{snapshot: t.compiled, until: longAgo})
		}
	}
	t.nodes.Store(next)
}

// longAgo is before every time that a clock shows.
var longAgo = time.Time{}.Add(1)

// At is what the node sees at the time. A node that is not there any more is
// answered for by another one.
func (t *Timeline[S]) At(now time.Time, node int) S {
	n := t.nodes.Load()
	if node < 0 || node >= len(n.views) {
		node = 0
	}
	if v := n.views[node].Load(); v.holds(now) {
		return v.snapshot
	}
	return t.refresh(now, node)
}

// Node chooses the node that serves the next request: the org's seed and the
// number of requests so far decide, so that requests in series meet the same
// nodes in every run. As many requests as there are nodes meet each of them once.
func (t *Timeline[S]) Node() int {
	n := t.nodes.Load()
	count := uint64(len(n.views))
	if count == 1 {
		return 0
	}
	return int(pick(n.seed, t.requests.Add(1)-1, count))
}

// Nodes is how many nodes serve the org.
func (t *Timeline[S]) Nodes() int { return len(t.nodes.Load().views) }

// Newest is the state with every change, visible or not.
func (t *Timeline[S]) Newest() fixtures.Org {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.newest
}
