package main

import (
	"context"
)

// operation is one thing the client can do. A new one is a line in the table.
type operation struct {
	name     string
	argument string // what may follow the name; empty for nothing
	summary  string
	run      func(context.Context, *session) error
}

func operations() []operation {
	return []operation{
		{"token", "", "log in and print the token's metadata (not the token)", printToken},
		{"query", "SOQL", "run a query, all pages; - reads it from standard input; default: " + defaultQuery, runQuery},
		{"whoami", "", "log in and print the user, org and scopes that the token stands for", printWhoami},
	}
}

func findOperation(name string) (operation, bool) {
	for _, known := range operations() {
		if known.name == name {
			return known, true
		}
	}
	return operation{}, false
}

func operationNames() []string {
	var names []string
	for _, known := range operations() {
		names = append(names, known.name)
	}
	return names
}
