package fault

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/sfconform/sfconform/fixtures/spell"
)

// maxArmed is how many faults can be armed at once.
const maxArmed = 100

// Set is the faults that are armed in an org. All methods may be called concurrently.
type Set struct {
	// waiting is how many faults may still fire: what a request looks at first.
	waiting atomic.Int32
	mu      sync.Mutex
	armed   []*armed
}

// armed is a fault and what came of it.
type armed struct {
	Fault
	seen, fired uint64
	over        bool
}

// State is an armed fault and what came of it so far.
type State struct {
	Fault Fault `json:"fault"`
	// Seen is how many requests matched the fault while it could fire and no fault
	// armed before it did.
	Seen uint64 `json:"seen"`
	// Fired is how many of them it hit.
	Fired uint64 `json:"fired"`
	// Over says that it cannot fire any more.
	Over bool `json:"over"`
}

// NewSet is a set in which nothing is armed.
func NewSet() *Set { return &Set{} }

// Waiting says whether an armed fault may still fire.
func (s *Set) Waiting() bool { return s.waiting.Load() > 0 }

// Arm adds a fault behind those that are armed. The error is Check's, or says
// that the name is taken.
func (s *Set) Arm(f Fault) error {
	if err := f.Check(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.index(f.Name) >= 0 {
		return fmt.Errorf("fault: name: %q is armed already: disarm it first or choose another name", f.Name)
	}
	if len(s.armed) == maxArmed {
		return fmt.Errorf("fault: %d faults are armed, which is the most: disarm one first", maxArmed)
	}
	s.armed = append(s.armed, &armed{Fault: f})
	s.recount()
	return nil
}

// Disarm takes a fault away, with its counts. The error names the nearest armed one.
func (s *Set) Disarm(name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.index(name)
	if i < 0 {
		names := make([]string, len(s.armed))
		for i, a := range s.armed {
			names[i] = a.Name
		}
		if near := spell.Nearest(name, names); near != "" {
			return fmt.Errorf("fault: no fault is armed as %q: did you mean %q?", name, near)
		}
		return fmt.Errorf("fault: no fault is armed as %q", name)
	}
	s.armed = slices.Delete(s.armed, i, i+1)
	s.recount()
	return nil
}

// Next is the fault that a request meets, nil if none: the first of those armed
// that fires. The others do not see the request, so that faults of which each
// fires once are met one after the other. The fault must not be altered.
func (s *Set) Next(now time.Time, asked Asked) *Fault {
	if !s.Waiting() {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.recount()
	for _, a := range s.armed {
		if a.meets(now, asked) {
			return &a.Fault
		}
	}
	return nil
}

// meets counts a request and says whether the fault fires for it.
func (a *armed) meets(now time.Time, asked Asked) bool {
	if !a.Until.IsZero() && !now.Before(a.Until) {
		a.over = true
	}
	if a.over || !a.Match.matches(asked) {
		return false
	}
	a.seen++
	if a.seen <= uint64(a.Skip) {
		return false
	}
	if a.Every > 0 && (a.seen-uint64(a.Skip))%uint64(a.Every) != 0 {
		return false
	}
	a.fired++
	a.over = a.First > 0 && a.fired >= uint64(a.First)
	return true
}

// Armed lists the faults in the order in which they were armed.
func (s *Set) Armed() []State {
	s.mu.Lock()
	defer s.mu.Unlock()
	states := make([]State, len(s.armed))
	for i, a := range s.armed {
		states[i] = State{a.Fault, a.seen, a.fired, a.over}
	}
	return states
}

// NeverFired lists the armed faults that no request has met: a test that armed
// them did not test what it meant to.
func (s *Set) NeverFired() []State {
	return slices.DeleteFunc(s.Armed(), func(st State) bool { return st.Fired > 0 })
}

func (s *Set) index(name string) int {
	return slices.IndexFunc(s.armed, func(a *armed) bool { return a.Name == name })
}

func (s *Set) recount() {
	var waiting int32
	for _, a := range s.armed {
		if !a.over {
			waiting++
		}
	}
	s.waiting.Store(waiting)
}
