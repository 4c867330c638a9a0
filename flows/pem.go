package flows

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"regexp"
	"strings"
)

const (
	makeKeyFix    = "use a PKCS#8 or PKCS#1 PEM file, for example from: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048"
	convertKeyFix = "convert it: openssl pkcs8 -topk8 -nocrypt -in old.pem -out new.pem"
)

// pemBlock matches one block however its line breaks were mangled; the label stands twice so that a cut file shows.
var pemBlock = regexp.MustCompile(`(?s)-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END ([A-Z0-9 ]+)-----`)

// foreignKinds are the PEM labels that people put in by mistake, and what to say about each.
var foreignKinds = map[string]struct{ problem, fix string }{
	"ENCRYPTED PRIVATE KEY":   {"is encrypted with a passphrase", "decrypt it: openssl pkcs8 -in encrypted.pem -out key.pem"},
	"OPENSSH PRIVATE KEY":     {"is in OpenSSH format", "convert a copy: ssh-keygen -p -N '' -m PKCS8 -f copy-of-key"},
	"EC PRIVATE KEY":          {"is an elliptic curve key", "Salesforce verifies RS256 only: make an RSA key"},
	"DSA PRIVATE KEY":         {"is a DSA key", "Salesforce verifies RS256 only: make an RSA key"},
	"PUBLIC KEY":              {"is a public key", "give the private key that belongs to it"},
	"RSA PUBLIC KEY":          {"is a public key", "give the private key that belongs to it"},
	"CERTIFICATE":             {"is a certificate", "give the private key that the certificate was made with"},
	"CERTIFICATE REQUEST":     {"is a certificate request", "give the private key that the request was made with"},
	"NEW CERTIFICATE REQUEST": {"is a certificate request", "give the private key that the request was made with"},
}

// ParsePrivateKey reads an RSA private key in PEM, PKCS#8 or PKCS#1, as it comes out of files, environment variables
// and secret stores: with CRLF or \n escapes, in quotes, on one line, or base64-encoded as a whole. A certificate in
// the same file is kept. The error is a [*ConfigError] that says what the input is instead, and never repeats it.
func ParsePrivateKey(data []byte) (*PrivateKey, error) {
	text, err := pemText(data)
	if err != nil {
		return nil, err
	}
	var found pemContent
	for _, block := range pemBlock.FindAllStringSubmatch(text, -1) {
		if block[1] != block[3] {
			return nil, keyError("begins and ends with different PEM labels", "copy the whole file again")
		}
		if err := found.add(block[1], block[2]); err != nil {
			return nil, err
		}
	}
	switch {
	case found.key == nil && found.foreign != "":
		return nil, foreignKind(found.foreign)
	case found.key == nil:
		return nil, incomplete(text)
	case found.certificate == nil:
		return found.key, nil
	}
	return found.key.WithCertificate(found.certificate)
}

// pemContent is what a PEM file holds, as far as it matters here.
type pemContent struct {
	key         *PrivateKey
	certificate *x509.Certificate
	foreign     string // label of a block that is not a key
}

func (c *pemContent) add(label, body string) (err error) {
	switch label {
	case "PRIVATE KEY", "RSA PRIVATE KEY":
		c.key, err = parseKeyBlock(body)
		return err
	case "CERTIFICATE":
		if der, err := pemBytes(body); err == nil && c.certificate == nil {
			c.certificate, _ = x509.ParseCertificate(der) // a bonus: a broken one only loses the notice of its end
		}
	}
	c.foreign = label
	return nil
}

// pemText undoes what transport does to a PEM file, as far as recognizing its blocks.
func pemText(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return "", keyError("is a UTF-16 text file", "save it as plain ASCII")
	case bytes.HasPrefix(data, []byte{0xfe, 0xed, 0xfe, 0xed}):
		return "", keyError("is a Java key store", "export the key: keytool -importkeystore ... then openssl pkcs12 -nodes -nocerts")
	case bytes.HasPrefix(data, []byte{0x30, 0x82}):
		return "", keyError("is a binary (DER or PKCS#12) file, not PEM", "convert it: openssl pkey -inform DER, or openssl pkcs12 -nodes -nocerts")
	}
	text := strings.Trim(trimStray(string(data)), `"'`)
	if !strings.Contains(text, "-----BEGIN") {
		if decoded, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), "")); err == nil {
			text = string(decoded)
		}
	}
	text = strings.NewReplacer(`\r`, "\n", `\n`, "\n", "\r", "\n").Replace(text)
	if trimStray(text) == "" {
		return "", keyError("is empty", makeKeyFix)
	}
	return text, nil
}

func incomplete(text string) error {
	switch {
	case strings.Contains(text, "-----BEGIN"):
		return keyError("is cut off: its END line is missing", "copy the whole file again")
	case strings.HasPrefix(text, "PuTTY-User-Key-File"):
		return keyError("is a PuTTY key", "export it as OpenSSH in PuTTYgen, then convert it with ssh-keygen -p -m PKCS8")
	case len(text) < 256 && strings.ContainsAny(text, `/\.`) && !strings.ContainsAny(text, "\n "):
		return keyError("looks like the name of a file, not its content", "give the content of the file")
	}
	return keyError("is not a PEM file: it has no BEGIN line", makeKeyFix)
}

func foreignKind(label string) error {
	if kind, known := foreignKinds[label]; known {
		return keyError(kind.problem, kind.fix)
	}
	return keyError("is a PEM file of another kind", makeKeyFix)
}

func parseKeyBlock(body string) (*PrivateKey, error) {
	if strings.Contains(body, "ENCRYPTED") { // Proc-Type: 4,ENCRYPTED (RFC 1421 section 4.6.1.1)
		return nil, keyError("is encrypted with a passphrase", "decrypt it: openssl rsa -in encrypted.pem -out key.pem")
	}
	der, err := pemBytes(body)
	if err != nil {
		return nil, keyError("has PEM lines that are not base64", "copy the whole file again")
	}
	if key, err := x509.ParsePKCS1PrivateKey(der); err == nil {
		return NewPrivateKey(key)
	}
	parsed, err := x509.ParsePKCS8PrivateKey(der)
	if err != nil {
		return nil, keyError("is damaged: its PEM frame is whole but the key inside is not", "copy the whole file again; if it stays so, "+convertKeyFix)
	}
	key, isRSA := parsed.(*rsa.PrivateKey)
	if !isRSA {
		return nil, keyError("is not an RSA key", "Salesforce verifies RS256 only: make an RSA key")
	}
	return NewPrivateKey(key)
}

func pemBytes(body string) ([]byte, error) {
	return base64.StdEncoding.DecodeString(strings.Join(strings.Fields(body), ""))
}

// ParseCertificate reads the first certificate of a PEM file. The error is a [*ConfigError].
func ParseCertificate(data []byte) (*x509.Certificate, error) {
	const fix = "give the certificate that was uploaded to the app, in PEM"
	for block, rest := pem.Decode(data); block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "CERTIFICATE" {
			continue
		}
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, &ConfigError{Setting: "Certificate", Problem: "is damaged", Fix: fix, Err: err}
		}
		return certificate, nil
	}
	return nil, &ConfigError{Setting: "Certificate", Problem: "holds no PEM certificate", Fix: fix}
}
