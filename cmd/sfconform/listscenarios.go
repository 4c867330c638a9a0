package main

import (
	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/config"
	"github.com/sfconform/sfconform/suites/client/judge"
	"github.com/sfconform/sfconform/suites/client/scenario"
)

// situation is a scenario of the client suite as list shows it.
type situation struct {
	Name      string          `json:"name"`
	Title     string          `json:"title"`
	Operation string          `json:"operation"`
	Flows     []fixtures.Flow `json:"flows"`
	// Judges are the requirements that are judged by this scenario in particular.
	Judges []fixtures.RequirementID `json:"requirements,omitempty"`
}

// situations are all scenarios.
func situations() []situation {
	var all []situation
	for _, s := range scenario.All() {
		one := situation{Name: s.Name, Title: s.Title, Operation: s.Needed()}
		for _, flow := range config.Flow("").Values() {
			if f := fixtures.Flow(flow); s.Plays(f) {
				one.Flows = append(one.Flows, f)
			}
		}
		for _, j := range judge.All() {
			if len(j.In) > 0 && j.LooksAt(s.Name) {
				one.Judges = append(one.Judges, j.ID)
			}
		}
		all = append(all, one)
	}
	return all
}
