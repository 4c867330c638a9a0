package main

import (
	"os"
	"strings"
	"testing"
	"time"
)

// byHand runs the client command with what a person types.
func byHand(t *testing.T, typed string, flags ...string) outcome {
	t.Helper()
	var stdout, stderr strings.Builder
	code := run(t.Context(), append([]string{"client", "--flow", "client-credentials", "--scenario", "happy-path"}, flags...), world{
		env: func(string) string { return "" }, readFile: os.ReadFile, now: time.Now,
		stdin: strings.NewReader(typed), stdout: &stdout, stderr: &stderr,
	})
	return outcome{code, stdout.String(), stderr.String()}
}

func TestAPersonIsToldWhatToConfigureAndAskedWhatOnlyEyesSee(t *testing.T) {
	t.Parallel()
	o := byHand(t, "\ny\nn\n", "--manual")
	for _, want := range []string{"Consumer Key", "(shown on a terminal only)", "product's log. Is it free of", "[y/n/skip/back/stop]", "What is the case: Everything is set up right"} {
		if !strings.Contains(o.stderr, want) {
			t.Errorf("no word of %q in %.2000s", want, o.stderr)
		}
	}
	if o.code != exitDeparts || !strings.Contains(o.stdout, "NOT READY") {
		t.Errorf("%d %.300s", o.code, o.stdout)
	}
	if o := byHand(t, "", "--manual"); o.code != exitUsage || !strings.Contains(o.stderr, "nobody is there") {
		t.Errorf("nobody types: %d %.500s", o.code, o.stderr)
	}
}

func TestWatchingRefusesWhatItCannotJudge(t *testing.T) {
	t.Parallel()
	if o := byHand(t, "", "--watch", "--only", "session-no-loop"); o.code != exitUsage || !strings.Contains(o.stderr, "cannot be judged by watching") {
		t.Errorf("%d %.500s", o.code, o.stderr)
	}
}
