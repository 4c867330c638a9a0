//go:build unix

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/sfconform/sfconform/mocksf/reach"
)

// sample is a reach that leads nowhere.
var sample = reach.Reach{
	ProxyURL: "http://127.0.0.1:4711", CAFile: "/t/ca.pem", TrustStoreFile: "/t/t.jks", TrustStorePassword: "changeit",
	PHPConfigDir: "/t/php", Variables: []reach.Variable{{Name: "SF_LOGIN_URL", Value: "https://acme.my.salesforce.com"}},
}

// fakes starts fakes that are none, and counts.
type fakes struct {
	args             []string
	started, stopped int
	startErr, stop   error
}

func (f *fakes) start(_ context.Context, args []string, _ io.Writer) (reach.Reach, func() error, error) {
	f.started++
	f.args = args
	return sample, func() error { f.stopped++; return f.stop }, f.startErr
}

// command is an exec whose signals come from the test alone.
func (f *fakes) command(signals <-chan os.Signal) execCommand {
	if signals == nil {
		signals = make(chan os.Signal)
	}
	return execCommand{environ: os.Environ(), stdin: strings.NewReader("typed in"), start: f.start, signals: signals}
}

// exitCode is the code that main ends with.
func exitCode(err error, stderr io.Writer) int {
	var status exitStatus
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &status):
		return int(status)
	}
	return report(err, stderr)
}

func TestExecEndsWithTheCommandsOwnCode(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string, mode os.FileMode) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		return file
	}
	for name, tt := range map[string]struct {
		command []string
		code    int
		stderr  string
		unborn  bool
	}{
		"success":         {command: []string{"true"}},
		"failure":         {command: []string{"sh", "-c", "exit 7"}, code: 7},
		"killed":          {command: []string{"sh", "-c", "kill -KILL $$"}, code: 137},
		"terminated":      {command: []string{"sh", "-c", "kill -TERM $$"}, code: 143},
		"not in the path": {command: []string{"no-such-command"}, code: 127, stderr: `command "no-such-command" is not found`, unborn: true},
		"no such file":    {command: []string{dir + "/none"}, code: 127, stderr: "is not found", unborn: true},
		"a directory":     {command: []string{dir}, code: 126, stderr: "cannot be executed", unborn: true},
		"not executable":  {command: []string{write("plain", "#!/bin/sh\n", 0o600)}, code: 126, stderr: "permission denied", unborn: true},
		"no program":      {command: []string{write("data", "\x01\x02\x03\x04", 0o700)}, code: 126, stderr: "exec format error"},
		"no interpreter":  {command: []string{write("orphan", "#!/no/such/shell\n", 0o700)}, code: 127, stderr: "is not found"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var f fakes
			var stderr strings.Builder
			err := f.command(nil).run(t.Context(), append([]string{"--app", "a", "--"}, tt.command...), io.Discard, &stderr)
			if code := exitCode(err, &stderr); code != tt.code || !strings.Contains(stderr.String(), tt.stderr) {
				t.Errorf("exit %d, want %d; stderr %q lacks %q", code, tt.code, stderr.String(), tt.stderr)
			}
			if f.started != f.stopped || f.started == 0 != tt.unborn {
				t.Errorf("%d fakes started, %d stopped", f.started, f.stopped)
			}
			if !tt.unborn && !slices.Equal(f.args, []string{"--app", "a"}) {
				t.Errorf("the fake gets %q", f.args)
			}
		})
	}
}

func TestExecWithoutACommandIsAUsageError(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{nil, {"--"}, {"--", ""}, {"true"}, {"--app", "a"}} {
		var f fakes
		var stderr strings.Builder
		err := f.command(nil).run(t.Context(), args, io.Discard, &stderr)
		if code := exitCode(err, &stderr); code != exitUsage || !strings.Contains(stderr.String(), "-- COMMAND") || f.started > 0 {
			t.Errorf("%q: exit %d, stderr %q, %d fakes", args, code, stderr.String(), f.started)
		}
	}
	var stdout strings.Builder
	err := new(fakes).command(nil).run(t.Context(), []string{"--help"}, &stdout, io.Discard)
	if code := exitCode(err, io.Discard); code != exitOK || stdout.String() != execUsage {
		t.Errorf("help: exit %d, %q", code, stdout.String())
	}
}

func TestExecGivesTheCommandBothEnvironmentsAndTheStreams(t *testing.T) {
	t.Parallel()
	c := new(fakes).command(nil)
	c.environ = []string{"PATH=" + os.Getenv("PATH"), "MINE=kept", "HTTPS_PROXY=http://corporate", "SF_LOGIN_URL=https://real"}
	before := slices.Clone(c.environ)
	var stdout, stderr strings.Builder
	script := `cat; echo " $MINE $HTTPS_PROXY $SF_LOGIN_URL $NODE_EXTRA_CA_CERTS $1"; echo "to stderr" >&2`
	if err := c.run(t.Context(), []string{"--", "sh", "-c", script, "sh", "--help"}, &stdout, &stderr); err != nil {
		t.Fatal(err)
	}
	want := "typed in kept http://127.0.0.1:4711 https://acme.my.salesforce.com /t/ca.pem --help\n"
	if stdout.String() != want || stderr.String() != "to stderr\n" {
		t.Errorf("stdout %q, want %q; stderr %q", stdout.String(), want, stderr.String())
	}
	if !slices.Equal(c.environ, before) {
		t.Errorf("the caller's environment is %q", c.environ)
	}
}

