// Package form reads what OAuth clients send: form parameters and client
// credentials, in each way that real clients send them (facts: sections 1.4 and 9).
package form

import (
	"errors"
	"maps"
	"mime"
	"net/url"
	"slices"
	"unicode/utf8"

	"github.com/sfconform/sfconform/mocksf/exchange"
)

// Form is the parameters of a request, those of the query before those of the body.
type Form struct {
	values url.Values
	// last says that of a repeated parameter the last value counts.
	last bool
	// NotAForm says that there was a body that could not be read as a form.
	NotAForm bool
}

// Parse reads the parameters. Of a repeated one the first value counts, or the
// last if last is set.
func Parse(r *exchange.Request, last bool) Form {
	f := Form{values: r.Query, last: last}
	if len(r.Body) == 0 {
		return f
	}
	body, ok := parseBody(r)
	f.NotAForm = !ok
	if len(r.Query) == 0 {
		f.values = body
		return f
	}
	f.values = maps.Clone(r.Query)
	for name, values := range body {
		f.values[name] = append(slices.Clip(f.values[name]), values...)
	}
	return f
}

func parseBody(r *exchange.Request) (url.Values, bool) {
	if r.TooLarge || !isForm(r.Header.Get("Content-Type")) {
		return nil, false
	}
	values, err := url.ParseQuery(string(r.Body))
	if err != nil || !allText(values) {
		return nil, false
	}
	return values, true
}

const formType = "application/x-www-form-urlencoded"

func isForm(contentType string) bool {
	if contentType == formType {
		return true
	}
	kind, _, err := mime.ParseMediaType(contentType)
	// A parameter of the type that cannot be read does not matter: the type is known.
	return kind == formType && (err == nil || errors.Is(err, mime.ErrInvalidMediaParameter))
}

func allText(values url.Values) bool {
	for name, list := range values {
		if !utf8.ValidString(name) {
			return false
		}
		for _, v := range list {
			if !utf8.ValidString(v) {
				return false
			}
		}
	}
	return true
}

// Get is the parameter's value, or "".
func (f Form) Get(name string) string {
	list := f.values[name]
	switch {
	case len(list) == 0:
		return ""
	case f.last:
		return list[len(list)-1]
	}
	return list[0]
}

// Has says whether the parameter was sent, be it empty.
func (f Form) Has(name string) bool { return len(f.values[name]) > 0 }

// Values are all parameters as sent. They must not be changed.
func (f Form) Values() url.Values { return f.values }
