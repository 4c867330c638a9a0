package records

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/sfconform/sfconform/fixtures"
)

// accept is the value in the form that rows hold for the field; false if it does
// not suit the field's type. It takes what JSON and YAML make of values.
func (f *Field) accept(v any) (any, bool) {
	if v == nil {
		return nil, true
	}
	switch f.Type {
	case Boolean:
		b, ok := v.(bool)
		return b, ok
	case Int:
		n, ok := number(v)
		return int64(n), ok && n == math.Trunc(n)
	case Double, Currency, Percent:
		return number(v)
	case Date:
		return moment(v, time.DateOnly)
	case DateTime:
		return moment(v, time.RFC3339, wireDateTime)
	case ID, Reference:
		s, ok := v.(string)
		return fixtures.ID18(s), ok
	case Text, TextArea, Picklist, Email, Phone, URL:
	}
	s, ok := v.(string)
	return s, ok
}

func number(v any) (float64, bool) {
	switch n := v.(type) {
	case int:
		return float64(n), true
	case int64:
		return float64(n), true
	case uint64:
		return float64(n), true
	case float64:
		return n, true
	case json.Number:
		f, err := n.Float64()
		return f, err == nil
	}
	return 0, false
}

func moment(v any, layouts ...string) (any, bool) {
	if at, ok := v.(time.Time); ok {
		return at.UTC(), true
	}
	s, _ := v.(string)
	for _, layout := range layouts {
		if at, err := time.Parse(layout, s); err == nil {
			return at.UTC(), true
		}
	}
	return nil, false
}

// wireDateTime is how the API writes a date-time.
const wireDateTime = "2006-01-02T15:04:05.000-0700"

// wire is the field's value as the API writes it: dates as text, numbers with a
// fraction even if it is zero unless the field is a whole number.
func (f *Field) wire(v any) any {
	switch x := v.(type) {
	case time.Time:
		if f.Type == Date {
			return x.Format(time.DateOnly)
		}
		return x.Format(wireDateTime)
	case float64:
		s := strconv.FormatFloat(x, 'f', -1, 64)
		if !strings.Contains(s, ".") {
			s += ".0"
		}
		return json.Number(s)
	}
	return v
}
