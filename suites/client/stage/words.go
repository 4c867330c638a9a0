package stage

import (
	"encoding/hex"
	"fmt"
	"math/rand/v2"
)

// words make canary texts that a person can read out: "heron-4217".
var words = []string{
	"heron", "otter", "lynx", "magpie", "badger", "osprey", "marten", "curlew",
	"walrus", "gannet", "ibex", "plover", "wombat", "quail", "tapir", "stork",
}

// chance makes what would be random, from the seed.
type chance struct{ *rand.Rand }

func newChance(seed uint64) chance { return chance{rand.New(rand.NewPCG(seed, seed^0x5f0c))} } //nolint:gosec // canaries are to be repeatable, not secret

// word is a word with a number that occurs nowhere else.
func (c chance) word() string {
	return fmt.Sprintf("%s-%04d", words[c.IntN(len(words))], c.IntN(10_000))
}

// hex is n hex digits in upper case, as Salesforce's own secrets are.
func (c chance) hex(n int) string {
	raw := make([]byte, n/2)
	for i := range raw {
		raw[i] = byte(c.Uint32())
	}
	return fmt.Sprintf("%X", raw)
}

// key is a Consumer Key of Salesforce's shape.
func (c chance) key() string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	text := []byte("3MVG9")
	for len(text) < 85 {
		text = append(text, letters[c.IntN(len(letters))])
	}
	return string(text)
}

// hardSecret needs escaping in a form, in a URL and in Basic credentials
// (client-requirements.md section 0), and cannot be mistaken for another.
func (c chance) hardSecret() string {
	return "aA+b/c=d&e%f g~:" + hex.EncodeToString([]byte(c.hex(8)))
}
