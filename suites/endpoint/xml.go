package endpoint

import (
	"bytes"
	"encoding/xml"
	"strings"
)

// element is one element of an answer in XML.
type element struct {
	XMLName xml.Name
	Text    string    `xml:",chardata"`
	Inner   []element `xml:",any"`
}

// decodeXML is an answer in XML as plain values: an object by local names, in which
// a name that repeats is a list; nil if it cannot be read.
func decodeXML(body []byte) any {
	var root element
	if err := xml.NewDecoder(bytes.NewReader(body)).Decode(&root); err != nil {
		return nil
	}
	return map[string]any{root.XMLName.Local: root.plain()}
}

func (e element) plain() any {
	if len(e.Inner) == 0 {
		return strings.TrimSpace(e.Text)
	}
	object := map[string]any{}
	for _, child := range e.Inner {
		name, value := child.XMLName.Local, child.plain()
		switch before := object[name].(type) {
		case nil:
			object[name] = value
		case []any:
			object[name] = append(before, value)
		default:
			object[name] = []any{before, value}
		}
	}
	return object
}
