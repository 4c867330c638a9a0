package stage

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"sync"
	"time"

	"github.com/sfconform/sfconform/mocksf/authority"
	"github.com/sfconform/sfconform/suites/client/canary"
)

// Keys are what takes long to make and is made once a run: two key pairs for
// assertions, the TLS authority, and one that nobody was told of.
type Keys struct {
	first, second *rsa.PrivateKey
	authority     *authority.Authority

	mu sync.Mutex // guards what is below
	// certificates are those of the keys by how long they live.
	certificates map[certified]string
	pems         map[*rsa.PrivateKey]string
	// canaries are the keys as secrets, by name and text: a key has hundreds of forms.
	canaries map[[2]string]*canary.Set
}

// certified is a key with the life of its certificate.
type certified struct {
	key  *rsa.PrivateKey
	life time.Duration
}

// keyBits is the least that Salesforce takes for a certificate (facts: section 3).
const keyBits = 2048

// NewKeys makes the keys of a run. Errors are those of the random source.
func NewKeys() (*Keys, error) {
	k := &Keys{certificates: map[certified]string{}, pems: map[*rsa.PrivateKey]string{}, canaries: map[[2]string]*canary.Set{}}
	for _, key := range []**rsa.PrivateKey{&k.first, &k.second} {
		var err error
		if *key, err = rsa.GenerateKey(rand.Reader, keyBits); err != nil {
			return nil, fmt.Errorf("stage: %w", err)
		}
	}
	var err error
	k.authority, err = authority.New(authority.Options{})
	return k, err
}

// AuthorityPEM is the certificate that clients have to trust.
func (k *Keys) AuthorityPEM() []byte { return k.authority.PEM() }

// privateKey is one of the keys as PEM.
func (k *Keys) privateKey(key *rsa.PrivateKey) (string, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if text, made := k.pems[key]; made {
		return text, nil
	}
	text, err := keyPEM(key)
	if err == nil {
		k.pems[key] = text
	}
	return text, err
}

// certificate is that of a key which lives as long from now. It takes as long to make
// as a scenario has in all, so that one serves all scenarios of a run; a life that is
// counted in minutes is of one scenario alone.
func (k *Keys) certificate(key *rsa.PrivateKey, now time.Time, life time.Duration) (string, error) {
	if life < lastingLife {
		return certificatePEM(key, now, life)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if text, made := k.certificates[certified{key, life}]; made {
		return text, nil
	}
	text, err := certificatePEM(key, now, life)
	if err == nil {
		k.certificates[certified{key, life}] = text
	}
	return text, err
}

// lastingLife is from how long on it does not matter when in the run it began.
const lastingLife = 30 * 24 * time.Hour

// canary is a key as a secret of its own.
func (k *Keys) canary(name, pem string) *canary.Set {
	k.mu.Lock()
	defer k.mu.Unlock()
	as := [2]string{name, pem}
	if k.canaries[as] == nil {
		k.canaries[as] = &canary.Set{}
		k.canaries[as].Add(name, pem)
	}
	return k.canaries[as]
}

// keyPEM is a private key as PKCS#8.
func keyPEM(key *rsa.PrivateKey) (string, error) {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return "", fmt.Errorf("stage: %w", err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})), nil
}

// certificatePEM is a self-signed certificate for the key, as an admin makes one.
func certificatePEM(key *rsa.PrivateKey, now time.Time, life time.Duration) (string, error) {
	t := &x509.Certificate{
		SerialNumber: big.NewInt(now.UnixNano()), Subject: pkix.Name{CommonName: "Integration"},
		NotBefore: now.Add(-24 * time.Hour), NotAfter: now.Add(life),
	}
	der, err := x509.CreateCertificate(rand.Reader, t, t, key.Public(), key)
	if err != nil {
		return "", fmt.Errorf("stage: %w", err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})), nil
}
