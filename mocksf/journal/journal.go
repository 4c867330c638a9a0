package journal

import (
	"context"
	"sync"
)

// Journal is a ring of entries. All methods may be called concurrently.
type Journal struct {
	mu sync.Mutex
	// ring holds the entry with the number n at (n-1) modulo its capacity.
	ring     []Entry
	capacity uint64
	count    uint64
	// added is closed by the next Add; nil while nobody waits.
	added chan struct{}
}

// New is an empty journal that keeps the last entries, at least one.
func New(capacity int) *Journal {
	return &Journal{capacity: uint64(max(capacity, 1))}
}

// Add redacts the entry, numbers it and keeps it in place of the oldest one.
func (j *Journal) Add(e Entry) uint64 {
	e.sanitize()
	j.mu.Lock()
	defer j.mu.Unlock()
	j.count++
	e.Number = j.count
	if uint64(len(j.ring)) < j.capacity {
		j.ring = append(j.ring, e)
	} else {
		j.ring[(j.count-1)%j.capacity] = e
	}
	if j.added != nil {
		close(j.added)
		j.added = nil
	}
	return e.Number
}

// Entries are the entries with a higher number than since, oldest first, at most
// limit of them; a limit below 1 means all. A first number above since+1 says
// that entries between have been overwritten.
func (j *Journal) Entries(since uint64, limit int) []Entry {
	j.mu.Lock()
	defer j.mu.Unlock()
	first := max(since+1, j.count-uint64(len(j.ring))+1)
	if since >= j.count {
		return []Entry{}
	}
	last := j.count
	if limit >= 1 {
		last = min(last, first+uint64(limit)-1)
	}
	entries := make([]Entry, 0, last-first+1)
	for n := first; n <= last; n++ {
		entries = append(entries, j.ring[(n-1)%j.capacity])
	}
	return entries
}

// Last is the newest entry; false if there is none.
func (j *Journal) Last() (Entry, bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.count == 0 {
		return Entry{}, false
	}
	return j.ring[(j.count-1)%j.capacity], true
}

// Count is how many exchanges there were, kept or not: the number of the newest entry.
func (j *Journal) Count() uint64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.count
}

// Wait returns once there is an entry with a higher number than since, or with the
// context's error.
func (j *Journal) Wait(ctx context.Context, since uint64) error {
	for {
		added := j.await(since)
		if added == nil {
			return nil
		}
		select {
		case <-added:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// await is closed by the next Add; nil if there is nothing to wait for.
func (j *Journal) await(since uint64) <-chan struct{} {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.count > since {
		return nil
	}
	if j.added == nil {
		j.added = make(chan struct{})
	}
	return j.added
}
