package records

import (
	"slices"
	"strings"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/records/soql"
)

// filter says whether a row meets a condition.
type filter func(Row) bool

// filter compiles a condition; nil is met by every row.
func (v *view) filter(c soql.Condition, now time.Time) (filter, error) {
	switch c := c.(type) {
	case soql.And:
		list, err := v.filters(c, now)
		return func(r Row) bool { return !slices.ContainsFunc(list, func(f filter) bool { return !f(r) }) }, err
	case soql.Or:
		list, err := v.filters(c, now)
		return func(r Row) bool { return slices.ContainsFunc(list, func(f filter) bool { return f(r) }) }, err
	case soql.Not:
		f, err := v.filter(c.Condition, now)
		return func(r Row) bool { return !f(r) }, err
	case soql.Compare:
		return v.compare(c, now)
	}
	return func(Row) bool { return true }, nil
}

func (v *view) filters(list []soql.Condition, now time.Time) ([]filter, error) {
	var all []filter
	for _, c := range list {
		f, err := v.filter(c, now)
		if err != nil {
			return nil, err
		}
		all = append(all, f)
	}
	return all, nil
}

func (v *view) compare(c soql.Compare, now time.Time) (filter, error) {
	r, err := v.resolve(c.Path)
	if err != nil {
		return nil, err
	}
	var orders []order
	for _, x := range c.Values {
		if !suits(r.field.Type, c.Op, x.Kind) {
			return nil, v.malformed(v.written(x), x.At)
		}
		orders = append(orders, orderOf(r.field.Type, x, now))
	}
	meets := tests[c.Op]
	if c.Op == soql.Like {
		pattern := newPattern(c.Values[0].Text)
		return func(row Row) bool {
			s, ok := v.value(r, row).(string)
			return ok && pattern.matches(s)
		}, nil
	}
	return func(row Row) bool { return meets(v.value(r, row), orders) }, nil
}

// written is the value as it stands in the query.
func (v *view) written(x soql.Value) string {
	word, _, _ := strings.Cut(v.query.Text[x.At:], " ")
	return strings.Trim(word, "'(),")
}

// suits says whether a field of the type can be compared with a value of the kind.
func suits(t FieldType, op soql.Op, kind soql.ValueKind) bool {
	if kind == soql.Null {
		return op != soql.Like
	}
	switch t {
	case Boolean:
		return kind == soql.Bool && op != soql.Like
	case Int, Double, Currency, Percent:
		return kind == soql.Number
	case Date:
		return kind == soql.Date || kind == soql.DateRange
	case DateTime:
		return kind == soql.DateTime || kind == soql.DateRange
	case ID, Reference:
		return kind == soql.Text && op != soql.Like
	case Text, TextArea, Picklist, Email, Phone, URL:
	}
	return kind == soql.Text
}

// order compares a field's value with a value of the query: negative if it is less,
// 0 if equal, positive if greater; false if the two cannot be compared.
type order func(value any) (int, bool)

func orderOf(t FieldType, x soql.Value, now time.Time) order {
	switch x.Kind {
	case soql.Text:
		if t == ID || t == Reference {
			return orderOfTexts(fixtures.ID18(x.Text), strings.Compare)
		}
		return orderOfTexts(x.Text, compareFold)
	case soql.DateRange:
		from, to := x.Range(now)
		return orderOfTimes(from, to)
	case soql.Date, soql.DateTime:
		return orderOfTimes(x.Time, x.Time.Add(1))
	case soql.Number:
		return orderOfValue(x.Number)
	case soql.Bool:
		return orderOfValue(x.Bool)
	case soql.Null:
	}
	return orderOfValue(nil)
}

func orderOfValue(want any) order {
	return func(v any) (int, bool) { return compareValues(v, want) }
}

func orderOfTexts(want string, compare func(a, b string) int) order {
	return func(v any) (int, bool) {
		s, ok := v.(string)
		return compare(s, want), ok
	}
}

// orderOfTimes counts everything from the start to just before the end as equal.
func orderOfTimes(from, to time.Time) order {
	return func(v any) (int, bool) {
		at, ok := v.(time.Time)
		switch {
		case at.Before(from):
			return -1, ok
		case at.Before(to):
			return 0, ok
		}
		return 1, ok
	}
}
