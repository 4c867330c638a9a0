package main

import (
	"context"
	"fmt"
	"io"

	"github.com/sfconform/sfconform/mocksf"
	"github.com/sfconform/sfconform/mocksf/journal"
)

// follow prints a line for each exchange, until ctx ends.
func follow(ctx context.Context, org *mocksf.Org, stderr io.Writer) {
	var last uint64
	for org.Journal().Wait(ctx, last) == nil {
		for _, e := range org.Journal().Entries(last, 0) {
			last = e.Number
			_, _ = fmt.Fprintln(stderr, logLine(e))
		}
	}
}

func logLine(e journal.Entry) string {
	line := fmt.Sprintf("%s %s %s %d", e.Time.Format("15:04:05"), e.Method, e.Path, e.Status)
	if e.Error != "" {
		line += " " + e.Error
	}
	if e.Description != "" {
		line += ": " + e.Description
	}
	if e.Check != "" {
		line += fmt.Sprintf(" (check %s, node %d)", e.Check, e.Node)
	}
	if e.Fault != "" {
		line += fmt.Sprintf(" (fault %s)", e.Fault)
	}
	return line
}
