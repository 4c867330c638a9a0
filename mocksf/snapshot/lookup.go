package snapshot

import (
	"crypto/subtle"
	"slices"
	"strings"
	"time"

	"github.com/sfconform/sfconform/fixtures"
)

// AppByKey is the app with the consumer key, its own or a staged one; nil if there is none.
func (s *Org) AppByKey(consumerKey string) *App { return s.byKey[consumerKey] }

// AppByName is the app with the API name; nil if there is none.
func (s *Org) AppByName(name string) *App { return s.byName[name] }

// User is the user with the username, which is not case-sensitive; nil if there is none.
func (s *Org) User(username string) *User { return s.users[strings.ToLower(username)] }

// UserByID is the user with the 15- or 18-character id; nil if there is none.
func (s *Org) UserByID(id string) *User { return s.usersByID[fixtures.ID15(id)] }

// Answers says whether the org answers the switch with the option.
func (s *Org) Answers(r fixtures.Reading) bool { return s.options[r.Switch] == r.Option }

// Option is the org's option for the switch.
func (s *Org) Option(id fixtures.SwitchID) string { return s.options[id] }

// SecretMatches says whether the secret belongs to the consumer key: to each key
// of a rotation belongs its own secret (facts: section 8).
func (a *App) SecretMatches(consumerKey, secret string) bool {
	want := a.ConsumerSecret
	if a.Staged != nil && consumerKey == a.Staged.ConsumerKey {
		want = a.Staged.ConsumerSecret
	}
	return want != "" && subtle.ConstantTimeCompare([]byte(want), []byte(secret)) == 1
}

// Holds says whether the app has the consumer key at the time: a staged pair ends by
// itself (facts: section 8).
func (a *App) Holds(consumerKey string, now time.Time) bool {
	if consumerKey == a.ConsumerKey {
		return true
	}
	return a.Staged != nil && consumerKey == a.Staged.ConsumerKey && a.Staged.State != fixtures.StagedExpired &&
		(a.Staged.Expires.IsZero() || now.Before(a.Staged.Expires.Time))
}

// HasScope says whether one of the scopes is among the app's.
func (a *App) HasScope(scopes ...string) bool {
	return slices.ContainsFunc(a.Settings.Scopes, func(s string) bool { return slices.Contains(scopes, s) })
}

// Admits says whether the admin approved the user for the app through a profile
// or a permission set.
func (a *App) Admits(u *User) bool {
	if slices.Contains(a.Policies.Profiles, u.Profile) {
		return true
	}
	return slices.ContainsFunc(u.PermissionSets, func(p string) bool {
		return slices.Contains(a.Policies.PermissionSets, p)
	})
}

// ApprovedBy says whether the user approved the app himself.
func (a *App) ApprovedBy(u *User) bool {
	return slices.ContainsFunc(a.ApprovedUsers, func(name string) bool { return strings.EqualFold(name, u.Username) })
}
