// Package drive starts the client under test and watches it from outside: a command
// of any language, a program that takes its work by JSON lines, a Go function, or a
// person at a closed product (client-requirements.md section 3.1).
package drive

import (
	"context"
	"time"

	"github.com/sfconform/sfconform/suites/client/evidence"
)

// Driver is a way to have the client do something.
type Driver interface {
	// Run starts the client once and waits until it has ended, its time is up, or the
	// context is done; whatever happens, nothing of it is left behind. An error is the
	// harness's own failure (the command is not found), never the client's.
	Run(ctx context.Context, job Job) (evidence.Run, error)
	// Traits say what of the client can be seen and done.
	Traits() Traits
	// Close ends what the driver itself has running.
	Close() error
}

// Job is one start of the client.
type Job struct {
	// Scenario and Operation are CHECK_SCENARIO and CHECK_OPERATION; Context is
	// CHECK_CONTEXT, as JSON.
	Scenario, Operation string
	Context             map[string]any
	// Title says what happens there, for a person.
	Title string
	// Env are the settings of the contract by name: SF_LOGIN_URL and so on. A name with
	// an empty value is set and empty; one that is not here is not set.
	Env map[string]string
	// Home is a folder that starts of the same Home share, HOME and working directory
	// and TMPDIR below it; empty means a fresh one that is removed at the end.
	Home string
	// ProxyURL is the proxy by which the client reaches the org; empty means directly.
	// AuthorityPEM is what it has to trust. Both are told to it in the ways of its runtime.
	ProxyURL     string
	AuthorityPEM []byte
	// Limit is how long the client may take; it is ended then.
	Limit time.Duration
	// Stop, once closed, has the client ended as an operator would: SIGTERM.
	Stop <-chan struct{}
	// Kill, once closed, has the client ended at once.
	Kill <-chan struct{}
}

// Traits say what of a client can be seen and done.
type Traits struct {
	// Output: what it writes can be seen. Files: what it leaves can be seen.
	Output, Files bool
	// Process: it is started afresh for each run, with its own environment, time zone
	// and command line, and can be sent a signal.
	Process bool
	// Operations: it is told what to do; if not, it does what it does.
	Operations bool
	// ComposedURL: the mapping of its settings writes something round the login URL, so
	// that no URL of its own making can be seen.
	ComposedURL bool
	// Manual: a person starts it, so that nothing is hurried and nothing repeated.
	Manual bool
}
