package records

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/sfconform/sfconform/mocksf/records/soql"
)

// tests are the operators. An empty field equals null alone, is unlike everything
// else, and neither less nor greater than anything.
var tests = map[soql.Op]func(value any, orders []order) bool{
	soql.Equal:          equal,
	soql.NotEqual:       func(v any, orders []order) bool { return !equal(v, orders) },
	soql.In:             equal,
	soql.NotIn:          func(v any, orders []order) bool { return !equal(v, orders) },
	soql.Less:           compares(func(c int) bool { return c < 0 }),
	soql.Greater:        compares(func(c int) bool { return c > 0 }),
	soql.LessOrEqual:    compares(func(c int) bool { return c <= 0 }),
	soql.GreaterOrEqual: compares(func(c int) bool { return c >= 0 }),
}

func equal(v any, orders []order) bool {
	return slices.ContainsFunc(orders, func(o order) bool {
		c, ok := o(v)
		return ok && c == 0
	})
}

func compares(right func(int) bool) func(any, []order) bool {
	return func(v any, orders []order) bool {
		c, ok := orders[0](v)
		return ok && v != nil && right(c)
	}
}

// compareValues puts two values of rows in order; false if they are of different kinds.
func compareValues(a, b any) (int, bool) {
	if a == nil || b == nil {
		return compareBool(a != nil, b != nil), a == nil && b == nil
	}
	if m, ok := number(a); ok {
		n, ok := number(b)
		return cmp.Compare(m, n), ok
	}
	switch x := a.(type) {
	case bool:
		y, ok := b.(bool)
		return compareBool(x, y), ok
	case string:
		y, ok := b.(string)
		return compareFold(x, y), ok
	case time.Time:
		y, ok := b.(time.Time)
		return x.Compare(y), ok
	}
	return 0, false
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

func compareFold(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) }

// pattern is a LIKE pattern: % stands for any text, _ for any one character.
type pattern []rune

func newPattern(s string) pattern { return pattern(strings.ToLower(s)) }

// matches is linear in the text for each % of the pattern: where a match fails, only
// the last % is tried anew.
func (p pattern) matches(s string) bool {
	text := []rune(s)
	i, at := 0, 0
	back, backAt := -1, 0
	for at < len(text) {
		size, ok := 0, false
		if i < len(p) && p[i] == '%' {
			back, backAt = i+1, at
			i++
			continue
		}
		if i < len(p) {
			size, ok = p[i:].matchOne(unicode.ToLower(text[at]))
		}
		switch {
		case ok:
			i, at = i+size, at+1
		case back >= 0:
			backAt++
			i, at = back, backAt
		default:
			return false
		}
	}
	return strings.Trim(string(p[i:]), "%") == ""
}

// matchOne matches the pattern's first element, which is no %, and says how long it is.
func (p pattern) matchOne(c rune) (size int, ok bool) {
	switch {
	case p[0] == '_':
		return 1, true
	case p[0] == '\\' && len(p) > 1 && (p[1] == '%' || p[1] == '_'):
		return 2, p[1] == c
	}
	return 1, p[0] == c
}
