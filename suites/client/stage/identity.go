package stage

import (
	"crypto/rsa"

	"github.com/sfconform/sfconform/fixtures"
)

// identity is what a client logs in as: a user, by the credential of an app of an org.
type identity struct {
	org      int
	app      string
	clientID string
	secret   string
	username string
	audience string
	key      *rsa.PrivateKey
	// keyPEM and certificate are the key and its certificate, both PEM.
	keyPEM, certificate string
}

// The usernames of the first identity and of a second one.
const (
	firstUser = "integration@acme.example"
	otherUser = "reporting@globex.example"
)

// newIdentity makes the client's identity in an org by its number.
func (s *Stage) newIdentity(org int) (identity, error) {
	if org > 0 && s.options.SameIdentity {
		same := s.casts[0].identity
		same.org = org
		return same, nil
	}
	id := identity{org: org, app: appName, username: s.options.Username, key: s.options.Keys.first}
	if id.username == "" {
		id.username = firstUser
	}
	if org > 0 {
		id.username, id.key = otherUser, s.options.Keys.second
	}
	return s.withCredential(id)
}

// otherIdentity is a second one in the first org.
func (s *Stage) otherIdentity() (*identity, error) {
	id, err := s.withCredential(identity{app: otherName, username: otherUser, key: s.options.Keys.second})
	return &id, err
}

// withCredential gives an identity a credential that occurs nowhere else.
func (s *Stage) withCredential(id identity) (identity, error) {
	id.clientID, id.secret = s.chance.key(), s.chance.hex(64)
	if s.options.HardSecret {
		id.secret = s.chance.hardSecret()
	}
	var err error
	if id.keyPEM, err = s.options.Keys.privateKey(id.key); err != nil {
		return id, err
	}
	id.certificate, err = s.options.Keys.certificate(id.key, s.options.Now(), s.options.CertificateLife)
	return id, err
}

// join has an org know the identity: its app, made after the built-in one, and its user.
func (id identity) join(org fixtures.Org) []fixtures.Change {
	org.Users[id.username] = org.Users[org.Apps[appName].Policies.RunAs]
	org.Apps[id.app] = org.Apps[appName]
	app := "apps/" + id.app
	return []fixtures.Change{
		fixtures.Set(app+"/consumerKey", id.clientID), fixtures.Set(app+"/consumerSecret", id.secret),
		fixtures.Set(app+"/certificate", id.certificate), fixtures.Set(app+"/policies/runAs", id.username),
	}
}

// identities are all that the client has: the first one, and a second one if there is.
func (s *Stage) identities() []identity {
	var all []identity
	for _, c := range s.casts {
		all = append(all, c.identity)
		if c.other != nil {
			all = append(all, *c.other)
		}
	}
	return all
}

// keep puts what must not leak among the canaries.
func (s *Stage) keep() {
	for i, id := range s.identities() {
		about := ""
		if i > 0 {
			about = " of the second identity"
		}
		s.secrets.Add("consumer secret"+about, id.secret)
		s.secrets.Add("client id and secret"+about, id.clientID+":"+id.secret)
		s.secrets.Include(s.options.Keys.canary("private key"+about, id.keyPEM))
	}
}
