package stage

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"

	"github.com/sfconform/sfconform/fixtures"
)

// Answer is an answer on its way to the client. Its body is plain: a coding is put on
// later.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// Page is an answer with an HTML page.
func Page(status int, html string) Answer {
	return Answer{Status: status, Header: http.Header{"Content-Type": {"text/html;charset=UTF-8"}}, Body: []byte(html)}
}

// JSON is an answer with a JSON text.
func JSON(status int, text string) Answer {
	return Answer{Status: status, Header: http.Header{"Content-Type": {"application/json;charset=UTF-8"}}, Body: []byte(text)}
}

// Redirect is an answer that sends the client elsewhere.
func Redirect(status int, location string) Answer {
	return Answer{Status: status, Header: http.Header{"Location": {location}}}
}

// Refusal is an answer of the catalogue, its blanks filled in.
func Refusal(id fixtures.RefusalID, values ...string) Answer {
	a := fixtures.MustRefusal(id).Answer.With(values...)
	header := http.Header{}
	if kind := a.ContentType(); kind != "" {
		header.Set("Content-Type", kind)
	}
	for name, value := range a.Header {
		header.Set(name, value)
	}
	return Answer{Status: a.Status, Header: header, Body: a.Body()}
}

// member is one member of a JSON object, in its place.
type member struct {
	name  string
	value json.RawMessage
}

// members are those of the body's JSON object, in order; false if it is none.
func (a *Answer) members() ([]member, bool) {
	d := json.NewDecoder(bytes.NewReader(a.Body))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, false
	}
	var all []member
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, false
		}
		var m member
		m.name, _ = name.(string)
		if err := d.Decode(&m.value); err != nil {
			return nil, false
		}
		all = append(all, m)
	}
	return all, true
}

// Field is a text of the body's JSON object; empty if there is none.
func (a *Answer) Field(name string) string {
	all, _ := a.members()
	for _, m := range all {
		if m.name == name {
			var text string
			// What is no text has no text.
			_ = json.Unmarshal(m.value, &text)
			return text
		}
	}
	return ""
}

// Set gives a member of the body's JSON object a value, at its place or at the end.
func (a *Answer) Set(name string, value any) {
	text, err := json.Marshal(value)
	if err != nil {
		panic("stage: " + err.Error())
	}
	all, ok := a.members()
	if !ok {
		return
	}
	if i := slices.IndexFunc(all, func(m member) bool { return m.name == name }); i >= 0 {
		all[i].value = text
	} else {
		all = append(all, member{name, text})
	}
	a.write(all)
}

// Drop takes members out of the body's JSON object.
func (a *Answer) Drop(names ...string) {
	all, ok := a.members()
	if !ok {
		return
	}
	a.write(slices.DeleteFunc(all, func(m member) bool { return slices.Contains(names, m.name) }))
}

func (a *Answer) write(all []member) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range all {
		if i > 0 {
			b.WriteByte(',')
		}
		name, _ := json.Marshal(m.name)
		b.Write(name)
		b.WriteByte(':')
		b.Write(m.value)
	}
	b.WriteByte('}')
	a.Body = b.Bytes()
}
