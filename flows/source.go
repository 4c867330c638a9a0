package flows

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"slices"
	"sync"
	"time"

	"golang.org/x/oauth2"
)

const (
	firstMemo     = time.Minute
	maxMemo       = 15 * time.Minute
	transientMemo = 10 * time.Second

	// A token that the API refuses within freshFor of the login was not ended by a time-out; after maxFreshRefusals in
	// a row without one accepted call, a further login would not help.
	freshFor         = time.Minute
	maxFreshRefusals = 2
)

// TokenSource keeps the access token of one identity. Share it: all goroutines that use one source make one login
// between them. It keeps no timer and no goroutine beyond the login under way.
type TokenSource struct {
	options Options

	mu       sync.Mutex // guards all below
	login    login
	flight   *flight
	current  *Token
	worked   bool // there has been a token
	requests int  // token requests made

	refusal   *TokenError // what was remembered of the last failure
	askAgain  time.Time   // and until when it is believed
	lookAgain time.Time   // when the credential may be read again meanwhile
	refusals  int         // failures since the last success, for the growing wait
	dead      string      // the last token that the API refused
	freshDead int         // tokens refused soon after their login, in a row
	origins   []url.URL   // instance URLs seen, the newest last
}

var _ oauth2.TokenSource = (*TokenSource)(nil)

// NewTokenSource validates both arguments, without a network call; errors are [*ConfigError].
func NewTokenSource(flow Flow, options Options) (*TokenSource, error) {
	if flow == nil {
		return nil, &ConfigError{Setting: "Flow", Problem: "is missing", Fix: "give a ClientCredentials or a JWTBearer"}
	}
	l, err := flow.login()
	if err != nil {
		return nil, err
	}
	if err := options.validate(); err != nil {
		return nil, err
	}
	options = options.withDefaults()
	options.AllowedHosts = slices.Clone(options.AllowedHosts)
	for i, host := range options.AllowedHosts {
		options.AllowedHosts[i] = hostName(host)
	}
	return &TokenSource{options: options, login: l}, nil
}

// Token implements oauth2.TokenSource; prefer [TokenSource.AccessToken], which takes a context. Under API calls a
// [Transport] is better than that of package oauth2, which sends the token to any host and does not see its end.
func (s *TokenSource) Token() (*oauth2.Token, error) {
	token, err := s.AccessToken(context.Background())
	if err != nil {
		return nil, err
	}
	return token.OAuth2(), nil
}

// AccessToken returns the token in use, or logs in if there is none or it is about to expire. A failure is a
// [*TokenError]; when the context ends first, it wraps the context's error and the last failure until then, if any.
func (s *TokenSource) AccessToken(ctx context.Context) (*Token, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("flows: %w", err)
	}
	s.mu.Lock()
	now := s.options.Now()
	if s.current != nil && s.fresh(s.current, now) {
		defer s.mu.Unlock()
		return s.current.clone(), nil
	}
	var believed *TokenError
	if s.refusal != nil && now.Before(s.askAgain) {
		if !s.mayLookAgain(now) {
			defer s.mu.Unlock()
			return s.lastGood(now, s.remembered())
		}
		believed = s.refusal
	}
	f := s.join(ctx, believed)
	s.mu.Unlock()
	return s.wait(ctx, f)
}

// Invalidate tells the source that the API refused this access token. Reports about a token that is no longer in use
// are ignored, so that many callers may report the same one.
func (s *TokenSource) Invalidate(accessToken string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.current == nil || s.current.AccessToken != accessToken {
		return
	}
	now := s.options.Now()
	refusedBefore := s.dead == accessToken
	if now.Sub(s.current.Obtained) >= freshFor {
		s.freshDead = 0
	}
	s.freshDead++
	s.dead, s.current = accessToken, nil
	switch {
	case refusedBefore:
		s.remember(s.useless("the org issued the same access token again after the API had refused it"), now)
	case s.freshDead >= maxFreshRefusals:
		s.remember(s.useless(fmt.Sprintf("the API refused %d access tokens in a row, the last one soon after its login", s.freshDead)), now)
	}
}

