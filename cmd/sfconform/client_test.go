package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/sfconform/sfconform/suites/client/report"
)

// judgedAs runs the client command on this test program with a habit.
func judgedAs(ctx context.Context, t *testing.T, habit string, flags ...string) outcome {
	t.Helper()
	args := append([]string{"client", "--env", asClient + "=" + habit, "--flow", "client-credentials", "--operation", "query"}, flags...)
	return executeNow(ctx, append(args, "--", os.Args[0]))
}

// executeNow runs a command by the real time.
func executeNow(ctx context.Context, args []string) outcome {
	var stdout, stderr strings.Builder
	code := run(ctx, args, world{
		env: func(string) string { return "" }, readFile: os.ReadFile, now: time.Now,
		stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr,
	})
	return outcome{code, stdout.String(), stderr.String()}
}

func TestWhatIsAskedOfTheClientCommandIsCheckedBeforeAnythingRuns(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	notExecutable := filepath.Join(dir, "client")
	if err := os.WriteFile(notExecutable, []byte("#!/bin/sh\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		args []string
		err  string
	}{
		"no command":         {nil, "say how the client is started, after two dashes"},
		"no dashes":          {[]string{"./x"}, "write two dashes before the client's command"},
		"not found":          {[]string{"--", "./no-such-client"}, `command "./no-such-client"`},
		"not executable":     {[]string{"--", notExecutable}, "not executable"},
		"flow":               {[]string{"--flow", "jwt-baerer", "--", "true"}, `--flow: there is no "jwt-baerer": did you mean "jwt-bearer"?`},
		"via":                {[]string{"--via", "prox", "--", "true"}, `did you mean "proxy"?`},
		"app":                {[]string{"--app", "conected-app", "--", "true"}, `did you mean "connected-app"?`},
		"operation":          {[]string{"--operation", "qery", "--", "true"}, `did you mean "query"?`},
		"requirement":        {[]string{"--only", "session-no-lop", "--", "true"}, `--only: there is no "session-no-lop": did you mean "session-no-loop"?`},
		"scenario":           {[]string{"--scenario", "hapy-path", "--", "true"}, `--scenario: there is no "hapy-path": did you mean "happy-path"?`},
		"unheard scenario":   {[]string{"--scenario", "zzz", "--", "true"}, "sfconform list --scenarios lists them"},
		"variable":           {[]string{"--env", "X", "--", "true"}, `--env: "X" is no NAME=TEMPLATE`},
		"template":           {[]string{"--env", "X=${SF_LOGIN_URI}", "--", "true"}, "SF_LOGIN_URL"},
		"report":             {[]string{"--report", "x.htm", "--", "true"}, `did you mean ".html"?`},
		"factor":             {[]string{"--time-factor", "-1", "--", "true"}, "--time-factor:"},
		"give-up":            {[]string{"--give-up", "-1s", "--", "true"}, "--give-up:"},
		"parallel":           {[]string{"--parallel", "-1", "--", "true"}, "--parallel: -1 is below zero"},
		"two modes":          {[]string{"--manual", "--watch"}, "--manual and --watch exclude each other"},
		"watch with command": {[]string{"--watch", "--", "true"}, `--watch starts nothing: leave "true" out`},
		"config":             {[]string{"--config", "no-such.yaml", "--", "true"}, "--config:"},
		"since":              {[]string{"--since", notExecutable, "--", "true"}, "--since:"},
	}
	for name, test := range tests {
		if o := executeNow(t.Context(), append([]string{"client"}, test.args...)); o.code != exitUsage || !strings.Contains(o.stderr, test.err) {
			t.Errorf("%s: %d %q, want %q", name, o.code, o.stderr, test.err)
		}
	}
}

func TestAClientThatNeverCallsIsShownWithItsOwnWordsAndTheUsualReasons(t *testing.T) {
	t.Parallel()
	o := executeNow(t.Context(), []string{"client", "--env", asClient + "=silent", "--", os.Args[0]})
	for _, want := range []string{
		"sent no token request", "printed:\n  | nothing to do, secret <consumer secret>", "--env ", "SF_CA_FILE", "--via proxy", "does not heed CHECK_OPERATION",
	} {
		if o.code != exitUsage || !strings.Contains(o.stderr, want) {
			t.Errorf("%d %s, want %q", o.code, o.stderr, want)
		}
	}
}

func TestTheSchemaIsPrinted(t *testing.T) {
	t.Parallel()
	if o := executeNow(t.Context(), []string{"client", "--schema"}); o.code != exitConforms || o.stdout != string(report.Schema()) {
		t.Errorf("%d %.80s", o.code, o.stdout)
	}
}

func TestTheReportsOfARunAreWrittenAndComparedWithTheLastOne(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	last := filepath.Join(dir, "last.json")
	if o := judgedAs(t.Context(), t, "works", "--scenario", "happy-path", "--report", last, "--report", filepath.Join(dir, "new", "r.html")); o.code != exitDeparts {
		t.Fatalf("%d %s", o.code, o.stderr)
	}
	o := judgedAs(t.Context(), t, "leaks", "--scenario", "happy-path", "--since", last, "--json", "--name", "leaky", "--only", "secret-not-in-output")
	var r report.Report
	if err := json.Unmarshal([]byte(o.stdout), &r); err != nil {
		t.Fatalf("%v: %s", err, o.stderr)
	}
	if r.Since == nil || r.Run.Client != "leaky" || o.code != exitDeparts {
		t.Errorf("since %v, client %q, code %d", r.Since, r.Run.Client, o.code)
	}
	if len(r.Results) != 1 || r.Results[0].Verdict != "fail" {
		t.Errorf("%+v", r.Results)
	}
	if again := r.Results[0].Rerun; !strings.Contains(again, "sfconform client --env "+asClient+"=leaks") && !strings.Contains(again, "'"+asClient+"=leaks'") {
		t.Errorf("again: %s", again)
	}
	if _, err := os.Stat(filepath.Join(dir, "new", "r.html")); err != nil {
		t.Error(err)
	}
}

func TestNoReportShowsASecretOfTheRunOrOfTheCaller(t *testing.T) {
	dir := t.TempDir()
	noted := filepath.Join(dir, "secrets")
	const password = "correct-horse-battery-staple-1846"
	t.Setenv("CALLERS_PASSWORD", password)
	t.Setenv("NOT_PASSED_ON", "another-secret-of-the-caller-77")
	args := []string{"client", "--env", asClient + "=leaks", "--env", "NOTED_SECRETS=" + noted, "--pass", "CALLERS_PASSWORD", "--verbose", "--trace"}
	for _, name := range []string{"happy-path", "session-stays-refused", "secret-refused", "tokens-of-any-length"} {
		args = append(args, "--scenario", name)
	}
	var files []string
	for _, extension := range report.Extensions() {
		files = append(files, filepath.Join(dir, "report"+extension))
		args = append(args, "--report", files[len(files)-1])
	}
	o := executeNow(t.Context(), append(args, "--", os.Args[0]))
	if o.code != exitDeparts || !strings.Contains(o.stdout, "secret-not-in-output") {
		t.Fatalf("the leaks were not found: %d %s %s", o.code, o.stderr, o.stdout)
	}
	shown := map[string]string{"stdout": o.stdout, "stderr": o.stderr}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		shown[file] = string(text)
	}
	text, err := os.ReadFile(noted)
	secrets := strings.Fields(string(text))
	if err != nil || len(secrets) < 4 || !slices.Contains(secrets, password) {
		t.Fatalf("the client noted %d secrets, %v", len(secrets), err)
	}
	for _, secret := range append(secrets, "another-secret-of-the-caller-77") {
		for place, text := range shown {
			if strings.Contains(text, secret) {
				i := strings.Index(text, secret)
				t.Errorf("%s shows a secret of %d bytes: %.12s..., after %q", place, len(secret), secret, text[max(0, i-300):i])
			}
		}
	}
}

