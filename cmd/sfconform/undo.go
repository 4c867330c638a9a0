package main

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
)

// undo are the changes that bring what was changed back to how the org has it. The
// whole app, user or setting is given back, since a change may have removed it.
func undo(org fixtures.Org, made []fixtures.Change) ([]fixtures.Change, error) {
	text, err := json.Marshal(org)
	if err != nil {
		return nil, err
	}
	var whole map[string]any
	if err := json.Unmarshal(text, &whole); err != nil {
		return nil, err
	}
	var back []fixtures.Change
	for _, c := range made {
		path := owner(c.Path)
		if slices.ContainsFunc(back, func(b fixtures.Change) bool { return b.Path == path }) {
			continue
		}
		if value, ok := lookUp(whole, strings.Split(path, "/")); ok {
			back = append(back, fixtures.Set(path, value))
		} else {
			back = append(back, fixtures.Remove(path))
		}
	}
	return back, nil
}

// owner is the path of the app, user or section that a path lies in.
func owner(path string) string {
	steps := strings.Split(path, "/")
	if steps[0] == "apps" || steps[0] == "users" {
		return strings.Join(steps[:min(2, len(steps))], "/")
	}
	return steps[0]
}

func lookUp(v any, path []string) (any, bool) {
	for _, step := range path {
		at, ok := v.(map[string]any)
		if !ok {
			return nil, false
		}
		if v, ok = at[step]; !ok {
			return nil, false
		}
	}
	return v, true
}
