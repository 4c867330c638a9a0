package judge

import (
	"crypto/sha1" //nolint:gosec // Setup shows certificates by this fingerprint too
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/stage"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// keys are the judges of what of group D is about keys and clocks.
func keys() []Judge {
	return []Judge{
		{ID: "jwt-key-formats", In: []string{scenario.KeyForms}, Look: loadsKeys, Process: true, Output: true},
		{ID: "jwt-cert-expiry-notice", In: []string{scenario.CertificateEnds}, Look: noticesCertificateEnd, Output: true},
		{ID: "jwt-clock-skew", In: []string{scenario.ClockBehind, scenario.ClockAhead}, Look: leadsToClock, Output: true},
	}
}

// loadsKeys wants each key used, or refused by name before the first request.
func loadsKeys(e *evidence.Evidence) verdict.Observation {
	forms, loaded := stage.KeyForms(), 0
	if len(e.Runs) < len(forms) {
		return absent("the client was not started with every form of the key")
	}
	for i, form := range forms {
		r := e.Runs[i]
		sent := loginsIn(e, r)
		named := containsAny(strings.ToLower(said(r)), "key", "pem", "passphrase", "encrypted")
		switch {
		case gotToken(e, r) && form.Usable():
			loaded++
		case len(sent) > 0:
			return broken(fmt.Sprintf("with a private key as %s the client sends a request that must fail", form), sent...)
		case claims(e, r):
			return broken(fmt.Sprintf("with a private key as %s the client sends nothing, and ends with success (exit code 0)", form))
		case !named:
			return broken(fmt.Sprintf("a private key as %s is refused without a word about the key", form))
		}
	}
	if loaded == 0 {
		return absent("the client took the private key in no form")
	}
	return kept(fmt.Sprintf("the private key is taken in %d forms, and refused by name in %d", loaded, len(forms)-loaded))
}

func noticesCertificateEnd(e *evidence.Evidence) verdict.Observation {
	if !gotToken(e, e.LastRun()) {
		return absent("no token was issued")
	}
	text := strings.ToLower(said(e.LastRun()))
	if strings.Contains(text, "certificate") && containsAny(text, "expir", "ends", "days", "valid until", "not after") {
		return kept("the client says that its certificate ends soon")
	}
	return broken("the certificate ends in five days, and the client does not say so")
}

// leadsToClock looks where an assertion was refused for the time in it.
func leadsToClock(e *evidence.Evidence) verdict.Observation {
	logins := loginsIn(e, e.LastRun())
	refused := these(logins, isRefused)
	text := strings.ToLower(said(e.LastRun()))
	switch {
	case len(refused) == 0:
		return absent("the org takes the assertion")
	case len(logins) > manyRequests*e.AtLeastOne():
		return broken(fmt.Sprintf("with a wrong clock the client tries to log in %d times", len(logins)), logins...)
	case gotToken(e, e.LastRun()):
		return kept("the client corrects its clock and logs in")
	case !containsAny(text, "clock", "skew", "ntp", "server time", "synchroni", "system time"):
		return broken("the client's clock is ten minutes off, and what the operator reads does not lead to the clock", refused...)
	case len(logins) > fewRequests*e.AtLeastOne():
		return tolerated(fmt.Sprintf("the client says that the clock may be wrong, after %d logins", len(logins)), logins...)
	}
	return kept("the client says that the clock may be wrong")
}

// signsWithNewKey wants a login with the new key, and a word that says which it is.
func signsWithNewKey(e *evidence.Evidence) verdict.Observation {
	if len(e.Runs) < 2 || !gotToken(e, e.Runs[0]) || len(e.Certificates) < 2 {
		return absent("the client did not log in with its first key")
	}
	second := e.Runs[1]
	switch {
	case len(loginsIn(e, second)) == 0:
		return absent("the client did not log in after the key was replaced")
	case !gotToken(e, second):
		return broken("the client does not log in with the key that has taken the place of its first one", loginsIn(e, second)...)
	case e.Output && !namesKey(said(second), e.Certificates[1]):
		return tolerated("the client signs with the new key, and does not say by a fingerprint which one it is", loginsIn(e, second)...)
	}
	return kept("the client signs with the new key, and its fingerprint is shown")
}

// shortest is how many hex digits of a fingerprint tell keys apart.
const shortest = 16

// namesKey says whether a text holds a fingerprint of the certificate or its key.
func namesKey(text, certificate string) bool {
	hexText := strings.NewReplacer(":", "", " ", "").Replace(strings.ToLower(text))
	return slices.ContainsFunc(fingerprints(certificate), func(sum []byte) bool {
		return strings.Contains(hexText, hex.EncodeToString(sum)[:shortest]) ||
			strings.Contains(text, base64.RawStdEncoding.EncodeToString(sum)) || strings.Contains(text, base64.RawURLEncoding.EncodeToString(sum))
	})
}

// fingerprints are those in use: of the certificate, and of the public key in it.
func fingerprints(certificate string) [][]byte {
	block, _ := pem.Decode([]byte(certificate))
	if block == nil {
		return nil
	}
	sum1, sum256 := sha1.Sum(block.Bytes), sha256.Sum256(block.Bytes) //nolint:gosec // as above
	all := [][]byte{sum1[:], sum256[:]}
	parsed, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return all
	}
	key := sha256.Sum256(parsed.RawSubjectPublicKeyInfo)
	return append(all, key[:])
}
