package canary_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// chatter is text like a client's log, of a size.
func chatter(size int) []byte {
	chance := rand.New(rand.NewPCG(1, 2))
	var out strings.Builder
	for out.Len() < size {
		fmt.Fprintf(&out, "2026-11-20T09:30:00Z INFO request %x POST /services/oauth2/token took %d ms {\"id\":\"%x\"}\n",
			chance.Uint64(), chance.IntN(900), chance.Uint64())
	}
	return []byte(out.String()[:size])
}

func BenchmarkFind(b *testing.B) {
	chance := rand.New(rand.NewPCG(3, 4))
	var secrets []string
	for i := range 50 {
		secrets = append(secrets, fmt.Sprintf("00D%x!AQ+%d/%x%x", chance.Uint64(), i, chance.Uint64(), chance.Uint64()))
	}
	s, text := set(secrets...), chatter(3<<20)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if len(s.Find(text)) > 0 {
			b.Fatal("found by chance")
		}
	}
}

func BenchmarkAdd(b *testing.B) {
	s := set()
	for i := 0; b.Loop(); i++ {
		s.Add("access token", fmt.Sprintf("00Dxx0000001gPL!AR8AQ%050d", i))
	}
}
