package main

import (
	"context"
	"fmt"
	"strconv"
	"sync"
)

// burst makes calls side by side.
func burst(ctx context.Context, c *client, argument string) error {
	n := 20
	if argument != "" {
		var err error
		if n, err = strconv.Atoi(argument); err != nil || n < 1 || n > 1000 {
			return settingError{"CHECK_OPERATION", fmt.Sprintf("asks for a burst of %q: use a number from 1 to 1000", argument)}
		}
	}
	failures := make([]error, n)
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() { failures[i] = c.cheapCall(ctx) })
	}
	group.Wait()
	return c.tally(failures)
}

// tally tells how many calls failed; one failure fails the whole.
func (c *client) tally(failures []error) error {
	failed, first := 0, error(nil)
	for _, err := range failures {
		if err == nil {
			continue
		}
		if failed++; first == nil {
			first = err
		}
	}
	if err := c.check(map[string]any{"calls": len(failures) - failed, "failed": failed}); err != nil {
		return err
	}
	return first
}
