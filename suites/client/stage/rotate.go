package stage

import (
	"crypto/rsa"
	"fmt"
	"slices"
	"sync"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/evidence"
)

// rotation is what has become of the credential of the first org's app.
type rotation struct {
	rotationMu   sync.Mutex
	pairs        []evidence.Pair
	replacements []*rsa.PrivateKey
	certificates []string
}

// StagePair gives the app of the first org a second pair of Consumer Key and Consumer
// Secret, which works beside the first one (facts: token endpoint, section 8).
func (s *Stage) StagePair() evidence.Pair {
	pair := s.newPair(s.NewConsumerKey())
	s.Change(fixtures.Set("apps/${app}/staged", fixtures.Staged{
		ConsumerKey: pair.ClientID, ConsumerSecret: pair.ClientSecret, State: fixtures.StagedActive,
	}))
	return pair
}

// DropPair deletes the pair with which the client was started: the newest one is the
// app's only one from then on.
func (s *Stage) DropPair() {
	newest := s.Newest()
	s.Change(fixtures.Remove("apps/${app}/staged"), fixtures.Set("apps/${app}/consumerKey", newest.ClientID),
		fixtures.Set("apps/${app}/consumerSecret", newest.ClientSecret))
}

// ReplaceSecret gives the app another Consumer Secret under the same Consumer Key.
func (s *Stage) ReplaceSecret() evidence.Pair {
	id, _ := s.Credential()
	pair := s.newPair(id)
	s.Change(fixtures.Set("apps/${app}/consumerSecret", pair.ClientSecret))
	return pair
}

// Newest is the newest pair; the client's own if there was never another.
func (s *Stage) Newest() evidence.Pair {
	pairs, _ := s.credentials()
	return pairs[len(pairs)-1]
}

func (s *Stage) newPair(clientID string) evidence.Pair {
	pair := evidence.Pair{ClientID: clientID, ClientSecret: s.NewSecret("new consumer secret")}
	s.secrets.Add("new client id and secret", pair.ClientID+":"+pair.ClientSecret)
	s.rotationMu.Lock()
	defer s.rotationMu.Unlock()
	s.pairs = append(s.pairs, pair)
	return pair
}

// ReplaceKey gives the app of the first org the certificate of another key pair in
// place of its own, as Salesforce keeps one certificate an app, and writes key and
// certificate where the client's settings say that they are. It panics if they cannot
// be made or written.
func (s *Stage) ReplaceKey() {
	key := s.options.Keys.second
	private, err := keyPEM(key)
	if err == nil {
		err = s.replaceKey(key, private)
	}
	if err != nil {
		panic(fmt.Sprintf("stage: scenario %q: %v", s.options.Scenario, err))
	}
}

func (s *Stage) replaceKey(key *rsa.PrivateKey, private string) error {
	certificate, err := certificatePEM(key, s.options.Now(), s.options.CertificateLife)
	if err != nil {
		return err
	}
	s.secrets.Add("private key that took its place", private)
	for name, content := range map[string]string{keyFile: private, certificateFile: certificate} {
		if _, err := s.WriteFile(name, content); err != nil {
			return err
		}
	}
	s.Change(fixtures.Set("apps/${app}/certificate", certificate))
	s.rotationMu.Lock()
	defer s.rotationMu.Unlock()
	s.replacements, s.certificates = append(s.replacements, key), append(s.certificates, certificate)
	return nil
}

// keysOf are the keys that the client was given to sign with in an org as an app.
func (s *Stage) keysOf(org int, clientID any) []*rsa.PrivateKey {
	var named, all []*rsa.PrivateKey
	for _, id := range s.identities() {
		if id.org != org {
			continue
		}
		all = append(all, id.key)
		if id.clientID == clientID {
			named = append(named, id.key)
		}
	}
	if len(named) > 0 {
		all = named
	}
	s.rotationMu.Lock()
	defer s.rotationMu.Unlock()
	return append(all, s.replacements...)
}

// credentials are all that the client of the first org was ever given.
func (s *Stage) credentials() (pairs []evidence.Pair, certificates []string) {
	id, secret := s.Credential()
	s.rotationMu.Lock()
	defer s.rotationMu.Unlock()
	pairs = append([]evidence.Pair{{ClientID: id, ClientSecret: secret}}, s.pairs...)
	return pairs, slices.Concat([]string{s.casts[0].certificate}, s.certificates)
}
