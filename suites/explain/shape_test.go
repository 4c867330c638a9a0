package explain_test

import (
	"regexp"
	"slices"
	"testing"

	"github.com/sfconform/sfconform/suites/explain"
)

func TestAnExpressionNeedsAWordOfEveryMatch(t *testing.T) {
	t.Parallel()
	for expression, want := range map[string][]string{
		`client_?secret`:             {"client_secret", "clientsecret"},
		`\bexp["']?\s*[:=]`:          {"exp"},
		`(?:abc|abd)\s*=`:            {"abc", "abd"},
		`(?i)Basic [\w]+`:            {"basic "},
		`(?:token)+x?`:               {"token"},
		`(?:host)?:\d+`:              nil,
		`\d{3}`:                      nil,
		`[^.\n]{0,24}(?:off|not on)`: {"not on", "off"},
		`(?i)ärger`:                  nil,
		`a*|token`:                   nil,
	} {
		if words, _ := explain.NeededWords(expression); !slices.Equal(words, want) {
			t.Errorf("%s needs %q, want %q", expression, words, want)
		}
	}
}

func FuzzShapeFindsWhatItsExpressionFinds(f *testing.F) {
	expressions := []string{`(?i)((?:client_?secret|[?&]code)["']?\s*[:=]\s*)[^\s]+`, `\b(?:works?|ok|tokens? (?:is |was )?there)\b`, `^(?:https?://)?[a-z]+\.com$`, `(?i:k)ey|\bnot\b`, `(?i)s(?:ecret|ession)`}
	for _, text := range []string{"CLIENT_SECRET=x", "client\u017fecret: y", "the token is there", "http://a.com", "\u212aEY", "&code='1'", "\u017fession"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, expression := range expressions {
			if got, want := explain.FindPlace(expression, text), regexp.MustCompile(expression).FindStringIndex(text); !slices.Equal(got, want) {
				t.Errorf("%s in %q: %v, want %v", expression, text, got, want)
			}
		}
	})
}
