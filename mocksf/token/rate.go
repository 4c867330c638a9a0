package token

import (
	"sync"
	"time"
)

// logins counts the logins of each user over the last hour, by the minute.
type logins struct {
	mu     sync.Mutex
	byUser map[string]*hour
}

// hour is a ring of 60 minutes.
type hour struct {
	perMinute [60]int
	total     int
	// last is the minute that was counted last, in minutes since 1970.
	last int64
}

func newLogins() *logins { return &logins{byUser: map[string]*hour{}} }

// count counts one login of the user and says whether it is within the limit (E21); 0 means no limit.
// A refused login is not counted, so that the user can log in again as the hour passes.
func (l *logins) count(user string, now time.Time, limit int) bool {
	if limit == 0 {
		return true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	h := l.byUser[user]
	if h == nil {
		h = &hour{last: now.Unix() / 60}
		l.byUser[user] = h
	}
	h.moveTo(now.Unix() / 60)
	if h.total >= limit {
		return false
	}
	h.perMinute[h.last%60]++
	h.total++
	return true
}

// moveTo lets the minutes between the last count and now fall out of the hour.
func (h *hour) moveTo(minute int64) {
	if minute-h.last >= 60 {
		*h = hour{last: minute}
		return
	}
	for h.last < minute {
		h.last++
		h.total -= h.perMinute[h.last%60]
		h.perMinute[h.last%60] = 0
	}
}
