package explain

import (
	"slices"
	"strings"
	"sync"
)

const hidden = "[redacted]"

// secret is a shape of what must never be repeated: what stands in its first
// group stays, the rest goes.
type secret struct {
	pattern *shape
	// valued keeps values that say that there is no secret, such as undefined,
	// and the prefix by which kinds of tokens are told apart.
	valued bool
}

const secretNames = `client_?secret|consumer_?secret|secret|password|passwd|pwd|assertion|access_?token|refresh_?token|` +
	`security_?token|id_?token|private_?key|code_verifier|api_?key|signature|[?&]code|[?&]sid|[?&]token`

var secrets = sync.OnceValue(func() []secret {
	var list []secret
	for _, s := range []struct {
		pattern string
		valued  bool
	}{
		{`(?s)(-----BEGIN [A-Z0-9 ]+-----).*?-----END [A-Z0-9 ]+-----`, false},
		{`(-----BEGIN [A-Z0-9 ]+-----)(?:\s*[A-Za-z0-9+/=]{16,})+`, false},
		{`(?i)((?:` + secretNames + `)["'\]\)]*\s*(?:=>|=|:)\s*)"[^"\n]*`, true},
		{`(?i)((?:` + secretNames + `)["'\]\)]*\s*(?:=>|=|:)\s*)'[^'\n]*`, true},
		{`(?i)((?:` + secretNames + `)["'\]\)]*\s*(?:=>|=|:)\s*)[^\s"'&,;<>)\]}]+`, true},
		{`(?i)((?:^|[^A-Za-z_])session_?id["'\]]?\s*(?:=>|=|:)\s*["']?)[^\s"'&,;<>)\]}]+`, true},
		{`(?i)(<(?:\w+:)?(?:password|sessionid|newpassword|clientsecret)>)[^<\n]*`, false},
		{`(?i)(authorization["']?\s*(?:=>|=|:)\s*["']?(?:basic|bearer|oauth|token)\s+)[^\s"',;]+`, true},
		{`(\b[Bb](?:asic|earer) )[\w.~+/!=-]{20,}`, false},
		{`((?:\s-u|--user)[\s=]+["']?)[^\s"':]+:[^\s"']+`, false},
		{`(\b00D)[A-Za-z0-9]{9,15}![\w.+/=-]*`, false},
		{`(\beyJ)[\w-]{8,}(?:\.[\w=-]*){0,4}`, false},
		{`(\b5Aep)[\w.]{10,}`, false},
		{`(\b3MVG9)[\w.]{6,}`, false},
		{`(//)[^/\s:@]+:[^@\s/]+@`, false},
		{`()\b[A-Fa-f0-9]{32,}\b`, false},
		{`()\b[A-Za-z0-9+/]{44,}={0,2}`, false},
	} {
		list = append(list, secret{shapeOf(s.pattern), s.valued})
	}
	return list
})

// redact takes whatever may be a secret out of a text.
func redact(text string) string {
	for _, s := range secrets() {
		text = s.pattern.ReplaceAllStringFunc(text, func(match string) string {
			kept := s.pattern.FindStringSubmatch(match)[1]
			switch {
			case s.valued:
				return kept + redactedValue(match[len(kept):])
			case kept == "" && (!strings.ContainsAny(match, "0123456789") || isPath(match)):
				return match // words that a form joins with plus signs, or a URL joins with slashes: chance makes no such base64
			}
			return kept + hidden
		})
	}
	return text
}

// isPath says whether a text in the letters of base64 is the path of a URL: parts
// in lower case, each short.
func isPath(text string) bool {
	parts := strings.Split(text, "/")
	return len(parts) > 2 && text == strings.ToLower(text) && !slices.ContainsFunc(parts, func(part string) bool { return len(part) > 24 })
}

// placeholder is a value that stands in the place of a secret and is none.
var placeholder = sync.OnceValue(func() *shape {
	return shapeOf(`(?i)^(?:abc123|change_?me|your[ _-](?:\w+[ _-]?)*(?:token|secret|password|key)|<[a-z _-]{3,40}>|x{4,40}|%[a-z][a-z0-9_]{1,40}%|dummy|placeholder)$`)
})

// redactedValue hides a value unless it says that there is none.
func redactedValue(value string) string {
	quote, bare := "", value
	if bare != "" && (bare[0] == '"' || bare[0] == '\'') {
		quote, bare = bare[:1], bare[1:]
	}
	switch strings.ToLower(bare) {
	case "", "undefined", "null", "none", "nil", "true", "false", "%s", "{", "[", "[object", hidden:
		return value
	}
	if placeholder().MatchString(bare) {
		return value
	}
	if strings.HasPrefix(bare, hidden) || strings.HasPrefix(bare, "${") || strings.HasPrefix(bare, "{{") {
		return value
	}
	for _, prefix := range []string{"00D", "5Aep", "eyJ", "-----BEGIN"} {
		if strings.HasPrefix(bare, prefix) {
			return quote + prefix + hidden
		}
	}
	return quote + hidden
}

// maxSnippet is the length in bytes of a piece of evidence.
const maxSnippet = 160

// span is a part of the text.
type span struct{ from, to int }

func (s span) holds(offset int) bool { return s.from <= offset && offset < s.to }

// around is the line at the place in the text, or the part of a long line around
// it. The text has no secrets any more: newPaste took them out.
func (p paste) around(offset int) span {
	line := span{strings.LastIndexByte(p.text[:offset], '\n') + 1, len(p.text)}
	if i := strings.IndexByte(p.text[offset:], '\n'); i >= 0 {
		line.to = offset + i
	}
	if line.to-line.from <= maxSnippet {
		return line
	}
	from := max(line.from, offset-maxSnippet/3)
	return span{from, min(line.to, from+maxSnippet)}
}

// snippet is a span as evidence, with an ellipsis where its line goes on.
func (p paste) snippet(s span) string {
	cutBefore := s.from > 0 && p.text[s.from-1] != '\n'
	cutAfter := s.to < len(p.text) && p.text[s.to] != '\n'
	return mark(cutBefore) + oneLine(p.text[s.from:s.to]) + mark(cutAfter)
}

func oneLine(s string) string {
	return strings.ToValidUTF8(strings.Join(strings.Fields(s), " "), "")
}

func mark(cut bool) string {
	if cut {
		return "…"
	}
	return ""
}
