// Command go is an example of a client that the client suite can drive through two
// doors: as a command, and with --lines as a driver program (DRIVERS.md). It is plain
// net/http. Its operations are login and query.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

const (
	exitFailed      = 1
	exitUnsupported = 127
)

var errUnsupported = errors.New("operation not supported")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code) //nolint:forbidigo // a program
}

func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	if len(args) == 1 && args[0] == "--lines" {
		if err := serve(ctx, stdin, stdout); err != nil {
			_, _ = fmt.Fprintln(stderr, err)
			return exitFailed
		}
		return 0
	}
	records, err := work(ctx, os.Getenv) //nolint:forbidigo // the settings of a program
	switch {
	case errors.Is(err, errUnsupported):
		return exitUnsupported
	case err != nil:
		_, _ = fmt.Fprintln(stderr, err)
		return exitFailed
	}
	_, _ = fmt.Fprintf(stdout, "CHECK {\"records\":%d}\n", records)
	return 0
}

// work does what CHECK_OPERATION says, with a client of its own.
func work(ctx context.Context, env func(string) string) (records int, err error) {
	operations := map[string]func(context.Context, *client) (int, error){"": query, "query": query, "login": login}
	operation, known := operations[env("CHECK_OPERATION")]
	if !known {
		return 0, errUnsupported
	}
	c, err := newClient(env)
	if err != nil {
		return 0, err
	}
	defer c.http.CloseIdleConnections()
	return operation(ctx, c)
}