func TestExecReportsAFakeThatDoesNotStartOrEnd(t *testing.T) {
	t.Parallel()
	broken := errors.New("mocksf: broken")
	for _, tt := range []struct {
		name   string
		fakes  fakes
		script string
		code   int
	}{
		{"start", fakes{startErr: usageError("broken")}, "exit 0", exitUsage},
		{"stop", fakes{stop: broken}, "exit 0", exitFailed},
		{"stop after a failure", fakes{stop: broken}, "exit 9", 9},
	} {
		var stderr strings.Builder
		err := tt.fakes.command(nil).run(t.Context(), []string{"--", "sh", "-c", tt.script}, io.Discard, &stderr)
		if code := exitCode(err, &stderr); code != tt.code || !strings.Contains(stderr.String(), "broken") {
			t.Errorf("%s: exit %d, want %d; stderr %q", tt.name, code, tt.code, stderr.String())
		}
	}
}

// running is an exec that a test signals once its command says "ready".
type running struct {
	said    *bufio.Scanner
	ended   chan error
	signals chan os.Signal
	fakes   *fakes
}

func runExec(ctx context.Context, t *testing.T, grace time.Duration, script string) running {
	t.Helper()
	r := running{ended: make(chan error, 1), signals: make(chan os.Signal, 2), fakes: new(fakes)}
	c := r.fakes.command(r.signals)
	c.grace = grace
	out, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = out.Close() })
	go func() {
		err := c.run(ctx, []string{"--", "sh", "-c", script}, in, os.Stderr)
		_ = in.Close()
		r.ended <- err
	}()
	r.said = bufio.NewScanner(out)
	if !r.said.Scan() || r.said.Text() != "ready" {
		t.Fatalf("the command says %q (%v)", r.said.Text(), <-r.ended)
	}
	return r
}

// rest is what the command says until nobody holds its standard output any more.
func (r running) rest() string {
	var lines []string
	for r.said.Scan() {
		lines = append(lines, r.said.Text())
	}
	slices.Sort(lines)
	return strings.Join(lines, ",")
}

// hangUpIgnored is read before any test listens for the signal.
var hangUpIgnored = signal.Ignored(syscall.SIGHUP)

const forever = "while :; do sleep 0.02; done"

func TestExecHandsSignalsToTheWholeGroupAndKillsWhatStays(t *testing.T) {
	t.Parallel()
	trap := func(signal string) string {
		return fmt.Sprintf("trap 'echo child; wait; exit 5' %[1]s; (trap 'echo grandchild; exit' %[1]s; echo ready; %[2]s) & %[2]s", signal, forever)
	}
	for name, tt := range map[string]struct {
		script string
		signal syscall.Signal
		grace  time.Duration
		code   int
		said   string
	}{
		// sh lets what it puts in the background ignore SIGINT.
		"interrupt": {"trap 'echo child; exit 5' INT; echo ready; " + forever, syscall.SIGINT, time.Minute, 5, "child"},
		"terminate": {trap("TERM"), syscall.SIGTERM, time.Minute, 5, "child,grandchild"},
		"hang up":   {trap("HUP"), syscall.SIGHUP, time.Minute, 5, "child,grandchild"},
		"untrapped": {"echo ready; " + forever, syscall.SIGTERM, time.Minute, 143, ""},
		"stubborn":  {"trap '' TERM; (" + forever + ") & echo ready; " + forever, syscall.SIGTERM, 50 * time.Millisecond, 137, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if tt.signal == syscall.SIGHUP && hangUpIgnored {
				t.Skip("this process ignores the signal (nohup), and so does every shell that it starts")
			}
			r := runExec(t.Context(), t, tt.grace, tt.script)
			r.signals <- tt.signal
			if code := exitCode(<-r.ended, os.Stderr); code != tt.code {
				t.Errorf("exit %d, want %d", code, tt.code)
			}
			// This ends only when the last process of the group has.
			if said := r.rest(); said != tt.said {
				t.Errorf("the group says %q, want %q", said, tt.said)
			}
			if r.fakes.stopped != 1 {
				t.Errorf("the fake was stopped %d times", r.fakes.stopped)
			}
		})
	}
}

func TestExecLeavesNothingOfTheGroupRunning(t *testing.T) {
	t.Parallel()
	r := runExec(t.Context(), t, 0, "(trap '' TERM HUP; "+forever+") & echo ready; exit 4")
	if code := exitCode(<-r.ended, os.Stderr); code != 4 {
		t.Errorf("exit %d", code)
	}
	_ = r.rest()
}

func TestExecTerminatesTheCommandWhenItsContextEnds(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	r := runExec(ctx, t, time.Minute, "echo ready; "+forever)
	cancel()
	if code := exitCode(<-r.ended, os.Stderr); code != 143 {
		t.Errorf("exit %d", code)
	}
}

// Not in parallel: every exec of this process would hear the signal.
func TestExecTakesTheSignalsOfItsProcess(t *testing.T) {
	c := new(fakes).command(nil)
	c.signals = nil
	out, in := io.Pipe()
	ended := make(chan error, 1)
	go func() {
		ended <- c.run(t.Context(), []string{"--", "sh", "-c", "trap 'exit 6' HUP; echo ready; " + forever}, in, os.Stderr)
	}()
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "ready\n" {
		t.Fatalf("%q %v", line, err)
	}
	if err := syscall.Kill(os.Getpid(), syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	if code := exitCode(<-ended, os.Stderr); code != 6 {
		t.Errorf("exit %d", code)
	}
}
