package soql

import "strings"

// tokenKind is the kind of a token.
type tokenKind int

const (
	end tokenKind = iota
	word
	text
	literal // number, date or date-time
	mark    // operator, comma, parenthesis
	bad     // no token at all
)

type token struct {
	kind tokenKind
	// text is the token as written; for a text in quotes what stands between them.
	text string
	at   int
}

// is says whether the token is the keyword or mark, in any case.
func (t token) is(s string) bool {
	return (t.kind == word || t.kind == mark) && strings.EqualFold(t.text, s)
}

// lex cuts the query into tokens; the last one is end or bad.
func lex(query string) []token {
	var tokens []token
	at := 0
	for {
		at += spaces(query[at:])
		t, size := next(query[at:])
		t.at = at
		tokens = append(tokens, t)
		if t.kind == end || t.kind == bad {
			return tokens
		}
		at += size
	}
}

func spaces(s string) int { return len(s) - len(strings.TrimLeft(s, " \t\r\n\f")) }

// next reads the token at the start of s and says how many bytes it takes.
func next(s string) (token, int) {
	if s == "" {
		return token{kind: end, text: "<EOF>"}, 0
	}
	switch c := s[0]; {
	case c == '\'':
		return quoted(s)
	case isLetter(c):
		n := span(s, func(c byte) bool { return isLetter(c) || isDigit(c) || c == '.' || c == ':' })
		return token{kind: word, text: s[:n]}, n
	case isDigit(c), (c == '-' || c == '+') && len(s) > 1 && isDigit(s[1]):
		n := 1 + span(s[1:], func(c byte) bool { return isLetter(c) || isDigit(c) || strings.IndexByte(".:+-", c) >= 0 })
		return token{kind: literal, text: s[:n]}, n
	}
	for _, m := range []string{"!=", "<>", "<=", ">=", "=", "<", ">", "(", ")", ","} {
		if strings.HasPrefix(s, m) {
			return token{kind: mark, text: m}, len(m)
		}
	}
	return token{kind: bad, text: string([]rune(s)[:1])}, 0
}

// quoted reads a text in quotes. A backslash takes the next character with it.
func quoted(s string) (token, int) {
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '\'':
			return token{kind: text, text: s[1:i]}, i + 1
		}
	}
	return token{kind: bad, text: "<EOF>"}, 0
}

func span(s string, in func(byte) bool) int {
	for i := range len(s) {
		if !in(s[i]) {
			return i
		}
	}
	return len(s)
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' }
func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
