package stage

import (
	"crypto/aes"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"strings"
)

// KeyForm is a form in which a private key is handed over.
type KeyForm string

// The forms of a private key.
const (
	// PKCS8 is what openssl writes by default (RFC 5958).
	PKCS8 KeyForm = "pkcs8"
	// PKCS1 is what openssl wrote by default before (RFC 8017 appendix A.1.2).
	PKCS1 KeyForm = "pkcs1"
	// Escaped is PKCS#8 whose line ends have become \n, as in JSON and some variables.
	Escaped KeyForm = "escaped"
	// Encrypted is a key for which nobody has the passphrase.
	Encrypted KeyForm = "encrypted"
	// NoKey is the certificate in place of the key.
	NoKey KeyForm = "certificate"
)

// KeyForms lists the forms of a private key.
func KeyForms() []KeyForm { return []KeyForm{PKCS8, PKCS1, Escaped, Encrypted, NoKey} }

// Usable says whether a client can sign with a key in this form.
func (f KeyForm) Usable() bool { return f == PKCS8 || f == PKCS1 || f == Escaped }

// KeyAs is the private key of the first identity in another form. What holds the key
// is kept among the canaries.
func (s *Stage) KeyAs(f KeyForm) string {
	id := s.casts[0].identity
	text := id.keyPEM
	switch f {
	case PKCS1:
		text = string(pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(id.key)}))
	case Escaped:
		text = strings.ReplaceAll(strings.TrimSpace(id.keyPEM), "\n", `\n`) + "\n"
	case Encrypted:
		return s.encryptedKey()
	case NoKey:
		return id.certificate
	case PKCS8:
	}
	s.secrets.Add("private key as "+string(f), text)
	return text
}

// encryptedKey looks like the traditional encrypted form (RFC 1421 section 4.6); no
// passphrase leads to a key.
func (s *Stage) encryptedKey() string {
	iv, text := make([]byte, aes.BlockSize), make([]byte, 75*aes.BlockSize)
	for _, part := range [][]byte{iv, text} {
		for i := range part {
			part[i] = byte(s.chance.Uint32())
		}
	}
	return string(pem.EncodeToMemory(&pem.Block{
		Type: "RSA PRIVATE KEY", Bytes: text,
		Headers: map[string]string{"Proc-Type": "4,ENCRYPTED", "DEK-Info": "AES-128-CBC," + strings.ToUpper(hex.EncodeToString(iv))},
	}))
}
