package stage

import (
	"strings"
	"sync"

	"github.com/sfconform/sfconform/suites/client/evidence"
)

// When says at which exchanges something happens. The zero value means all.
type When struct {
	Kind evidence.Kind
	Role evidence.Role
	// Method and Path (how the path begins) of the request.
	Method, Path string
	// Org is 1 for the first org, 2 for the second; 0 means either.
	Org int
	// From is the number, counted from 1 among those that fit, of the first exchange at
	// which it happens, To of the last one; 0 means the first, and no end.
	From, To int
	// Fits is a further condition.
	Fits func(*evidence.Exchange) bool
}

// Nth is When for the nth only.
func (w When) Nth(n int) When {
	w.From, w.To = n, n
	return w
}

// First is When for the first n.
func (w When) First(n int) When {
	w.From, w.To = 1, n
	return w
}

func (w When) fits(x *evidence.Exchange) bool {
	switch {
	case w.Kind != "" && w.Kind != x.Kind,
		w.Role != "" && w.Role != x.Role,
		w.Method != "" && w.Method != x.Request.Method,
		w.Path != "" && (x.Request.URL == nil || !strings.HasPrefix(x.Request.URL.Path, w.Path)),
		w.Org != 0 && w.Org != x.Org+1,
		w.Fits != nil && !w.Fits(x):
		return false
	}
	return true
}

// cue is something that happens at certain exchanges.
type cue struct {
	when  When
	count int
	// Exactly one of these is set.
	before, after func(*evidence.Exchange)
	alter         func(*Answer)
	instead       func(*evidence.Exchange) Answer
	name          string
}

// script is what a scenario wants to happen.
type script struct {
	scriptMu sync.Mutex
	cues     []*cue
}

// Before has something done when a request has arrived and before the org sees it.
func (s *script) Before(w When, do func(*evidence.Exchange)) { s.add(&cue{when: w, before: do}) }

// After has something done once the answer is on its way.
func (s *script) After(w When, do func(*evidence.Exchange)) { s.add(&cue{when: w, after: do}) }

// Alter changes the org's answer on its way out. The name says what was done.
func (s *script) Alter(name string, w When, do func(*Answer)) {
	s.add(&cue{when: w, alter: do, name: name})
}

// Instead answers in the org's place: as another host, or something in between. The
// name says what.
func (s *script) Instead(name string, w When, do func(*evidence.Exchange) Answer) {
	s.add(&cue{when: w, instead: do, name: name})
}

// Calm forgets all that was set to happen, and disarms every fault.
func (s *Stage) Calm() {
	s.scriptMu.Lock()
	s.cues = nil
	s.scriptMu.Unlock()
	for _, o := range s.orgs {
		for _, armed := range o.Faults().Armed() {
			// It was armed a moment ago, and nobody else disarms.
			_ = o.Faults().Disarm(armed.Fault.Name)
		}
	}
}

func (s *script) add(c *cue) {
	s.scriptMu.Lock()
	defer s.scriptMu.Unlock()
	s.cues = append(s.cues, c)
}

// due are the cues for an exchange, in the order in which they were set. It counts,
// so it is asked once an exchange.
func (s *script) due(x *evidence.Exchange) []*cue {
	s.scriptMu.Lock()
	defer s.scriptMu.Unlock()
	var due []*cue
	for _, c := range s.cues {
		if !c.when.fits(x) {
			continue
		}
		c.count++
		if c.count >= max(c.when.From, 1) && (c.when.To == 0 || c.count <= c.when.To) {
			due = append(due, c)
		}
	}
	return due
}
