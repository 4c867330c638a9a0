package main

import (
	"context"
	"fmt"
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
		{"login", "", "log in, prove the token with one cheap call, and print where, as whom and with which scopes", runLogin},
		{"token", "", "log in and print the token's metadata (not the token); no API call", printToken},
		{"whoami", "", "ask the org which user the token stands for", printWhoami},
		{"query", "SOQL", "run a query, all pages; - reads it from standard input; default: " + defaultQuery, runQuery},
		{"write", "", "insert an Account and upsert another by external id", runWrite},
		{"burst", "N", "make N API calls side by side; default " + fmt.Sprint(defaultBurst), runBurst},
		{"twice-with-pause", "", "one call, a pause that SF_PAUSE, a line or the end of standard input ends, and one more call", runTwice},
		{"two-orgs", "", "calls as two identities at once; the second one's settings end in " + secondSuffix, runTwoOrgs},
		{"run-until-killed", "", "a call every SF_INTERVAL until SIGTERM or SIGINT, which end it with exit code 0", runUntilKilled},
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
