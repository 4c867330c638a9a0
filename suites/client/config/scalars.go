package config

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/sfconform/sfconform/fixtures/spell"
	"github.com/sfconform/sfconform/suites/client/scenario"
)

// mostFactor is the largest time factor: beyond it no run comes to an end.
const mostFactor = 100

// Factor is the factor on every time limit; 0 means that none is given.
type Factor float64

// UnmarshalText reads a number above 0.
func (f *Factor) UnmarshalText(text []byte) error {
	v, err := strconv.ParseFloat(string(text), 64)
	if err != nil || !(v > 0 && v <= mostFactor) {
		return fmt.Errorf("%q is no time factor: write a number above 0 and up to %d, such as 2 for a slow machine", text, mostFactor)
	}
	*f = Factor(v)
	return nil
}

// Day is a day of the calendar, written 2026-12-31.
type Day struct{ time.Time }

// UnmarshalText reads the written form.
func (d *Day) UnmarshalText(text []byte) error {
	t, err := time.Parse(time.DateOnly, string(text))
	if err != nil {
		return fmt.Errorf("%q is no day: write 2026-12-31", text)
	}
	d.Time = t
	return nil
}

// Over says whether the day has passed at a time.
func (d Day) Over(now time.Time) bool { return !now.Before(d.AddDate(0, 0, 1)) }

// Operation is one of the operations that a client may have; burst may say how many.
type Operation string

// UnmarshalText reads an operation that some scenario asks for.
func (o *Operation) UnmarshalText(text []byte) error {
	known := Operations()
	name, count, counted := strings.Cut(string(text), ":")
	for _, k := range known {
		base, _, counts := strings.Cut(k, ":")
		if base == name && (counts || !counted) && (!counted || count != "") {
			*o = Operation(text)
			return nil
		}
	}
	if near := spell.Nearest(string(text), known); near != "" {
		return fmt.Errorf("there is no operation %q: did you mean %q?", text, near)
	}
	return fmt.Errorf("there is no operation %q: there are %s", text, strings.Join(known, ", "))
}

// Operations are the names of all operations, "burst:N" for the one with a number.
func Operations() []string {
	var names []string
	for _, o := range scenario.Operations() {
		if base, _, counts := strings.Cut(o, ":"); counts {
			o = base + ":N"
		}
		names = append(names, o)
	}
	return names
}