// accepted notes that an API call got past the session check with this token.
func (s *TokenSource) accepted(accessToken string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.current != nil && s.current.AccessToken == accessToken {
		s.freshDead, s.dead = 0, ""
	}
}

// String names the identity.
func (s *TokenSource) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return fmt.Sprintf("flows.TokenSource{%s at %s as %s}", s.login.flow, s.login.base.Host, shortID(s.login.clientID))
}

// Format prints String for every verb.
func (s *TokenSource) Format(state fmt.State, _ rune) { _, _ = io.WriteString(state, s.String()) }

// land records the outcome of a login. The caller holds the mutex, as in all methods below.
func (s *TokenSource) land(token *Token, err error) (*Token, error) {
	if err == nil {
		s.current, s.worked = token, true
		s.refusal, s.refusals = nil, 0
		s.noteOrigin(token.InstanceURL)
		return token.clone(), nil
	}
	now := s.options.Now()
	// Any other error means that everybody left, which says nothing about the org.
	refusal, isRefusal := errors.AsType[*TokenError](err)
	switch {
	case isRefusal && refusal == s.refusal: // believed, and the credential is still the one that was refused
		err = s.remembered()
	case isRefusal:
		s.remember(refusal, now)
	}
	return s.lastGood(now, err)
}

// lastGood prefers a token that still lives to the failure to renew it.
func (s *TokenSource) lastGood(now time.Time, err error) (*Token, error) {
	if s.current != nil && (s.current.Expiry.IsZero() || now.Before(s.current.Expiry)) {
		return s.current.clone(), nil
	}
	return nil, err
}

// fresh reports whether the token can be used without logging in again: until a little before its end, if that is known.
func (s *TokenSource) fresh(t *Token, now time.Time) bool {
	end := t.Expiry
	if end.IsZero() && s.options.SessionTimeout > 0 {
		end = t.Obtained.Add(s.options.SessionTimeout)
	}
	if end.IsZero() {
		return true
	}
	return now.Before(end.Add(-min(end.Sub(t.Obtained)/5, time.Minute)))
}

// remember keeps a failure, so that many workers do not repeat it: a transient one for seconds, a permanent one for
// minutes that grow, and a used-up login allowance for as long as Salesforce says.
func (s *TokenSource) remember(e *TokenError, now time.Time) {
	s.refusals++
	wait := min(firstMemo<<min(s.refusals-1, 10), maxMemo)
	if e.Temporary() {
		wait = max(transientMemo, e.RetryAfter)
	}
	s.refusal, s.askAgain = e, now.Add(orElse(e.handling().memo, wait))
	s.lookAgain = now.Add(transientMemo)
}

// mayLookAgain says, now and then, that the credential should be read again although its refusal is believed: whoever
// rotates it may have been a moment late.
func (s *TokenSource) mayLookAgain(now time.Time) bool {
	if s.login.reload == nil || !s.refusal.handling().reload || now.Before(s.lookAgain) {
		return false
	}
	s.lookAgain = now.Add(transientMemo)
	return true
}

func (s *TokenSource) remembered() *TokenError {
	again := *s.refusal
	again.RetryAt = s.askAgain
	return &again
}

func (s *TokenSource) useless(problem string) *TokenError {
	return &TokenError{
		Host: s.login.base.Host, Flow: s.login.flow, ClientID: shortID(s.login.clientID), Username: s.login.username,
		Problem: problem, Logins: s.requests, ClientTime: s.options.Now(),
		Hint: "logging in works but the API does not accept the session: look at the API's own error, at the app's scopes and IP policy, and at API Access Control.",
	}
}

func (s *TokenSource) countRequest() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests++
	return s.requests
}

// noteOrigin remembers the hosts this identity has lived on; a parsed URL, because the policy has passed it.
func (s *TokenSource) noteOrigin(instance string) {
	if u, err := url.Parse(instance); err == nil && !slices.Contains(s.origins, *u) {
		s.origins = append(s.origins, *u)
	}
}

func (s *TokenSource) knowsOrigin(u *url.URL) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.ContainsFunc(s.origins, func(o url.URL) bool { return o.Scheme == u.Scheme && o.Host == u.Host })
}

func (t *Token) clone() *Token {
	c := *t
	return &c
}
