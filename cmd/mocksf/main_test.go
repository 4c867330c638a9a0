package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
)

// started is a mocksf that a test started, with what it printed.
type started struct {
	env  map[string]string
	text string
	stop func() int
}

// start runs mocksf until the test stops it and reads what it prints first.
func startMocksf(t *testing.T, args ...string) started {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, args, caller{}, in, io.Discard)
		_ = in.Close()
	}()
	s := started{env: map[string]string{}, stop: func() int { cancel(); return <-code }}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		line := lines.Text()
		s.text += line + "\n"
		if name, value, ok := strings.Cut(strings.TrimPrefix(line, "export "), "="); ok && strings.HasPrefix(line, "export ") {
			s.env[name] = strings.Trim(value, "'")
		}
		if strings.HasPrefix(line, "# control API:") {
			return s
		}
	}
	t.Fatalf("mocksf %v ended with %d before it was ready:\n%s", args, <-code, s.text)
	return s
}

func token(t *testing.T, s started) (int, string) {
	t.Helper()
	resp, err := http.PostForm(s.env["SF_TOKEN_URL"], url.Values{
		"grant_type": {"client_credentials"}, "client_id": {s.env["SF_CLIENT_ID"]}, "client_secret": {s.env["SF_CLIENT_SECRET"]},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

func TestItPrintsEveryVariableAndServesWithThem(t *testing.T) {
	t.Parallel()
	s := startMocksf(t)
	for _, name := range []string{
		"SF_LOGIN_URL", "SF_INSTANCE_URL", "SF_TOKEN_URL", "SF_CLIENT_ID", "SF_CLIENT_SECRET",
		"SF_USERNAME", "SF_PRIVATE_KEY_FILE", "SF_AUDIENCE", "MOCKSF_CONTROL_URL", "SF_ALLOW_LOOPBACK_HTTP",
	} {
		if s.env[name] == "" {
			t.Errorf("%s is not printed in\n%s", name, s.text)
		}
	}
	if status, body := token(t, s); status != http.StatusOK {
		t.Errorf("token request: %d %s", status, body)
	}
	key := s.env["SF_PRIVATE_KEY_FILE"]
	info, err := os.Stat(key)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the key file: %v %v", info, err)
	}
	if code := s.stop(); code != exitOK {
		t.Errorf("stopped with %d", code)
	}
	if _, err := os.Stat(filepath.Dir(key)); !os.IsNotExist(err) {
		t.Errorf("the key file is left behind: %v", err)
	}
}

func TestACaseStartsInItsState(t *testing.T) {
	t.Parallel()
	cases := map[string]string{
		"client-credentials-no-run-as":    "no client credentials user enabled",
		"client-credentials-wrong-secret": "invalid client credentials",
	}
	for id, want := range cases {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			s := startMocksf(t, "--case", id)
			if status, body := token(t, s); status != http.StatusBadRequest || !strings.Contains(body, want) {
				t.Errorf("the printed credentials get %d %s", status, body)
			}
			if !strings.Contains(s.text, "# fix: ") {
				t.Errorf("no fix in\n%s", s.text)
			}
			s.stop()
		})
	}
}

