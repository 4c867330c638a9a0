package canary

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"strings"
)

// form is a secret as it may turn up.
type form struct {
	encoding string
	text     []byte
	// secret is the place of the secret in its set.
	secret int
}

// Encodings are the forms that are searched for, for the report to name. Each is
// found over several lines too.
func Encodings() []string {
	return []string{
		"raw", "URL-encoded", "URL-encoded twice", "JSON-escaped", "HTML-escaped", "XML-escaped", "hex",
		"base64", "base64 within", "base64 of base64", "PEM line", "DER",
	}
}

// formsOf are the forms of a value, each text once.
func formsOf(value string) []form {
	forms := &formList{}
	forms.add("raw", value)
	forms.add("URL-encoded", urlForms(value)...)
	for _, once := range urlForms(value) {
		forms.add("URL-encoded twice", urlForms(once)...)
	}
	forms.add("JSON-escaped", jsonForms(value)...)
	forms.add("HTML-escaped", htmlForms(value)...)
	forms.add("XML-escaped", xmlForms(value)...)
	forms.add("hex", hex.EncodeToString([]byte(value)), strings.ToUpper(hex.EncodeToString([]byte(value))))
	forms.add("base64", within(value, 0)...)
	for offset := 1; offset <= 2; offset++ {
		forms.add("base64 within", within(value, offset)...)
	}
	for offset := range 3 {
		forms.add("base64 of base64", within(base64.StdEncoding.EncodeToString([]byte(value)), offset)...)
	}
	forms.key(value)
	return forms.list
}

// formList is the forms of a value as they are made.
type formList struct {
	list []form
	seen map[string]bool
}

func (l *formList) add(encoding string, texts ...string) {
	if l.seen == nil {
		l.seen = map[string]bool{}
	}
	for _, text := range texts {
		// What is broken into lines is searched without white space: see broken.
		for _, t := range []string{text, string(joined([]byte(text)))} {
			if !l.seen[t] {
				l.seen[t] = true
				l.list = append(l.list, form{encoding: encoding, text: []byte(t)})
			}
		}
	}
}

// key adds the forms of a key in PEM: each line that says something of it is a leak,
// and so is what is between the armour, in one piece or decoded.
func (l *formList) key(value string) {
	armour, _ := pem.Decode([]byte(value))
	if armour == nil {
		return
	}
	for line := range strings.Lines(value) {
		if line = strings.TrimSpace(line); len(line) >= shortestLine && !strings.HasPrefix(line, "-----") {
			l.add("PEM line", line)
			l.add("PEM line", urlForms(line)...)
			l.add("PEM line", jsonForms(line)...)
		}
	}
	l.add("PEM line", base64.RawStdEncoding.EncodeToString(armour.Bytes), base64.RawURLEncoding.EncodeToString(armour.Bytes))
	l.add("DER", string(armour.Bytes), hex.EncodeToString(armour.Bytes), strings.ToUpper(hex.EncodeToString(armour.Bytes)))
}

// shortestLine is the length below which a line of a key could stand elsewhere by
// chance: its last line is often a short one.
const shortestLine = 16

// within is what base64, in both alphabets, makes of a value that begins offset bytes
// after a boundary of three, without the characters that its neighbours have a part in.
func within(value string, offset int) []string {
	padded := []byte(strings.Repeat("x", offset) + value)
	begin := []int{0, 2, 3}[offset]
	end := len(padded) * 8 / 6
	return []string{
		base64.RawStdEncoding.EncodeToString(padded)[begin:end],
		base64.RawURLEncoding.EncodeToString(padded)[begin:end],
	}
}
