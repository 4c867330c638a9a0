package endpoint

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
)

// Difference is one thing in which the target departs from what a case calls for.
type Difference struct {
	What     string `json:"what"`
	Expected string `json:"expected"`
	Seen     string `json:"seen"`
}

// outcome is what one spec found out. Nothing in it is a secret once clean has passed it.
type outcome struct {
	sent           []string
	expected, seen string
	// check is the check that decided the last refusal, as the target's journal says.
	check       string
	cause       string
	differences []Difference
	err         error
	// lost: the answer was of another sort than wanted, so that later steps mean nothing.
	lost   bool
	redact func(string) string
	// command repeats the run.
	command string
}

// harness notes what cannot be blamed on the target's answers.
func (o *outcome) harness(err error) {
	if o.err == nil {
		o.err = err
	}
}

func (o *outcome) expect(expected, seen string) { o.expected, o.seen = expected, printable(seen) }

func (o *outcome) differ(what, expected, seen string) {
	o.differences = append(o.differences, Difference{what, expected, printable(seen)})
}

func (o *outcome) compare(what, expected, seen string) {
	if expected != seen {
		o.differ(what, expected, seen)
	}
}

func (o *outcome) failed() bool { return o.err != nil || len(o.differences) > 0 }

// clean takes every secret of the session out of a text.
func (o *outcome) clean(text string) string {
	if o.redact == nil {
		return text
	}
	return o.redact(text)
}

func (o *outcome) cleanDifferences() []Difference {
	all := make([]Difference, len(o.differences))
	for i, d := range o.differences {
		all[i] = Difference{d.What, o.clean(d.Expected), o.clean(d.Seen)}
	}
	return all
}

// message is the failure as people read it: the requirement, what was sent, what
// was expected and seen, why, and how to see it again.
func (o *outcome) message(c fixtures.Case, door string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", c.Requirement)
	for _, line := range inARow(o.sent) {
		fmt.Fprintf(&b, "  -> %s%s\n", line.what, line.repeated())
	}
	if o.err != nil {
		fmt.Fprintf(&b, "     Harness:  %v\n", o.err)
	}
	for _, d := range alike(o.differences) {
		fmt.Fprintf(&b, "     %s%s\n       Expected: %s\n       Actual:   %s\n",
			d.what.What, d.repeated(), cmp.Or(d.what.Expected, nothing), cmp.Or(d.what.Seen, nothing))
	}
	if o.check != "" {
		fmt.Fprintf(&b, "     Decided by: %s\n", o.check)
	}
	if o.cause != "" {
		fmt.Fprintf(&b, "     Cause:    %s\n", o.cause)
	}
	fmt.Fprintf(&b, "     Again:    %s --only %s --filter 'door: containsAny %s'", o.command, c.ID, door)
	return o.clean(b.String())
}
