package flows

import (
	"context"
	"fmt"
)

// flight is one login that several callers wait for. It runs on its own context, so that the caller who started it
// may leave without failing the others; when the last one leaves, it ends.
type flight struct {
	done        chan struct{}
	cancel      context.CancelFunc
	waiters     int         // guarded by the source's mutex, as is lastFailure
	lastFailure *TokenError // of the requests so far, for those who leave while the next one is waited for

	token *Token
	err   error
}

// join enters the login under way, or starts one; after a believed refusal only with another credential than the one
// that was refused. The caller holds the mutex.
func (s *TokenSource) join(ctx context.Context, believed *TokenError) *flight {
	if s.flight == nil {
		detached, cancel := context.WithCancel(context.WithoutCancel(ctx))
		f := &flight{done: make(chan struct{}), cancel: cancel}
		s.flight = f
		go s.fly(detached, f, &campaign{
			login: s.login, options: s.options, workedBefore: s.worked, counted: s.countRequest,
			failed: func(e *TokenError) { s.noteFailure(f, e) }, believed: believed,
		})
	}
	s.flight.waiters++
	return s.flight
}

func (s *TokenSource) fly(ctx context.Context, f *flight, c *campaign) {
	defer close(f.done)
	defer f.cancel()
	token, err := c.run(ctx)
	if err == nil && s.options.OnLogin != nil {
		s.options.OnLogin(token.clone())
	}

	s.mu.Lock()
	defer s.mu.Unlock()
	if s.flight == f {
		s.flight = nil
	}
	if c.reloaded { // otherwise a login that everybody left could undo the reload of its successor
		s.login = c.login
	}
	f.token, f.err = s.land(token, err)
}

func (s *TokenSource) noteFailure(f *flight, e *TokenError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f.lastFailure = e
}

// wait returns the outcome of the login, or leaves it when the caller's own context ends.
func (s *TokenSource) wait(ctx context.Context, f *flight) (*Token, error) {
	select {
	case <-f.done:
		return f.token, f.err
	case <-ctx.Done():
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	f.waiters--
	if f.waiters == 0 {
		f.cancel()
		if s.flight == f {
			s.flight = nil // a later caller starts a login of its own, not this dying one
		}
	}
	err := fmt.Errorf("flows: login at %s stopped: %w", s.login.base.Host, ctx.Err())
	if f.lastFailure != nil {
		err = fmt.Errorf("%w; last failure: %w", err, f.lastFailure)
	}
	return nil, err
}
