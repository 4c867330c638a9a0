package main

import (
	"bufio"
	"context"
)

// twice makes a call, pauses until a line comes or the time is over, and makes another.
func twice(ctx context.Context, c *client, _ string) error {
	if err := c.cheapCall(ctx); err != nil {
		return err
	}
	if err := c.check(map[string]any{"pause": true}); err != nil {
		return err
	}
	line := make(chan struct{})
	go func() {
		defer close(line)
		_, _ = bufio.NewReader(c.in).ReadString('\n') // the end of the input will do
	}()
	select {
	case <-line:
	case <-c.clock.after(c.pause):
	case <-ctx.Done():
		return ctx.Err()
	}
	if err := c.cheapCall(ctx); err != nil {
		return err
	}
	return c.check(map[string]any{"calls": 2})
}

// serve makes a call again and again until it is stopped. It ends by itself only
// where the first login is refused for good.
func serve(ctx context.Context, c *client, _ string) error {
	c.serving.Store(true)
	worked, last := false, ""
	for ctx.Err() == nil {
		if c.breaks("cache-login-budget") {
			c.forget()
		}
		err := c.cheapCall(ctx)
		switch {
		case err == nil:
			worked = true
		case ctx.Err() != nil:
		case !worked && isFinal(err):
			return err
		case err.Error() != last:
			last = err.Error()
			c.say("unhealthy: %s", c.describe(err))
		}
		_ = c.clock.wait(ctx, c.interval) // the loop looks at the context itself
	}
	c.say("stopped by a signal")
	return nil
}
