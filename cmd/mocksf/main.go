// Command mocksf serves a fake Salesforce org.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

// garbage lets the small heap of the fake grow to five times what lives before it
// is swept: a few megabytes more for a third more requests a second.
const garbage = 400

func main() {
	debug.SetGCPercent(garbage)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], caller{os.Environ(), os.Stdin}, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// caller is what a command gets of whoever runs it.
type caller struct {
	environ []string
	stdin   io.Reader
}

// run is the whole command: it writes to stdout and stderr and returns the exit
// code. It ends when ctx does.
func run(ctx context.Context, args []string, by caller, stdout, stderr io.Writer) (code int) {
	defer func() {
		if p := recover(); p != nil {
			_, _ = fmt.Fprintf(stderr, "mocksf: a fault of its own: %v\nPlease report it with the command that led here.\n", p)
			code = exitFailed
		}
	}()
	do, rest := choose(args, by)
	if err := do(ctx, rest, stdout, stderr); err != nil {
		return report(err, stderr)
	}
	return exitOK
}

// command is one thing that mocksf does.
type command func(ctx context.Context, args []string, stdout, stderr io.Writer) error

// choose finds the command; without one mocksf serves.
func choose(args []string, by caller) (command, []string) {
	if len(args) == 0 || args[0] == "" || args[0][0] == '-' {
		return serve, args
	}
	switch args[0] {
	case "serve":
		return serve, args[1:]
	case "check-org":
		return checkOrg, args[1:]
	case "env":
		return envCommand(by).run, args[1:]
	case "exec":
		return execCommand{environ: by.environ, stdin: by.stdin, start: startWithProxy}.run, args[1:]
	case "version":
		return version, args[1:]
	case "help":
		return help, args[1:]
	}
	return unknownCommand(args[0]), nil
}
