package session

import (
	"strings"
	"time"

	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// State is whether a session can be used, and why not.
type State string

// The states of a session.
const (
	Live State = "live"
	// Unknown: the token is garbage or another org's.
	Unknown State = "unknown"
	Expired State = "expired"
	Revoked State = "revoked"
	// UserEnded: the user was deactivated, frozen or deleted since.
	UserEnded State = "user-ended"
	// AppEnded: the app was deleted, disabled or blocked since.
	AppEnded State = "app-ended"
)

// Open is the session of a token of either form and its state as the org sees it now.
func (s *Store) Open(org *snapshot.Org, token string, now time.Time) (Session, State) {
	if strings.ContainsAny(token, "\r\n") { // which base64 passes over: one token would have many forms
		return Session{}, Unknown
	}
	x, ok := s.openOpaque(token)
	if !ok {
		if x, ok = s.openJWT(org, token); !ok {
			return Session{}, Unknown
		}
	}
	return x, s.state(org, x, now)
}

func (s *Store) state(org *snapshot.Org, x Session, now time.Time) State {
	switch {
	case s.ended(x):
		return Revoked
	case now.Sub(s.lastUse(x)) >= x.Timeout:
		return Expired
	case !userAlive(org.UserByID(x.UserID)):
		return UserEnded
	case !appAlive(org, x.App):
		return AppEnded
	}
	return Live
}

func userAlive(u *snapshot.User) bool { return u != nil && u.Active && !u.Frozen }

func appAlive(org *snapshot.Org, hash uint64) bool {
	for name, a := range org.Apps {
		if AppHash(name) == hash {
			return a.Enabled && a.OAuthPlugin && !a.Blocked
		}
	}
	return false
}