func TestHostileClientsGetTheirVerdictAndLeaveNothingBehind(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	tests := map[string]struct {
		flags []string
		want  string
	}{
		"waits":   {nil, "it had not ended when its time was up"}, // without any request there is nothing to judge
		"hangs":   {nil, "did not end within"},
		"crashes": {nil, "exit 2"},
		"forks":   {nil, "exit 0"},
		"hammers": {nil, "stopped after too many requests"},
		// A gigabyte takes its time on a loaded machine, and is no question of time.
		"prattles": {[]string{"--time-factor", "3"}, "exit 0"},
	}
	for habit, test := range tests {
		t.Run(habit, func(t *testing.T) {
			temp := t.TempDir()
			t.Setenv("TMPDIR", temp)
			pid := filepath.Join(t.TempDir(), "pid")
			flags := append([]string{"--scenario", "happy-path", "--time-factor", "0.1", "--verbose", "--trace", "--env", "NOTED_PROCESS=" + pid}, test.flags...)
			o := judgedAs(t.Context(), t, habit, flags...)
			if o.code == exitConforms || o.code == exitHarness || !strings.Contains(o.stdout+o.stderr, test.want) {
				t.Errorf("%d, want %q in\n%.3000s\n%.2000s", o.code, test.want, o.stdout, o.stderr)
			}
			if most := 1 << 20; len(o.stdout) > most {
				t.Errorf("the report has %d bytes", len(o.stdout))
			}
			if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
				t.Errorf("left behind: %v, %v", left, err)
			}
			if text, err := os.ReadFile(pid); err == nil && alive(t, string(text)) {
				t.Errorf("process %s is left behind", text)
			}
		})
	}
}

func alive(t *testing.T, text string) bool {
	t.Helper()
	var pid int
	if _, err := fmt.Sscan(text, &pid); err != nil {
		t.Fatal(err)
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	return err == nil && !strings.Contains(string(stat), ") Z ") && syscall.Kill(pid, 0) == nil
}

func TestAnEndedRunStillWritesItsReport(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "r.json")
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	told := &stopper{stop: stop}
	code := run(ctx, []string{
		"client", "--env", asClient + "=works", "--flow", "client-credentials", "--report", path, "--parallel", "1", "--", os.Args[0],
	}, world{
		env: func(string) string { return "" }, readFile: os.ReadFile, now: told.now,
		stdin: strings.NewReader(""), stdout: &strings.Builder{}, stderr: told,
	})
	f, err := os.Open(path)
	if err != nil {
		t.Fatalf("%d: %v, %s", code, err, told.text.String())
	}
	defer f.Close()
	r, err := report.Read(f)
	if err != nil {
		t.Fatal(err)
	}
	if !r.Interrupted || code != exitDeparts || len(r.Scenarios) == 0 {
		t.Errorf("interrupted %v, code %d, %d scenarios, %v", r.Interrupted, code, len(r.Scenarios), r.Errors)
	}
}

// stopper ends the run when the third scenario is told of.
type stopper struct {
	stop  func()
	text  strings.Builder
	times int
}

func (s *stopper) Write(text []byte) (int, error) {
	if strings.Contains(string(text), "scenarios played") {
		if s.times++; s.times == 3 {
			s.stop()
		}
	}
	return s.text.Write(text)
}

// now makes every look at the clock a second, so that each scenario is told of.
func (s *stopper) now() time.Time { return time.Now() }
