package authority_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"math/big"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/mocksf/authority"
)

func TestACertificateOfOnesOwnIsServedForEveryName(t *testing.T) {
	t.Parallel()
	own := newPair(t)
	for form, key := range map[string][]byte{"PKCS #8": own.pkcs8, "SEC 1": own.sec1, "both in one file": slices.Concat(own.cert, own.pkcs8)} {
		cert := own.cert
		if form == "both in one file" {
			cert = key
		}
		a, err := authority.Load(write(t, "tls.crt", cert), write(t, "tls.key", key))
		if err != nil {
			t.Fatalf("%s: %v", form, err)
		}
		if len(a.PEM()) != 0 {
			t.Errorf("%s: clients are to trust %s", form, a.PEM())
		}
		address := serve(t, "127.0.0.1:0", a.Config(""))
		if _, err := handshake(t, address, &tls.Config{ServerName: "fake.example", RootCAs: pool(t, own.cert)}); err != nil {
			t.Errorf("%s: %v", form, err)
		}
		state, err := handshake(t, address, &tls.Config{ServerName: myDomain, InsecureSkipVerify: true})
		if err != nil || state.PeerCertificates[0].DNSNames[0] != "fake.example" {
			t.Errorf("%s, another name: %v", form, err)
		}
	}
}

func TestAChainOfOnesOwnIsServedAndToBeTrusted(t *testing.T) {
	t.Parallel()
	own, issuer := newPair(t), newPair(t)
	a, err := authority.Load(write(t, "tls.crt", slices.Concat(own.cert, issuer.cert)), write(t, "tls.key", own.pkcs8))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.PEM(), issuer.cert) {
		t.Errorf("got %s, want what stands behind the first certificate", a.PEM())
	}
	c, err := a.Config("").GetCertificate(&tls.ClientHelloInfo{})
	if err != nil || len(c.Certificate) != 2 {
		t.Errorf("it serves %d certificates, %v", len(c.Certificate), err)
	}
}

func TestEveryKindOfKeyIsTaken(t *testing.T) {
	t.Parallel()
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	_, edKey, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	pkcs1 := pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(rsaKey)})
	for name, files := range map[string][2][]byte{
		"RSA, PKCS #1": {certify(t, rsaKey), pkcs1},
		"RSA, PKCS #8": {certify(t, rsaKey), pkcs8(t, rsaKey)},
		"Ed25519":      {certify(t, edKey), pkcs8(t, edKey)},
	} {
		if _, err := authority.Load(write(t, "tls.crt", files[0]), write(t, "tls.key", files[1])); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestACertificateOfOnesOwnShowsTLS10AndNoOtherFault(t *testing.T) {
	t.Parallel()
	own := newPair(t)
	a, err := authority.Load(write(t, "tls.crt", own.cert), write(t, "tls.key", own.pkcs8))
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range authority.Faults() {
		err := a.Check(fault)
		if allowed := fault == authority.TLS10Only; allowed != (err == nil) {
			t.Errorf("%s: got %v", fault, err)
		} else if !allowed && !strings.Contains(err.Error(), "leave --tls-cert and --tls-key out") {
			t.Errorf("%s: got %v", fault, err)
		}
	}
}

func TestLoadSaysWhichFileIsWrongAndHow(t *testing.T) {
	t.Parallel()
	own, other := newPair(t), newPair(t)
	block := func(kind string) []byte {
		return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: []byte("no DER")})
	}
	legacy := pem.EncodeToMemory(&pem.Block{
		Type: "EC PRIVATE KEY", Headers: map[string]string{"Proc-Type": "4,ENCRYPTED", "DEK-Info": "AES-128-CBC,00"}, Bytes: []byte("x"),
	})
	for name, c := range map[string]struct {
		cert, key []byte
		want      string
	}{
		"another key":         {own.cert, other.pkcs8, `tls.key": the key does not match the first certificate`},
		"chain upside down":   {slices.Concat(other.cert, own.cert), own.pkcs8, "put the certificate before its chain"},
		"swapped":             {own.pkcs8, own.cert, `tls.crt": it holds no CERTIFICATE but PRIVATE KEY: were the two files swapped?`},
		"no key":              {own.cert, own.cert, `tls.key": it holds no PRIVATE KEY but CERTIFICATE`},
		"no PEM":              {[]byte{0x30, 0x82}, own.pkcs8, `tls.crt": it holds no PEM`},
		"empty key":           {own.cert, nil, `tls.key": it holds no PEM`},
		"unreadable":          {block("CERTIFICATE"), own.pkcs8, `tls.crt": its certificate number 1 cannot be read`},
		"unreadable in chain": {slices.Concat(own.cert, block("CERTIFICATE")), own.pkcs8, "its certificate number 2 cannot be read"},
		"unreadable key":      {own.cert, block("PRIVATE KEY"), `tls.key": the key cannot be read`},
		"encrypted":           {own.cert, block("ENCRYPTED PRIVATE KEY"), `tls.key": the key is encrypted`},
		"encrypted long ago":  {own.cert, legacy, `tls.key": the key is encrypted`},
		"endless":             {bytes.Repeat([]byte("-"), 1<<20+1), own.pkcs8, `tls.crt": it is longer than 1048576 bytes`},
	} {
		_, err := authority.Load(write(t, "tls.crt", c.cert), write(t, "tls.key", c.key))
		if err == nil || !strings.Contains(err.Error(), c.want) || strings.Count(err.Error(), "authority:") != 1 {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
			continue
		}
		assertSecret(t, err.Error(), c.key)
		assertSecret(t, err.Error(), c.cert)
	}
}

func TestLoadSaysThatAFileIsMissing(t *testing.T) {
	t.Parallel()
	own := newPair(t)
	missing := filepath.Join(t.TempDir(), "missing.pem")
	if _, err := authority.Load(missing, write(t, "tls.key", own.pkcs8)); err == nil ||
		err.Error() != `authority: certificate file "`+missing+`": no such file or directory` {
		t.Errorf("got %v", err)
	}
	if _, err := authority.Load(write(t, "tls.crt", own.cert), t.TempDir()); err == nil ||
		!strings.HasSuffix(err.Error(), "is a directory") {
		t.Errorf("got %v", err)
	}
}

// assertSecret says that nothing of a file's PEM stands in a text.
func assertSecret(t *testing.T, text string, file []byte) {
	t.Helper()
	for block, rest := pem.Decode(file); block != nil; block, rest = pem.Decode(rest) {
		body := base64.StdEncoding.EncodeToString(block.Bytes)
		if strings.Contains(text, body[:min(8, len(body))]) {
			t.Errorf("%q shows a part of its file", text)
		}
	}
}

// pair is a certificate for fake.example and its key, both as PEM.
type pair struct{ cert, pkcs8, sec1 []byte }

func newPair(t *testing.T) pair {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	sec1, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return pair{certify(t, key), pkcs8(t, key), pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: sec1})}
}

func certify(t *testing.T, key crypto.Signer) []byte {
	t.Helper()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "one's own"}, DNSNames: []string{"fake.example"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}

func pkcs8(t *testing.T, key crypto.Signer) []byte {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
}
