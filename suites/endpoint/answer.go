package endpoint

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"unicode"
)

// answer is what the target sent.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// decoded is the body as plain values; nil if it is neither JSON nor XML.
func (a answer) decoded() any {
	if strings.HasPrefix(a.header.Get("Content-Type"), "text/xml") {
		return decodeXML(a.body)
	}
	d := json.NewDecoder(bytes.NewReader(a.body))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil
	}
	return v
}

// field is the value at a path such as "records.0.Name", as text.
func (a answer) field(path string) (string, bool) { return fieldOf(a.decoded(), path) }

// text is a field that may be absent.
func (a answer) text(path string) string {
	value, _ := a.field(path)
	return value
}

func fieldOf(v any, path string) (string, bool) {
	for name := range strings.SplitSeq(path, ".") {
		switch at := v.(type) {
		case map[string]any:
			next, ok := at[name]
			if !ok {
				return "", false
			}
			v = next
		case []any:
			i, err := strconv.Atoi(name)
			if err != nil || i < 0 || i >= len(at) {
				return "", false
			}
			v = at[i]
		default:
			return "", false
		}
	}
	if s, ok := v.(string); ok {
		return s, true
	}
	text, err := json.Marshal(v)
	return string(text), err == nil
}

// keys are the names of the body's top-level object, in their order on the wire.
func (a answer) keys() []string {
	d := json.NewDecoder(bytes.NewReader(a.body))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return nil
	}
	var keys []string
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return keys
		}
		keys = append(keys, fmt.Sprint(name))
		var skipped json.RawMessage
		if d.Decode(&skipped) != nil {
			return keys
		}
	}
	return keys
}

// secretFields are the fields of an answer that are never shown.
var secretFields = []string{"access_token", "refresh_token", "id_token", "signature", "client_secret"}

func (a answer) secrets() []string {
	var found []string
	v := a.decoded()
	for _, name := range secretFields {
		if value, ok := fieldOf(v, name); ok {
			found = append(found, value)
		}
	}
	return found
}

// summary is the answer in a few words: status, error and description.
func (a answer) summary() string {
	v := a.decoded()
	pairs := [][2]string{
		{"error", "error_description"}, {"0.errorCode", "0.message"}, {"exceptionCode", "exceptionMessage"},
	}
	for _, names := range pairs {
		if code, ok := fieldOf(v, names[0]); ok {
			description, _ := fieldOf(v, names[1])
			return wording(a.status, code, description)
		}
	}
	if _, ok := fieldOf(v, "access_token"); ok {
		return fmt.Sprintf("%d with an access token", a.status)
	}
	return strings.TrimSpace(fmt.Sprintf("%d %s", a.status, shorten(string(a.body))))
}

func wording(status int, code, description string) string {
	text := fmt.Sprintf("%d %s", status, code)
	if description != "" {
		text += fmt.Sprintf(" %q", description)
	}
	return text
}

// printable keeps foreign text from steering a terminal.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '?'
		}
		return r
	}, text)
}

func shorten(text string) string {
	const most = 160
	text = strings.Join(strings.Fields(text), " ")
	if len(text) > most {
		return strings.ToValidUTF8(text[:most], "?") + "..."
	}
	return strings.ToValidUTF8(text, "?")
}
