package canary

import (
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"
)

// form is a secret as it may turn up.
type form struct {
	encoding string
	text     []byte
}

// Encodings are the forms that are searched for, for the report to name.
func Encodings() []string {
	return []string{"raw", "URL-encoded", "URL-path-encoded", "JSON-escaped", "base64", "base64 within", "PEM line"}
}

// formsOf are the forms of a value, each text once.
func formsOf(value string) []form {
	forms := []form{{"raw", []byte(value)}}
	add := func(encoding, text string) {
		for _, f := range forms {
			if string(f.text) == text {
				return
			}
		}
		forms = append(forms, form{encoding, []byte(text)})
	}
	add("URL-encoded", url.QueryEscape(value))
	add("URL-path-encoded", url.PathEscape(value))
	if quoted, err := json.Marshal(value); err == nil {
		add("JSON-escaped", strings.Trim(string(quoted), `"`))
	}
	for _, e := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		add("base64", e.EncodeToString([]byte(value)))
		for offset := 1; offset <= 2; offset++ {
			add("base64 within", within(e, value, offset))
		}
	}
	for _, line := range pemLines(value) {
		add("PEM line", line)
	}
	return forms
}

// within is what base64 makes of a value that begins offset bytes after a boundary
// of three, without the characters that its neighbours have a part in.
func within(e *base64.Encoding, value string, offset int) string {
	coded := e.EncodeToString([]byte(strings.Repeat("x", offset) + value))
	return coded[4 : len(coded)-2]
}

// pemLines are the lines of a key that say something of it: one of them is a leak.
func pemLines(value string) []string {
	if !strings.HasPrefix(value, "-----BEGIN") {
		return nil
	}
	var lines []string
	for line := range strings.Lines(value) {
		if line = strings.TrimSpace(line); len(line) >= 60 && !strings.HasPrefix(line, "-----") {
			lines = append(lines, line)
		}
	}
	return lines
}
