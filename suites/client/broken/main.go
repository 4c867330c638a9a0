// Command broken is the referee's proof: a good client of Salesforce that breaks
// exactly one requirement where it is told to.
//
//	broken [FAULT]    work, with the fault if one is named
//	broken --list     the faults
//
// The fault is the id of the requirement that is broken. Settings and operation come
// by the environment, as the client suite gives them (facts: client requirements,
// section 3.1). It is built on net/http alone, so that every mistake can be made.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// Exit codes; 127 is what a harness expects for an operation that a client lacks.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitUnsupported = 127
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	p := program{
		out: os.Stdout, err: os.Stderr, in: os.Stdin, env: os.Getenv, //nolint:forbidigo // a program reads its own environment
		clock: clock{now: time.Now, after: time.After}, //nolint:forbidigo // the one place where real time comes in
	}
	code := p.run(ctx, os.Args[1:])
	stop()
	os.Exit(code) //nolint:forbidigo // a program ends itself
}

// program is what the process was started with.
type program struct {
	out, err io.Writer
	in       io.Reader
	env      func(string) string
	clock    clock
}

// clock is where real time comes in.
type clock struct {
	now   func() time.Time
	after func(time.Duration) <-chan time.Time
}

// wait returns early, with the reason, if the context ends.
func (c clock) wait(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-c.after(d):
		return nil
	}
}

func (p program) run(ctx context.Context, args []string) int {
	if len(args) == 1 && args[0] == "--list" {
		return p.list()
	}
	fault, err := chosenFault(args)
	if err != nil {
		_, _ = fmt.Fprintln(p.err, "broken:", err)
		return exitUsage
	}
	name, argument, known := chosenOperation(p.env("CHECK_OPERATION"))
	if !known {
		_, _ = fmt.Fprintf(p.err, "broken: there is no operation %q\n", name)
		return exitUnsupported
	}
	c, err := newClient(p, fault, "")
	if err == nil {
		err = operations[name](ctx, c, argument)
	}
	if err == nil {
		c.afterwards(ctx)
	}
	if err == nil && c.breaks("secret-not-in-output") {
		c.say("worked with %s", c.credential())
	}
	return c.finish(ctx, err)
}

// finish says how the work ended, and gives the exit code.
func (c *client) finish(ctx context.Context, err error) int {
	c.end(ctx)
	switch {
	case err == nil:
		return exitDone
	case ctx.Err() != nil:
		c.say("stopped by a signal")
		return exitFailed
	}
	c.say("%s", c.describe(err))
	var refused *loginError
	if errors.As(err, &refused) && refused.code != "" && c.breaks("err-exit-or-health") {
		return exitDone
	}
	return exitFailed
}
