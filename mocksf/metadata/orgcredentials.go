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
	m.keep(app, a)
	if a.ConsumerKey == "" {
		a.ConsumerKey = deriveKey(app.Name)
		m.assume("", "apps/"+app.Name+"/consumerKey", "none in the files: one is derived from the app's name, always the same")
	}
	if a.ConsumerSecret == "" && m.makes(MadeSecret) {
		a.ConsumerSecret = deriveSecret(app.Name)
		m.assume(MadeSecret, "apps/"+app.Name+"/consumerSecret", "none in the files: one is derived from the app's name, always the same")
	}
}

// keep leaves an app that the org has already what no deploy changes: its key pairs,
// unless the file rotates them, its approvals, and what an admin set beside it.
func (m *maker) keep(app *App, a *fixtures.App) {
	before, ok := m.org.Apps[app.Name]
	if !ok || before.Kind != a.Kind {
		return
	}
	if a.ConsumerKey == "" && !app.Global.True("shouldRotateConsumerKey") {
		a.ConsumerKey = before.ConsumerKey
	}
	if a.ConsumerSecret == "" && !app.Global.True("shouldRotateConsumerSecret") {
		a.ConsumerSecret = before.ConsumerSecret
	}
	a.Staged, a.ApprovedUsers = before.Staged, before.ApprovedUsers
	a.Installed, a.Blocked, a.APIAllowed = before.Installed, before.Blocked, before.APIAllowed
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
