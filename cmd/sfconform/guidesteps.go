package main

import (
	"github.com/sfconform/sfconform/fixtures"
)

// guideSteps name, for each cause, the steps of set-up guides that lead to it when
// they are left out: those whose refusal names the cause first, one for each guide.
func guideSteps() map[fixtures.CauseID]string {
	steps := map[fixtures.CauseID]string{}
	for _, g := range fixtures.Guides() {
		named := map[fixtures.CauseID]bool{}
		for _, s := range g.Steps {
			for _, o := range s.Without {
				cause := causeOf(o)
				if cause == "" || named[cause] {
					continue
				}
				named[cause] = true
				if steps[cause] != "" {
					steps[cause] += ", "
				}
				steps[cause] += string(g.ID) + "/" + s.ID
			}
		}
	}
	return steps
}

// causeOf is the cause that an omission leads to first; empty if no request is refused.
func causeOf(o fixtures.Omission) fixtures.CauseID {
	r, err := fixtures.RefusalByID(o.Sees)
	if err != nil || len(r.Causes) == 0 {
		return ""
	}
	return r.Causes[0]
}
