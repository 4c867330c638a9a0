package soap

import (
	"encoding/xml"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// Operation is a call of the Metadata API, which another room answers behind the
// rules of every call.
type Operation struct {
	Name string
	// Params are the names of its parameters.
	Params []string
	Answer func(Question) Reply
}

// Question is a call that may be answered.
type Question struct {
	Request *exchange.Request
	// User is whose session calls, Version the major number of the API version.
	User    *snapshot.User
	Version int
	Params  Params
}

// Reply is what an operation answers: results, each as an element named result, in
// the form that encoding/xml gives them, or a refusal with the blanks of its text.
type Reply struct {
	Results []any
	Refused *fixtures.Refusal
	Blanks  []string
}

// Params are the elements within an element of a call, first of all its parameters.
// Namespaces do not count: clients differ in which elements they name in which.
type Params struct{ e *element }

// Text is the text of the first element with the name; empty if there is none.
func (p Params) Text(name string) string { return p.e.child(name).textOf() }

// Texts are the texts of all elements with the name.
func (p Params) Texts(name string) []string {
	if p.e == nil {
		return nil
	}
	return p.e.values(name)
}

// Child is the first element with the name; if there is none, one without content.
func (p Params) Child(name string) Params { return Params{p.e.child(name)} }

// Children are all elements with the name.
func (p Params) Children(name string) []Params {
	if p.e == nil {
		return nil
	}
	var all []Params
	for _, c := range p.e.children {
		if c.name.Local == name {
			all = append(all, Params{c})
		}
	}
	return all
}

// Has says whether there is an element with the name.
func (p Params) Has(name string) bool { return p.e.child(name) != nil }

func (e *element) textOf() string {
	if e == nil {
		return ""
	}
	return e.text
}

// operationsOf makes operations of those of another room.
func operationsOf(list []Operation) []operation {
	all := make([]operation, len(list))
	for i, o := range list {
		all[i] = operation{name: o.Name, params: o.Params, answer: func(c *call) exchange.Answer { return c.reply(o) }}
	}
	return all
}

// reply has the other room answer.
func (c *call) reply(o Operation) exchange.Answer {
	reply := o.Answer(Question{
		Request: c.request, User: c.user, Version: versionNumber(c.request.Value("version")), Params: Params{c.envelope.operation},
	})
	if reply.Refused != nil {
		return c.fault(reply.Refused, reply.Blanks...)
	}
	if len(reply.Results) == 0 {
		return c.answer(nil)
	}
	return c.answer(func(d *document) {
		for _, r := range reply.Results {
			d.element("result", r)
		}
	})
}

// element adds a value as encoding/xml writes it.
func (d *document) element(name string, value any) {
	if err := xml.NewEncoder(d).EncodeElement(value, xml.StartElement{Name: xml.Name{Local: name}}); err != nil {
		panic("soap: results are structs of texts: " + err.Error())
	}
}
