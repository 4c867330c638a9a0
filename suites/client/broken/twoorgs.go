package main

import (
	"context"
	"errors"
	"fmt"
)

// callsPerOrg is how many calls are made in each of two orgs.
const callsPerOrg = 3

// twoOrgs works in two orgs at once.
func twoOrgs(ctx context.Context, c *client, _ string) error {
	second, err := newClient(c.program, c.fault, "_2")
	if err != nil {
		return err
	}
	second.sessions = c.sessions
	c.about, second.about = "org 1: ", "org 2: "
	outcomes := make(chan error)
	for _, org := range []*client{c, second} {
		go func() { outcomes <- org.fewCalls(ctx) }()
	}
	err = errors.Join(<-outcomes, <-outcomes)
	second.end(ctx)
	return err
}

func (c *client) fewCalls(ctx context.Context) error {
	for range callsPerOrg {
		if err := c.cheapCall(ctx); err != nil {
			c.say("%s", c.describe(err))
			return fmt.Errorf("org %s failed: %w", hostOf(c.loginURL), err)
		}
	}
	return nil
}
