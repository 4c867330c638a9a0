package timeline

import (
	"errors"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/document"
)

// refresh works out what a node sees from now on.
func (t *Timeline[S]) refresh(now time.Time, node int) S {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := t.nodes.Load()
	if node >= len(n.views) {
		node = 0
	}
	v := n.views[node].Load()
	if v.holds(now) {
		return v.snapshot
	}
	t.compact(now)
	v = t.look(now, node, v)
	n.views[node].Store(v)
	return v.snapshot
}

// look is the node's view at a time. If it cannot be compiled, the old one stays:
// a node of a real org would not take over a broken configuration either.
func (t *Timeline[S]) look(now time.Time, node int, old *view[S]) *view[S] {
	visible, until := t.visibleTo(node, now)
	if len(visible) == len(t.spreading) {
		return &view[S]{snapshot: t.compiled, until: until}
	}
	snapshot, err := t.compile(fold(t.base, visible))
	if err != nil {
		return &view[S]{snapshot: old.snapshot, until: until, failed: err}
	}
	return &view[S]{snapshot: snapshot, until: until}
}

// visibleTo are the changes that the node sees, and when it sees the next one.
func (t *Timeline[S]) visibleTo(node int, now time.Time) (visible []part, next time.Time) {
	for _, p := range t.spreading {
		at := p.plan.at(node)
		if !now.Before(at) {
			visible = append(visible, p)
			continue
		}
		next = earlier(next, at)
	}
	return visible, next
}

// fold is the org after the changes. One that leads through something that is not
// there yet waits for it: once it is there, the fold has both.
func fold(org fixtures.Org, parts []part) fixtures.Org {
	for _, p := range parts {
		next, err := org.With(p.Change)
		if errors.Is(err, document.ErrNoParent) {
			continue
		}
		if err != nil {
			panic("timeline: Apply took a change that does not fit the type of an org: " + err.Error())
		}
		org = next
	}
	return org
}

// earlier is the earlier of two times, of which a zero one counts as none.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || b.Before(a) {
		return b
	}
	return a
}
