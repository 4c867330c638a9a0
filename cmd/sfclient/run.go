package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/sfconform/sfconform/flows"
)

const version = "0.1.0"

// Exit codes. A harness takes 0, 1 and 127 for an answer and anything else for a crash, so that under one wrong usage is
// a failure like any other; 127 is what it expects for an operation that the client does not have.
const (
	exitOK          = 0
	exitFailed      = 1
	exitUsage       = 2
	exitUnsupported = 127
)

// streams are the process's standard streams.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// session is one run of an operation.
type session struct {
	streams
	settings *settings
	flow     flows.Flow
	source   *flows.TokenSource
	client   *flows.Client
	argument string // what follows the operation's name; empty for none
	checked  bool   // a harness is watching: print the CHECK line, and keep to its exit codes

	about  string              // which org a message is about, where there are two
	rename func(string) string // how this org's settings are named; nil for as they are
}

func run(ctx context.Context, args []string, env func(string) string, stdin io.Reader, stdout, stderr io.Writer) int {
	s := &session{
		streams: streams{in: stdin, out: stdout, err: &lockedWriter{to: stderr}},
		checked: env("CHECK_SCENARIO")+env("CHECK_OPERATION") != "",
	}
	err := s.run(ctx, args, env)
	switch {
	case err == nil:
		return exitOK
	case ctx.Err() != nil:
		say(stderr, "stopped by a signal")
		return exitFailed
	}
	return s.explain(err)
}

func (s *session) run(ctx context.Context, args []string, env func(string) string) error {
	parsed, err := parseSettings(args, env)
	if err != nil {
		return err
	}
	s.settings = parsed
	if parsed.isOn("version") {
		_, err := fmt.Fprintln(s.out, "sfclient", version)
		return err
	}
	if parsed.isOn("help") {
		return printHelp(s.out)
	}
	chosen, err := s.choose(env)
	if err != nil {
		return err
	}
	if chosen.name == "query" && s.argument == "" && parsed.get("batch-size") == "" {
		parsed.values["batch-size"] = defaultQueryBatch
	}
	if err := s.connect(); err != nil {
		return err
	}
	return chosen.run(ctx, s)
}

// choose finds the operation: the one on the command line, or the one that a harness asks for. A harness that asks for
// another than the command line names is right to be told that it cannot have it.
func (s *session) choose(env func(string) string) (operation, error) {
	asked := strings.TrimSpace(env("CHECK_OPERATION"))
	words := splitArgument(s.settings.words)
	if asked != "" {
		name, argument, _ := strings.Cut(asked, ":")
		chosen, found := findOperation(name)
		switch {
		case !found || argument != "" && chosen.argument == "":
			return operation{}, unsupportedError{asked}
		case len(words) > 0 && words[0] != name:
			return operation{}, usageError{fmt.Sprintf("CHECK_OPERATION asks for %q and the command line for %q", asked, words[0]), "unset one of them"}
		case len(words) == 0:
			words = []string{name}
		}
		s.argument = argument
	}
	if len(words) == 0 {
		return operation{}, usageError{"no operation", "name one of: " + strings.Join(operationNames(), ", ") + "; sfclient --help explains them"}
	}
	chosen, found := findOperation(words[0])
	if !found {
		return operation{}, usageError{fmt.Sprintf("unknown operation %q", words[0]), suggest(words[0], operationNames(), "")}
	}
	return chosen, s.takeArgument(chosen, words[1:])
}

// splitArgument takes "burst:20" on the command line, too.
func splitArgument(words []string) []string {
	if len(words) == 0 {
		return nil
	}
	name, argument, found := strings.Cut(words[0], ":")
	if _, known := findOperation(name); !found || !known {
		return words
	}
	return append([]string{name, argument}, words[1:]...)
}

func (s *session) takeArgument(chosen operation, words []string) error {
	switch {
	case len(words) == 0:
		return nil
	case chosen.argument == "":
		return usageError{chosen.name + " takes no argument", "see sfclient --help"}
	case len(words) > 1:
		return usageError{fmt.Sprintf("%s takes one argument, got %d", chosen.name, len(words)), "put the " + chosen.argument + " in quotes"}
	}
	s.argument = words[0]
	return nil
}

// connect builds the client; no request is sent before the operation runs.
func (s *session) connect() error {
	flow, err := s.settings.buildFlow(s.err)
	if err != nil {
		return err
	}
	options, err := s.settings.buildOptions(s.err)
	if err != nil {
		return err
	}
	source, err := flows.NewTokenSource(flow, options)
	if err != nil {
		return err
	}
	s.flow, s.source, s.client = flow, source, flows.NewClient(source)
	return nil
}

// lockedWriter lets calls that run side by side share a stream.
type lockedWriter struct {
	mu sync.Mutex
	to io.Writer
}

func (w *lockedWriter) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.to.Write(p)
}

// say writes one line to a stream whose failure cannot be reported anywhere else.
func say(w io.Writer, format string, values ...any) {
	_, _ = fmt.Fprintf(w, "sfclient: "+format+"\n", values...)
}

// usageError is a mistake on the command line or in the settings: exit code 2.
type usageError struct{ problem, fix string }

func (e usageError) Error() string { return e.problem }

// unsupportedError is an operation that a harness asked for and the client does not have: exit code 127.
type unsupportedError struct{ operation string }

func (e unsupportedError) Error() string {
	return fmt.Sprintf("operation %q is not supported", e.operation)
}

var errNotWritten = errors.New("the output could not be written")
