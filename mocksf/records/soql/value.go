package soql

import (
	"strconv"
	"strings"
	"time"
)

// ValueKind is the kind of a value in a query.
type ValueKind int

// The kinds of values.
const (
	Null ValueKind = iota
	Text
	Number
	Bool
	// Date and DateTime are points in time, DateRange is one of the date literals.
	Date
	DateTime
	DateRange
)

// Value is a value that a field is compared with.
type Value struct {
	Kind ValueKind
	// Text is the text without its escapes, save \% and \_, which LIKE reads.
	Text   string
	Number float64
	Bool   bool
	Time   time.Time
	// Range gives the start of the range and the start of what follows it, both in UTC.
	Range func(now time.Time) (from, to time.Time)
	// At is the offset in the query's text.
	At int
}

// valueOf reads a value; false if the token is none.
func valueOf(t token) (Value, bool) {
	v := Value{At: t.at}
	switch t.kind {
	case text:
		v.Kind, v.Text = Text, unescape(t.text)
		return v, true
	case literal:
		return literalValue(v, t.text)
	case word:
		return wordValue(v, t.text)
	case end, mark, bad:
	}
	return Value{}, false
}

func literalValue(v Value, s string) (Value, bool) {
	if n, err := strconv.ParseFloat(s, 64); err == nil {
		v.Kind, v.Number = Number, n
		return v, true
	}
	if at, err := time.Parse(time.DateOnly, s); err == nil {
		v.Kind, v.Time = Date, at
		return v, true
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05Z0700"} {
		if at, err := time.Parse(layout, s); err == nil {
			v.Kind, v.Time = DateTime, at.UTC()
			return v, true
		}
	}
	return Value{}, false
}

func wordValue(v Value, s string) (Value, bool) {
	switch upper := strings.ToUpper(s); upper {
	case "NULL":
		return v, true
	case "TRUE", "FALSE":
		v.Kind, v.Bool = Bool, upper == "TRUE"
		return v, true
	default:
		if r := dateRange(upper); r != nil {
			v.Kind, v.Range = DateRange, r
			return v, true
		}
	}
	return Value{}, false
}

// unescape resolves the escape sequences of SOQL. LIKE needs to see \% and \_.
func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		if plain, ok := escapes[s[i]]; ok {
			b.WriteByte(plain)
			continue
		}
		if s[i] == '%' || s[i] == '_' {
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

var escapes = map[byte]byte{'n': '\n', 'N': '\n', 'r': '\r', 'R': '\r', 't': '\t', 'T': '\t', 'b': '\b', 'B': '\b', 'f': '\f', 'F': '\f'}
