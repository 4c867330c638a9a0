package interop_test

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
)

// fake is a mocksf process that runs until the test ends.
type fake struct {
	// vars are the variables that a shell has after it sourced what mocksf printed.
	vars map[string]string
}

// buildMocksf builds the command, or takes the one that SFCONFORM_MOCKSF names.
func buildMocksf(t *testing.T) string {
	t.Helper()
	if built := os.Getenv("SFCONFORM_MOCKSF"); built != "" {
		return built
	}
	binary := filepath.Join(t.TempDir(), "mocksf")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "github.com/sfconform/sfconform/cmd/mocksf")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build mocksf: %v\n%s", err, out)
	}
	return binary
}

// startFake starts mocksf on free ports, in the state of the case unless it is empty.
func startFake(t *testing.T, binary string, state fixtures.CaseID, flags ...string) fake {
	t.Helper()
	args := append([]string{"--seed", "1"}, flags...)
	if state != "" {
		args = append(args, "--case", string(state))
	}
	process := exec.Command(binary, args...)
	out, err := process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = process.Process.Signal(os.Interrupt)
		if err := process.Wait(); err != nil {
			t.Errorf("mocksf %v did not end well: %v", args, err)
		}
	})
	printed, ready := "", false
	for lines := bufio.NewScanner(out); !ready && lines.Scan(); {
		printed += lines.Text() + "\n"
		ready = strings.HasPrefix(lines.Text(), "# control API:")
	}
	if !ready {
		t.Fatalf("mocksf %v ended before it was ready:\n%s", args, printed)
	}
	return fake{vars: sourced(t, printed)}
}

// sourced is the environment of a shell that sourced the text.
func sourced(t *testing.T, text string) map[string]string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "fake.env")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "sh", "-c", `. "$1" && env`, "sh", file).Output()
	if err != nil {
		t.Fatalf("source what mocksf printed: %v", err)
	}
	vars := map[string]string{}
	for line := range strings.Lines(string(out)) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		if strings.HasPrefix(name, "SF_") || strings.HasPrefix(name, "MOCKSF_") {
			vars[name] = value
		}
	}
	return vars
}

// control posts to the control API.
func (f fake) control(t *testing.T, path, body string) {
	t.Helper()
	resp, err := http.Post(f.vars["MOCKSF_CONTROL_URL"]+path, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Fatalf("control API %s %s: %s", path, body, resp.Status)
	}
}

// read is what the control API says at the path.
func (f fake) read(t *testing.T, path string) []byte {
	t.Helper()
	resp, err := http.Get(f.vars["MOCKSF_CONTROL_URL"] + path)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// journal is every exchange so far.
func (f fake) journal(t *testing.T) []exchange {
	t.Helper()
	return parseJournal(t, f.read(t, "/journal"))
}

// seen counts the requests to the path in the journal.
func (f fake) seen(t *testing.T, path string) int {
	t.Helper()
	n := 0
	for _, e := range f.journal(t) {
		if e.Path == path {
			n++
		}
	}
	return n
}
