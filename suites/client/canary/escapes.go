package canary

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"net/url"
	"strconv"
	"strings"
)

// What libraries make of characters that others leave alone, or the other way round.
var (
	scriptMarks = strings.NewReplacer("%21", "!", "%27", "'", "%28", "(", "%29", ")", "%2A", "*")
	named       = strings.NewReplacer("&#34;", "&quot;", "&#39;", "&#x27;")
	namedXML    = strings.NewReplacer("&#34;", "&quot;", "&#39;", "&apos;")
	quotes      = strings.NewReplacer("&#34;", `"`, "&#39;", "'")
)

// urlForms are the ways in which libraries percent-encode: a space as + or %20, hex
// digits in either case, the marks that JavaScript leaves alone.
func urlForms(value string) []string {
	if !has(value, "-._") {
		return nil
	}
	form, path := url.QueryEscape(value), url.PathEscape(value)
	component := strings.ReplaceAll(form, "+", "%20")
	script := scriptMarks.Replace(component)
	forms := []string{form, component, script, path, strings.ReplaceAll(form, "~", "%7E")}
	for _, upper := range forms {
		forms = append(forms, lowerHex(upper))
	}
	return forms
}

// lowerHex is percent-encoded text with its hex digits in lower case.
func lowerHex(text string) string {
	out := []byte(text)
	for i := 0; i+2 < len(out); i++ {
		if out[i] == '%' {
			copy(out[i+1:i+3], strings.ToLower(text[i+1:i+3]))
			i += 2
		}
	}
	return string(out)
}

// jsonForms are the ways in which libraries write a JSON string: as little escaped as
// may be, with HTML's characters as \u0026 (Go) or \u002B too (.NET), with \/ (PHP),
// in ASCII (Python), and once more in a string of JSON.
func jsonForms(value string) []string {
	if !has(value, "-._!#$%()*,:;=?@[]^{|}~ ") {
		return nil
	}
	plain := &strings.Builder{}
	e := json.NewEncoder(plain)
	e.SetEscapeHTML(false)
	if e.Encode(value) != nil {
		return nil
	}
	little := unquoted(plain.String())
	forms := []string{
		little, unicodes(little, "&<>", "\\u%04x"), unicodes(little, "&<>'+`", "\\u%04X"), unicodes(little, "&<>'", "\\u%04x"),
		strings.ReplaceAll(little, "/", `\/`), unquoted(strconv.QuoteToASCII(value)),
	}
	for _, once := range forms {
		if twice, err := json.Marshal(once); err == nil {
			forms = append(forms, unquoted(string(twice)))
		}
	}
	return forms
}

func unquoted(text string) string {
	return strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(text), `"`), `"`)
}

// unicodes is the text with some characters as their numbers.
func unicodes(text, which, format string) string {
	out := &strings.Builder{}
	for _, r := range text {
		if strings.ContainsRune(which, r) {
			fmt.Fprintf(out, format, r)
			continue
		}
		out.WriteRune(r)
	}
	return out.String()
}

// htmlForms are the ways in which libraries escape text for HTML.
func htmlForms(value string) []string {
	if !strings.ContainsAny(value, "&<>\"'+") {
		return nil
	}
	numbers := html.EscapeString(value)
	names := named.Replace(numbers)
	return []string{
		numbers, names, strings.ReplaceAll(numbers, "&#34;", "&quot;"), quotes.Replace(numbers),
		strings.ReplaceAll(numbers, "+", "&#43;"), html.EscapeString(numbers),
	}
}

// xmlForms are the ways in which libraries escape text for XML.
func xmlForms(value string) []string {
	if !has(value, "-._!#$%()*,:;=?@[]^{|}~ +/") {
		return nil
	}
	out := &strings.Builder{}
	if xml.EscapeText(out, []byte(value)) != nil {
		return nil
	}
	numbers := out.String()
	return []string{numbers, namedXML.Replace(numbers)}
}

// has says whether the text has a character that is neither a letter nor a digit of
// ASCII nor one of the others named: most secrets have none, and no escaped forms.
func has(text, others string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && !strings.ContainsRune(others, r)
	})
}
