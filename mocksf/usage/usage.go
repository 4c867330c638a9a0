// Package usage counts the API requests of an org over a day. REST and SOAP draw on
// one allotment (facts: section 5.1, Daily limit).
package usage

import (
	"sync"
	"time"
)

// Counter counts the org's requests of 24 hours. The day begins with the first
// request after the last day has ended. The zero value is ready for use.
type Counter struct {
	mu    sync.Mutex // guards since and n
	since time.Time
	n     int
}

const day = 24 * time.Hour

// Used is how many requests the day has seen at the time.
func (c *Counter) Used(now time.Time) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now.Sub(c.since) >= day {
		return 0
	}
	return c.n
}

// Add counts one request and returns how many there are with it.
func (c *Counter) Add(now time.Time) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now.Sub(c.since) >= day {
		c.since, c.n = now, 0
	}
	c.n++
	return c.n
}
