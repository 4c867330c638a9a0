package metadata

import (
	"crypto/sha512"
	"encoding/hex"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
)

// credentials gives the app what no file has to hold: a consumer key, and the
// secret, which a retrieve never returns (facts: metadata.md sections 1.3 and 10).
func (m *maker) credentials(app *App, a *fixtures.App) {
	if a.ConsumerKey == "" {
		a.ConsumerKey = deriveKey(app.Name)
		m.assume("", "apps/"+app.Name+"/consumerKey", "none in the files: one is derived from the app's name, always the same")
	}
	if a.ConsumerSecret == "" && m.makes(MadeSecret) {
		a.ConsumerSecret = deriveSecret(app.Name)
		m.assume(MadeSecret, "apps/"+app.Name+"/consumerSecret", "none in the files: one is derived from the app's name, always the same")
	}
}

// deriveKey is a consumer key of the usual shape: 3MVG9 and 80 more letters, digits, dots and underscores.
func deriveKey(app string) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._"
	first, second := sha512.Sum512([]byte("consumer key\n"+app)), sha512.Sum512([]byte("more of it\n"+app))
	var b strings.Builder
	b.WriteString("3MVG9")
	for _, c := range append(first[:], second[:]...)[:80] {
		b.WriteByte(letters[c&63])
	}
	return b.String()
}

// deriveSecret is a consumer secret of the usual shape: 64 upper-case hexadecimal digits.
func deriveSecret(app string) string {
	sum := sha512.Sum512_256([]byte("consumer secret\n" + app))
	return strings.ToUpper(hex.EncodeToString(sum[:]))
}
