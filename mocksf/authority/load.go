package authority

import (
	"crypto"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// maxPEM is more than any chain takes.
const maxPEM = 1 << 20

// Load takes a certificate of one's own, PEM with the chain behind it if there is
// one, and its key. It is served for every name. The error names the file and what
// is wrong with it, and shows nothing of the key.
func Load(certFile, keyFile string) (*Authority, error) {
	certificates, err := loadCertificates(certFile)
	if err != nil {
		return nil, fmt.Errorf("authority: certificate file %q: %w", certFile, err)
	}
	key, err := loadKey(keyFile)
	if err != nil {
		return nil, fmt.Errorf("authority: key file %q: %w", keyFile, err)
	}
	leaf := certificates[0]
	if public, ok := key.Public().(interface{ Equal(crypto.PublicKey) bool }); !ok || !public.Equal(leaf.PublicKey) {
		return nil, fmt.Errorf("authority: key file %q: the key does not match the first certificate of %q, which is for %q: "+
			"give the key that it was made with, and put the certificate before its chain", keyFile, certFile, leaf.Subject)
	}
	a := empty(Options{})
	a.loaded = &tls.Certificate{PrivateKey: key, Leaf: leaf}
	for i, c := range certificates {
		a.loaded.Certificate = append(a.loaded.Certificate, c.Raw)
		if i > 0 {
			a.pem = append(a.pem, encode(c.Raw)...)
		}
	}
	return a, nil
}

func loadCertificates(file string) ([]*x509.Certificate, error) {
	blocks, err := loadPEM(file)
	if err != nil {
		return nil, err
	}
	var certificates []*x509.Certificate
	for _, b := range blocks {
		if b.Type != "CERTIFICATE" {
			continue
		}
		c, err := x509.ParseCertificate(b.Bytes)
		if err != nil {
			return nil, fmt.Errorf("its certificate number %d cannot be read: %w", len(certificates)+1, err)
		}
		certificates = append(certificates, c)
	}
	if len(certificates) == 0 {
		return nil, fmt.Errorf("it holds no CERTIFICATE but %s: were the two files swapped?", types(blocks))
	}
	return certificates, nil
}

// loadKey takes the first key of a file. Its errors leave out those of the parsers,
// which were not written with secrets in mind.
func loadKey(file string) (crypto.Signer, error) {
	blocks, err := loadPEM(file)
	if err != nil {
		return nil, err
	}
	for _, b := range blocks {
		switch {
		case !strings.HasSuffix(b.Type, "PRIVATE KEY"):
		case b.Type == "ENCRYPTED PRIVATE KEY" || b.Headers["DEK-Info"] != "":
			return nil, errors.New("the key is encrypted: write it without a passphrase (openssl pkey -in FILE -out FILE)")
		default:
			return parseKey(b.Bytes)
		}
	}
	return nil, fmt.Errorf("it holds no PRIVATE KEY but %s: were the two files swapped?", types(blocks))
}

func parseKey(der []byte) (crypto.Signer, error) {
	if key, err := x509.ParsePKCS8PrivateKey(der); err == nil {
		if signer, ok := key.(crypto.Signer); ok {
			return signer, nil
		}
	}
	if key, err := x509.ParsePKCS1PrivateKey(der); err == nil {
		return key, nil
	}
	if key, err := x509.ParseECPrivateKey(der); err == nil {
		return key, nil
	}
	return nil, errors.New("the key cannot be read: give an RSA, ECDSA or Ed25519 key as PKCS #8, PKCS #1 or SEC 1")
}

func loadPEM(file string) ([]*pem.Block, error) {
	f, err := os.Open(file) //nolint:gosec // the user names the file
	if err != nil {
		return nil, reason(err)
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, maxPEM+1))
	switch {
	case err != nil:
		return nil, reason(err)
	case len(data) > maxPEM:
		return nil, fmt.Errorf("it is longer than %d bytes", maxPEM)
	}
	var blocks []*pem.Block
	for b, rest := pem.Decode(data); b != nil; b, rest = pem.Decode(rest) {
		blocks = append(blocks, b)
	}
	if len(blocks) == 0 {
		return nil, errors.New("it holds no PEM: convert it (openssl x509 or openssl pkey, -inform DER)")
	}
	return blocks, nil
}

// reason is an error without the file's name, which its caller gives.
func reason(err error) error {
	if p, ok := errors.AsType[*os.PathError](err); ok {
		return p.Err
	}
	return err
}

func types(blocks []*pem.Block) string {
	names := make([]string, len(blocks))
	for i, b := range blocks {
		names[i] = b.Type
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ", ")
}
