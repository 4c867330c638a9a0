package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"slices"
	"time"

	"github.com/sfconform/sfconform/mocksf/reach"
)

const execUsage = `mocksf exec [flags] -- COMMAND ARG... starts a fake with a proxy, runs COMMAND with
everything set that leads a client to it, and ends with COMMAND's own exit code.

  mocksf exec -- npm test
  mocksf exec --org acme.yaml -- sh -c 'curl "$SF_TOKEN_URL" ...'

The flags are those of mocksf. COMMAND gets this environment, the SF_ variables of the
org, and the variables of every runtime (mocksf env prints them).
SIGINT, SIGTERM and SIGHUP go to COMMAND and what it started; what has not ended ten
seconds later is killed. Nothing that COMMAND started in its process group outlives it.

Exit codes: COMMAND's, or 128 + the signal that ended it; 126 it cannot be executed,
127 it is not found, 2 usage or configuration, 3 mocksf itself failed.
`

// Exit codes of a command that did not run, as POSIX has them (sh, "Exit Status for Commands").
const (
	exitNotExecutable = 126
	exitNotFound      = 127
)

// exitStatus is the exit code of the command that exec ran. mocksf ends with it
// and prints nothing about it.
type exitStatus int

func (s exitStatus) Error() string { return fmt.Sprintf("the command ended with exit code %d", int(s)) }

// startFake starts a fake with a proxy. The arguments are flags of serve, stderr is
// for warnings and the log. stop ends it and removes its files.
type startFake func(ctx context.Context, args []string, stderr io.Writer) (r reach.Reach, stop func() error, err error)

// execCommand is `mocksf exec`.
type execCommand struct {
	// environ and stdin are the caller's.
	environ []string
	stdin   io.Reader
	start   startFake
	// signals are those to hand on; nil means the process's own.
	signals <-chan os.Signal
	// grace is how long the command has to end after a signal; 0 means ten seconds.
	grace time.Duration
}

func (c execCommand) run(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	flags, command, err := splitCommand(args, stdout)
	if err != nil {
		return err
	}
	path, err := exec.LookPath(command[0])
	if err != nil {
		return cannotRun(command[0], err)
	}
	signals, release := c.listen()
	defer release()
	// The fake serves until the command is over, whatever ends it.
	r, stop, err := c.start(context.WithoutCancel(ctx), flags, stderr)
	if err != nil {
		return err
	}
	defer func() { err = andThen(err, stop(), stderr) }()

	env, err := c.environment(r)
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(context.WithoutCancel(ctx), path, command[1:]...) //nolint:gosec // the user names the command
	cmd.Args[0], cmd.Env = command[0], env
	cmd.Stdin, cmd.Stdout, cmd.Stderr = c.stdin, stdout, stderr
	cmd.WaitDelay = waitDelay
	g := group{cmd: cmd, own: !readsTerminal(c.stdin)}
	if err := g.start(); err != nil {
		return cannotRun(command[0], err)
	}
	return g.wait(ctx, signals, c.graceOrDefault())
}

// environment is the caller's, with what leads every runtime to the fake.
func (c execCommand) environment(r reach.Reach) ([]string, error) {
	env := slices.Clone(c.environ)
	for _, v := range r.VariablesFor(nil, reach.In(c.environ)) {
		if err := checkVariable(v); err != nil {
			return nil, err
		}
		env = append(env, v.Name+"="+v.Value)
	}
	return env, nil
}

// waitDelay is how long output is waited for that a process holds open which the
// command left behind.
const waitDelay = time.Second

func (c execCommand) graceOrDefault() time.Duration {
	if c.grace == 0 {
		return 10 * time.Second
	}
	return c.grace
}

// splitCommand parts the flags of the fake from the command.
func splitCommand(args []string, stdout io.Writer) (flags, command []string, err error) {
	at := slices.Index(args, "--")
	flags = args
	if at >= 0 {
		flags, command = args[:at], args[at+1:]
	}
	for _, help := range []string{"-h", "-help", "--help"} {
		if slices.Contains(flags, help) {
			_, _ = io.WriteString(stdout, execUsage)
			return nil, nil, flag.ErrHelp
		}
	}
	if len(command) == 0 || command[0] == "" {
		return nil, nil, usageError("exec which command? mocksf exec [flags] -- COMMAND ARG... (mocksf exec --help)")
	}
	return flags, command, nil
}

// cannotRun says why a command did not start, with the code that a shell would give.
func cannotRun(name string, err error) error {
	code, why := exitNotExecutable, "cannot be executed"
	switch {
	case errors.Is(err, exec.ErrDot):
		code, why = exitNotFound, "is found in the current directory alone: write ./"+name
	case errors.Is(err, exec.ErrNotFound), errors.Is(err, fs.ErrNotExist):
		code, why = exitNotFound, "is not found"
	}
	return codedError{code: code, err: fmt.Errorf("exec: command %q %s (%w)", name, why, err)}
}

// andThen keeps the command's own exit code if the fake does not end well either.
func andThen(err, stopped error, stderr io.Writer) error {
	if err == nil || stopped == nil {
		return errors.Join(err, stopped)
	}
	_, _ = fmt.Fprintln(stderr, "mocksf:", stopped)
	return err
}
