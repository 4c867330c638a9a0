// Package snapshot compiles the configuration of an org into what requests are
// answered from: an immutable value with its lookups made and its certificates parsed.
package snapshot

import (
	"crypto/rsa"
	"fmt"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
)

// Org is one configuration of an org, ready to answer. Nothing changes it.
type Org struct {
	fixtures.Org
	// ID is the organization id, 18 characters.
	ID string
	// Host is the org's My Domain host.
	Host      string
	byKey     map[string]*App
	byName    map[string]*App
	users     map[string]*User
	usersByID map[string]*User
	options   map[fixtures.SwitchID]string
}

// App is one app of the org.
type App struct {
	fixtures.App
	// Name is the app's API name.
	Name string
	// PublicKey is the RSA key of the app's certificate; nil if there is none or it is of another kind.
	PublicKey *rsa.PublicKey
}

// User is one user of the org.
type User struct {
	fixtures.User
	// ID is the user id, 18 characters.
	ID string
	// Username as the org writes it.
	Username string
}

// Compile makes the snapshot of a configuration. Errors name the app at fault.
func Compile(o fixtures.Org) (*Org, error) {
	s := &Org{
		Org: o, ID: o.OrgID(), Host: o.MyDomainHost(),
		byKey: map[string]*App{}, byName: map[string]*App{},
		users: map[string]*User{}, usersByID: map[string]*User{},
		options: map[fixtures.SwitchID]string{},
	}
	for name, a := range o.Apps {
		if err := s.addApp(name, a); err != nil {
			return nil, err
		}
	}
	for name, u := range o.Users {
		user := &User{User: u, ID: o.UserID(name), Username: name}
		s.users[strings.ToLower(name)] = user
		s.usersByID[fixtures.ID15(user.ID)] = user
	}
	for _, sw := range fixtures.Switches {
		s.options[sw.ID] = o.Behaviour.Option(sw)
	}
	return s, nil
}

func (s *Org) addApp(name string, a fixtures.App) error {
	app := &App{App: a, Name: name}
	if a.Certificate != "" {
		cert, err := fixtures.ParseCertificate(a.Certificate)
		if err != nil {
			return fmt.Errorf("apps/%s/certificate: %w", name, err)
		}
		app.PublicKey, _ = cert.PublicKey.(*rsa.PublicKey)
	}
	s.byName[name] = app
	keys := []string{a.ConsumerKey}
	if a.Staged != nil && a.Staged.State != fixtures.StagedExpired {
		keys = append(keys, a.Staged.ConsumerKey)
	}
	for _, key := range keys {
		if other, taken := s.byKey[key]; taken {
			return fmt.Errorf("apps/%s/consumerKey: app %q has the same one", name, other.Name)
		}
		if key != "" {
			s.byKey[key] = app
		}
	}
	return nil
}
