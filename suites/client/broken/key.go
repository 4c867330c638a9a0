package main

import (
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"os"
	"strings"
)

const keySetting = "SF_PRIVATE_KEY_FILE"

// readKey reads the private key as PKCS#8 or PKCS#1 PEM.
func (c *client) readKey() error {
	if c.keyFile == "" {
		return settingError{keySetting, "is missing"}
	}
	content, err := os.ReadFile(c.keyFile)
	if err != nil {
		return settingError{keySetting, "cannot be read: " + err.Error()}
	}
	c.keyPEM = strings.ReplaceAll(string(content), `\n`, "\n")
	block, _ := pem.Decode([]byte(c.keyPEM))
	if block == nil {
		return settingError{keySetting, "holds no PEM text"}
	}
	if c.key, err = parseKey(block.Bytes); err != nil {
		return settingError{keySetting, "holds no RSA private key that can be read (is it encrypted?)"}
	}
	return nil
}

// fingerprint is the SHA-256 of the public key, by which an admin compares it with the
// certificate in the app.
func (c *client) fingerprint() string {
	public, err := x509.MarshalPKIXPublicKey(&c.key.PublicKey)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(public)
	return "sha256:" + hex.EncodeToString(sum[:])
}

func parseKey(der []byte) (*rsa.PrivateKey, error) {
	if key, err := x509.ParsePKCS1PrivateKey(der); err == nil {
		return key, nil
	}
	parsed, err := x509.ParsePKCS8PrivateKey(der)
	if err != nil {
		return nil, err
	}
	key, isRSA := parsed.(*rsa.PrivateKey)
	if !isRSA {
		return nil, x509.ErrUnsupportedAlgorithm
	}
	return key, nil
}
