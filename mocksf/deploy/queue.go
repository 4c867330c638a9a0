package deploy

import (
	"errors"
	"math"
	"slices"
	"time"

	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// The bounds of the deploys that wait: their number, and the bytes of their zip files.
const (
	maxWaiting      = 25
	maxWaitingBytes = 256 << 20
)

// errQueueFull says that too many deploys wait.
var errQueueFull = errors.New("deploy: too many deploys wait for their turn: advance the clock, cancel some, or shorten settings/deployDuration")

// enqueue lets a deploy wait for its turn. A trial tells how many components it has.
func (s *Service) enqueue(r *request, duration time.Duration) {
	r.schedule = &schedule{created: r.order.now, duration: duration, expected: s.trial(r)}
	behind := r.order.now
	if n := len(s.waiting); n > 0 {
		behind = s.waiting[n-1].ends
	}
	r.place(behind)
	s.waiting = append(s.waiting, r)
	s.plan()
}

// full says whether the deploy finds no place among those that wait.
func (s *Service) full(o order) bool {
	bytes := len(o.archive)
	for _, r := range s.waiting {
		bytes += len(r.order.archive)
	}
	return len(s.waiting) >= maxWaiting || len(s.waiting) > 0 && bytes > maxWaitingBytes
}

// plan notes when the next deploy ends.
func (s *Service) plan() {
	next := int64(math.MaxInt64)
	if len(s.waiting) > 0 {
		next = s.waiting[0].ends.UnixNano()
	}
	s.next.Store(next)
}

// CatchUp carries out the deploys that have ended by the time, each at its own end.
// Without any it costs next to nothing.
func (s *Service) CatchUp(now time.Time) {
	if now.UnixNano() < s.next.Load() {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.catchUp(now)
}

// catchUp is CatchUp for callers that hold the lock.
func (s *Service) catchUp(now time.Time) {
	for len(s.waiting) > 0 && !s.waiting[0].ends.After(now) {
		r := s.waiting[0]
		s.waiting = s.waiting[1:]
		if r.canceled.IsZero() {
			s.carry(r, r.ends)
		}
		s.ended(r)
	}
	s.plan()
}

// ended makes the last state of a deploy that waited the one to stay, and releases
// what only the wait needed.
func (s *Service) ended(r *request) {
	if !r.canceled.IsZero() {
		r.deploy = r.view(r.canceled)
		r.deploy.cancel(r.ends)
	}
	r.schedule, r.order = nil, order{}
	s.requests.count(r)
}

// EndsAt is when the last of the deploys that wait will be done; zero if none waits.
func (s *Service) EndsAt() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	if n := len(s.waiting); n > 0 {
		return s.waiting[n-1].ends
	}
	return time.Time{}
}

// cancel cancels a deploy: at once as long as it waits, else it takes as long as the
// wait does. It is false for a deploy that has ended.
func (s *Service) cancel(r *request, by *snapshot.User, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.catchUp(now)
	switch {
	case r.schedule == nil:
		return false
	case !r.canceled.IsZero():
		return true
	}
	r.canceled = now
	r.deploy.by(by)
	if now.Before(r.starts) {
		r.ends = now
		s.waiting = slices.DeleteFunc(s.waiting, func(w *request) bool { return w == r })
		s.ended(r)
	} else if soon := now.Add(r.waits()); soon.Before(r.ends) {
		r.ends = soon
	}
	s.closeRanks(now)
	return true
}

// closeRanks lets the deploys that have not begun follow on those before them again.
func (s *Service) closeRanks(now time.Time) {
	behind := now
	for _, r := range s.waiting {
		if now.Before(r.starts) {
			r.place(behind)
		}
		behind = r.ends
	}
	s.plan()
}
