package mocksf

import (
	"crypto/rsa"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/spell"
	"github.com/sfconform/sfconform/mocksf/control"
	"github.com/sfconform/sfconform/mocksf/token"
)

// Credentials are what a client needs to log in to the fake.
type Credentials = control.Credentials

// Credentials are those of the app with the API name; empty means the org's first
// app by name for which a Run As user is set, else the first one. The error names
// the nearest app.
func (o *Org) Credentials(app string) (Credentials, error) {
	config := o.Config()
	name, err := ChooseApp(config, app)
	if err != nil {
		return Credentials{}, err
	}
	a := config.Apps[name]
	host := "https://" + config.MyDomainHost()
	login := host
	if o.url != "" {
		login = o.url
	}
	return Credentials{
		App: name, LoginURL: login, TokenURL: login + token.Path, MyDomainURL: host, Audience: login,
		ClientID: a.ConsumerKey, ClientSecret: a.ConsumerSecret,
		Username: usernameFor(config, a), PrivateKey: testKeyFor(a.Certificate),
	}, nil
}

// ChooseApp is the API name of the app that is meant: the one given if the org has it,
// else (for "") the first by name with a Run As user, else the first by name.
func ChooseApp(config fixtures.Org, app string) (string, error) {
	names := slices.Sorted(maps.Keys(config.Apps))
	switch {
	case len(names) == 0:
		return "", errors.New("mocksf: the org has no apps: add one under apps: in the org file")
	case app == "":
		withUser := slices.IndexFunc(names, func(n string) bool { return config.Apps[n].Policies.RunAs != "" })
		return names[max(withUser, 0)], nil
	case slices.Contains(names, app):
		return app, nil
	}
	if near := spell.Nearest(app, names); near != "" {
		return "", fmt.Errorf("mocksf: no app is called %q: did you mean %q?", app, near)
	}
	return "", fmt.Errorf("mocksf: no app is called %q: there are %s", app, strings.Join(names, ", "))
}

// usernameFor is the user that both flows log in as: the Run As user, else the first by name.
func usernameFor(config fixtures.Org, a fixtures.App) string {
	if a.Policies.RunAs != "" || len(config.Users) == 0 {
		return a.Policies.RunAs
	}
	names := slices.Sorted(maps.Keys(config.Users))
	admitted := slices.IndexFunc(names, func(name string) bool {
		u := config.Users[name]
		return u.Active && !u.Frozen && (slices.Contains(a.Policies.Profiles, u.Profile) ||
			slices.ContainsFunc(a.Policies.PermissionSets, func(s string) bool { return slices.Contains(u.PermissionSets, s) }))
	})
	return names[max(admitted, 0)]
}

// testKeyFor is the PEM text of the embedded key that belongs to a certificate;
// empty if the key is the user's own. The embedded certificates are compared, which
// takes less than reading the keys.
func testKeyFor(certificate string) string {
	public := publicKey(certificate)
	for _, name := range []string{"integration", "other"} {
		own, err := fixtures.TestCertificate(name)
		if err != nil || public == nil || !public.Equal(publicKey(own)) {
			continue
		}
		if text, err := fixtures.TestKey(name); err == nil {
			return text
		}
	}
	return ""
}

// publicKey is a certificate's RSA key; nil if it has none.
func publicKey(certificate string) *rsa.PublicKey {
	cert, err := fixtures.ParseCertificate(certificate)
	if err != nil {
		return nil
	}
	key, _ := cert.PublicKey.(*rsa.PublicKey)
	return key
}
