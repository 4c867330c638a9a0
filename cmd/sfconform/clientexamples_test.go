package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/suites/client/report"
)

const examples = "../../suites/client/drive/examples/"

// TestTheExamplesOfDriversAreJudged has sfconform judge the clients that the documentation
// shows, as commands and as driver programs: what they are an example of they must keep.
func TestTheExamplesOfDriversAreJudged(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds and judges clients")
	}
	program := filepath.Join(t.TempDir(), "client")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, examples+"go").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for name, command := range map[string][]string{
		"go":     {program},
		"node":   {"node", examples + "node/client.mjs"},
		"python": {"python3", examples + "python/client.py"},
		"shell":  {"sh", examples + "shell/client.sh"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			judgeExample(t, command)
		})
		if name == "shell" {
			continue
		}
		t.Run(name+", lines", func(t *testing.T) {
			t.Parallel()
			judgeExample(t, append(slices.Clone(command), "--lines"), "--driver")
		})
	}
}

// exemplary are the musts that every example shows how to keep.
var exemplary = []string{
	"req-method-post", "req-content-type-form", "req-params-in-body", "req-grant-type-exact", "host-use-instance-url",
	"session-no-loop", "secret-not-in-output", "secret-token-not-in-url", "err-surface-both",
}

func judgeExample(t *testing.T, command []string, flags ...string) {
	t.Helper()
	for _, tool := range []string{command[0], "curl", "openssl"} {
		if _, err := exec.LookPath(tool); err == nil {
			continue
		}
		if os.Getenv("SFCONFORM_INTEROP") != "" {
			t.Fatalf("%s is not installed", tool)
		}
		t.Skipf("%s is not installed", tool)
	}
	args := append([]string{"client", "--json", "--flow", "both", "--operation", "login", "--operation", "query"}, flags...)
	for _, name := range []string{"happy-path", "session-ends-between-pages", "session-stays-refused", "secret-refused", "certificate-of-another-key", "login-refused-in-words-of-its-own"} {
		args = append(args, "--scenario", name)
	}
	o := executeNow(t.Context(), append(append(args, "--"), command...))
	var r report.Report
	if err := json.Unmarshal([]byte(o.stdout), &r); err != nil {
		t.Fatalf("%v: %s", err, o.stderr)
	}
	if !strings.Contains(o.stderr, "knows the operations") {
		t.Errorf("its operations are not found: %s", o.stderr)
	}
	for _, result := range r.Results {
		switch {
		case result.Verdict == "fail":
			t.Errorf("%s fails: %s", result.ID, result.Findings[0].Seen)
		case slices.Contains(exemplary, string(result.ID)) && result.Verdict != "pass":
			t.Errorf("%s: %s (%s)", result.ID, result.Verdict, result.Reason)
		}
	}
}
