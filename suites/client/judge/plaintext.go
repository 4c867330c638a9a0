package judge

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/sfconform/sfconform/suites/client/evidence"
)

// said is all that a start of the client wrote, log files included, as a person reads
// it: without colours, and with the escapes of JSON resolved.
func said(r evidence.Run) string {
	var all strings.Builder
	all.WriteString(r.Stdout.Text() + "\n" + r.Stderr.Text() + "\n" + r.Err)
	for _, f := range r.Files {
		all.WriteString("\n")
		all.Write(f.Content)
	}
	return plain(all.String())
}

// saidInAll is what all starts wrote, log files left out.
func saidInAll(e *evidence.Evidence) string { return plain(e.Text()) }

// control are the sequences by which terminals are told of colours and places (ECMA-48
// section 5.4), and by which links are written.
var control = regexp.MustCompile("\x1b\\[[0-?]*[ -/]*[@-~]|\x1b\\][^\x07\x1b]*(\x07|\x1b\\\\)|\x1b[@-Z\\\\^_]")

// escaped are characters as JSON may write them (RFC 8259 section 7).
var escaped = regexp.MustCompile(`\\u[0-9a-fA-F]{4}`)

// plain is a text without what only a terminal or a log viewer reads.
func plain(text string) string {
	text = control.ReplaceAllString(strings.ReplaceAll(text, "\x00", ""), "")
	return escaped.ReplaceAllStringFunc(text, func(one string) string {
		code, err := strconv.ParseUint(one[2:], 16, 16)
		if r := rune(code); err == nil && unicode.IsPrint(r) {
			return string(r)
		}
		return one
	})
}

// says says whether the output holds a text, however it was quoted or wrapped.
func says(r evidence.Run, text string) bool {
	if text == "" {
		return false
	}
	all := said(r)
	if strings.Contains(unquoted(all), unquoted(text)) {
		return true
	}
	short := bare(text)
	return len(short) >= wrappable && strings.Contains(bare(all), short)
}

// wrappable is how long a text must be to be looked for without its spaces: shorter ones
// can come about by chance.
const wrappable = 12

// bare are the letters and digits of a text: those that stay in their order whatever a
// log does to lines.
func bare(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, quotes.Replace(text))
}

// unquoted is a text in small letters without what JSON, HTML and logs do to it.
func unquoted(text string) string {
	return strings.ToLower(quotes.Replace(text))
}

var quotes = strings.NewReplacer(`\"`, `"`, `\u0027`, "'", `\'`, "'", "&#39;", "'", "&quot;", `"`, `\/`, "/", "\\n", " ", "+", " ", "%20", " ")
