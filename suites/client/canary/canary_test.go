package canary_test

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"encoding/xml"
	"fmt"
	"html"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sfconform/sfconform/suites/client/canary"
)

const (
	plain = "5f1c0a7be92d4413b8a60e77d1c2f3948b5a6c7d8e9f00112233445566778899"
	hard  = `aA+b/c=d&e%f g~"h'i<j>!`
)

func set(secrets ...string) *canary.Set {
	var s canary.Set
	for i, value := range secrets {
		s.Add(fmt.Sprintf("secret %d", i), value)
	}
	return &s
}

func must(text []byte, err error) string {
	if err != nil {
		panic(err)
	}
	return string(text)
}

// disguises are what programs make of a secret before it turns up.
var disguises = map[string]func(string) string{
	"raw":             func(v string) string { return v },
	"form":            url.QueryEscape,
	"form in form":    func(v string) string { return url.QueryEscape(url.QueryEscape(v)) },
	"path":            url.PathEscape,
	"RFC 3986":        func(v string) string { return strings.ReplaceAll(url.QueryEscape(v), "+", "%20") },
	"lower-case form": func(v string) string { return lower(url.QueryEscape(v)) },
	"JavaScript": func(v string) string {
		return strings.NewReplacer("+", "%20", "%21", "!", "%27", "'").Replace(url.QueryEscape(v))
	},
	"Go JSON":      func(v string) string { return must(json.Marshal(v)) },
	"JSON in JSON": func(v string) string { return must(json.Marshal(must(json.Marshal(v)))) },
	"PHP JSON":     func(v string) string { return strings.ReplaceAll(strconv.Quote(v), "/", `\/`) },
	".NET JSON": func(v string) string {
		return strings.NewReplacer("+", `\u002B`, "&", `\u0026`, "<", `\u003C`, ">", `\u003E`, "'", `\u0027`, `"`, `\"`, "\n", `\n`).Replace(v)
	},
	"Go syntax":         strconv.Quote,
	"HTML":              html.EscapeString,
	"HTML of templates": func(v string) string { return strings.ReplaceAll(html.EscapeString(v), "+", "&#43;") },
	"XML": func(v string) string {
		var out strings.Builder
		_ = xml.EscapeText(&out, []byte(v))
		return out.String()
	},
	"hex":              func(v string) string { return hex.EncodeToString([]byte(v)) },
	"upper-case hex":   func(v string) string { return strings.ToUpper(hex.EncodeToString([]byte(v))) },
	"base64":           func(v string) string { return base64.StdEncoding.EncodeToString([]byte(v)) },
	"base64url":        func(v string) string { return base64.RawURLEncoding.EncodeToString([]byte(v)) },
	"base64 of a pair": func(v string) string { return base64.StdEncoding.EncodeToString([]byte("id:" + v)) },
	"base64, 1 before": func(v string) string { return base64.StdEncoding.EncodeToString([]byte("1" + v + "after")) },
	"base64, 2 before": func(v string) string { return base64.StdEncoding.EncodeToString([]byte("12" + v + ":")) },
	"base64, first":    func(v string) string { return base64.StdEncoding.EncodeToString([]byte(v + ":after")) },
	"base64 twice": func(v string) string {
		return base64.StdEncoding.EncodeToString([]byte(base64.StdEncoding.EncodeToString([]byte(v))))
	},
	"MIME base64":     func(v string) string { return folded(base64.StdEncoding.EncodeToString([]byte("id:"+v)), 20, "\r\n") },
	"escaped lines":   func(v string) string { return folded(base64.StdEncoding.EncodeToString([]byte(v)), 19, `\n`) },
	"indented lines":  func(v string) string { return folded(base64.StdEncoding.EncodeToString([]byte(v)), 18, "\n    ") },
	"escaped escapes": func(v string) string { return folded(base64.StdEncoding.EncodeToString([]byte(v)), 17, `\\r\\n`) },
}

func lower(text string) string {
	for _, r := range "ABCDEF" {
		for _, d := range "0123456789" {
			text = strings.ReplaceAll(text, fmt.Sprintf("%%%c%c", d, r), fmt.Sprintf("%%%c%c", d, r+'a'-'A'))
		}
	}
	return text
}

