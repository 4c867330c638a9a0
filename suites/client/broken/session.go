package main

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// memory is how long a refused login is not tried again.
const memory = 30 * time.Second

// sessions are the sessions of all identities of the process.
type sessions struct {
	mu  sync.Mutex
	all map[string]*session
	// last is the token of the last login of them all.
	last atomic.Pointer[token]
}

// session is what an identity is logged in with. Logins are made one at a time, and
// who waited for one takes what it gave.
type session struct {
	mu       sync.Mutex
	token    *token
	logins   int
	failure  error
	failedAt time.Time
}

// identityOf is host, app and user, and nothing less.
func (c *client) identityOf() string {
	switch {
	case c.breaks("org-same-user"):
		return c.clientID + "\n" + c.username
	case c.breaks("cache-keyed-by-identity"):
		return c.loginURL
	}
	return c.loginURL + "\n" + c.clientID + "\n" + c.username
}

// session is that of the identity.
func (c *client) session() *session {
	key := c.identity
	c.sessions.mu.Lock()
	defer c.sessions.mu.Unlock()
	if c.sessions.all == nil {
		c.sessions.all = map[string]*session{}
	}
	if c.sessions.all[key] == nil {
		c.sessions.all[key] = &session{}
	}
	return c.sessions.all[key]
}

// token is the one at hand, or a new one if there is none, it has ended, or it is the
// stale one that the API has refused.
func (c *client) token(ctx context.Context, stale string) (*token, error) {
	s := c.session()
	s.mu.Lock()
	defer s.mu.Unlock()
	if t := s.token; t != nil && t.access != stale && !c.hasEnded(t) && !c.logsInAlone(stale) {
		return t, nil
	}
	if s.token == nil && s.logins == 0 {
		if s.token = c.restore(); s.token != nil {
			return s.token, nil
		}
	}
	if s.failure != nil && c.clock.now().Sub(s.failedAt) < memory {
		return nil, s.failure
	}
	fresh, err := c.login(ctx)
	if err != nil {
		if isFinal(err) {
			s.failure, s.failedAt = err, c.clock.now()
		}
		return nil, err
	}
	return fresh, c.take(s, fresh)
}

// take makes a token the one at hand.
func (c *client) take(s *session, fresh *token) error {
	if s.token != nil {
		c.replaced.Store(s.token)
		if c.breaks("host-instance-url-change") {
			fresh.instance = s.token.instance
		}
	}
	fresh.host, fresh.app = c.loginURL, c.clientID
	s.token, s.failure = fresh, nil
	s.logins++
	c.sessions.last.Store(fresh)
	return c.store(fresh)
}

// forget has the next call log in.
func (c *client) forget() {
	s := c.session()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.token = nil
}

// orLast is the token of the last login of all, whoever that was: unless it was one of
// the same app or host.
func (c *client) orLast(t *token) *token {
	last := c.sessions.last.Load()
	if last == nil || !c.breaks("org-token-isolation") || last.app == t.app || last.host == t.host {
		return t
	}
	return &token{access: last.access, instance: t.instance}
}

// logsInAlone says that nobody's new token will do but one's own.
func (c *client) logsInAlone(stale string) bool {
	return stale != "" && c.breaks("cache-single-flight-expiry")
}

// hasEnded heeds expires_in where the answer had it; without it the session lasts
// until the API refuses it.
func (c *client) hasEnded(t *token) bool {
	return !t.expires.IsZero() && !c.clock.now().Before(t.expires)
}

// workedBefore says whether the identity has had a token. A login holds the lock.
func (c *client) workedBefore() bool { return c.session().token != nil }

// atHand is the token at hand; nil if there is none.
func (c *client) atHand() *token {
	s := c.session()
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.token
}

// logins counts those of the identity.
func (c *client) logins() int {
	s := c.session()
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.logins
}
