package judge_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"math/big"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/stage"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// keyStarts are starts with the forms of a key. An empty output means that the client
// logged in, "sent" that it was refused by the org, and others are its own words.
func keyStarts(outputs ...string) *evidence.Evidence {
	var all []evidence.Exchange
	for i, output := range outputs {
		x := started(i+1, login("", "", "A"))
		switch output {
		case "":
		case "sent":
			x.Issued, x.Response.Status = "", 400
		default:
			x = started(i+1, evidence.Exchange{Kind: evidence.Other})
		}
		all = append(all, x)
	}
	e := watched(scenario.KeyForms, all...)
	for i, output := range outputs {
		e.Runs[i].Stderr.Head = []byte(output)
		if output != "" {
			e.Runs[i].Exit.Code = 1
		}
	}
	return e
}

func TestKeyForms(t *testing.T) {
	t.Parallel()
	if len(stage.KeyForms()) != 5 {
		t.Fatal("the rows are written for five forms")
	}
	lied := keyStarts("", "", "", "the key is encrypted", "no private key in the file")
	lied.Runs[4].Exit.Code = 0
	judged(t, []row{
		{"all right", "jwt-key-formats", keyStarts("", "", "", "the key is encrypted", "no private key in the file"), verdict.Kept},
		{"one form refused by name", "jwt-key-formats", keyStarts("", "", "the PEM text is broken", "the key is encrypted", "no key"), verdict.Kept},
		{"refused without a word", "jwt-key-formats", keyStarts("", "error 3", "", "the key is encrypted", "no key"), verdict.Broken},
		{"sent to the org", "jwt-key-formats", keyStarts("", "", "sent", "the key is encrypted", "no key"), verdict.Broken},
		{"encrypted and sent", "jwt-key-formats", keyStarts("", "", "", "sent", "no key"), verdict.Broken},
		{"as if all were well", "jwt-key-formats", lied, verdict.Broken},
		{"none taken", "jwt-key-formats", keyStarts("no key", "no key", "no key", "no key", "no key"), verdict.Absent},
		{"one start", "jwt-key-formats", keyStarts(""), verdict.Absent},
	})
}

func TestCertificateNotice(t *testing.T) {
	t.Parallel()
	says := func(output string) *evidence.Evidence {
		return ending(watched(scenario.CertificateEnds, login("", "", "A")), evidence.Exit{}, output)
	}
	judged(t, []row{
		{"said", "jwt-cert-expiry-notice", says("notice: the certificate ends on 2026-03-06"), verdict.Kept},
		{"not said", "jwt-cert-expiry-notice", says("logged in"), verdict.Broken},
		{"no login", "jwt-cert-expiry-notice", watched(scenario.CertificateEnds), verdict.Absent},
	})
}

func TestWrongClock(t *testing.T) {
	t.Parallel()
	refused := login("", "", "")
	behind := func(output string, all ...evidence.Exchange) *evidence.Evidence {
		return ending(watched(scenario.ClockBehind, all...), evidence.Exit{Code: 1}, output)
	}
	judged(t, []row{
		{"leads there", "jwt-clock-skew", behind("synchronize the clock", refused), verdict.Kept},
		{"corrects it", "jwt-clock-skew", behind("", refused, login("", "", "A")), verdict.Kept},
		{"the org's words only", "jwt-clock-skew", behind("expired authorization code", refused), verdict.Broken},
		{"some tries", "jwt-clock-skew", behind("check the clock", times(5, refused)...), verdict.Tolerated},
		{"loops", "jwt-clock-skew", behind("check the clock", times(12, refused)...), verdict.Broken},
		{"taken", "jwt-clock-skew", watched(scenario.ClockAhead, login("", "", "A")), verdict.Absent},
	})
}

func TestNewSigningKey(t *testing.T) {
	t.Parallel()
	certificate, der := newCertificate(t)
	sum := sha256.Sum256(der)
	fingerprint := strings.ToUpper(hex.EncodeToString(sum[:]))
	withColons := fingerprint[:2]
	for i := 2; i < len(fingerprint); i += 2 {
		withColons += ":" + fingerprint[i:i+2]
	}
	replaced := func(second, output string) *evidence.Evidence {
		e := ending(watched(scenario.KeyReplaced, login("", "", "A"), started(2, login("", "", second))), evidence.Exit{}, output)
		e.Certificates = []string{"first", certificate}
		return e
	}
	judged(t, []row{
		{"named", "rotate-jwt-key", replaced("B", "signing with "+withColons), verdict.Kept},
		{"named in short", "rotate-jwt-key", replaced("B", "key "+strings.ToLower(fingerprint[:20])), verdict.Kept},
		{"not named", "rotate-jwt-key", replaced("B", "logged in"), verdict.Tolerated},
		{"refused", "rotate-jwt-key", replaced("", withColons), verdict.Broken},
		{"one start", "rotate-jwt-key", watched(scenario.KeyReplaced, login("", "", "A")), verdict.Absent},
	})
}

func newCertificate(t *testing.T) (text string, der []byte) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1)}
	if der, err = x509.CreateCertificate(rand.Reader, template, template, key.Public(), key); err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})), der
}
