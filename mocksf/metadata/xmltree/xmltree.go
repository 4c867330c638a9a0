// Package xmltree reads a small XML document into elements that know their place.
// What Salesforce's metadata has no use for and attackers have is refused by name:
// document types, entities of one's own, depth, encodings other than UTF-8.
package xmltree

import (
	"fmt"
	"strings"
)

// Place is a place in a file; both count from 1, columns in bytes.
type Place struct{ Line, Col int }

// Element is one element.
type Element struct {
	Name, Space string
	// Place is where its start tag begins.
	Place
	// Text is its character data, without that of its children.
	Text string
	// TextPlace is where the first character data that is not white space begins;
	// the element's own place if there is none.
	TextPlace Place
	// Start and End are the byte offsets around the element, tags included;
	// InnerStart and InnerEnd those of its content.
	Start, End, InnerStart, InnerEnd int
	Children                         []*Element
}

// Value is the text without the white space around it.
func (e *Element) Value() string {
	if e == nil {
		return ""
	}
	return strings.TrimSpace(e.Text)
}

// Find is the first element on the path of names, "oauthConfig/callbackUrl"; nil if there is none.
func (e *Element) Find(path string) *Element {
	for name := range strings.SplitSeq(path, "/") {
		if e = e.child(name); e == nil {
			return nil
		}
	}
	return e
}

// All are the children with the name.
func (e *Element) All(name string) []*Element {
	var found []*Element
	if e == nil {
		return nil
	}
	for _, c := range e.Children {
		if c.Name == name {
			found = append(found, c)
		}
	}
	return found
}

func (e *Element) child(name string) *Element {
	if e == nil {
		return nil
	}
	for _, c := range e.Children {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// Limits bound what is read; 0 means the default.
type Limits struct {
	// Depth is how deep elements nest; default 32.
	Depth int
	// Elements is how many a document has; default 200,000.
	Elements int
}

// The default limits. The deepest element of an app file is the third.
const (
	DefaultDepth    = 32
	DefaultElements = 200_000
)

// Error says what is wrong with a document, and where.
type Error struct {
	Place
	Message string
}

// Error is the message with its place.
func (e *Error) Error() string {
	return fmt.Sprintf("%d:%d: %s", e.Line, e.Col, e.Message)
}
