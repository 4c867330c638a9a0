package token

import (
	"fmt"

	"github.com/sfconform/sfconform/fixtures"
)

// check is one rule of the pipeline. Its predicate says whether the rule holds;
// it cannot choose the answer.
type check struct {
	// name reads as the fact that holds: "secret-matches".
	name    string
	refusal fixtures.RefusalID
	holds   func(*attempt) bool
	// under is the reading of a behaviour switch under which the rule is in force;
	// the zero value means always.
	under fixtures.Reading
}

// when puts the check under an option of a behaviour switch.
func (c check) when(id fixtures.SwitchID, option string) check {
	c.under = fixtures.Reading{Switch: id, Option: option}
	return c
}

// inForce says whether the check counts for the attempt.
func (c *check) inForce(a *attempt) bool {
	return c.under.Switch == "" || a.org.Answers(c.under)
}

// bound is a check with its refusal looked up.
type bound struct {
	check
	answer *fixtures.Refusal
}

// bind looks the refusals up and leaves out the checks whose names are skipped.
func bind(checks []check, skip map[string]bool) ([]bound, error) {
	var out []bound
	for _, c := range checks {
		if skip[c.name] {
			continue
		}
		r, err := fixtures.RefusalByID(c.refusal)
		if err != nil {
			return nil, fmt.Errorf("token: check %q: %w", c.name, err)
		}
		if c.under.Switch != "" {
			if err := c.under.Check(); err != nil {
				return nil, fmt.Errorf("token: check %q: %w", c.name, err)
			}
		}
		out = append(out, bound{c, &r})
	}
	return out, nil
}

// decide is the first check that does not hold, or nil if all do.
func decide(checks []bound, a *attempt) *bound {
	for i := range checks {
		if checks[i].inForce(a) && !checks[i].holds(a) {
			return &checks[i]
		}
	}
	return nil
}
