package interop_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// surroundings start a fake with the flags, run the client with what leads its
// runtime there, and tell what became of both.
type surroundings func(t *testing.T, mocksf string, c reacher, client []string, flags ...string) outcome

// outcome is what a client did.
type outcome struct {
	// printed is its last line, said all that it wrote on stderr.
	printed, said string
	failed        bool
	journal       []exchange
}

// exchange is a request that the fake answered, of its journal.
type exchange struct{ Host, Path string }

// underExec lets mocksf exec surround the client.
func underExec(t *testing.T, mocksf string, _ reacher, client []string, flags ...string) outcome {
	t.Helper()
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip("the script that keeps the journal needs curl: ", err)
	}
	file := filepath.Join(t.TempDir(), "journal")
	args := append([]string{"exec"}, flags...)
	args = append(args, "--", "./journaled", file)
	o := run(t, exec.CommandContext(t.Context(), mocksf, append(args, client...)...))
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("no journal: %v\n%s", err, o.said)
	}
	o.journal = parseJournal(t, data)
	return o
}

// afterEnv runs the client in a shell that evaluates what mocksf env prints for its
// runtime, and for no other.
func afterEnv(t *testing.T, mocksf string, c reacher, client []string, flags ...string) outcome {
	t.Helper()
	f := startFake(t, mocksf, "", append([]string{"--proxy", "127.0.0.1:0"}, flags...)...)
	const script = `settings=$("$0" env --shell sh --for "$1") && eval "$settings" && shift && exec "$@"`
	cmd := exec.CommandContext(t.Context(), "sh", append([]string{"-c", script, mocksf, c.runtime}, client...)...)
	cmd.Env = []string{"MOCKSF_CONTROL_URL=" + f.vars["MOCKSF_CONTROL_URL"]}
	o := run(t, cmd)
	o.journal = f.journal(t)
	return o
}

// run runs the command with nothing of this process's environment that could lead a
// client anywhere.
func run(t *testing.T, cmd *exec.Cmd) outcome {
	t.Helper()
	for _, name := range []string{"PATH", "HOME", "NODE_NO_WARNINGS"} {
		cmd.Env = append(cmd.Env, name+"="+os.Getenv(name))
	}
	var stdout, stderr strings.Builder
	cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader("\n"), &stdout, &stderr
	err := cmd.Run()
	lines := strings.Split(strings.TrimSpace(stdout.String()), "\n")
	return outcome{printed: lines[len(lines)-1], said: stderr.String(), failed: err != nil}
}

// parseJournal reads what the control API says at /journal.
func parseJournal(t *testing.T, data []byte) []exchange {
	t.Helper()
	var journal struct{ Exchanges []exchange }
	if err := json.Unmarshal(data, &journal); err != nil {
		t.Fatalf("journal %s: %v", data, err)
	}
	return journal.Exchanges
}

// buildGoClient builds the client in the folder go.
func buildGoClient(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "login")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "./go").CombinedOutput(); err != nil {
		t.Fatalf("build the Go client: %v\n%s", err, out)
	}
	return binary
}
