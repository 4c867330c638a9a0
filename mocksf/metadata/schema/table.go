package schema

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
)

//go:embed schema.txt
var text string

// parsed is the table, indexed.
type parsed struct {
	types    []*Type
	byName   map[string]*Type
	bySuffix map[string]*Type
}

// table reads schema.txt once. A slip in it is a fault of the program, which its test finds.
var table = sync.OnceValue(func() parsed {
	p := &parser{groups: map[string]group{}, enums: map[string][]Value{}}
	for n, line := range strings.Split(text, "\n") {
		if err := p.line(line); err != nil {
			panic(fmt.Sprintf("schema.txt:%d: %v", n+1, err))
		}
	}
	return p.resolve()
})

// parser gathers the table's lines; kinds are resolved when all are known.
type parser struct {
	types  []*Type
	groups map[string]group
	enums  map[string][]Value
	// into is the type or group that element lines belong to.
	into Elements
}

// group is a named set of elements.
type group struct {
	versions Versions
	elements Elements
}

func (p *parser) line(line string) error {
	words := strings.Fields(line)
	switch {
	case len(words) == 0 || words[0][0] == '#':
		return nil
	case line[0] == ' ':
		return p.element(words)
	case words[0] == "type" && len(words) == 5:
		v, err := versions(words[4])
		t := &Type{Name: words[1], Suffix: words[2], Folder: words[3], Versions: v, Elements: Elements{}}
		// fullName is an element of every metadata type (WSDL: Metadata).
		t.Elements["fullName"] = &Element{Name: "fullName"}
		p.types, p.into = append(p.types, t), t.Elements
		return err
	case words[0] == "group" && len(words) == 3:
		v, err := versions(words[2])
		p.groups[words[1]] = group{v, Elements{}}
		p.into = p.groups[words[1]].elements
		return err
	case words[0] == "enum":
		return p.enum(words[1], words[2:])
	}
	return fmt.Errorf("neither type, group, enum nor element: %q", line)
}

func (p *parser) element(words []string) error {
	e := &Element{Name: words[0], Enum: words[1]}
	for mark, set := range map[string]*bool{"!": &e.Required, "*": &e.Repeated} {
		if rest, ok := strings.CutSuffix(e.Enum, mark); ok {
			e.Enum, *set = rest, true
		}
	}
	if len(words) > 2 {
		var err error
		if e.Versions, err = versions(words[2]); err != nil {
			return err
		}
	}
	p.into[e.Name] = e
	return nil
}

func (p *parser) enum(name string, words []string) error {
	for _, word := range words {
		value, span, _ := strings.Cut(word, "@")
		v, err := versions(span)
		if err != nil {
			return err
		}
		p.enums[name] = append(p.enums[name], Value{value, v})
	}
	return nil
}

// versions reads "60", "61-63", "-66" and "-".
func versions(span string) (Versions, error) {
	since, until, _ := strings.Cut(span, "-")
	var v Versions
	var err error
	if since != "" {
		v.Since, err = strconv.Atoi(since)
	}
	if until != "" && err == nil {
		v.Until, err = strconv.Atoi(until)
	}
	return v, err
}

var plainKinds = map[string]Kind{"string": Text, "base64": Text, "bool": Bool, "int": Int}

func (p *parser) resolve() parsed {
	out := parsed{byName: map[string]*Type{}, bySuffix: map[string]*Type{}}
	for _, g := range p.groups {
		p.kinds(g.elements)
	}
	for _, t := range p.types {
		p.kinds(t.Elements)
	}
	for _, t := range append(p.types, openTypes()...) {
		out.types = append(out.types, t)
		out.byName[t.Name] = t
		if t.Suffix != "settings" {
			out.bySuffix[t.Suffix] = t
		}
	}
	return out
}

// kinds turns the kinds' names into what they name.
func (p *parser) kinds(elements Elements) {
	for _, e := range elements {
		name, list := strings.CutSuffix(e.Enum, ",")
		plain, isPlain := plainKinds[name]
		g, isGroup := p.groups[name]
		values, isEnum := p.enums[name]
		switch {
		case e.Enum == "" || isPlain:
			e.Kind, e.Enum = plain, ""
		case isGroup:
			e.Kind, e.Group, e.Enum = Group, g.elements, ""
		case isEnum && list:
			e.Kind, e.Values, e.Enum = EnumList, values, name
		case isEnum:
			e.Kind, e.Values = Enum, values
		default:
			panic("schema.txt: unknown kind " + name)
		}
	}
}
