package records

import (
	"strconv"
	"strings"
	"sync"

	"github.com/sfconform/sfconform/fixtures"
)

// Cursor is a query whose next page is still to come.
type Cursor struct {
	Query       string
	WithDeleted bool
	// BatchSize is how many records make a page.
	BatchSize int
	// Owner is the user who may go on with it.
	Owner string
}

// cursors remembers the latest queries that have more pages. It holds a bounded
// number: whoever comes back later than that finds nothing, as after two days on the service.
type cursors struct {
	mu   sync.Mutex
	byID map[string]Cursor
	// oldest are the ids in the order in which they were made.
	oldest []string
}

// maxCursors bounds the memory; the service keeps ten for each user.
const maxCursors = 256

func newCursors() cursors { return cursors{byID: map[string]Cursor{}} }

// Keep remembers the cursor and returns its id. Equal cursors have equal ids.
func (s *Store) Keep(c Cursor) string {
	id := fixtures.DeriveID("01g", "Ak", strings.Join([]string{
		c.Owner, strconv.FormatBool(c.WithDeleted), strconv.Itoa(c.BatchSize), c.Query,
	}, "\n"))
	k := &s.cursors
	k.mu.Lock()
	defer k.mu.Unlock()
	if _, known := k.byID[id]; known {
		return id
	}
	if len(k.oldest) == maxCursors {
		delete(k.byID, k.oldest[0])
		k.oldest = k.oldest[1:]
	}
	k.byID[id], k.oldest = c, append(k.oldest, id)
	return id
}

// Cursor is the cursor with the id; false if there is none, or no longer.
func (s *Store) Cursor(id string) (Cursor, bool) {
	s.cursors.mu.Lock()
	defer s.cursors.mu.Unlock()
	c, ok := s.cursors.byID[id]
	return c, ok
}
