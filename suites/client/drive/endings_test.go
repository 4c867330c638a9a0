//go:build unix

package drive_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/evidence"
)

func TestStopSendsSIGTERM(t *testing.T) {
	t.Parallel()
	for behaviour, want := range map[string]evidence.Exit{
		"gentle": {Stopped: true},
		"wait":   {Stopped: true, Code: -1, Signal: "SIGTERM"},
	} {
		e, stop := listen(t), make(chan struct{})
		ended := begin(t.Context(), command(t, behaviour, e.address()), drive.Job{Limit: time.Minute, Stop: stop})
		conn := e.heard(t)
		close(stop)
		gone(conn)
		got := <-ended
		took := got.run.Exit.StopTook
		got.run.Exit.StopTook = 0
		if got.err != nil || took <= 0 || got.run.Exit != want {
			t.Errorf("%s: %+v after %v, want %+v; %v", behaviour, got.run.Exit, took, want, got.err)
		}
	}
}

func TestKillEndsEvenAStubbornClientAtOnce(t *testing.T) {
	t.Parallel()
	e, kill := listen(t), make(chan struct{})
	ended := begin(t.Context(), command(t, "stubborn", e.address()), drive.Job{Limit: time.Minute, Kill: kill})
	conn := e.heard(t)
	close(kill)
	gone(conn)
	if got := <-ended; got.err != nil || got.run.Exit != (evidence.Exit{Code: -1, Signal: "SIGKILL"}) {
		t.Errorf("%+v, %v", got.run.Exit, got.err)
	}
}

func TestAtItsLimitAClientIsToldFirstAndKilledThen(t *testing.T) {
	t.Parallel()
	for behaviour, want := range map[string]evidence.Exit{
		"gentle":   {TimedOut: true},
		"stubborn": {TimedOut: true, Code: -1, Signal: "SIGKILL"},
	} {
		e := listen(t)
		times := map[time.Duration]chan time.Time{time.Hour: make(chan time.Time), time.Minute: make(chan time.Time)}
		c := commandOf(t, drive.CommandOptions{
			Command: client(behaviour, e.address()), GraceFor: time.Minute,
			// The limit and the grace end when the test says so; all else in real time.
			After: func(d time.Duration) <-chan time.Time {
				if channel, ok := times[d]; ok {
					return channel
				}
				return time.After(d)
			},
		})
		ended := begin(t.Context(), c, drive.Job{Limit: time.Hour})
		conn := e.heard(t)
		times[time.Hour] <- time.Time{}
		if behaviour == "stubborn" {
			times[time.Minute] <- time.Time{}
		}
		gone(conn)
		if got := <-ended; got.err != nil || got.run.Exit != want {
			t.Errorf("%s: %+v, want %+v; %v", behaviour, got.run.Exit, want, got.err)
		}
	}
}

func TestTheEndOfTheContextEndsTheClientAndKeepsWhatItSaid(t *testing.T) {
	t.Parallel()
	e := listen(t)
	cause := errors.New("interrupted")
	ctx, cancel := context.WithCancelCause(t.Context())
	ended := begin(ctx, command(t, "stubborn", e.address()), drive.Job{Limit: time.Minute})
	conn := e.heard(t)
	cancel(cause)
	gone(conn)
	if got := <-ended; !errors.Is(got.err, cause) || got.run.Exit.Signal != "SIGKILL" {
		t.Errorf("%+v, %v", got.run.Exit, got.err)
	}
	if _, err := command(t, "env").Run(ctx, drive.Job{}); !errors.Is(err, cause) {
		t.Errorf("a start after the end: %v", err)
	}
}

func TestWhatAClientLeavesRunningIsNamedAndEnded(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("processes that left the group are found on Linux only")
	}
	for _, environment := range []string{"inherited", "bare"} {
		t.Run(environment, func(t *testing.T) {
			t.Parallel()
			its, parents, s := listen(t), listen(t), newSamples()
			c := commandOf(t, drive.CommandOptions{Command: client("daemon", its.address(), environment, parents.address()), After: s.after})
			ended := begin(t.Context(), c, drive.Job{Limit: time.Minute})
			daemon, parent := its.heard(t), parents.heard(t)
			// Without the environment it is known only from having been seen.
			s.wait()
			_ = parent.Close()
			gone(daemon)
			got := <-ended
			if got.err != nil || len(got.run.Left) != 1 || !strings.Contains(got.run.Left[0], "stubborn") || !got.run.Exit.Succeeded() {
				t.Errorf("left %q, %+v, %v", got.run.Left, got.run.Exit, got.err)
			}
		})
	}
}

func TestADaemonThatForgetsAllButItsOutputIsEnded(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("setsid"); err != nil || runtime.GOOS != "linux" {
		t.Skip("such a process can be made and found on Linux alone")
	}
	e := listen(t)
	// Twice forked, in a session of its own, with nothing of the environment, and too
	// fast to be sampled.
	script := `(setsid sh -c 'env -i "$0" as-client stubborn "$1" &' "$0" "$1" &)`
	c := commandOf(t, drive.CommandOptions{Command: []string{"sh", "-c", script, os.Args[0], e.address()}, Environ: os.Environ()})
	ended := begin(t.Context(), c, drive.Job{Limit: time.Minute})
	if got := <-ended; got.err != nil || len(got.run.Left) == 0 {
		t.Errorf("left %q, %v", got.run.Left, got.err)
	}
}

func TestABackgroundProcessOfTheGroupIsNamedAndEnded(t *testing.T) {
	t.Parallel()
	e := listen(t)
	script := `"$0" as-client stubborn "$1" &`
	c := commandOf(t, drive.CommandOptions{Command: []string{"sh", "-c", script, os.Args[0], e.address()}, Environ: os.Environ()})
	ended := begin(t.Context(), c, drive.Job{Limit: time.Minute})
	if got := <-ended; got.err != nil || len(got.run.Left) != 1 {
		t.Errorf("left %q, %v", got.run.Left, got.err)
	}
}

func TestCommandLinesOfToolsAreSeen(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("command lines are seen on Linux only")
	}
	e, stop, s := listen(t), make(chan struct{}), newSamples()
	c := commandOf(t, drive.CommandOptions{Command: client("tool", e.address(), "s3cret"), After: s.after})
	ended := begin(t.Context(), c, drive.Job{Limit: time.Minute, Stop: stop})
	conn := e.heard(t)
	s.wait()
	close(stop)
	gone(conn)
	got := <-ended
	if all := strings.Join(got.run.Arguments, "\n"); !strings.Contains(all, "--password=s3cret") || !strings.Contains(all, asClient+" tool ") {
		t.Errorf("seen: %q", got.run.Arguments)
	}
}

// samples tell a test that the processes of a client have been looked at.
type samples chan struct{}

func newSamples() samples { return make(samples, 1) }

// after is the seam for a driver, which asks for the next pause after each look.
func (s samples) after(d time.Duration) <-chan time.Time {
	select {
	case s <- struct{}{}:
	default:
	}
	return time.After(d)
}

// wait returns after a look that began after the call: the first one told of may be
// over already, and the second have begun before.
func (s samples) wait() {
	for range 3 {
		<-s
	}
}
