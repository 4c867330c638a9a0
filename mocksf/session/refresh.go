package session

import (
	"crypto/subtle"
	"slices"
	"sync"
	"time"
)

// Approval is a user's approval of an app that comes with a refresh token.
type Approval struct {
	// App is the API name's hash, as AppHash makes it.
	App uint64
	// UserID is the user's 15-character id.
	UserID   string
	Scopes   []string
	IssuedAt time.Time
	// UsedAt is when the refresh token was used last, or else issued.
	UsedAt time.Time
}

// MaxApprovals is how many approvals of one app a user can have; one more ends the
// oldest (facts: section 6).
const MaxApprovals = 5

// maxIssued bounds the access tokens that a revocation of their approval ends.
const maxIssued = 32

// approvals remembers the refresh tokens of an org, by token and by user and app.
type approvals struct {
	mu      sync.Mutex
	byToken map[string]*approval
	byOwner map[owner][]*approval
}

type owner struct {
	app  uint64
	user string
}

type approval struct {
	Approval
	// token is the one that is good; spent those that rotation has ended, latest last.
	token string
	spent []string
	// sessions are the latest that came of the approval.
	sessions []Session
}

// refreshPrefix is how Salesforce's refresh tokens begin.
const refreshPrefix = "5Aep861"

// Approve is a new refresh token, for what the grant allowed.
func (s *Store) Approve(g Grant, first Session, now time.Time) string {
	a := &approval{
		Approval: Approval{App: g.App, UserID: g.UserID, Scopes: g.Scopes, IssuedAt: now, UsedAt: now},
		token:    s.newRefreshToken(), sessions: []Session{first},
	}
	k, of := &s.approvals, owner{g.App, g.UserID}
	k.mu.Lock()
	defer k.mu.Unlock()
	if list := k.byOwner[of]; len(list) == MaxApprovals {
		s.endLocked(list[0], now)
	}
	k.byToken[a.token], k.byOwner[of] = a, append(k.byOwner[of], a)
	return a.token
}

func (s *Store) newRefreshToken() string {
	n := s.grants.Add(1)
	return refreshPrefix + alphabet.EncodeToString(append(s.secret(n), s.secret(^n)[:12]...))
}

// Refresh is the approval behind a refresh token that is good; false if the org did
// not issue it or has ended it since.
func (s *Store) Refresh(token string) (Approval, bool) {
	s.approvals.mu.Lock()
	defer s.approvals.mu.Unlock()
	a := s.approvals.byToken[token]
	if a == nil || !same(a.token, token) {
		return Approval{}, false
	}
	return a.Approval, true
}

// Reused ends the approval behind a refresh token that rotation has replaced: whoever
// shows the old one may have stolen it (facts: section 6).
func (s *Store) Reused(token string, now time.Time) {
	s.approvals.mu.Lock()
	defer s.approvals.mu.Unlock()
	if a := s.approvals.byToken[token]; a != nil && !same(a.token, token) {
		s.endLocked(a, now)
	}
}

// Used notes a use of the refresh token and the session that came of it, and returns
// the refresh token that is good from now on: another one if it rotates.
func (s *Store) Used(token string, x Session, rotate bool, now time.Time) string {
	s.approvals.mu.Lock()
	defer s.approvals.mu.Unlock()
	a := s.approvals.byToken[token]
	if a == nil {
		return token
	}
	a.UsedAt = now
	a.sessions = append(a.sessions[max(0, len(a.sessions)-maxIssued+1):], x)
	// Of two uses at once the second must not end what the first was given.
	if rotate && same(a.token, token) {
		s.rotateLocked(a)
	}
	return a.token
}

// rotateLocked gives the approval another token and remembers a few of the old ones.
func (s *Store) rotateLocked(a *approval) {
	a.spent = append(a.spent, a.token)
	if len(a.spent) > maxIssued {
		delete(s.approvals.byToken, a.spent[0])
		a.spent = slices.Clone(a.spent[1:])
	}
	a.token = s.newRefreshToken()
	s.approvals.byToken[a.token] = a
}

// RevokeRefresh ends the approval behind a refresh token with its access tokens
// (facts: section 5.4); false if there is none.
func (s *Store) RevokeRefresh(token string, now time.Time) bool {
	s.approvals.mu.Lock()
	defer s.approvals.mu.Unlock()
	a := s.approvals.byToken[token]
	if a == nil || !same(a.token, token) {
		return false
	}
	s.endLocked(a, now)
	return true
}

// Approved says whether the user has approved the app so that it got a refresh token.
func (s *Store) Approved(app uint64, userID string) bool {
	s.approvals.mu.Lock()
	defer s.approvals.mu.Unlock()
	return len(s.approvals.byOwner[owner{app, userID[:min(len(userID), 15)]}]) > 0
}

// endLocked forgets an approval and ends its sessions.
func (s *Store) endLocked(a *approval, now time.Time) {
	for _, token := range append(a.spent, a.token) {
		delete(s.approvals.byToken, token)
	}
	of := owner{a.App, a.UserID}
	rest := slices.DeleteFunc(s.approvals.byOwner[of], func(other *approval) bool { return other == a })
	if len(rest) == 0 {
		delete(s.approvals.byOwner, of)
	} else {
		s.approvals.byOwner[of] = rest
	}
	for _, x := range a.sessions {
		s.Revoke(x, now)
	}
}

// forget ends the approvals that the condition holds for; their sessions end elsewhere.
func (s *Store) forget(ends func(owner) bool) {
	s.approvals.mu.Lock()
	defer s.approvals.mu.Unlock()
	for of, list := range s.approvals.byOwner {
		if !ends(of) {
			continue
		}
		for _, a := range list {
			for _, token := range append(a.spent, a.token) {
				delete(s.approvals.byToken, token)
			}
		}
		delete(s.approvals.byOwner, of)
	}
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }
