package reproduce

import (
	"fmt"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/spell"
)

// unknown says what can be reproduced in the place of an id that cannot.
func unknown(id string) error {
	var known []string
	for _, c := range fixtures.Cases() {
		known = append(known, string(c.ID))
	}
	for _, i := range fixtures.Incidents() {
		known = append(known, string(i.ID))
	}
	for _, g := range fixtures.Guides() {
		known = append(known, string(g.ID))
	}
	if what, example := shownBy(id); example != "" {
		return fmt.Errorf("%q is a %s: reproduce a case that shows it, %q for example", id, what, example)
	}
	if g, err := fixtures.GuideByID(fixtures.GuideID(id)); err == nil {
		return fmt.Errorf("%q is a guide: name one of its steps, %q for example", id, string(g.ID)+"/"+g.Steps[0].ID)
	}
	if near := spell.Nearest(id, known); near != "" {
		return fmt.Errorf("nothing can be reproduced that is called %q: did you mean %q?", id, near)
	}
	return fmt.Errorf("nothing can be reproduced that is called %q: name a case, an incident or GUIDE/STEP", id)
}

// shownBy is a case that shows the refusal or the cause with the id, and which of the
// two it is; empty if the id is neither's, or no case shows it.
func shownBy(id string) (what string, example fixtures.CaseID) {
	_, err := fixtures.CauseByID(id)
	for _, c := range fixtures.Cases() {
		for _, refusal := range c.Refusals() {
			if string(refusal) == id {
				return "refusal", c.ID
			}
			if r := fixtures.MustRefusal(refusal); err == nil && example == "" && r.Causes[0] == id {
				example = c.ID
			}
		}
	}
	return "cause", example
}
