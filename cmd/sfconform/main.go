// Command sfconform is the conformance harness for Salesforce logins of machines.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"time"
)

func main() {
	outliveReaders()
	ctx, stop := signal.NotifyContext(context.Background(), endings()...)
	code := run(ctx, os.Args[1:], world{
		env: os.Getenv, readFile: readFile, now: time.Now,
		stdin: os.Stdin, stdout: toReader(os.Stdout), stderr: toReader(os.Stderr),
	})
	stop()
	os.Exit(code)
}

// world is everything outside the program that its commands touch.
type world struct {
	env            func(string) string
	readFile       func(string) ([]byte, error)
	now            func() time.Time
	stdin          io.Reader
	stdout, stderr io.Writer
}

// run is the whole program: it returns the exit code. It ends when ctx does.
func run(ctx context.Context, args []string, w world) (code int) {
	defer func() {
		if p := recover(); p != nil {
			_, _ = fmt.Fprintf(w.stderr, "sfconform: a fault of its own: %v\nPlease report it with the command that led here.\n", p)
			code = exitHarness
		}
	}()
	root := newRoot(w)
	root.SetArgs(args)
	return conclude(root.ExecuteContext(ctx), w.stderr)
}
