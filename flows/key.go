package flows

import (
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"io"
	"time"
)

// minKeyBits is the smallest RSA key that Salesforce's certificate screens offer.
const minKeyBits = 2048

// PrivateKey is the RSA key that signs assertions. No way of printing it shows the key.
type PrivateKey struct {
	rsa         *rsa.PrivateKey
	certificate *x509.Certificate
	fingerprint string
}

// NewPrivateKey wraps an RSA key of 2048 bits or more, for callers that hold their key in memory.
func NewPrivateKey(key *rsa.PrivateKey) (*PrivateKey, error) {
	if key == nil {
		return nil, keyError("is missing", "give the RSA key of the certificate uploaded to the app")
	}
	if bits := key.N.BitLen(); bits < minKeyBits {
		return nil, keyError(fmt.Sprintf("is an RSA key of %d bits", bits), "make one of 2048 bits or more")
	}
	public, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		return nil, keyError("has no usable public part", "make a new key pair")
	}
	sum := sha256.Sum256(public)
	return &PrivateKey{rsa: key, fingerprint: hex.EncodeToString(sum[:])}, nil
}

// Fingerprint is the SHA-256 of the public key (SubjectPublicKeyInfo, DER) in hex. The certificate in the app must give
// the same: openssl x509 -in cert.pem -pubkey -noout | openssl pkey -pubin -outform DER | openssl sha256
func (k *PrivateKey) Fingerprint() string { return k.fingerprint }

// CertificateExpiry is the end of the certificate that stood beside the key in its file; false if there was none.
func (k *PrivateKey) CertificateExpiry() (time.Time, bool) {
	if k.certificate == nil {
		return time.Time{}, false
	}
	return k.certificate.NotAfter, true
}

// WithCertificate attaches the certificate that was uploaded to the app, after checking that it belongs to the key.
func (k *PrivateKey) WithCertificate(certificate *x509.Certificate) (*PrivateKey, error) {
	public, ok := certificate.PublicKey.(*rsa.PublicKey)
	if !ok || !public.Equal(&k.rsa.PublicKey) {
		return nil, keyError("does not belong to the certificate beside it", "use the key that the certificate was made with")
	}
	return &PrivateKey{rsa: k.rsa, fingerprint: k.fingerprint, certificate: certificate}, nil
}

// String is the key's size and fingerprint.
func (k *PrivateKey) String() string {
	if k == nil {
		return "no key"
	}
	return fmt.Sprintf("RSA %d key sha256:%s", k.rsa.N.BitLen(), k.fingerprint)
}

// Format prints String for every verb.
func (k *PrivateKey) Format(state fmt.State, _ rune) { _, _ = io.WriteString(state, k.String()) }

func keyError(problem, fix string) *ConfigError {
	return &ConfigError{Setting: "PrivateKey", Problem: problem, Fix: fix}
}
