package metadata

import (
	"strconv"
	"strings"

	"github.com/sfconform/sfconform/mocksf/metadata/schema"
	"github.com/sfconform/sfconform/mocksf/metadata/source"
	"github.com/sfconform/sfconform/mocksf/metadata/xmltree"
)

// Component is one metadata component: a file that was read. The methods that read
// elements work on nil, a component that the project does not have.
type Component struct {
	Type *schema.Type
	// Name is the component's full name: its file's base name.
	Name string
	File *source.File
	// Root is the root element; nil if the file is not well-formed.
	Root *xmltree.Element
}

// Find is the first element on the path, "oauthConfig/callbackUrl"; nil if there is none.
func (c *Component) Find(path string) *xmltree.Element {
	if c == nil {
		return nil
	}
	return c.Root.Find(path)
}

// All are the elements of the root with the name.
func (c *Component) All(name string) []*xmltree.Element {
	if c == nil {
		return nil
	}
	return c.Root.All(name)
}

// Text is the element's text without the white space around it; empty if there is none.
func (c *Component) Text(path string) string { return c.Find(path).Value() }

// Has says whether the element is there and not empty.
func (c *Component) Has(path string) bool { return c.Text(path) != "" }

// True says whether the element is there and true.
func (c *Component) True(path string) bool { return c.Flag(path, false) }

// Flag is the element's boolean, or what it is if it is left out.
func (c *Component) Flag(path string, otherwise bool) bool {
	switch c.Text(path) {
	case "true", "1":
		return true
	case "false", "0":
		return false
	}
	return otherwise
}

// Number is the element's number; 0 if there is none.
func (c *Component) Number(path string) int {
	n, err := strconv.Atoi(c.Text(path))
	if err != nil {
		return 0
	}
	return n
}

// List are the values of a text with commas between them.
func (c *Component) List(path string) []string {
	var list []string
	for item := range strings.SplitSeq(c.Text(path), ",") {
		if item = strings.TrimSpace(item); item != "" {
			list = append(list, item)
		}
	}
	return list
}

// Lines are the values of a text with line breaks between them.
func (c *Component) Lines(path string) []string { return strings.Fields(c.Text(path)) }

// PlaceOf is where the element's text stands, or the element if it is empty, or
// the file's root element if there is none.
func (c *Component) PlaceOf(path string) Place {
	if e := c.Find(path); e != nil {
		return at(c.File.Path, e.TextPlace)
	}
	return c.Place()
}

// Place is where the component begins.
func (c *Component) Place() Place {
	if c.Root == nil {
		return Place{Path: c.File.Path}
	}
	return at(c.File.Path, c.Root.Place)
}

// Unset says whether the element's text waits for a replacement whose variable is
// not set here, or whose file is not there: what it will be cannot be judged.
func (c *Component) Unset(path string) bool {
	text := c.Text(path)
	if text == "" {
		return false
	}
	for _, u := range c.File.Unset {
		if u.Text != "" && strings.Contains(text, u.Text) {
			return true
		}
	}
	return false
}

// App is the name of the app that a part of an External Client App belongs to.
func (c *Component) App() string { return c.Text("externalClientApplication") }
