package records

import (
	"sync"

	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// Store answers for the records of one org. It is safe for use by several
// goroutines and keeps the tables of one snapshot, the one asked for last, and what
// was written over them.
type Store struct {
	mu      sync.Mutex
	tables  *tables
	overlay overlay
	cursors cursors
}

// NewStore makes a store; the records follow from the snapshots that its methods get.
func NewStore() *Store { return &Store{cursors: newCursors(), overlay: newOverlay()} }

func (s *Store) tablesOf(org *snapshot.Org) *tables {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.current(org)
}

// current are the tables as they are now; the caller holds the lock.
func (s *Store) current(org *snapshot.Org) *tables {
	if s.tables == nil || s.tables.org != org {
		s.tables = newTables(org)
		s.overlay.layOver(s.tables)
	}
	return s.tables
}

// Objects are the org's objects by name.
func (s *Store) Objects(org *snapshot.Org) []*Object { return s.tablesOf(org).list() }

// Object is the object with the name, which is not case-sensitive; nil if there is none.
func (s *Store) Object(org *snapshot.Org, name string) *Object { return s.tablesOf(org).object(name) }
