package flows

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"time"
)

// jitterShare is how much a wait may grow by chance. It stays small enough that each wait exceeds the one before.
const jitterShare = 0.2

// backoff is the wait before request n+1, when n have been made: FirstDelay, doubling, with jitter. A Retry-After is
// never undercut; one beyond MaxDelay means that there is no next request.
func (o Options) backoff(n int, retryAfter time.Duration) (time.Duration, bool) {
	if n >= o.Retry.Attempts || retryAfter > o.Retry.MaxDelay {
		return 0, false
	}
	wait := float64(o.Retry.FirstDelay) * math.Pow(2, float64(n-1))
	wait = min(wait, float64(o.Retry.MaxDelay))
	return time.Duration(max(wait, float64(retryAfter)) * (1 + jitterShare*o.chance())), true
}

// patiently calls try until it wants no repeat or the bounds of Retry are reached. Its error is that of a wait cut short.
func (o Options) patiently(ctx context.Context, try func() (retryAfter time.Duration, again bool)) error {
	deadline := o.Now().Add(o.Retry.Budget)
	for n := 1; ; n++ {
		asked, again := try()
		if err := ctx.Err(); err != nil {
			return err
		}
		if !again {
			return nil
		}
		wait, again := o.backoff(n, asked)
		if !again || o.Now().Add(wait).After(deadline) {
			return nil
		}
		if err := o.Sleep(ctx, wait); err != nil {
			return err
		}
	}
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
	workedBefore bool       // this identity has had a token, so a refusal may be one server that lags behind
	counted      func() int // counts a token request and returns the total of the source

	started   time.Time
	requests  int
	freshened bool
	reloaded  bool
}

func (c *campaign) run(ctx context.Context) (*Token, error) {
	c.started = c.options.Now()
	for {
		token, refusal := c.attempt(ctx)
		if refusal == nil {
			return token, nil
		}
		if ctx.Err() != nil {
			return nil, fmt.Errorf("flows: login at %s stopped: %w", refusal.Host, ctx.Err())
		}
		wait, again := c.next(ctx, refusal)
		if !again {
			return nil, refusal
		}
		if err := c.options.Sleep(ctx, wait); err != nil {
			return nil, fmt.Errorf("flows: login stopped while waiting to retry: %w; last answer: %w", err, refusal)
		}
	}
}

func (c *campaign) attempt(ctx context.Context) (*Token, *TokenError) {
	c.requests++
	total := c.counted()
	options := c.options
	if left := c.started.Add(max(options.Retry.Budget, options.PropagationWait)).Sub(options.Now()); left > 0 {
		options.Timeout = min(options.Timeout, left)
	}
	token, refusal := (&exchange{login: c.login, options: options}).run(ctx)
	if refusal != nil {
		refusal.Attempts, refusal.Logins = c.requests, total
		refusal.Hint = orElse(refusal.Hint, refusal.fillHint(refusal.handling().hint))
	}
	return token, refusal
}

// next says how long to wait before one more request, or that this refusal is final.
func (c *campaign) next(ctx context.Context, e *TokenError) (time.Duration, bool) {
	known := e.handling()
	switch {
	case e.Temporary():
		wait, again := c.options.backoff(c.requests, e.RetryAfter)
		return wait, again && c.within(c.options.Retry.Budget, wait)
	case known.freshen && !c.freshened:
		c.freshened = true
		return c.options.backoff(1, 0)
	case known.reload && c.reload(ctx):
		return 0, true
	case known.spreads && c.options.PropagationWait > 0:
		wait := c.propagationStep()
		return wait, c.within(c.options.PropagationWait, wait)
	case known.spreads && c.workedBefore && c.requests == 1:
		return c.options.backoff(1, 0)
	}
	return 0, false
}

func (c *campaign) within(budget, wait time.Duration) bool {
	return !c.options.Now().Add(wait).After(c.started.Add(budget))
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
