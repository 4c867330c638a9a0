package canary_test

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// However a text goes on before and behind a secret, it is found and redacted, and a
// second look finds nothing.
func FuzzNothingHidesASecret(f *testing.F) {
	f.Add("", plain, "")
	f.Add("a\\", hard, "\\n")
	f.Add(plain[:20], plain, plain[40:])
	f.Add("\\n\\n", "nnnnnnnnn", "n")
	f.Add(" ", "a b c d e f g h", "\n")
	f.Fuzz(func(t *testing.T, before, secret, behind string) {
		if len(secret) < 8 || len(secret) > 4096 || !utf8.ValidString(secret) || strings.Contains("<secret 0>", secret) {
			t.Skip()
		}
		s := set(secret)
		text := before + secret + behind
		if len(s.Find([]byte(text))) != 1 {
			t.Fatalf("%q hides in %q", secret, text)
		}
		if redacted := s.RedactString(text); strings.Contains(redacted, secret) && !strings.Contains(before+"<secret 0>"+behind, secret) {
			t.Fatalf("%q is left in %q", secret, redacted)
		}
	})
}
