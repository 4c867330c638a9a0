package metadata

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/sfconform/sfconform/fixtures/spell"
	"github.com/sfconform/sfconform/mocksf/metadata/schema"
	"github.com/sfconform/sfconform/mocksf/metadata/xmltree"
)

// parse reads a component's XML and holds its root element to its type.
func (l *loader) parse(c *Component) {
	var keep func(string) bool
	if c.Type.Open {
		keep = func(name string) bool { return c.Type.Elements[name] != nil }
	}
	root, err := xmltree.Parse(c.File.Data, xmltree.Limits{}, keep)
	if x, ok := errors.AsType[*xmltree.Error](err); ok {
		l.add(Problem{Kind: Malformed, Place: at(c.File.Path, x.Place), Message: x.Message, Component: c})
		return
	}
	// Settings files carry the name of their type, ExternalClientAppSettings.
	message := ""
	switch {
	case root.Name != c.Type.Name:
		message = fmt.Sprintf("the root element is <%s>: a .%s file holds <%s>", root.Name, c.Type.Suffix, c.Type.Name)
	case root.Space == "":
		message = fmt.Sprintf("the namespace is missing: write <%s xmlns=%q>", root.Name, schema.Namespace)
	case root.Space != schema.Namespace:
		message = fmt.Sprintf("the namespace is %.80q: want %q", root.Space, schema.Namespace)
	}
	if message != "" {
		l.add(Problem{Kind: Malformed, Place: at(c.File.Path, root.Place), Message: message, Component: c, Element: root})
	}
	if root.Name == c.Type.Name {
		c.Root = root
	}
}

// validation holds a component to the schema of one API version.
type validation struct {
	c       *Component
	version int
	add     func(Problem)
}

func (v *validation) run() {
	if t := v.c.Type; !t.Versions.Has(v.version) {
		v.wrongVersion(v.c.Root, v.c.Root.Place, t.Versions, "the type %s is not in API version %d.0", t.Name, v.version)
	}
	// Of the org-wide settings a few elements count here; a retrieve writes more of
	// them than any WSDL names.
	if v.c.Type.Suffix != "settings" {
		v.elements(v.c.Root, v.c.Type.Elements)
	}
}

// elements checks the children of an element: in any order, since Salesforce's own
// samples are in none (facts: metadata.md section 1.1).
func (v *validation) elements(parent *xmltree.Element, known schema.Elements) {
	seen := map[string]bool{}
	for _, e := range parent.Children {
		def := known[e.Name]
		switch {
		case def == nil:
			v.unknown(parent, e, known)
			continue
		case e.Space != parent.Space:
			v.problem(Malformed, e, "", "<%s> is in the namespace %.80q, not in that of metadata", e.Name, e.Space)
		case !def.Versions.Has(v.version):
			v.wrongVersion(e, e.Place, def.Versions, "<%s> is not valid in API version %d.0", e.Name, v.version)
		case seen[e.Name] && !def.Repeated:
			v.problem(Repeated, e, "", "<%s> stands here a second time: it may stand once", e.Name)
		}
		seen[e.Name] = true
		v.value(e, def)
	}
	for _, name := range known.Names() {
		if def := known[name]; def.Required && !seen[name] && def.Versions.Has(v.version) {
			v.problem(Missing, parent, name, "<%s> lacks <%s>, which is required", parent.Name, name)
		}
	}
}

func (v *validation) unknown(parent, e *xmltree.Element, known schema.Elements) {
	if v.c.Type.Open {
		return
	}
	near := spell.Nearest(e.Name, known.Names())
	hint := ""
	if near != "" {
		hint = fmt.Sprintf(": did you mean <%s>?", near)
	}
	v.problem(UnknownElement, e, near, "<%s> is no element of %s%s", e.Name, parent.Name, hint)
}

// value checks what stands in an element.
func (v *validation) value(e *xmltree.Element, def *schema.Element) {
	text := e.Value()
	if def.Kind != schema.Group && len(e.Children) > 0 {
		v.problem(UnknownElement, e.Children[0], "", "<%s> holds text, no elements", e.Name)
		return
	}
	switch def.Kind {
	case schema.Group:
		v.elements(e, def.Group)
	case schema.Bool:
		if !slices.Contains([]string{"true", "false", "1", "0"}, text) {
			v.text(BadValue, e, "", "%.40q is no boolean: write true or false", text)
		}
	case schema.Int:
		if _, err := strconv.ParseInt(text, 10, 32); err != nil {
			v.text(BadValue, e, "", "%.40q is no number", text)
		}
	case schema.Enum:
		v.enum(e, def, text, UnknownValue)
	case schema.EnumList:
		for scope := range strings.SplitSeq(text, ",") {
			if scope = strings.TrimSpace(scope); scope != "" {
				v.enum(e, def, scope, UnknownScope)
			}
		}
	case schema.Text:
	}
}

// enum checks one value of an enum, or one scope of a list.
func (v *validation) enum(e *xmltree.Element, def *schema.Element, value string, kind Kind) {
	known := def.ValueNames(v.version)
	if slices.Contains(known, value) || v.c.Unset(e.Name) {
		return
	}
	if def.Enum == "ConnectedAppOauthAccessScope" {
		kind = UnknownScope
	}
	for _, other := range def.Values {
		if other.Name == value {
			v.wrongVersion(e, e.TextPlace, other.Versions, "%q is not a value of %s in API version %d.0", value, def.Enum, v.version)
			return
		}
	}
	near := nearest(value, known)
	hint := "known are " + strings.Join(known, ", ")
	if near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	v.text(kind, e, near, "%.60q is not a valid value of %s: %s", value, def.Enum, hint)
}

func (v *validation) problem(kind Kind, e *xmltree.Element, near, format string, args ...any) {
	v.add(Problem{Kind: kind, Place: at(v.c.File.Path, e.Place), Component: v.c, Element: e, Near: near, Message: fmt.Sprintf(format, args...)})
}

// text is a problem with an element's text.
func (v *validation) text(kind Kind, e *xmltree.Element, near, format string, args ...any) {
	v.add(Problem{Kind: kind, Place: at(v.c.File.Path, e.TextPlace), Component: v.c, Element: e, Near: near, Message: fmt.Sprintf(format, args...)})
}

// wrongVersion is a problem with what other API versions have.
func (v *validation) wrongVersion(e *xmltree.Element, place xmltree.Place, versions schema.Versions, format string, args ...any) {
	p := Problem{Kind: WrongVersion, Place: at(v.c.File.Path, place), Component: v.c, Element: e, Message: fmt.Sprintf(format, args...) + inVersions(versions)}
	if v.version < versions.Since {
		p.Since = versions.Since
	}
	v.add(p)
}

func inVersions(v schema.Versions) string {
	switch {
	case v.Until != 0 && v.Since == 0:
		return fmt.Sprintf(": it was until %d.0", v.Until)
	case v.Until != 0:
		return fmt.Sprintf(": it was from %d.0 to %d.0", v.Since, v.Until)
	}
	return fmt.Sprintf(": it came with %d.0", v.Since)
}
