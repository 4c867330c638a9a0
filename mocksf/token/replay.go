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
}

// forgetFrom is the size from which what has expired is forgotten.
const forgetFrom = 1 << 12

// maxRemembered bounds the memory. A jti beyond it is refused the check, that is
// accepted: a fake that runs out of memory judges nobody.
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

func (r *replays) forget(now time.Time) {
	if len(r.till) < r.next {
		return
	}
	for key, end := range r.till {
		if end.Before(now) {
			delete(r.till, key)
		}
	}
	r.next = max(forgetFrom, 2*len(r.till))
}
