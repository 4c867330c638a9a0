package endpoint

import (
	"fmt"
	"time"

	"github.com/onsi/ginkgo/v2/types"

	"github.com/sfconform/sfconform/fixtures"
)

// Options choose what a run covers. The zero value runs every case.
type Options struct {
	// Cases are the cases to run; nil means all of the catalogue.
	Cases []fixtures.Case
	// LabelFilter is a Ginkgo label filter over case:, flow:, kind:, door:, refusal:
	// (each that the case sees, in later steps too) and switch: (each of which the case
	// holds under one option only).
	LabelFilter string
	// Seed decides the order of the specs; the report holds it. A live target is
	// asked in the catalogue's order instead.
	Seed int64
	// Budget is how many calls a live target gets; 0 means 40.
	Budget int
	// SpecTimeout ends one spec; 0 means ten seconds.
	SpecTimeout time.Duration
	// Command is what repeats the run when a selection is added to it; empty means
	// "sfconform run". Failures name it.
	Command string
	// Started is written into the report.
	Started time.Time
	// Progress, if set, is told after each spec how many of them are done.
	Progress func(done, total int)
}

const (
	defaultBudget      = 40
	defaultSpecTimeout = 10 * time.Second
)

// withDefaults is the one place where an unset option gets its value.
func (o Options) withDefaults() Options {
	if o.Cases == nil {
		o.Cases = fixtures.Cases()
	}
	if o.Budget == 0 {
		o.Budget = defaultBudget
	}
	if o.SpecTimeout == 0 {
		o.SpecTimeout = defaultSpecTimeout
	}
	if o.Command == "" {
		o.Command = "sfconform run"
	}
	return o
}

// FilterError says that a label filter cannot be read.
type FilterError struct {
	Filter string
	Err    error
}

// Error quotes the filter.
func (e *FilterError) Error() string {
	return fmt.Sprintf("endpoint: the label filter %q cannot be read: write for example %q", e.Filter, "flow: containsAny jwt-bearer && kind: containsAny refusal")
}

// Unwrap returns Ginkgo's error.
func (e *FilterError) Unwrap() error { return e.Err }

// validate finds what would make Ginkgo end the process.
func (o Options) validate() error {
	if o.LabelFilter == "" {
		return nil
	}
	if _, err := types.ParseLabelFilter(o.LabelFilter); err != nil {
		return &FilterError{o.LabelFilter, err}
	}
	return nil
}