func TestEveryCaseCanBePlayed(t *testing.T) {
	t.Parallel()
	for _, c := range fixtures.Cases() {
		ctx, cancel := context.WithCancel(t.Context())
		var stderr strings.Builder
		// The first write to stdout is all that is printed: the fake is ready, and may end.
		code := run(ctx, []string{"--case", string(c.ID)}, caller{}, writerFunc(func(p []byte) (int, error) { cancel(); return len(p), nil }), &stderr)
		cancel()
		if code != exitOK {
			t.Errorf("%s: exit %d: %s", c.ID, code, stderr.String())
		}
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

func TestWithPropagationTheAppIsNewUntilTheClockMoves(t *testing.T) {
	t.Parallel()
	s := startMocksf(t, "--propagation", "10m", "--seed", "3")
	defer s.stop()
	if status, body := token(t, s); status != http.StatusBadRequest || !strings.Contains(body, "client identifier invalid") {
		t.Fatalf("at first: %d %s", status, body)
	}
	resp, err := http.Post(s.env["MOCKSF_CONTROL_URL"]+"/clock", "application/json", strings.NewReader(`{"advance":"10m"}`))
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	for range 8 {
		if status, body := token(t, s); status != http.StatusOK {
			t.Fatalf("after ten minutes: %d %s", status, body)
		}
	}
}

func TestJSONHasTheSameInOneObject(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	done := make(chan int, 1)
	go func() { done <- run(ctx, []string{"--json", "--seed", "7"}, caller{}, in, io.Discard) }()
	var v struct {
		Variables map[string]string
		Curl      string
		Control   string
		Seed      uint64
	}
	if err := json.NewDecoder(out).Decode(&v); err != nil {
		t.Fatal(err)
	}
	cancel()
	<-done
	if v.Variables["SF_TOKEN_URL"] == "" || !strings.HasPrefix(v.Curl, "curl ") || v.Control == "" || v.Seed != 7 {
		t.Errorf("printed %+v", v)
	}
}

func TestUsageErrorsNameTheFlagAndWhatWasMeant(t *testing.T) {
	t.Parallel()
	tests := []struct {
		args []string
		want string
	}{
		{[]string{"--sed", "1"}, "unknown flag --sed: did you mean --seed?"},
		{[]string{"chek-org"}, `did you mean "check-org"?`},
		{[]string{"--case", "client-credentials-no-run-s"}, `did you mean "client-credentials-no-run-as"?`},
		{[]string{"--behaviour", "cc-flow-of=invalid-grant"}, `did you mean "cc-flow-off"?`},
		{[]string{"--behaviour", "cc-flow-off=invalid-grand"}, `did you mean "invalid-grant"?`},
		{[]string{"--behaviour", "observd"}, `did you mean "observed"?`},
		{[]string{"--propagation", "10"}, "write 90s, 10m, 2h or 30d"},
		{[]string{"--propagation", "new-ap=10m"}, `did you mean "new-app"?`},
		{[]string{"--propagation", "nodes=0"}, "from 1 to"},
		{[]string{"--time-scale", "0"}, "--time-scale"},
		{[]string{"--seed", "x"}, "want a whole number"},
		{[]string{"--app", "integratio"}, `did you mean "integration"?`},
		{[]string{"--org", "/nonexistent.yaml"}, "the org file: open /nonexistent.yaml"},
		{[]string{"--addr", "127.0.0.1:99999"}, "cannot listen"},
		{[]string{"--case", "x", "--org", "y"}, "give one of them"},
		{[]string{"--seed", "1", "extra"}, `"extra"`},
		{[]string{"check-org"}, "check-org takes one file"},
	}
	for _, tt := range tests {
		t.Run(strings.Join(tt.args, " "), func(t *testing.T) {
			t.Parallel()
			var stderr strings.Builder
			if code := run(t.Context(), tt.args, caller{}, io.Discard, &stderr); code != exitUsage || !strings.Contains(stderr.String(), tt.want) {
				t.Errorf("exit %d, want %d; stderr %q lacks %q", code, exitUsage, stderr.String(), tt.want)
			}
		})
	}
}

func TestCheckOrgNamesFileLineFieldAndTheNearestField(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "acme.yaml")
	text := "name: Acme\nkind: production\nmyDomain: acme\nusers:\n  a@b.example:\n    lastName: A\n    actve: true\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var stderr strings.Builder
	code := run(t.Context(), []string{"check-org", file}, caller{}, io.Discard, &stderr)
	want := file + `:7: users/a@b.example: unknown field "actve": did you mean "active"?`
	if code != exitProblem || !strings.Contains(stderr.String(), want) {
		t.Errorf("exit %d, stderr %q", code, stderr.String())
	}
}

func TestCheckOrgAcceptsARightFile(t *testing.T) {
	t.Parallel()
	var stdout strings.Builder
	code := run(t.Context(), []string{"check-org", "../../fixtures/orgs/production.yaml"}, caller{}, &stdout, io.Discard)
	if code != exitOK || !strings.Contains(stdout.String(), "right: org") {
		t.Errorf("exit %d, stdout %q", code, stdout.String())
	}
}
