package stage

import (
	"strings"

	"github.com/sfconform/sfconform/fixtures"
)

// appName is the API name of the app that clients log in through.
const appName = "integration"

// cast is one org with the identity that a client has in it.
type cast struct {
	config   fixtures.Org
	clientID string
	secret   string
	username string
	keyPEM   string
	audience string
}

// newCast makes an org in which everything is set up right for the flow, with
// secrets of its own. The second org has the username of the first one, and another key.
func (s *Stage) newCast(second bool) (cast, error) {
	base, err := fixtures.BuiltInOrg(string(s.options.OrgKind))
	if err != nil {
		return cast{}, err
	}
	key := s.options.Keys.first
	if second {
		key = s.options.Keys.second
	}
	c := cast{clientID: s.chance.key(), secret: s.chance.hex(64), username: s.options.Username}
	if s.options.HardSecret {
		c.secret = s.chance.hardSecret()
	}
	if c.username == "" {
		c.username = "integration@acme.example"
	}
	if c.keyPEM, err = keyPEM(key); err != nil {
		return cast{}, err
	}
	certificate, err := certificatePEM(key, s.options.Now(), s.options.CertificateLife)
	if err != nil {
		return cast{}, err
	}
	base.MyDomain = myDomain(s.options.OrgKind, s.chance.word())
	c.config, err = base.With(c.changes(s.options, base, certificate)...)
	c.audience = "https://" + c.config.MyDomainHost()
	if s.options.AppKind == fixtures.ConnectedApp || s.options.GenericHost {
		c.audience = "https://" + c.config.GenericHost()
	}
	return c, err
}

// changes turn the built-in org into the scenario's.
func (c cast) changes(o Options, base fixtures.Org, certificate string) []fixtures.Change {
	const app = "apps/" + appName
	if o.AppKind == fixtures.ConnectedApp {
		base.Apps[appName] = base.Apps["legacy"]
	}
	delete(base.Apps, "legacy")
	base.Users[c.username] = base.Users[base.Apps[appName].Policies.RunAs]
	changes := []fixtures.Change{
		fixtures.Set(app+"/consumerKey", c.clientID), fixtures.Set(app+"/consumerSecret", c.secret),
		fixtures.Set(app+"/certificate", certificate), fixtures.Set(app+"/policies/runAs", c.username),
	}
	return append(changes, c.fill(o.Org)...)
}

// fill puts the scenario's own names into changes.
func (c cast) fill(changes []fixtures.Change) []fixtures.Change {
	names := strings.NewReplacer("${app}", appName, "${user}", c.username)
	filled := make([]fixtures.Change, len(changes))
	for i, change := range changes {
		change.Path = names.Replace(change.Path)
		if text, ok := change.Value.(string); ok {
			change.Value = names.Replace(text)
		}
		filled[i] = change
	}
	return filled
}

// myDomain is a My Domain name of the kind of org, which nobody's real org has.
func myDomain(kind fixtures.OrgKind, word string) string {
	if kind == fixtures.Sandbox {
		return "sfconform-" + word + "--uat"
	}
	return "sfconform-" + word
}
