package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// shellBlocks are the ```sh blocks of a page, in order.
func shellBlocks(t *testing.T, page string) []string {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var blocks []string
	rest := string(text)
	for {
		_, after, found := strings.Cut(rest, "```sh\n")
		if !found {
			return blocks
		}
		block, tail, closed := strings.Cut(after, "```")
		if !closed {
			t.Fatalf("%s: a block is not closed", page)
		}
		blocks, rest = append(blocks, block), tail
	}
}

// copyOfTheModule is a place with the module's files in which commands may write:
// links to what is there, so that bin/ and report/ are made beside them.
func copyOfTheModule(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, e := range entries {
		if name := e.Name(); name != "bin" && name != "report" && name != ".git" {
			if err := os.Symlink(filepath.Join(root, name), filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
	}
	return dir
}

// readmeTimeout bounds the whole page, programs built from nothing included.
const readmeTimeout = 8 * time.Minute

// TestEveryCommandOfTheReadmeRuns runs the blocks in one shell, as a reader would,
// but for `make test`, which is what runs this test.
func TestEveryCommandOfTheReadmeRuns(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds and starts programs")
	}
	for _, program := range []string{"bash", "curl"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("the examples need %s: %v", program, err)
		}
	}
	script := "set -euo pipefail\nset -m\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n" + strings.Join(shellBlocks(t, "../../README.md"), "\n")
	if !strings.Contains(script, "\nmake test\n") {
		t.Fatal("the README does not say how to run the tests")
	}
	script = strings.Replace(script, "\nmake test\n", "\n", 1)
	ctx, cancel := context.WithTimeout(t.Context(), readmeTimeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, "bash", "-c", script)
	cmd.Dir = copyOfTheModule(t)
	// A program that the script left behind must not keep its output open for ever.
	cmd.WaitDelay = readmeTimeout / 10
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{
		"conforms: ", `"access_token":"00D`, "integration@acme.example",
		`{"error":"invalid_grant","error_description":"no client credentials user enabled"}`,
		"client identifier invalid", "NOT READY: 1 ", "\nREADY: ", "wrote sfconform.yaml", "session-no-loop", "Everything is set up right",
	} {
		if !strings.Contains(string(out), want) {
			t.Errorf("the README's commands do not print %q:\n%s", want, out)
		}
	}
}
