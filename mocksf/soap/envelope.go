package soap

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
)

// element is one element of a request.
type element struct {
	name     xml.Name
	text     string
	children []*element
	// raw is text as it comes in, in as many pieces as comments cut it into.
	raw []byte
}

// child is the first child with the local name, in whatever namespace; nil if there is none.
func (e *element) child(name string) *element {
	if e == nil {
		return nil
	}
	for _, c := range e.children {
		if c.name.Local == name {
			return c
		}
	}
	return nil
}

// value is the text of the first child with the local name.
func (e *element) value(name string) string {
	if c := e.child(name); c != nil {
		return c.text
	}
	return ""
}

// values are the texts of all children with the local name.
func (e *element) values(name string) []string {
	var all []string
	for _, c := range e.children {
		if c.name.Local == name {
			all = append(all, c.text)
		}
	}
	return all
}

// The bounds of a request: far above what the operations take.
const (
	maxDepth    = 32
	maxElements = 10_000
)

// errors of what is no envelope, for tests: on the wire they are one fault.
var (
	errDocumentType = errors.New("soap: a document type is not taken")
	errTooDeep      = fmt.Errorf("soap: elements lie more than %d deep", maxDepth)
	errTooMany      = fmt.Errorf("soap: there are more than %d elements", maxElements)
	errNoEnvelope   = errors.New("soap: there is no SOAP 1.1 envelope with one operation in its body")
)

const envelopeNamespace = "http://schemas.xmlsoap.org/soap/envelope/"

// envelope is a request: its header, if there is one, and the operation called.
type envelope struct {
	header    *element
	operation *element
}

// parseEnvelope reads a SOAP 1.1 envelope. No entity is ever resolved but the five
// of XML itself: a document type is an error.
func parseEnvelope(body []byte) (envelope, error) {
	root, err := parseXML(body)
	if err != nil {
		return envelope{}, err
	}
	inside := soapChild(root, "Body")
	if root.name != (xml.Name{Space: envelopeNamespace, Local: "Envelope"}) || inside == nil || len(inside.children) != 1 {
		return envelope{}, errNoEnvelope
	}
	return envelope{soapChild(root, "Header"), inside.children[0]}, nil
}

func soapChild(e *element, name string) *element {
	if c := e.child(name); c != nil && c.name.Space == envelopeNamespace {
		return c
	}
	return nil
}

// parseXML reads one document into a tree, with or without a byte order mark.
func parseXML(body []byte) (*element, error) {
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(body, byteOrderMark)))
	d.CharsetReader = charsetReader
	outside := &element{}
	open, count := []*element{outside}, 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("soap: %w", err)
		}
		if _, ok := token.(xml.StartElement); ok {
			count++
		}
		if open, err = grow(open, token); err != nil {
			return nil, err
		}
		if count > maxElements {
			return nil, errTooMany
		}
	}
	if len(outside.children) != 1 || len(bytes.TrimSpace(outside.raw)) > 0 {
		return nil, errNoEnvelope
	}
	return outside.children[0], nil
}

// grow takes one token into the tree whose open elements are given, innermost last.
func grow(open []*element, token xml.Token) ([]*element, error) {
	inner := open[len(open)-1]
	switch t := token.(type) {
	case xml.StartElement:
		if len(open) > maxDepth {
			return nil, errTooDeep
		}
		e := &element{name: t.Name}
		inner.children = append(inner.children, e)
		return append(open, e), nil
	case xml.EndElement:
		inner.text, inner.raw = string(bytes.TrimSpace(inner.raw)), nil
		return open[:len(open)-1], nil
	case xml.CharData:
		inner.raw = append(inner.raw, t...)
	case xml.Directive:
		return nil, errDocumentType
	}
	return open, nil
}
