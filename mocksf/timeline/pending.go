package timeline

import (
	"errors"
	"fmt"
	"time"

	"github.com/sfconform/sfconform/fixtures"
)

// Pending is a change, or a piece of one, that some node does not see yet. It
// does not say to what: the value may be a secret.
type Pending struct {
	Kind fixtures.ChangeKind `json:"kind"`
	Path string              `json:"path"`
	// Made is when the change was made.
	Made time.Time `json:"made"`
	// Visible is, by node, when the node sees it.
	Visible []time.Time `json:"visible"`
}

// Pending lists what is on its way to some node at the time, in the order in which it was made.
func (t *Timeline[S]) Pending(now time.Time) []Pending {
	t.mu.Lock()
	defer t.mu.Unlock()
	pending := []Pending{}
	for _, p := range t.spreading {
		if !now.Before(p.plan.settled) {
			continue
		}
		visible := make([]time.Time, t.Nodes())
		for node := range visible {
			visible[node] = p.plan.at(node)
		}
		pending = append(pending, Pending{p.kind, p.Path, p.plan.made, visible})
	}
	return pending
}

// SettlesAt is when every change made so far is visible everywhere; zero if there was none.
func (t *Timeline[S]) SettlesAt() time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.settles
}

// Settled says whether every node sees every change at the time.
func (t *Timeline[S]) Settled(now time.Time) bool { return !now.Before(t.SettlesAt()) }

// Err says which nodes keep an older state because what they should see could not
// be compiled; nil if there is none. It can happen only between changes that
// clash, such as a Consumer Key that moves from one app to another.
func (t *Timeline[S]) Err() error {
	var failed []error
	views := t.nodes.Load().views
	for node := range views {
		if err := views[node].Load().failed; err != nil {
			failed = append(failed, fmt.Errorf("timeline: node %d keeps an older state: %w", node, err))
		}
	}
	return errors.Join(failed...)
}
