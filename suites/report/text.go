package report

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Printable is the text without what could steer a terminal, hide words or break XML:
// control and formatting characters but line breaks and tabs, what Unicode calls no
// character, and bytes that are no UTF-8.
func Printable(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r&0xfffe == 0xfffe:
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
}

// Wrap breaks the text at spaces into lines of at most width characters. Line breaks
// and the spaces at the beginning of a line stay; a word that is longer than a line
// gets one of its own.
func Wrap(text string, width int) []string {
	var lines []string
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		lines = append(lines, wrapLine(strings.ReplaceAll(line, "\t", "    "), width)...)
	}
	return lines
}

func wrapLine(line string, width int) []string {
	if utf8.RuneCountInString(line) <= width {
		return []string{strings.TrimRight(line, " ")}
	}
	indent := line[:len(line)-len(strings.TrimLeft(line, " "))]
	if len(indent) > width/2 {
		indent = ""
	}
	words := strings.Fields(line)
	if len(words) == 0 {
		return []string{""}
	}
	var lines []string
	current, long := indent+words[0], len(indent)+utf8.RuneCountInString(words[0])
	for _, word := range words[1:] {
		n := utf8.RuneCountInString(word)
		if long+1+n > width {
			lines = append(lines, current)
			current, long = indent+word, len(indent)+n
			continue
		}
		current += " " + word
		long += 1 + n
	}
	return append(lines, current)
}
