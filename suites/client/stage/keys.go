package stage

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"time"

	"github.com/sfconform/sfconform/mocksf/authority"
)

// Keys are what takes long to make and is made once a run: two key pairs for
// assertions, the TLS authority, and one that nobody was told of.
type Keys struct {
	first, second *rsa.PrivateKey
	authority     *authority.Authority
}

// keyBits is the least that Salesforce takes for a certificate (facts: section 3).
const keyBits = 2048

// NewKeys makes the keys of a run. Errors are those of the random source.
func NewKeys() (*Keys, error) {
	k := &Keys{}
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
