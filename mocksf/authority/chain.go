package authority

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"math/big"
	"time"
)

const (
	// authorityLife is how long root and intermediate are valid. A root that somebody
	// forgot in a trust store is worth nothing a week later.
	authorityLife = 7 * 24 * time.Hour
	// authorityAge is how long before now they begin, so that an expired leaf still
	// lies within its issuer's validity and is wrong in nothing else.
	authorityAge = 3 * 24 * time.Hour
)

// chain is a root and the intermediate below it. The root's key is gone as soon
// as it has signed the intermediate.
type chain struct {
	root, intermediate *x509.Certificate
	// key is the intermediate's.
	key  *ecdsa.PrivateKey
	rand io.Reader
}

func newChain(random io.Reader, now time.Time) (*chain, error) {
	serial, err := newSerial(random)
	if err != nil {
		return nil, err
	}
	// Part of the name is random: two authorities in one trust store stay apart.
	mark := fmt.Sprintf("%x", serial.Bytes()[:4])
	root, rootKey, err := newCA(random, rootTemplate(mark, now), nil, nil)
	if err != nil {
		return nil, err
	}
	intermediate, key, err := newCA(random, intermediateTemplate(mark, now), root, rootKey)
	if err != nil {
		return nil, err
	}
	return &chain{root: root, intermediate: intermediate, key: key, rand: random}, nil
}

func rootTemplate(mark string, now time.Time) *x509.Certificate {
	t := caTemplate("mocksf root "+mark, now)
	t.MaxPathLen = 1
	t.PermittedDNSDomainsCritical = true
	t.PermittedDNSDomains = permittedDomains
	t.PermittedIPRanges = loopback
	return t
}

func intermediateTemplate(mark string, now time.Time) *x509.Certificate {
	t := caTemplate("mocksf intermediate "+mark, now)
	t.MaxPathLenZero = true
	t.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	return t
}

func caTemplate(name string, now time.Time) *x509.Certificate {
	return &x509.Certificate{
		Subject:               pkix.Name{Organization: []string{organization}, CommonName: name},
		NotBefore:             now.Add(-authorityAge),
		NotAfter:              now.Add(authorityLife),
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
}

// newCA makes a key and has its certificate signed by the parent, or by itself if
// there is none.
func newCA(random io.Reader, t, parent *x509.Certificate, parentKey crypto.Signer) (*x509.Certificate, *ecdsa.PrivateKey, error) {
	key, err := newKey(random)
	if err != nil {
		return nil, nil, err
	}
	if parent == nil {
		parent, parentKey = t, key
	}
	der, err := sign(random, t, parent, key.Public(), parentKey)
	if err != nil {
		return nil, nil, err
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, nil, fmt.Errorf("authority: read back %q: %w", t.Subject.CommonName, err)
	}
	return cert, key, nil
}

// sign fills in what every certificate has: a serial number and key identifiers,
// without which Python's strict verification (VERIFY_X509_STRICT) refuses it.
func sign(random io.Reader, t, parent *x509.Certificate, public crypto.PublicKey, signer crypto.Signer) ([]byte, error) {
	var err error
	if t.SerialNumber, err = newSerial(random); err != nil {
		return nil, err
	}
	spki, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		return nil, fmt.Errorf("authority: encode a public key: %w", err)
	}
	id := sha256.Sum256(spki) // RFC 7093 section 2, method 4
	t.SubjectKeyId = id[:20]
	der, err := x509.CreateCertificate(random, t, parent, public, signer)
	if err != nil {
		return nil, fmt.Errorf("authority: sign %q: %w", t.Subject.CommonName, err)
	}
	return der, nil
}

func newKey(random io.Reader) (*ecdsa.PrivateKey, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), random)
	if err != nil {
		return nil, fmt.Errorf("authority: make a key: %w", err)
	}
	return key, nil
}

// newSerial is a random number of 127 bits with the highest one set: RFC 5280
// section 4.1.2.2 wants it positive, and every one is equally long.
func newSerial(random io.Reader) (*big.Int, error) {
	n, err := rand.Int(random, new(big.Int).Lsh(big.NewInt(1), 126))
	if err != nil {
		return nil, fmt.Errorf("authority: draw a serial number: %w", err)
	}
	return n.SetBit(n, 126, 1), nil
}

func encode(certificates ...[]byte) []byte {
	var out []byte
	for _, der := range certificates {
		out = append(out, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})...)
	}
	return out
}
