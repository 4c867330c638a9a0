package stage_test

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/stage"
)

func TestEachFormIsTheKeyOrCannotBeOne(t *testing.T) {
	t.Parallel()
	s := set(t, stage.Options{Flow: fixtures.JWTBearer})
	want, _ := pem.Decode([]byte(s.KeyPEM()))
	for _, form := range stage.KeyForms() {
		text := s.KeyAs(form)
		block, _ := pem.Decode([]byte(strings.ReplaceAll(text, `\n`, "\n")))
		if block == nil {
			t.Errorf("%s is no PEM text", form)
			continue
		}
		if got := readable(block.Bytes, want.Bytes); got != form.Usable() {
			t.Errorf("%s is the client's own key: %t", form, got)
		}
		if caught := len(s.Secrets().Find([]byte(text))) > 0; caught != form.Usable() {
			t.Errorf("%s is a canary: %t", form, caught)
		}
	}
}

// readable says whether der holds the wanted key, which is PKCS#8.
func readable(der, want []byte) bool {
	own, err := x509.ParsePKCS8PrivateKey(want)
	if err != nil {
		return false
	}
	var key any
	if key, err = x509.ParsePKCS8PrivateKey(der); err != nil {
		key, err = x509.ParsePKCS1PrivateKey(der)
	}
	return err == nil && own.(*rsa.PrivateKey).Equal(key.(*rsa.PrivateKey))
}
