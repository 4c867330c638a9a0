package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/scenario"
)

// playedScenario is a scenario in full, with what any scenario shows.
type playedScenario struct {
	situation
	// Everywhere are the requirements that every scenario feeds.
	Everywhere []fixtures.RequirementID `json:"requirementsOfEvery"`
	// Run is the command that plays nothing else.
	Run string `json:"run"`
}

// addScenario adds the scenarios of the name: what differs by flow is two of one name.
func (s *shown) addScenario(name string) {
	for _, one := range scenario.All() {
		if one.Name == name {
			run := "sfconform client --scenario " + name + " -- COMMAND"
			s.Scenarios = append(s.Scenarios, playedScenario{situationOf(one), everywhere(), run})
		}
	}
}

// wants says in words how a client should end.
var wants = map[scenario.Want]string{
	scenario.Succeed: "with its work done: exit code 0",
	scenario.Fail:    "with a failure that it tells of: exit code 1",
	scenario.Either:  "with its work done or with a failure that it tells of: either is right",
}

func (p *page) scenario(s playedScenario) {
	p.title("scenario", s.Name)
	p.line("client meets", "%s", s.Title)
	p.line("flows", "%s", joined(s.Flows))
	p.line("asked for", "%s", s.Operation)
	p.line("started", "%s", s.started())
	p.line("should end", "%s", wants[s.Want])
	if s.Advice != "" {
		p.line("operator reads", "what is to be done about %s (sfconform show %s)", s.Advice, s.Advice)
	}
	if s.Alone {
		p.line("played", "alone, since time matters, and once more if something is broken")
	}
	p.line("feeds", "%s", perLine(s.Judges))
	p.line("as all do", "%d requirements that show in whatever a client does (--json names them)", len(s.Everywhere))
	p.line("play it", "%s", s.Run)
}

// started tells each start; nothing where the client is started once as always.
func (s situation) started() string {
	var lines []string
	for i, one := range s.Starts {
		if told := one.particulars(s.Operation); told != "" {
			lines = append(lines, fmt.Sprintf("%d. %s", i+1, told))
		}
	}
	switch {
	case len(s.Starts) == 1 && len(lines) == 0:
		return "once"
	case len(lines) == 0:
		return fmt.Sprintf("%d times, one after the other", len(s.Starts))
	case len(lines) < len(s.Starts):
		return fmt.Sprintf("%d times, of these particular:\n%s", len(s.Starts), strings.Join(lines, "\n"))
	}
	return strings.Join(lines, "\n")
}

// particulars are what sets a start apart from one in which all is as always.
func (s start) particulars(operation string) string {
	var parts []string
	if s.Operation != operation {
		parts = append(parts, "asked for "+s.Operation)
	}
	for _, name := range slices.Sorted(maps.Keys(s.Set)) {
		parts = append(parts, "with "+name+"="+quotedIfOdd(s.Set[name]))
	}
	for _, name := range s.Unset {
		parts = append(parts, "without "+name)
	}
	if s.SameHome {
		parts = append(parts, "with the files of the start before")
	}
	return strings.Join(parts, ", ")
}

// quotedIfOdd shows white space and empty text.
func quotedIfOdd(text string) string {
	if text == "" || strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' }) {
		return fmt.Sprintf("%q", text)
	}
	return text
}

// perLine are ids, a few a line.
func perLine[T ~string](ids []T) string {
	const few = 3
	var lines []string
	for some := range slices.Chunk(ids, few) {
		lines = append(lines, joined(some))
	}
	return strings.Join(lines, ",\n")
}

// seenIn is where a requirement is judged.
func seenIn(id fixtures.RequirementID) string {
	names, all := shownBy(id)
	switch {
	case all:
		return "every scenario"
	case len(names) == 0:
		return ""
	}
	slices.Sort(names)
	return perLine(slices.Compact(names))
}
