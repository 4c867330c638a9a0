package authority

import (
	"crypto"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"time"
)

const (
	organization = "mocksf, for tests only"
	// leafLife is how long a leaf is valid from now on, leafSkew from how long ago:
	// containers and their hosts disagree about the time.
	leafLife = 24 * time.Hour
	leafSkew = time.Hour
	// leafRenewal is when a leaf is made anew, well before it ends.
	leafRenewal = leafLife / 2
)

// validity is the time in which a certificate holds.
type validity struct{ from, to time.Time }

// usual is the validity of a leaf that nothing is wrong with.
func usual(now time.Time) validity { return validity{now.Add(-leafSkew), now.Add(leafLife)} }

// leaf makes a fresh key and a certificate for it, served with the intermediate.
func (c *chain) leaf(s subject, v validity) (*tls.Certificate, error) {
	key, err := newKey(c.rand)
	if err != nil {
		return nil, err
	}
	return c.certify(s, v, key)
}

func (c *chain) certify(s subject, v validity, key crypto.Signer) (*tls.Certificate, error) {
	der, err := sign(c.rand, leafTemplate(s, v), c.intermediate, key.Public(), c.key)
	if err != nil {
		return nil, err
	}
	return &tls.Certificate{Certificate: [][]byte{der, c.intermediate.Raw}, PrivateKey: key}, nil
}

// selfSigned is a leaf that stands below nobody.
func (c *chain) selfSigned(s subject, v validity) (*tls.Certificate, error) {
	key, err := newKey(c.rand)
	if err != nil {
		return nil, err
	}
	t := leafTemplate(s, v)
	der, err := sign(c.rand, t, t, key.Public(), key)
	if err != nil {
		return nil, err
	}
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, nil
}

// leafTemplate names hosts as alternative names only. Its common name is none on
// purpose: old clients fall back to it (RFC 9525 section 2).
func leafTemplate(s subject, v validity) *x509.Certificate {
	return &x509.Certificate{
		Subject:               pkix.Name{Organization: []string{organization}, CommonName: "mocksf leaf"},
		DNSNames:              s.names,
		IPAddresses:           s.addresses,
		NotBefore:             v.from,
		NotAfter:              v.to,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageDigitalSignature,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
}
