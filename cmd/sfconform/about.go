package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
)

// casesOf are the cases that show the refusal, in any step.
func casesOf(id fixtures.RefusalID) []fixtures.CaseID {
	return casesWhere(func(c fixtures.Case) bool { return slices.Contains(c.Refusals(), id) })
}

// casesUnder are the cases that set the switch, since they hold under one option of it only.
func casesUnder(id fixtures.SwitchID) []fixtures.CaseID {
	return casesWhere(func(c fixtures.Case) bool {
		return slices.ContainsFunc(c.Readings(), func(r fixtures.Reading) bool { return r.Switch == id })
	})
}

// readingsOf are the cases that set the switch, by the option that they set.
func readingsOf(id fixtures.SwitchID) map[string][]fixtures.CaseID {
	by := map[string][]fixtures.CaseID{}
	for _, c := range fixtures.Cases() {
		for _, r := range c.Readings() {
			if r.Switch == id {
				by[r.Option] = append(by[r.Option], c.ID)
			}
		}
	}
	return by
}

func casesWhere(fits func(fixtures.Case) bool) []fixtures.CaseID {
	var ids []fixtures.CaseID
	for _, c := range fixtures.Cases() {
		if fits(c) {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// mostNamed is how many cases are named in one line.
const mostNamed = 20

// few names the cases, or the first of many.
func few(ids []fixtures.CaseID) string {
	const first = 5
	if len(ids) <= mostNamed {
		return joined(ids)
	}
	return fmt.Sprintf("%s and %d more", joined(ids[:first]), len(ids)-first)
}

func joined[T ~string](ids []T) string {
	words := make([]string, len(ids))
	for i, id := range ids {
		words[i] = string(id)
	}
	return strings.Join(words, ", ")
}