// folded is text in lines.
func folded(text string, width int, end string) string {
	var lines []string
	for line := range slices.Chunk([]byte(text), width) {
		lines = append(lines, string(line))
	}
	return strings.Join(lines, end)
}

func key(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../../../fixtures/keys/integration.key.pem")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestASecretIsFoundAndRedactedInEveryDisguise(t *testing.T) {
	t.Parallel()
	for kind, secret := range map[string]string{"plain": plain, "hard": hard, "key": key(t)} {
		for name, disguise := range disguises {
			t.Run(kind+"/"+name, func(t *testing.T) {
				t.Parallel()
				s := set(secret)
				text := "line one\nbefore " + disguise(secret) + " behind"
				hits := s.Find([]byte(text))
				if len(hits) != 1 || hits[0].Secret != "secret 0" || hits[0].Line < 2 {
					t.Fatalf("found %+v in %q", hits, text)
				}
				if !slices.Contains(canary.Encodings(), hits[0].Encoding) {
					t.Errorf("encoding %q is not among the encodings", hits[0].Encoding)
				}
				redacted := s.RedactString(text)
				if hits := s.Find([]byte(redacted)); len(hits) > 0 {
					t.Errorf("%+v is left in %q", hits, redacted)
				}
				if !strings.HasPrefix(redacted, "line one\nbefore ") || !strings.HasSuffix(redacted, " behind") {
					t.Errorf("too much is gone: %q", redacted)
				}
			})
		}
	}
}

func TestAKeyIsFoundInPartsAndInOtherForms(t *testing.T) {
	t.Parallel()
	text := key(t)
	block, _ := pem.Decode([]byte(text))
	body := strings.Split(text, "\n")
	for name, seen := range map[string]string{
		"a line":       body[3],
		"its last":     body[len(body)-3],
		"one line":     strings.ReplaceAll(text, "\n", ""),
		"escaped":      strings.ReplaceAll(text, "\n", `\n`),
		"Windows":      strings.ReplaceAll(text, "\n", "\r\n"),
		"in YAML":      strings.ReplaceAll(text, "\n", "\n      "),
		"in a form":    url.QueryEscape(text),
		"without PEM":  base64.StdEncoding.EncodeToString(block.Bytes),
		"of 76":        folded(base64.StdEncoding.EncodeToString(block.Bytes), 76, "\n"),
		"decoded":      string(block.Bytes),
		"in hex":       hex.EncodeToString(block.Bytes),
		"a form in it": url.QueryEscape(body[4]),
	} {
		if hits := set(text).Find([]byte("see " + seen)); len(hits) != 1 {
			t.Errorf("%s: found %v", name, hits)
		}
	}
}

func TestFindSaysWhereEachSecretFirstStands(t *testing.T) {
	t.Parallel()
	s := set("first-secret", "other-secret")
	got := s.Find([]byte("x\nsay other-secret\nfirst-secret other-secret first-secret"))
	want := []canary.Hit{
		{Secret: "secret 1", Encoding: "raw", Offset: 6, Line: 2},
		{Secret: "secret 0", Encoding: "raw", Offset: 19, Line: 3},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestOverlappingSecretsLeaveNothingBehind(t *testing.T) {
	t.Parallel()
	s := set("abcdefgh12", "efgh12345678", "key:abcdefgh12")
	for text, want := range map[string]string{
		"<abcdefgh12345678>":    "<<secret 1>>",
		"key:abcdefgh12":        "<secret 2>",
		"abcdefgh12abcdefgh12":  "<secret 0><secret 0>",
		"abcdefgh1 2, abcdefgh": "<secret 0>, abcdefgh",
		"":                      "",
		"nothing here":          "nothing here",
	} {
		if got := s.RedactString(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestWhatIsTooShortIsNoSecret(t *testing.T) {
	t.Parallel()
	s := set("1234567", "12345678", "12345678")
	if got := s.Names(); len(got) != 1 || got[0] != "secret 1" {
		t.Errorf("names %v", got)
	}
	var empty canary.Set
	if got := empty.RedactString("12345678"); got != "12345678" || len(empty.Find([]byte(got))) != 0 {
		t.Errorf("the empty set makes %q of it", got)
	}
}
