package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// Exit codes, as --help documents them.
const (
	exitConforms = 0
	exitDeparts  = 1
	exitUsage    = 2
	exitHarness  = 3
)

// exitError ends the program with a code. A nil err means that all has been said.
type exitError struct {
	code int
	err  error
}

// Error is the message; empty if there is nothing more to say.
func (e *exitError) Error() string {
	if e.err == nil {
		return ""
	}
	return e.err.Error()
}

// Unwrap returns the cause.
func (e *exitError) Unwrap() error { return e.err }

func usageError(format string, args ...any) error {
	return &exitError{exitUsage, fmt.Errorf(format, args...)}
}

func harnessError(err error) error { return &exitError{exitHarness, err} }

// conclude prints what is left to say about an error and returns the exit code.
func conclude(err error, stderr io.Writer) int {
	if err == nil {
		return exitConforms
	}
	code := exitHarness
	if e := (*exitError)(nil); errors.As(err, &e) {
		code = e.code
	}
	if text := err.Error(); text != "" {
		_, _ = fmt.Fprintln(stderr, "sfconform: "+strings.TrimPrefix(text, "sfconform: "))
	}
	return code
}
