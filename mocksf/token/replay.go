package token

import (
	"hash/maphash"
	"sync"
	"time"
)

// replays remembers the jti of assertions until these have expired anyway.
type replays struct {
	mu   sync.Mutex
	seed maphash.Seed
	till map[uint64]time.Time
	next int
	// again is when the next entry expires; nothing is to be gained before.
	again time.Time
}

// forgetFrom is the size from which what has expired is forgotten.
const forgetFrom = 1 << 12

// maxRemembered bounds the memory. A jti beyond it is not remembered, so that its
// replay would pass: a fake that runs out of memory judges nobody.
const maxRemembered = 1 << 17

func newReplays() *replays {
	return &replays{seed: maphash.MakeSeed(), till: map[uint64]time.Time{}, next: forgetFrom}
}

// first says whether the issuer sends the jti for the first time, and remembers
// it. Without a jti there is nothing to replay (facts: section 3).
func (r *replays) first(issuer, jti string, now, till time.Time) bool {
	if jti == "" {
		return true
	}
	key := maphash.String(r.seed, issuer+"\x00"+jti)
	r.mu.Lock()
	defer r.mu.Unlock()
	if end, seen := r.till[key]; seen && !end.Before(now) {
		return false
	}
	r.forget(now)
	if len(r.till) < maxRemembered {
		r.till[key] = till
	}
	return true
}

// forget drops what has expired, once there is much of it; a full memory is
// looked through again only when its next entry expires.
func (r *replays) forget(now time.Time) {
	if len(r.till) < r.next || now.Before(r.again) {
		return
	}
	r.again = time.Time{}
	for key, end := range r.till {
		switch {
		case end.Before(now):
			delete(r.till, key)
		case r.again.IsZero() || end.Before(r.again):
			r.again = end
		}
	}
	r.next = min(max(forgetFrom, 2*len(r.till)), maxRemembered)
}
