package drive

import (
	"context"
	"maps"
	"sync"
	"time"

	"github.com/sfconform/sfconform/suites/client/evidence"
)

// Lines drives a client that is one long-lived program, which takes its work as JSON
// lines on standard input and answers on standard output: for the authors of
// libraries, because it is fast and shows what one piece of work leaves behind for
// the next. DRIVERS.md beside this file is the protocol in full.
//
// A request is
//
//	{"id":1,"scenario":"...","operation":"query","env":{"SF_LOGIN_URL":"..."},"context":{}}
//
// and its answer one of
//
//	{"id":1,"ok":true,"records":1234}
//	{"id":1,"ok":false,"error":"what the operator is told"}
//	{"id":1,"ok":false,"unsupported":true}
//
// in any order; requests may be worked on side by side. {"cancel":1} asks to give a
// request up, which is still answered. The program ends at the end of its input, and
// at once on SIGTERM.
type Lines struct {
	command    *Command
	operations operations

	mu      sync.Mutex
	program *program
	lastID  int
}

var (
	_ Driver = (*Lines)(nil)
	_ Prober = (*Lines)(nil)
)

// NewLines checks the options, which are those of a command. The program is started
// with the first run, and again after a crash.
func NewLines(o CommandOptions) (*Lines, error) {
	c, err := NewCommand(o)
	if err != nil {
		return nil, err
	}
	l := &Lines{command: c}
	l.operations.Store(o.Operations)
	return l, nil
}

// Traits say that the output can be seen. One process does all the work, so that
// files and command lines belong to no single run.
func (l *Lines) Traits() Traits { return Traits{Output: true, Operations: l.operations.Load()} }

// Probe asks for an invented operation: "unsupported" means that the client heeds it.
func (l *Lines) Probe(ctx context.Context) (operations bool, err error) {
	return l.operations.probe(ctx, l)
}

// Close ends the program: by the end of its input, then SIGTERM, then SIGKILL.
func (l *Lines) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.program == nil {
		return nil
	}
	err := l.program.close()
	l.program = nil
	return err
}

// running is the program, started if it does not run, and the number of a request.
func (l *Lines) running() (*program, int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lastID++
	if l.program != nil && !l.program.over() {
		return l.program, l.lastID, nil
	}
	if l.program != nil {
		// What the last one left is removed; that it crashed is the verdict of its runs.
		_ = l.program.close()
		l.program = nil
	}
	p, err := startProgram(l.command)
	if err != nil {
		return nil, 0, err
	}
	l.program = p
	return p, l.lastID, nil
}

// Run sends one request and waits for its answer. When the job is to be stopped or
// its time is up the request is cancelled; if it is to be killed, or is not answered
// within the grace then, the program is ended, with all that it is working on.
func (l *Lines) Run(ctx context.Context, job Job) (evidence.Run, error) {
	run := evidence.Run{Operation: job.Operation}
	if ctx.Err() != nil {
		return run, context.Cause(ctx)
	}
	settings, err := job.settings()
	if err != nil {
		return run, err
	}
	p, id, err := l.running() //nolint:contextcheck // the program outlives the run that starts it
	if err != nil {
		return run, err
	}
	maps.Copy(settings, mapped(l.command.options.Map, settings))
	c := l.command.clock
	run.Began = c.Now()
	w := p.begin(id)
	p.send(request{ID: id, Scenario: job.Scenario, Operation: job.Operation, Env: settings, Context: job.Context})
	l.wait(ctx, &run, job, p, w)
	run.Ended = c.Now()
	p.end(id, &run)
	if ctx.Err() != nil {
		return run, context.Cause(ctx)
	}
	return run, nil
}

func (l *Lines) wait(ctx context.Context, run *evidence.Run, job Job, p *program, w *work) {
	c := l.command.clock
	stop, kill, canceled, limit := job.Stop, job.Kill, ctx.Done(), c.afterLimit(job.Limit)
	var late <-chan time.Time
	var stopped time.Time
	for {
		select {
		case a := <-w.answered:
			if run.Exit.Stopped {
				run.Exit.StopTook = c.Now().Sub(stopped)
			}
			a.note(run)
			return
		case <-p.ended:
			p.crash(run, w)
			return
		case <-stop:
			stop = nil
			run.Exit.Stopped, stopped = true, c.Now()
			p.send(cancellation{w.id})
		case <-limit:
			limit, run.Exit.TimedOut = nil, true
			p.send(cancellation{w.id})
			late = c.After(l.command.options.GraceFor)
		case <-late:
			late = nil
			p.kill()
		case <-kill:
			kill = nil
			p.kill()
		case <-canceled:
			canceled = nil
			p.kill()
		}
	}
}
