package explain

import (
	"html"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// paste is the text as it is read: without escapes and encodings, and beside it
// the same squashed to letters and digits, in which line breaks, punctuation and
// capitals make no difference.
type paste struct {
	text  string
	lower string
	// squashed are the lower-case letters and digits of the text, origin their places in it.
	squashed string
	origin   []int32
	// prose is squashed without the words of Salesforce that were found, see hide.
	prose string
	// parts are the clauses of the text.
	parts []clause
	// assertions are the JWTs of the text, which has them no more.
	assertions []assertion
}

func newPaste(text string) (paste, []string) {
	text, notes := bound(text)
	text = clean(text)
	p := paste{assertions: readAssertions(text)}
	p.text = redact(text)
	p.lower = lowerASCII(p.text)
	squashed := make([]byte, 0, len(p.lower))
	for i := range len(p.lower) {
		if c := p.lower[i]; isWord(c) {
			squashed = append(squashed, c)
			p.origin = append(p.origin, int32(i)) // bounded by maxText
		}
	}
	p.squashed = string(squashed)
	p.prose = p.squashed
	p.parts = p.split()
	return p, notes
}

func isWord(c byte) bool { return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' }

// lowerASCII keeps every byte in its place, as strings.ToLower does not.
func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// squash is how a phrase is looked up in the squashed text.
func squash(phrase string) string {
	var b strings.Builder
	for _, c := range []byte(lowerASCII(phrase)) {
		if isWord(c) {
			_ = b.WriteByte(c)
		}
	}
	return b.String()
}

var controls = sync.OnceValue(func() *shape {
	return shapeOf("\x1b\\[[0-9;?]*[ -/]*[@-~]|\x1b\\][^\x07\x1b]*(?:\x07|\x1b\\\\)?|\x1b[@-_]")
})

// typography are characters that editors and chats put in the place of plain ones.
var typography = strings.NewReplacer(
	"\r\n", "\n", "\r", "\n", "\x00", "", "\ufeff", "",
	"\u2018", "'", "\u2019", "'", "\u201c", `"`, "\u201d", `"`, "\u00a0", " ", "\u2013", "-", "\u2014", "-", "\u200b", "",
)

// clean takes colours, escapes and encodings off the text, each up to three
// layers deep: logs put JSON into JSON and URLs into URLs.
func clean(text string) string {
	text = typography.Replace(strings.ToValidUTF8(text, " "))
	if strings.Contains(text, "\x1b") {
		text = controls().ReplaceAllString(text, "")
	}
	for range 3 {
		next := unescape(text)
		if strings.Contains(next, "&") {
			next = html.UnescapeString(next)
		}
		next = unpercent(next)
		if next == text {
			break
		}
		text = next
	}
	text = typography.Replace(text)
	if strings.Count(text, "+") > 20*strings.Count(text, " ")+4 {
		text = strings.ReplaceAll(text, "+", " ") // a form's value
	}
	return unwrap(text)
}

// unwrap joins what a terminal or a mail program broke at a fixed column, in the
// middle of words and of host names.
func unwrap(text string) string {
	lines := strings.Split(text, "\n")
	if len(lines) < 3 {
		return text
	}
	column := len(lines[0])
	if column < 40 || len(lines[len(lines)-1]) > column {
		return text
	}
	for _, line := range lines[1 : len(lines)-1] {
		if len(line) != column || line[:4] == lines[0][:4] { // lines that begin alike are a log's
			return text
		}
	}
	return strings.Join(lines, "")
}

// unescape undoes the backslashes of JSON and of string literals.
func unescape(text string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' || i+1 == len(text) {
			_ = b.WriteByte(text[i])
			continue
		}
		i++
		switch c := text[i]; c {
		case '"', '\'', '/', '\\':
			_ = b.WriteByte(c)
		case 'n', 'r':
			_ = b.WriteByte('\n')
		case 't':
			_ = b.WriteByte('\t')
		case 'u':
			if r, ok := codePoint(text[i+1:]); ok {
				_, _ = b.WriteRune(r)
				i += 4
				continue
			}
			_, _ = b.WriteString(`\u`)
		default:
			_, _ = b.WriteString(text[i-1 : i+1])
		}
	}
	return b.String()
}

func codePoint(s string) (rune, bool) {
	if len(s) < 4 {
		return 0, false
	}
	n, err := strconv.ParseUint(s[:4], 16, 16)
	return rune(n), err == nil && utf8.ValidRune(rune(n))
}

// unpercent decodes what is percent-encoded, word by word: one bad escape leaves
// the other words alone.
func unpercent(text string) string {
	if !strings.Contains(text, "%") {
		return text
	}
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if !strings.Contains(line, "%") {
			continue
		}
		words := strings.Split(line, " ")
		for j, w := range words {
			if decoded, err := url.PathUnescape(w); err == nil && utf8.ValidString(decoded) {
				words[j] = decoded
			}
		}
		lines[i] = strings.Join(words, " ")
	}
	return strings.Join(lines, "\n")
}
