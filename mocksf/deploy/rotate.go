package deploy

import (
	"crypto/sha512"
	"encoding/hex"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata"
)

// rotate gives an app the new key and secret that its file orders (facts: metadata.md
// section 1.3). They follow from the old pair, which nobody outside the org knows.
func rotate(app *metadata.App, before fixtures.App, made *fixtures.App) {
	if !deploys(app.Global) {
		return
	}
	seed := strings.Join([]string{app.Name, before.ConsumerKey, before.ConsumerSecret}, "\n")
	if app.Global.True("shouldRotateConsumerKey") {
		const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._"
		first, second := sha512.Sum512([]byte("key\n"+seed)), sha512.Sum512([]byte("more\n"+seed))
		key := []byte("3MVG9")
		for _, c := range append(first[:], second[:]...)[:80] {
			key = append(key, letters[c&63])
		}
		made.ConsumerKey = string(key)
	}
	if app.Global.True("shouldRotateConsumerSecret") {
		sum := sha512.Sum512_256([]byte("secret\n" + seed))
		made.ConsumerSecret = strings.ToUpper(hex.EncodeToString(sum[:]))
	}
}
