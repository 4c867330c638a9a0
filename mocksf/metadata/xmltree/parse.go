package xmltree

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// Parse reads a document of one root element. keep says by name which children of
// the root are wanted; nil means all. The error is an *Error.
func Parse(data []byte, limits Limits, keep func(name string) bool) (*Element, error) {
	body := bytes.TrimPrefix(data, []byte("\ufeff"))
	if at := invalidUTF8(body); at >= 0 {
		return nil, &Error{placeOf(body, at), "not UTF-8: save the file in UTF-8"}
	}
	limits.Depth, limits.Elements = cmp.Or(limits.Depth, DefaultDepth), cmp.Or(limits.Elements, DefaultElements)
	r := &reader{d: xml.NewDecoder(bytes.NewReader(body)), limits: limits, keep: keep, shift: len(data) - len(body)}
	r.d.CharsetReader = charset(body)
	for {
		done, err := r.step()
		if err != nil {
			return nil, err
		}
		if done {
			return r.root, nil
		}
	}
}

// reader builds the tree from the decoder's tokens.
type reader struct {
	d        *xml.Decoder
	limits   Limits
	keep     func(string) bool
	shift    int
	root     *Element
	open     []frame
	elements int
	// passed counts the open elements that are passed over.
	passed int
}

// frame is an open element and its character data so far.
type frame struct {
	*Element
	text []byte
	// seen says that the text has begun with something other than white space.
	seen bool
}

// step reads one token; done means that the document has ended.
func (r *reader) step() (done bool, err error) {
	at, offset := r.place(), int(r.d.InputOffset())+r.shift
	token, err := r.d.Token()
	if errors.Is(err, io.EOF) {
		if r.root == nil {
			return false, &Error{at, "the file is empty: it holds no element"}
		}
		return true, nil
	}
	if err != nil {
		return false, r.syntax(err)
	}
	switch t := token.(type) {
	case xml.StartElement:
		return false, r.start(t, at, offset)
	case xml.EndElement:
		r.end(offset)
	case xml.CharData:
		return false, r.text(string(t), at)
	case xml.Directive:
		return false, &Error{at, "a document type (<!DOCTYPE>) or other declaration is not allowed in metadata"}
	}
	return false, nil
}

func (r *reader) start(t xml.StartElement, at Place, offset int) error {
	r.elements++
	switch {
	case r.root != nil && len(r.open) == 0:
		return &Error{at, fmt.Sprintf("a second root element <%s>: a file holds one", t.Name.Local)}
	case len(r.open)+r.passed >= r.limits.Depth:
		return &Error{at, fmt.Sprintf("elements nest deeper than the limit of %d", r.limits.Depth)}
	case r.elements > r.limits.Elements:
		return &Error{at, fmt.Sprintf("more elements than the limit of %d", r.limits.Elements)}
	case r.passed > 0 || len(r.open) == 1 && r.keep != nil && !r.keep(t.Name.Local):
		r.passed++
		return nil
	}
	e := &Element{
		Name: t.Name.Local, Space: t.Name.Space, Place: at, TextPlace: at,
		Start: offset, InnerStart: int(r.d.InputOffset()) + r.shift,
	}
	if r.root == nil {
		r.root = e
	} else {
		parent := r.open[len(r.open)-1]
		parent.Children = append(parent.Children, e)
	}
	r.open = append(r.open, frame{Element: e})
	return nil
}

func (r *reader) end(offset int) {
	if r.passed > 0 {
		r.passed--
		return
	}
	e := r.open[len(r.open)-1]
	e.Text = string(e.text)
	e.InnerEnd, e.End = offset, int(r.d.InputOffset())+r.shift
	r.open = r.open[:len(r.open)-1]
}

func (r *reader) text(text string, at Place) error {
	blank := strings.TrimSpace(text) == ""
	switch {
	case len(r.open) == 0 && !blank:
		return &Error{at, "text outside the root element"}
	case len(r.open) == 0 || r.passed > 0:
		return nil
	}
	e := &r.open[len(r.open)-1]
	if !blank && !e.seen {
		e.seen = true
		e.TextPlace = advance(at, text[:len(text)-len(strings.TrimLeft(text, " \t\r\n"))])
	}
	e.text = append(e.text, text...)
	return nil
}

func (r *reader) place() Place {
	line, col := r.d.InputPos()
	return Place{line, col}
}

// syntax says where the document stops being well-formed.
func (r *reader) syntax(err error) *Error {
	at, message := r.place(), err.Error()
	if s, ok := errors.AsType[*xml.SyntaxError](err); ok {
		message = s.Msg
	}
	return &Error{at, "not well-formed XML: " + strings.TrimPrefix(message, "xml: ")}
}

// charset refuses what is not UTF-8. A file of ASCII alone is UTF-8, whatever it declares.
func charset(body []byte) func(string, io.Reader) (io.Reader, error) {
	return func(label string, in io.Reader) (io.Reader, error) {
		if strings.EqualFold(label, "utf8") || !bytes.ContainsFunc(body, func(r rune) bool { return r >= utf8.RuneSelf }) {
			return in, nil
		}
		return nil, fmt.Errorf("the encoding %.40q is not read here: save the file in UTF-8", label)
	}
}

func invalidUTF8(data []byte) int {
	if utf8.Valid(data) {
		return -1
	}
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

// placeOf is the place of a byte offset.
func placeOf(data []byte, offset int) Place { return advance(Place{1, 1}, string(data[:offset])) }

// advance is the place after the text.
func advance(at Place, text string) Place {
	if last := strings.LastIndexByte(text, '\n'); last >= 0 {
		return Place{at.Line + strings.Count(text, "\n"), len(text) - last}
	}
	return Place{at.Line, at.Col + len(text)}
}
