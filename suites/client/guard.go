package client

import (
	"fmt"

	"github.com/sfconform/sfconform/suites/client/judge"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// guarded has a panic of a scenario, judge or driver become an error that says whose
// it is: one of them that is wrong must not cost the report on all others.
func guarded(whose string, do func() error) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = fmt.Errorf("client: %s panics: %v", whose, value)
		}
	}()
	return do()
}

// observe has a judge look at what was played.
func observe(j judge.Judge, p *played) (o verdict.Observation, err error) {
	err = guarded(fmt.Sprintf("the judge of %s at scenario %q", j.ID, p.scenario.Name), func() error {
		o = j.Look(p.evidence)
		return nil
	})
	return o, err
}
