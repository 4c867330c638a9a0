package drive

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"syscall"
	"time"

	"github.com/sfconform/sfconform/mocksf/processgroup"
	"github.com/sfconform/sfconform/suites/client/evidence"
)

// process is a start of the client that runs.
type process struct {
	cmd         *exec.Cmd
	out, errs   *stream
	tree        *tree
	clock       clock
	grace       time.Duration
	ended       chan struct{}
	exit        evidence.Exit
	stopped     time.Time
	samplesDone int
}

// readers are given what a process writes, as it comes; each may be nil.
type readers struct{ stdout, stderr func([]byte) }

// startProcess starts the command, whose environment holds the mark, with output
// into pipes of ours, and with nothing to read unless the command says what.
func startProcess(cmd *exec.Cmd, mark string, c clock, grace time.Duration, r readers) (*process, error) {
	p := &process{cmd: cmd, clock: c, grace: grace, ended: make(chan struct{})}
	out, stdout, err := newStream(r.stdout)
	if err != nil {
		return nil, err
	}
	errs, stderr, err := newStream(r.stderr)
	if err != nil {
		_ = stdout.Close()
		out.end(nil)
		return nil, err
	}
	p.out, p.errs = out, errs
	cmd.Stdout, cmd.Stderr = stdout, stderr
	err = processgroup.Start(cmd)
	// The client alone writes to the pipes now, so that their end is its end.
	_ = errors.Join(stdout.Close(), stderr.Close())
	if err != nil {
		p.out.end(nil)
		p.errs.end(nil)
		return nil, err
	}
	p.tree = newTree(cmd, mark, p.out.from, p.errs.from)
	p.tree.sample()
	go func() {
		defer close(p.ended)
		// How it ended is in cmd.ProcessState.
		_ = cmd.Wait()
	}()
	return p, nil
}

// wait returns when the client has ended, and sees to it that it does.
func (p *process) wait(ctx context.Context, job Job) {
	stop, kill, canceled := job.Stop, job.Kill, ctx.Done()
	limit, tick := p.clock.afterLimit(job.Limit), p.clock.After(samplePause(0))
	var late <-chan time.Time
	for {
		select {
		case <-p.ended:
			p.leave()
			return
		case <-stop:
			stop = nil
			p.exit.Stopped, p.stopped = true, p.clock.Now()
			p.signal(syscall.SIGTERM)
		case <-kill:
			kill = nil
			p.signal(os.Kill)
		case <-canceled:
			canceled = nil
			p.signal(os.Kill)
		case <-limit:
			limit, p.exit.TimedOut = nil, true
			p.signal(syscall.SIGTERM)
			late = p.clock.After(p.grace)
		case <-late:
			late = nil
			p.signal(os.Kill)
		case <-tick:
			p.tree.sample()
			p.samplesDone++
			tick = p.clock.After(samplePause(p.samplesDone))
		}
	}
}

func (p *process) signal(s os.Signal) { processgroup.Signal(p.cmd, s) }

// samplePause is the time to the next look at the command lines: short at first,
// when a client starts its tools, then a second.
func samplePause(done int) time.Duration {
	switch {
	case done < 50:
		return 5 * time.Millisecond
	case done < 150:
		return 25 * time.Millisecond
	}
	return time.Second
}

// leave notes how the client itself ended.
func (p *process) leave() {
	if p.exit.Stopped {
		p.exit.StopTook = p.clock.Now().Sub(p.stopped)
	}
	state := p.cmd.ProcessState
	p.exit.Code = state.ExitCode()
	if status, ok := state.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		p.exit.Signal = signalName(status.Signal())
	}
	p.exit.Unsupported = p.exit.Code == unsupported
}

// unsupported is the exit code for an operation that a client does not have (facts:
// client requirements, section 3.1).
const unsupported = 127

// finish ends what the client left behind, and gives all that was seen.
func (p *process) finish(run *evidence.Run) {
	for _, m := range p.clear(run.Ended.Sub(run.Began)) {
		run.Left = append(run.Left, m.String())
	}
	// Each has a time of its own: a channel gives the time once, and the second to wait
	// for it would wait for ever.
	p.out.end(p.clock.After(drainFor))
	p.errs.end(p.clock.After(drainFor))
	run.Exit, run.Arguments = p.exit, p.tree.lines
	run.Stdout, run.Stderr = p.out.output(), p.errs.output()
}

// drainFor is how long output is waited for that a process holds open which could
// not be found.
const drainFor = 500 * time.Millisecond
