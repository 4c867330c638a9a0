package main

import (
	"strings"

	"github.com/sfconform/sfconform/fixtures"
)

// undo are the changes that bring what was changed back to how the org has it. The
// whole app, user or setting is given back, since a change may have removed it.
func undo(org fixtures.Org, made []fixtures.Change) ([]fixtures.Change, error) {
	owners := make([]fixtures.Change, len(made))
	for i, c := range made {
		owners[i] = fixtures.Remove(owner(c.Path))
	}
	return fixtures.Undo(org, owners)
}

// owner is the path of the app, user or section that a path lies in.
func owner(path string) string {
	steps := strings.Split(path, "/")
	if steps[0] == "apps" || steps[0] == "users" {
		return strings.Join(steps[:min(2, len(steps))], "/")
	}
	return steps[0]
}
