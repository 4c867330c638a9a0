package drive

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/sfconform/sfconform/suites/client/evidence"
)

// ManualOptions are for NewManual; the zero value writes to no terminal.
type ManualOptions struct {
	// Terminal says that out is one: the countdown and secrets are shown there alone.
	Terminal bool
	// Who answers the questions, for the report.
	Who string
	// Now is the time; nil means time.Now.
	Now func() time.Time
	// After gives a channel that is sent to after a time; nil means time.After.
	After func(time.Duration) <-chan time.Time
	// Stop ends the whole run when the person types stop; nil means that it cannot be
	// ended so.
	Stop func()
}

// Manual has a person drive a client that nothing else can start: a closed product.
// There is one person, so that it runs one job at a time.
type Manual struct {
	out     io.Writer
	options ManualOptions
	clock   clock
	// typed are the lines of the person; closed at the end of the input.
	typed <-chan string
	// jobs is how many have been shown.
	jobs int
	quit chan struct{}
	once sync.Once
	// late: the last run ended before the person pressed Enter, who may do so yet.
	late bool
}

var _ Driver = (*Manual)(nil)

// NewManual reads what the person types from in, and shows on out what to do.
func NewManual(in io.Reader, out io.Writer, o ManualOptions) *Manual {
	m := &Manual{out: out, options: o, clock: clock{o.Now, o.After}.withDefaults(), quit: make(chan struct{})}
	m.typed = m.read(in)
	return m
}

// read is one goroutine for the life of the driver, because a read cannot be taken
// back: what was typed late must not be lost for the next question.
func (m *Manual) read(in io.Reader) <-chan string {
	typed := make(chan string)
	go func() {
		defer close(typed)
		lines := bufio.NewScanner(in)
		for lines.Scan() {
			select {
			case typed <- strings.TrimSpace(lines.Text()):
			case <-m.quit:
				return
			}
		}
	}()
	return typed
}

// Traits say that a person does it, and can be told what to do.
func (m *Manual) Traits() Traits { return Traits{Operations: true, Manual: true} }

// Close stops heeding what is typed.
func (m *Manual) Close() error {
	m.once.Do(func() { close(m.quit) })
	return nil
}

// Run shows what to configure and to do, and waits until the person presses Enter
// (types skip, if the product cannot do it), or until Stop, Kill or the limit.
func (m *Manual) Run(ctx context.Context, job Job) (evidence.Run, error) {
	run := evidence.Run{Operation: job.Operation, Began: m.clock.Now()}
	if ctx.Err() != nil {
		return run, context.Cause(ctx)
	}
	if m.late {
		select {
		case <-m.typed:
		default:
		}
	}
	if err := m.show(job); err != nil {
		return run, err
	}
	err := m.wait(ctx, &run, job)
	m.late = run.Exit.Stopped || run.Exit.TimedOut
	run.Ended = m.clock.Now()
	return run, err
}

// ErrNobody is returned when the input has ended, so that nobody can say that the
// work is done, and nothing else ends the run.
var ErrNobody = errors.New("drive: nobody is there: the manual mode reads what a person types, and its input has ended")

func (m *Manual) wait(ctx context.Context, run *evidence.Run, job Job) error {
	limit, tick := m.clock.afterLimit(job.Limit), m.tick()
	for {
		select {
		case text, open := <-m.typed:
			if !open {
				return ErrNobody
			}
			return m.done(text, run)
		case <-job.Stop:
			run.Exit.Stopped = true
			return m.say("Enough has been seen.\n")
		case <-job.Kill:
			return m.say("Enough has been seen.\n")
		case <-limit:
			run.Exit.TimedOut = true
			return m.say("The time is up.\n")
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-tick:
			left := job.Limit - m.clock.Now().Sub(run.Began)
			if err := m.say("\rwaiting, %s left ", left.Round(time.Second)); err != nil {
				return err
			}
			tick = m.tick()
		}
	}
}

// errStopped is returned when the person has ended the run.
var errStopped = errors.New("drive: the person at the product has ended the run")

// done is what the person says when the work is done.
func (m *Manual) done(text string, run *evidence.Run) error {
	switch strings.ToLower(text) {
	case "skip", "s":
		run.Exit.Code, run.Exit.Unsupported = unsupported, true
	case "stop":
		return m.stopped()
	}
	return nil
}

// stopped ends the run, if that is to be had.
func (m *Manual) stopped() error {
	if m.options.Stop == nil {
		return m.say("The run cannot be ended from here.\n")
	}
	m.options.Stop()
	return errStopped
}

// tick is the time to renew the countdown, on a terminal.
func (m *Manual) tick() <-chan time.Time {
	if !m.options.Terminal {
		return nil
	}
	return m.clock.After(time.Second)
}

func (m *Manual) say(format string, values ...any) error {
	if _, err := fmt.Fprintf(m.out, format, values...); err != nil {
		return fmt.Errorf("drive: nothing can be shown to the person: %w", err)
	}
	return nil
}
