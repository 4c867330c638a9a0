package drive

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/sfconform/sfconform/suites/client/evidence"
)

// Causes of the end of the context that a client within the process is given.
var (
	// ErrStopped: an operator ends the client, as SIGTERM does. What it has begun may
	// still be ended in good order.
	ErrStopped = errors.New("drive: the client is told to stop")
	// ErrKilled: the client ends at once.
	ErrKilled = errors.New("drive: the client is ended at once")
	// ErrTimedOut: its time is up.
	ErrTimedOut = errors.New("drive: the client's time is up")
)

// ErrUnsupported is what a client within the process returns for an operation that
// it does not have; exit code 127 of a command.
var ErrUnsupported = errors.New("drive: the client does not have the operation")

// crashed is the exit code of a Go program that panics.
const crashed = 2

// FuncOptions are for NewFunc; the zero value is ready for use.
type FuncOptions struct {
	// Operations says that the client heeds Env.Operation; Probe finds out.
	Operations bool
	// GraceFor is how long the client has to return once its context has ended; 0
	// means two seconds. It goes on running then, and the run says so.
	GraceFor time.Duration
	// Now is the time; nil means time.Now.
	Now func() time.Time
	// After gives a channel that is sent to after a time; nil means time.After.
	After func(time.Duration) <-chan time.Time
}

// Func drives a client that is a Go function of this process: the Go door.
type Func struct {
	client     func(ctx context.Context, env Env) error
	options    FuncOptions
	clock      clock
	operations operations
}

var _ Driver = (*Func)(nil)

// NewFunc drives a function. Its context ends when the scenario ends it, with the
// cause ErrStopped, ErrKilled or ErrTimedOut. The error that it returns is what the
// client says to its operator; a panic is a crash of the client.
func NewFunc(client func(ctx context.Context, env Env) error, o FuncOptions) *Func {
	if o.GraceFor == 0 {
		o.GraceFor = defaultGrace
	}
	f := &Func{client: client, options: o, clock: clock{o.Now, o.After}.withDefaults()}
	f.operations.Store(o.Operations)
	return f
}

// Traits say that neither output nor files nor a process can be seen.
func (f *Func) Traits() Traits { return Traits{Operations: f.operations.Load()} }

// Close does nothing: nothing runs between two runs.
func (f *Func) Close() error { return nil }

// Run calls the function once.
func (f *Func) Run(ctx context.Context, job Job) (evidence.Run, error) {
	run := evidence.Run{Operation: job.Operation}
	if ctx.Err() != nil {
		return run, context.Cause(ctx)
	}
	settings, err := job.settings()
	if err != nil {
		return run, err
	}
	env := Env{job: job, settings: settings, checks: &checkValues{}}
	run.Began = f.clock.Now()
	inner, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	f.wait(ctx, &run, job, cancel, f.call(inner, env))
	run.Ended = f.clock.Now()
	run.Checks = env.checks.merged()
	if ctx.Err() != nil {
		return run, context.Cause(ctx)
	}
	return run, nil
}

// returned is how a call ended.
type returned struct {
	err     error
	crashed bool
}

// call has the function run in a goroutine of its own, so that neither a panic nor
// runtime.Goexit (t.FailNow) ends the harness.
func (f *Func) call(ctx context.Context, env Env) <-chan returned {
	ended := make(chan returned, 1)
	go func() {
		result := returned{err: errors.New("the client ended its goroutine and returned nothing"), crashed: true}
		defer func() {
			if value := recover(); value != nil {
				result.err = fmt.Errorf("panic: %v\n%s", value, debug.Stack())
			}
			ended <- result
		}()
		err := f.client(ctx, env)
		result = returned{err: err}
	}()
	return ended
}

// wait ends the context for what the scenario wants, and waits for the function.
func (f *Func) wait(ctx context.Context, run *evidence.Run, job Job, cancel context.CancelCauseFunc, ended <-chan returned) {
	stop, kill, canceled, limit := job.Stop, job.Kill, ctx.Done(), f.clock.afterLimit(job.Limit)
	var late <-chan time.Time
	var stopped time.Time
	for {
		select {
		case result := <-ended:
			if run.Exit.Stopped {
				run.Exit.StopTook = f.clock.Now().Sub(stopped)
			}
			result.note(run)
			return
		case <-stop:
			stop = nil
			run.Exit.Stopped, stopped = true, f.clock.Now()
			cancel(ErrStopped)
			continue
		case <-kill:
			kill = nil
			cancel(ErrKilled)
		case <-canceled:
			canceled = nil
		case <-limit:
			limit, run.Exit.TimedOut = nil, true
			cancel(ErrTimedOut)
		case <-late:
			run.Exit.Code = -1
			run.Left = append(run.Left, "the function, which does not return though its context has ended")
			return
		}
		if late == nil {
			late = f.clock.After(f.options.GraceFor)
		}
	}
}

// note makes the result the exit that a program would have. Returning the end of
// the context when told to stop is a good end.
func (r returned) note(run *evidence.Run) {
	switch {
	case r.err == nil:
		return
	case r.crashed:
		run.Exit.Code = crashed
	case errors.Is(r.err, ErrUnsupported):
		run.Exit.Code, run.Exit.Unsupported = unsupported, true
	case run.Exit.Stopped && (errors.Is(r.err, context.Canceled) || errors.Is(r.err, ErrStopped)):
	default:
		run.Exit.Code = 1
	}
	run.Err = r.err.Error()
}

// Probe asks for an invented operation: ErrUnsupported means that the client heeds
// Env.Operation.
func (f *Func) Probe(ctx context.Context) (operations bool, err error) {
	return f.operations.probe(ctx, f)
}
