package soql

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Kind is what is wrong with a query.
type Kind string

// The kinds of errors.
const (
	// Malformed: the text is no query.
	Malformed Kind = "malformed"
	// UnknownType: the object does not exist.
	UnknownType Kind = "unknown-type"
	// UnknownField: the object has no such field or relationship.
	UnknownField Kind = "unknown-field"
)

// Error says what is wrong with a query and where.
type Error struct {
	Kind Kind
	// Token is the word at fault: what was not expected, or the name of an object or field.
	Token string
	// Object is the object that lacks the field, for UnknownField.
	Object string
	// Query is the whole text, At the offset of the word in it.
	Query string
	At    int
}

// Error is for logs; the wire text is the catalogue's.
func (e *Error) Error() string {
	return fmt.Sprintf("soql: %s: %q in row %d, column %d", e.Kind, e.Token, e.Row(), e.Column())
}

// Row is the line of the word at fault, from 1.
func (e *Error) Row() int { return 1 + strings.Count(e.Query[:e.At], "\n") }

// Column is the place of the word in its line in characters, from 1.
func (e *Error) Column() int { return 1 + utf8.RuneCountInString(e.Query[e.lineStart():e.At]) }

func (e *Error) lineStart() int { return 1 + strings.LastIndexByte(e.Query[:e.At], '\n') }

// around is how many characters of the line are shown on each side of the word.
const around = 40

// Place shows the part of the line around the word at fault, a caret under the word,
// and its row and column, each on a line of its own as the service has it.
func (e *Error) Place() string {
	before := []rune(e.Query[e.lineStart():e.At])
	line, _, _ := strings.Cut(e.Query[e.At:], "\n")
	after := []rune(line)
	before = before[max(0, len(before)-around):]
	after = after[:min(len(after), around)]
	return fmt.Sprintf("\n%s%s\n%*s\nERROR at Row:%d:Column:%d\n",
		string(before), string(after), len(before)+1, "^", e.Row(), e.Column())
}
