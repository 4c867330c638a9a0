package fault

import (
	"cmp"
	"encoding/json"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
)

// Where is the point of an answer at which it breaks off.
type Where string

// The points of an answer.
const (
	// Before is before the org was asked: nothing has happened there.
	Before Where = "before"
	// Unsent is after the org has done what was asked, and before it says so.
	Unsent Where = "unsent"
	// Inside is after half of the body.
	Inside Where = "inside"
	// After is after the whole body: the connection breaks that a client keeps.
	After Where = "after"
)

// Values lists the points.
func (Where) Values() []string {
	return []string{string(Before), string(Unsent), string(Inside), string(After)}
}

func (w Where) orBefore() Where { return cmp.Or(w, Before) }

// Encoding is how a body goes over the wire.
type Encoding string

// The encodings.
const (
	// Gzip compresses whether or not the client offered it (RFC 9110 section 8.4).
	Gzip Encoding = "gzip"
	// Identity announces the length and does not compress, whatever was offered.
	Identity Encoding = "identity"
	// Chunked sends two chunks, uncompressed (RFC 9112 section 7.1).
	Chunked Encoding = "chunked"
)

// Values lists the encodings.
func (Encoding) Values() []string { return []string{string(Gzip), string(Identity), string(Chunked)} }

// Shape is the form of an error of the data API.
type Shape string

// The shapes.
const (
	// Array is what the data API sends: [{"message":...,"errorCode":...}].
	Array Shape = "array"
	// Object is its member alone.
	Object Shape = "object"
	// Text is code and message in one line, as SOAP's faultstring has them.
	Text Shape = "text"
)

// Values lists the shapes.
func (Shape) Values() []string { return []string{string(Array), string(Object), string(Text)} }

// of gives an error of the data API the shape.
func (s Shape) of(a fixtures.Answer) exchange.Answer {
	whole := exchange.Answer{Status: a.Status, ContentType: a.ContentType(), Body: a.Body(), Header: a.Header}
	switch s {
	case Object:
		var members []json.RawMessage
		// The catalogue's own body is an array of one member.
		_ = json.Unmarshal(whole.Body, &members)
		whole.Body = members[0]
	case Text:
		whole.ContentType, whole.Body = textType, []byte(a.Error+": "+a.Description)
	case Array, "":
	}
	return whole
}

const (
	textType = "text/plain;charset=UTF-8"
	jsonType = "application/json;charset=UTF-8"
)
