package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/sfconform/sfconform/fixtures/spell"
)

// Exit codes.
const (
	exitOK = 0
	// exitProblem: check-org found errors in the file.
	exitProblem = 1
	// exitUsage: flags, files or settings are wrong.
	exitUsage = 2
	// exitFailed: the fake itself failed.
	exitFailed = 3
)

// codedError is an error with the exit code that it ends in.
type codedError struct {
	code int
	err  error
	// inFile: the org file was read and something in it is wrong.
	inFile bool
}

func (e codedError) Error() string { return e.err.Error() }
func (e codedError) Unwrap() error { return e.err }

func usageError(format string, args ...any) error {
	return codedError{code: exitUsage, err: fmt.Errorf(format, args...)}
}

// report prints an error and says with which code to exit.
func report(err error, stderr io.Writer) int {
	if errors.Is(err, flag.ErrHelp) {
		return exitOK
	}
	if status, ok := errors.AsType[exitStatus](err); ok {
		return int(status)
	}
	code, prefix := exitFailed, "mocksf: "
	if coded, ok := errors.AsType[codedError](err); ok {
		code = coded.code
		if coded.inFile {
			// Each line begins with the file's name, so that editors find the place.
			prefix = ""
		}
	}
	_, _ = fmt.Fprintln(stderr, prefix+strings.TrimPrefix(err.Error(), "mocksf: "))
	return code
}

func unknownCommand(name string) command {
	known := []string{"serve", "exec", "env", "check-org", "version", "help"}
	return func(context.Context, []string, io.Writer, io.Writer) error {
		if near := spell.Nearest(name, known); near != "" {
			return usageError("unknown command %q: did you mean %q? (mocksf --help shows how to use it)", name, near)
		}
		return usageError("unknown command %q: there are %s (mocksf --help shows how to use it)", name, strings.Join(known, ", "))
	}
}

// parseFlags parses the arguments and names the nearest flag for one that is unknown.
func parseFlags(set *flag.FlagSet, args []string, usage string, stdout io.Writer) error {
	set.SetOutput(io.Discard)
	set.Usage = func() {}
	err := set.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		_, _ = io.WriteString(stdout, usage)
		return err
	}
	if err == nil {
		return nil
	}
	text := err.Error()
	if name, unknown := strings.CutPrefix(text, "flag provided but not defined: -"); unknown {
		text = "unknown flag --" + strings.TrimPrefix(name, "-")
		var names []string
		set.VisitAll(func(f *flag.Flag) { names = append(names, f.Name) })
		if near := spell.Nearest(strings.TrimPrefix(name, "-"), names); near != "" {
			text += ": did you mean --" + near + "?"
		}
	}
	return usageError("%s (mocksf --help lists the flags)", text)
}
