package rest

import (
	"fmt"
	"maps"
	"sync"
	"time"

	"github.com/sfconform/sfconform/mocksf/exchange"
)

// usage counts the org's requests of 24 hours. The day begins with the first
// request after the last day has ended.
type usage struct {
	mu    sync.Mutex
	since time.Time
	n     int
}

const day = 24 * time.Hour

// at is how many requests the day has seen.
func (u *usage) at(now time.Time) int {
	u.mu.Lock()
	defer u.mu.Unlock()
	if now.Sub(u.since) >= day {
		return 0
	}
	return u.n
}

// count adds a request and returns how many there are with it.
func (u *usage) count(now time.Time) int {
	u.mu.Lock()
	defer u.mu.Unlock()
	if now.Sub(u.since) >= day {
		u.since, u.n = now, 0
	}
	u.n++
	return u.n
}

// withUsage adds the header that tells the client how many requests are used up
// (facts: section 5.6).
func withUsage(answer exchange.Answer, used, limit int) exchange.Answer {
	header := maps.Clone(answer.Header)
	if header == nil {
		header = map[string]string{}
	}
	header["Sforce-Limit-Info"] = fmt.Sprintf("api-usage=%d/%d", used, limit)
	answer.Header = header
	return answer
}
