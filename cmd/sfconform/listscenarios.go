package main

import (
	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/config"
	"github.com/sfconform/sfconform/suites/client/judge"
	"github.com/sfconform/sfconform/suites/client/scenario"
)

// situation is a scenario of the client suite as list and show print it.
type situation struct {
	Name      string          `json:"name"`
	Title     string          `json:"title"`
	Operation string          `json:"operation"`
	Flows     []fixtures.Flow `json:"flows"`
	// Want is how the client should end: succeed, fail or either.
	Want scenario.Want `json:"want"`
	// Alone says that time matters, so that no other scenario is played beside it.
	Alone bool `json:"alone,omitempty"`
	// Starts are what is particular about each start of the client.
	Starts []start `json:"starts"`
	// Advice is the refusal whose advice an operator should have read.
	Advice fixtures.RefusalID `json:"advice,omitempty"`
	// Judges are the requirements that are judged by this scenario in particular.
	Judges []fixtures.RequirementID `json:"requirements,omitempty"`
}

// start is one start of the client in a scenario.
type start struct {
	Operation string `json:"operation"`
	// Set and Unset alter what the client is given; ${NAME} is the setting of that name.
	Set   map[string]string `json:"set,omitempty"`
	Unset []string          `json:"unset,omitempty"`
	// SameHome says that the client finds the files of the start before.
	SameHome bool `json:"sameHome,omitempty"`
}

// situations are all scenarios.
func situations() []situation {
	var all []situation
	for _, s := range scenario.All() {
		all = append(all, situationOf(s))
	}
	return all
}

func situationOf(s scenario.Scenario) situation {
	one := situation{
		Name: s.Name, Title: s.Title, Operation: s.Needed(), Want: s.Want, Alone: s.Alone,
		Advice: s.Advice, Starts: startsOf(s),
	}
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
	return one
}

// startsOf are the starts of a scenario; one with nothing particular where it says none.
func startsOf(s scenario.Scenario) []start {
	if len(s.Starts) == 0 {
		return []start{{Operation: s.Needed()}}
	}
	starts := make([]start, len(s.Starts))
	for i, from := range s.Starts {
		starts[i] = start{Operation: from.Operation, Set: from.Set, Unset: from.Unset, SameHome: from.SameHome}
		if starts[i].Operation == "" {
			starts[i].Operation = s.Needed()
		}
	}
	return starts
}

// everywhere are the requirements that are judged by whatever a client does in any scenario.
func everywhere() []fixtures.RequirementID {
	var ids []fixtures.RequirementID
	for _, j := range judge.All() {
		if len(j.In) == 0 {
			ids = append(ids, j.ID)
		}
	}
	return ids
}

// shownBy are the scenarios that show whether the requirement is kept, and whether all do.
func shownBy(id fixtures.RequirementID) (names []string, all bool) {
	for _, j := range judge.For(id) {
		names = append(names, j.In...)
		all = all || len(j.In) == 0
	}
	return names, all
}
