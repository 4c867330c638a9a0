// Package snapshot compiles the configuration of an org into what requests are
// answered from: an immutable value with its lookups made and its certificates parsed.
package snapshot

import (
	"crypto/rsa"
	"fmt"
	"maps"
	"slices"
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

// Compile makes the snapshot of a configuration. Errors name the app or user at fault.
func Compile(o fixtures.Org) (*Org, error) {
	s := &Org{
		Org: o, ID: o.OrgID(), Host: o.MyDomainHost(),
		byKey: map[string]*App{}, byName: map[string]*App{},
		users: map[string]*User{}, usersByID: map[string]*User{},
		options: map[fixtures.SwitchID]string{},
	}
	if err := checkID("id", s.ID, "00D"); err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(o.Apps)) {
		if err := s.addApp(name, o.Apps[name]); err != nil {
			return nil, err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(o.Users)) {
		if err := s.addUser(name, o.Users[name]); err != nil {
			return nil, err
		}
	}
	for _, sw := range fixtures.Switches {
		s.options[sw.ID] = o.Behaviour.Option(sw)
	}
	return s, nil
}

func (s *Org) addUser(name string, u fixtures.User) error {
	user := &User{User: u, ID: s.UserID(name), Username: name}
	if err := checkID("users/"+name+"/id", user.ID, "005"); err != nil {
		return err
	}
	if other := s.User(name); other != nil {
		return fmt.Errorf("users/%s: user %q has the same username but for the case of its letters", name, other.Username)
	}
	if other := s.UserByID(user.ID); other != nil {
		return fmt.Errorf("users/%s/id: user %q has the same one", name, other.Username)
	}
	s.users[strings.ToLower(name)] = user
	s.usersByID[fixtures.ID15(user.ID)] = user
	return nil
}

// checkID holds an id to Salesforce's shape, which tokens and identity URLs rely on.
func checkID(path, id, prefix string) error {
	if len(id) != 18 || !strings.HasPrefix(id, prefix) || strings.ContainsFunc(id, notAlphanumeric) {
		return fmt.Errorf("%s: %q is no id: write 15 or 18 letters and digits that begin with %s", path, id, prefix)
	}
	return nil
}

func notAlphanumeric(r rune) bool {
	return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
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
		// While a rotation spreads a node may know a pair in its old and its new place.
		if other, taken := s.byKey[key]; taken && other != app {
			return fmt.Errorf("apps/%s/consumerKey: app %q has the same one", name, other.Name)
		}
		if key != "" {
			s.byKey[key] = app
		}
	}
	return nil
}
