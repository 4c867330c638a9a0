package credentials

import (
	"crypto/sha512"
	"encoding/hex"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// The prefixes of the ids of External Client Apps and of their consumers (idx:55447507171).
const (
	appPrefix      = "0xI"
	consumerPrefix = "888"
)

func appID(a *snapshot.App) string { return fixtures.DeriveID(appPrefix, "Ak", "app\n"+a.Name) }
func consumerID(a *snapshot.App) string {
	return fixtures.DeriveID(consumerPrefix, "Ak", "consumer\n"+a.Name)
}

// pairID is a pair's, wherever it stands: what was staged keeps its address when it has
// been rotated in and out again (idx:55215876803). Its prefix is not known.
func pairID(consumerKey string) string {
	return fixtures.DeriveID(consumerPrefix, "Ak", "pair\n"+consumerKey)
}

// sameID says whether the text is the id, in its form of 15 or of 18 characters.
func sameID(text, id string) bool { return text == id || text == fixtures.ID15(id) }

// nextPair is a key and a secret of the usual shape that nobody can foretell who has
// not the app's present secret (metadata.md section 5).
func nextPair(a *snapshot.App, when string) (key, secret string) {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._"
	seed := strings.Join([]string{a.Name, a.ConsumerKey, a.ConsumerSecret, when}, "\n")
	first, second := sha512.Sum512([]byte("key\n"+seed)), sha512.Sum512([]byte("more\n"+seed))
	var b strings.Builder
	b.WriteString("3MVG9")
	for _, c := range append(first[:], second[:]...)[:80] {
		b.WriteByte(letters[c&63])
	}
	sum := sha512.Sum512_256([]byte("secret\n" + seed))
	return b.String(), strings.ToUpper(hex.EncodeToString(sum[:]))
}
