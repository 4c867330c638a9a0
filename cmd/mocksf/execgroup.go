package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"time"

	"github.com/sfconform/sfconform/mocksf/processgroup"
)

// group is a command and all that it starts.
type group struct {
	cmd *exec.Cmd
	// own: it is a process group of its own. At a terminal it stays in ours, because
	// another one could not read from there.
	own bool
}

func (g group) start() error {
	if g.own {
		return processgroup.Start(g.cmd)
	}
	return g.cmd.Start()
}

// send signals the group, or the command alone where the group is ours. Processes
// that have ended already are no error.
func (g group) send(s os.Signal) {
	if g.own {
		processgroup.Signal(g.cmd, s)
		return
	}
	processgroup.SignalAlone(g.cmd, s)
}

// wait hands signals on until the command has ended, and leaves nothing of the
// group behind. The error is the command's exit status, or nil for 0.
func (g group) wait(ctx context.Context, signals <-chan os.Signal, grace time.Duration) error {
	ended := make(chan error, 1)
	go func() { ended <- g.cmd.Wait() }()
	var late <-chan time.Time
	canceled := ctx.Done()
	for {
		select {
		case err := <-ended:
			if g.own {
				g.send(syscall.SIGKILL)
			}
			return g.status(err)
		case s := <-signals:
			// A terminal sends its own to the whole group, and an interactive command
			// knows better than we whether it ends then.
			if s == os.Interrupt && !g.own {
				continue
			}
			g.send(s)
		case <-canceled:
			canceled = nil
			if bySignal(ctx) {
				continue
			}
			g.send(syscall.SIGTERM)
		case <-late:
			g.send(syscall.SIGKILL)
			continue
		}
		if late == nil {
			late = time.After(grace)
		}
	}
}

// bySignal says that a signal ended the context: it arrives on our own channel as
// well. The cause that signal.NotifyContext gives is context.Canceled by errors.Is.
func bySignal(ctx context.Context) bool {
	return context.Cause(ctx) != context.Canceled //nolint:errorlint // see above
}

// status makes the error of Wait the exit status that a shell would give.
func (g group) status(err error) error {
	var exited *exec.ExitError
	if err != nil && !errors.As(err, &exited) && !errors.Is(err, exec.ErrWaitDelay) {
		return err
	}
	code := g.cmd.ProcessState.ExitCode()
	if ws, ok := g.cmd.ProcessState.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
		code = 128 + int(ws.Signal())
	}
	if code == 0 {
		return nil
	}
	return exitStatus(code)
}

// listen gives the signals to hand on, until release.
func (c execCommand) listen() (signals <-chan os.Signal, release func()) {
	if c.signals != nil {
		return c.signals, func() {}
	}
	own := make(chan os.Signal, 4)
	signal.Notify(own, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	return own, func() { signal.Stop(own) }
}

// readsTerminal says whether somebody types what the command reads. The null device
// is one of characters too, but no terminal.
func readsTerminal(stdin io.Reader) bool {
	f, ok := stdin.(*os.File)
	if !ok || !isTerminal(f) {
		return false
	}
	info, err := f.Stat()
	if err != nil {
		return false
	}
	null, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(info, null)
}
