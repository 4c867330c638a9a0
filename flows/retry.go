package flows

import (
	"context"
	"encoding/binary"
	"io"
	"math"
	"time"
)

// jitterShare is how much a wait may grow by chance. It stays small enough that each wait exceeds the one before.
const jitterShare = 0.2

// backoff is the wait before request n+1, when n have been made: FirstDelay, doubling, with jitter, MaxDelay at most. A
// Retry-After is never undercut; one beyond MaxDelay means that there is no next request.
func (o Options) backoff(n int, retryAfter time.Duration) (time.Duration, bool) {
	if n >= o.Retry.Attempts || retryAfter > o.Retry.MaxDelay {
		return 0, false
	}
	wait := float64(o.Retry.FirstDelay) * math.Pow(2, float64(n-1))
	wait = max(wait, float64(retryAfter)) * (1 + jitterShare*o.chance())
	return time.Duration(min(wait, float64(o.Retry.MaxDelay))), true
}

// patience is what is left of the retries of one operation.
type patience struct {
	options  Options
	deadline time.Time
	failures int // transient ones in a row
}

func (o Options) patience(budget time.Duration) *patience {
	return &patience{options: o, deadline: o.Now().Add(budget)}
}

// next counts a transient failure and says how long to wait before one more request; false means that there is none.
func (p *patience) next(retryAfter time.Duration) (time.Duration, bool) {
	p.failures++
	wait, again := p.options.backoff(p.failures, retryAfter)
	return wait, again && p.allows(wait)
}

// allows reports whether a wait ends within the budget.
func (p *patience) allows(wait time.Duration) bool {
	return !p.options.Now().Add(wait).After(p.deadline)
}

// chance is a number from 0 to 1. Without random bytes it is 1: a retry must not fail for want of jitter.
func (o Options) chance() float64 {
	var bits [8]byte
	if _, err := io.ReadFull(o.Rand, bits[:]); err != nil {
		return 1
	}
	return float64(binary.BigEndian.Uint64(bits[:])) / math.MaxUint64
}

// campaign is one login, from its first token request to the token or to giving up.
type campaign struct {
	login        login
	options      Options
	workedBefore bool              // this identity has had a token, so a refusal may be one server that lags behind
	counted      func() int        // counts a token request and returns the total of the source
	failed       func(*TokenError) // learns of every failure, the final one included

	believed *TokenError // a remembered refusal, which only another credential can end; nil for none

	patience  *patience
	requests  int
	freshened bool
	reloaded  bool
}

func (c *campaign) run(ctx context.Context) (*Token, error) {
	// A login that waits for an app to spread outlives the ordinary budget; an outage meanwhile must not cut it short.
	c.patience = c.options.patience(max(c.options.Retry.Budget, c.options.PropagationWait))
	if c.believed != nil && !c.reload(ctx) {
		return nil, c.believed
	}
	for {
		token, refusal := c.attempt(ctx)
		if refusal == nil {
			return token, nil
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		c.failed(refusal)
		wait, again := c.next(ctx, refusal)
		if !again {
			return nil, refusal
		}
		if err := c.options.Sleep(ctx, wait); err != nil {
			return nil, err
		}
	}
}

func (c *campaign) attempt(ctx context.Context) (*Token, *TokenError) {
	c.requests++
	total := c.counted()
	options := c.options
	if left := c.patience.deadline.Sub(options.Now()); left > 0 {
		options.Timeout = min(options.Timeout, left)
	}
	token, refusal := (&exchange{login: c.login, options: options}).run(ctx)
	if refusal != nil {
		refusal.Attempts, refusal.Logins = c.requests, total
		refusal.Hint = orElse(refusal.Hint, refusal.fillHint(refusal.handling().hint))
		refusal.noteClocks()
	}
	return token, refusal
}

// next says how long to wait before one more request, or that this refusal is final.
func (c *campaign) next(ctx context.Context, e *TokenError) (time.Duration, bool) {
	if e.Temporary() {
		return c.patience.next(e.RetryAfter)
	}
	c.patience.failures = 0
	known := e.handling()
	switch {
	case known.freshen && !c.freshened:
		c.freshened = true
		return c.options.backoff(1, 0)
	case known.reload && c.reload(ctx):
		return 0, true
	case known.spreads && c.options.PropagationWait > 0:
		wait := c.propagationStep()
		return wait, c.patience.allows(wait)
	case known.spreads && c.workedBefore && c.requests == 1:
		return c.options.backoff(1, 0)
	}
	return 0, false
}

// propagationStep is slow on purpose: one request a minute over ten minutes, one every five minutes over two hours.
func (c *campaign) propagationStep() time.Duration {
	step := min(c.options.PropagationWait/10, 5*time.Minute)
	return time.Duration(float64(step) * (1 + jitterShare*c.options.chance()))
}

// reload reads the credential again, once, and reports whether there is another one to try.
func (c *campaign) reload(ctx context.Context) bool {
	if c.reloaded || c.login.reload == nil {
		return false
	}
	c.reloaded = true
	fresh, err := c.login.reload(ctx)
	if err != nil || fresh.identity == c.login.identity {
		return false // the refusal itself is the better message
	}
	c.login = fresh
	return true
}
