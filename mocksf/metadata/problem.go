package metadata

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/mocksf/metadata/xmltree"
)

// Kind is what sort of thing is wrong.
type Kind string

// The kinds of problems.
const (
	// Malformed: not well-formed XML, a wrong root element or namespace, or a limit of XML.
	Malformed Kind = "malformed"
	// UnknownElement: no API version has the element in this type.
	UnknownElement Kind = "unknown-element"
	// WrongVersion: another API version has the element, value or type.
	WrongVersion Kind = "wrong-version"
	// UnknownScope: the OAuth scope does not exist, or not in this spelling.
	UnknownScope Kind = "unknown-scope"
	// UnknownValue: the value is not one of the enum's.
	UnknownValue Kind = "unknown-value"
	// BadValue: no boolean or number where one is wanted.
	BadValue Kind = "bad-value"
	// Missing: a required element is not there.
	Missing Kind = "missing"
	// Repeated: an element stands twice that may stand once.
	Repeated Kind = "repeated"
	// Misnamed: the suffix is nearly one of an app file.
	Misnamed Kind = "misnamed"
	// Orphan: externalClientApplication names no app of the project.
	Orphan Kind = "orphan"
	// Incomplete: a file lacks the one that it needs beside it.
	Incomplete Kind = "incomplete"
	// Extra: a second file of a kind that an app has once.
	Extra Kind = "extra"
	// Twice: two files hold the same component.
	Twice Kind = "twice"
	// Unreplaced: a replacement of sfdx-project.json cannot be made.
	Unreplaced Kind = "unreplaced"
	// NotFound: the manifest lists a component that no file holds.
	NotFound Kind = "not-found"
	// Unfollowed: a link behind which nothing was read.
	Unfollowed Kind = "unfollowed"
	// BadOrg: the org that the project makes cannot be played.
	BadOrg Kind = "bad-org"
)

// Place is a place in a file of the project.
type Place struct {
	Path string `json:"path"`
	// Line and Col count from 1, columns in bytes; 0 means the file as a whole.
	Line int `json:"line,omitempty"`
	Col  int `json:"col,omitempty"`
}

// String is PATH:LINE:COL, as editors read it.
func (p Place) String() string {
	if p.Line == 0 {
		return p.Path
	}
	return fmt.Sprintf("%s:%d:%d", p.Path, p.Line, p.Col)
}

func at(path string, p xmltree.Place) Place { return Place{path, p.Line, p.Col} }

// Problem is one thing that is wrong with a project.
type Problem struct {
	Kind Kind
	Place
	Message string
	// Warning says that Salesforce takes the project all the same.
	Warning bool
	// Component is the one at fault; nil if it is none.
	Component *Component
	// Element is the one at fault; nil if it is the file.
	Element *xmltree.Element
	// Near is what was probably meant; empty if nothing is near.
	Near string
	// Since is the first API version that has what this one has not yet; 0 where it
	// had it once, and for other kinds than WrongVersion.
	Since int
}

// String is the problem as PATH:LINE:COL: message.
func (p Problem) String() string { return p.Place.String() + ": " + p.Message }

// ProblemsError is the problems for which no org can be made.
type ProblemsError struct{ Problems []Problem }

// Error is the problems, a line each.
func (e *ProblemsError) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// failures are the problems that are no warnings.
func failures(all []Problem) []Problem {
	return slices.DeleteFunc(slices.Clone(all), func(p Problem) bool { return p.Warning })
}
