package session

import (
	"fmt"
	"sync"
	"time"
)

// memory is what the store remembers of single sessions, each until a time at
// which the session has ended anyway.
type memory struct {
	at   map[[12]byte]time.Time
	till map[[12]byte]time.Time
	// next is the size at which what has ended is forgotten.
	next int
}

// forgetFrom is the size of a memory below which nothing is looked through.
const forgetFrom = 1 << 12

func newMemory() *memory {
	return &memory{map[[12]byte]time.Time{}, map[[12]byte]time.Time{}, forgetFrom}
}

func (m *memory) note(id [12]byte, at, till time.Time) {
	if len(m.at) >= m.next {
		for old, end := range m.till {
			if end.Before(at) {
				delete(m.at, old)
				delete(m.till, old)
			}
		}
		m.next = max(forgetFrom, 2*len(m.at))
	}
	m.at[id], m.till[id] = at, till
}

// news is what happened to sessions after they were issued.
type news struct {
	mu      sync.Mutex
	revoked *memory
	used    *memory
	// cut holds, by "user/ID", "app/HASH" and "all", up to which session all have ended.
	cut map[string]uint32
}

// Touch notes that the session was used, which starts its time-out anew. As on
// the real service only a use in the second half of the time counts.
func (s *Store) Touch(x Session, now time.Time) {
	if x.JWT || now.Sub(s.lastUse(x)) <= x.Timeout/2 {
		return
	}
	s.news.mu.Lock()
	defer s.news.mu.Unlock()
	s.news.used.note(x.ID, now, now.Add(x.Timeout))
}

func (s *Store) lastUse(x Session) time.Time {
	s.news.mu.Lock()
	defer s.news.mu.Unlock()
	if at, ok := s.news.used.at[x.ID]; ok {
		return at
	}
	return x.IssuedAt
}

// Ends is when the session ends if nobody uses it until then.
func (s *Store) Ends(x Session) time.Time { return s.lastUse(x).Add(x.Timeout) }

// Revoke ends one session.
func (s *Store) Revoke(x Session, now time.Time) {
	s.news.mu.Lock()
	defer s.news.mu.Unlock()
	s.news.revoked.note(x.ID, now, now.Add(x.Timeout))
}

// RevokeApp ends all sessions and refresh tokens of the app so far, as applying a
// rotation of a connected app does (facts: section 8).
func (s *Store) RevokeApp(name string) {
	s.cutOff(appKey(AppHash(name)))
	s.forget(func(of owner) bool { return of.app == AppHash(name) })
}

// RevokeUser ends all sessions and refresh tokens of the user so far. The id has 15
// or 18 characters.
func (s *Store) RevokeUser(id string) {
	s.cutOff(userKey(id))
	s.forget(func(of owner) bool { return of.user == id[:min(len(id), 15)] })
}

// RevokeAll ends all sessions and refresh tokens of the org so far.
func (s *Store) RevokeAll() {
	s.cutOff("all")
	s.forget(func(owner) bool { return true })
}

func (s *Store) cutOff(key string) {
	s.news.mu.Lock()
	defer s.news.mu.Unlock()
	s.news.cut[key] = uint32(s.count.Load())
}

// ended says whether the session was revoked, alone or with others.
func (s *Store) ended(x Session) bool {
	s.news.mu.Lock()
	defer s.news.mu.Unlock()
	if _, ok := s.news.revoked.at[x.ID]; ok {
		return true
	}
	if len(s.news.cut) == 0 {
		return false
	}
	for _, key := range []string{"all", userKey(x.UserID), appKey(x.App)} {
		if last, ok := s.news.cut[key]; ok && x.Order <= last {
			return true
		}
	}
	return false
}

func userKey(id string) string  { return "user/" + id[:min(len(id), 15)] }
func appKey(hash uint64) string { return fmt.Sprintf("app/%x", hash) }
