package benchmark_test

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// unlimited is an org without a bound on logins an hour: the built-in one otherwise.
const unlimited = `name: Acme
kind: production
myDomain: acme
settings: {loginRate: 0}
users:
  integration@acme.example: {lastName: Integration}
apps:
  integration:
    consumerKey: 3MVG9LVDBFOxct93Rzb57lfVq9kVrdzqjC.71XFnYcRXx5oPm4QDkFjahUVUT10El8Z9LVwz9JB2NnIuDJDiG
    consumerSecret: F37E2F6164826537992D58E42E19211B818ED867F78A0B76B86F4AC0A1BF04C5
    certificate: test:integration
    settings: {scopes: [api, refresh_token], clientCredentialsFlow: true}
    policies: {clientCredentialsFlow: true, runAs: integration@acme.example}
`

// binary builds mocksf once for the benchmarks that need a process of its own.
func binary(b *testing.B) (path, org string) {
	b.Helper()
	dir := b.TempDir()
	path, org = filepath.Join(dir, "mocksf"), filepath.Join(dir, "org.yaml")
	if out, err := exec.Command("go", "build", "-o", path, "../../cmd/mocksf").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	if err := os.WriteFile(org, []byte(unlimited), 0o600); err != nil {
		b.Fatal(err)
	}
	return path, org
}

// process starts mocksf and returns once it has printed all, with its variables.
func process(b *testing.B, path string, args ...string) (*exec.Cmd, map[string]string) {
	b.Helper()
	cmd := exec.Command(path, args...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		b.Fatal(err)
	}
	env := map[string]string{}
	lines := bufio.NewScanner(out)
	for lines.Scan() && !strings.HasPrefix(lines.Text(), "# control API:") {
		if name, value, ok := strings.Cut(strings.TrimPrefix(lines.Text(), "export "), "="); ok {
			env[name] = value
		}
	}
	return cmd, env
}

func stop(b *testing.B, cmd *exec.Cmd) {
	b.Helper()
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		b.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkMemory: what is resident after ten thousand tokens, and after a million more.
func BenchmarkMemory(b *testing.B) {
	path, org := binary(b)
	for range b.N {
		cmd, env := process(b, path, "--org", org)
		text := []byte(rawTokenRequest(env))
		l := load{addr: hostOf(env["SF_LOGIN_URL"]), next: func(int) []byte { return text }}
		l.run(b, 10_000)
		early := resident(b, cmd.Process.Pid)
		l.run(b, 1_000_000)
		late := resident(b, cmd.Process.Pid)
		b.ReportMetric(late, "MiB-after-1M-tokens")
		b.ReportMetric(late/early, "of-after-10k-tokens")
		b.ReportMetric(0, "ns/op")
		stop(b, cmd)
	}
}

// BenchmarkStart: from the start of the process to the first token in hand.
func BenchmarkStart(b *testing.B) {
	path, _ := binary(b)
	for range b.N {
		var waits []time.Duration
		for range 21 {
			begin := time.Now()
			cmd, env := process(b, path)
			text := []byte(rawTokenRequest(env))
			if err := (load{addr: hostOf(env["SF_LOGIN_URL"]), next: func(int) []byte { return text }}).drive(0, 1); err != nil {
				b.Fatal(err)
			}
			waits = append(waits, time.Since(begin))
			stop(b, cmd)
		}
		slices.Sort(waits)
		b.ReportMetric(float64(waits[len(waits)/2].Microseconds())/1000, "ms-to-first-token")
		b.ReportMetric(0, "ns/op")
	}
}

func rawTokenRequest(env map[string]string) string {
	body := "grant_type=client_credentials&client_id=" + env["SF_CLIENT_ID"] + "&client_secret=" + env["SF_CLIENT_SECRET"]
	return "POST /services/oauth2/token HTTP/1.1\r\nHost: " + hostOf(env["SF_LOGIN_URL"]) +
		"\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n" + body
}

// resident is the resident memory of a process in MiB.
func resident(b *testing.B, pid int) float64 {
	b.Helper()
	data, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "status"))
	if err != nil {
		b.Skip("there is no /proc here: ", err)
	}
	for line := range strings.Lines(string(data)) {
		if rest, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kib, err := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			if err != nil {
				b.Fatal(err)
			}
			return kib / 1024
		}
	}
	b.Fatal("no VmRSS")
	return 0
}
