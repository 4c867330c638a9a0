package interop_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// sfCLI is Salesforce's own CLI in a project, beside a fake that it meets under
// Salesforce's own host names: it takes no others inside a project.
type sfCLI struct {
	fake fake
	// dir is the project, env what leads curl and Node to the fake.
	dir string
	env []string
}

// newSFCLI copies a project and logs the CLI in by the JWT bearer flow.
func newSFCLI(t *testing.T, project string, flags ...string) *sfCLI {
	t.Helper()
	requireInstalled(t)
	mocksf := buildMocksf(t)
	s := &sfCLI{fake: startFake(t, mocksf, "", append([]string{"--proxy", "127.0.0.1:0"}, flags...)...), dir: t.TempDir()}
	if err := os.CopyFS(s.dir, os.DirFS(project)); err != nil {
		t.Fatal(err)
	}
	settings := exec.CommandContext(t.Context(), "sh", "-c", `eval "$("$0" env --shell sh --for node,curl)" && env`, mocksf)
	settings.Env = []string{"PATH=" + os.Getenv("PATH"), "MOCKSF_CONTROL_URL=" + s.fake.vars["MOCKSF_CONTROL_URL"]}
	out, err := settings.Output()
	if err != nil {
		t.Fatal(err)
	}
	s.env = append(strings.Split(strings.TrimSpace(string(out)), "\n"), "HOME="+t.TempDir(), "NODE_NO_WARNINGS=1",
		"SF_DISABLE_TELEMETRY=true", "SF_AUTOUPDATE_DISABLE=true", "SF_SKIP_NEW_VERSION_CHECK=true", "SF_DISABLE_LOG_FILE=true")
	r := s.sf(t, "org", "login", "jwt", "--client-id", s.value("SF_CLIENT_ID"), "--jwt-key-file", s.value("SF_PRIVATE_KEY_FILE"),
		"--username", s.value("SF_USERNAME"), "--instance-url", s.value("SF_LOGIN_URL"), "--set-default")
	if r.Status != 0 {
		t.Fatalf("no login: %s", r.Message)
	}
	return s
}

// value is that of a variable.
func (s *sfCLI) value(name string) string {
	for _, v := range s.env {
		if text, ok := strings.CutPrefix(v, name+"="); ok {
			return text
		}
	}
	return ""
}

// sfReply is what the CLI says with --json.
type sfReply struct {
	Status  int
	Message string
	Result  struct {
		ID     string
		Status string
		Files  []struct{ FullName, Type, State, Error string }
	}
}

// failed are the errors of the files.
func (r sfReply) failed() string {
	var all []string
	for _, f := range r.Result.Files {
		if f.State == "Failed" {
			all = append(all, f.Type+" "+f.FullName+": "+f.Error)
		}
	}
	return strings.Join(all, "; ")
}

// sf runs a command of the CLI in the project.
func (s *sfCLI) sf(t *testing.T, args ...string) sfReply {
	t.Helper()
	here, err := filepath.Abs("sf/node_modules/@salesforce/cli/bin/run.js")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "node", append(append([]string{here}, args...), "--json")...)
	cmd.Dir, cmd.Env = s.dir, s.env
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var r sfReply
	if jsonErr := json.Unmarshal(out, &r); jsonErr != nil {
		t.Fatalf("sf %v: %v, %v\n%s\n%s", args, err, jsonErr, out, stderr.String())
	}
	return r
}

// deploy is the command of the guides, word by word.
func (s *sfCLI) deploy(t *testing.T) sfReply {
	t.Helper()
	return s.sf(t, "project", "deploy", "start", "--manifest", "package.xml", "--target-org", s.value("SF_USERNAME"))
}

// rewrite edits a file of the project.
func (s *sfCLI) rewrite(t *testing.T, name, old, instead string) {
	t.Helper()
	file := filepath.Join(s.dir, name)
	data, err := os.ReadFile(file)
	if err == nil {
		err = os.WriteFile(file, []byte(strings.ReplaceAll(string(data), old, instead)), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// login asks for a token with curl, for the app, in one of the ways of curl/login.
func (s *sfCLI) login(t *testing.T, way, clientID, secret string) error {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "./curl/login", way, userQuery(map[string]string{"SF_USERNAME": s.value("SF_USERNAME")}))
	cmd.Env = append(slices.Clip(s.env), "SF_CLIENT_ID="+clientID, "SF_CLIENT_SECRET="+secret)
	cmd.Stdin = strings.NewReader("\n")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

// spreads lets a new app take a time to spread over the org.
func (s *sfCLI) spreads(t *testing.T, delay string) {
	t.Helper()
	s.fake.control(t, "/changes", `{"changes":[{"path":"propagation/delays/new-app","value":"`+delay+`"}]}`)
}

// pair is the key pair of an app, as a person reads it in Setup.
func (s *sfCLI) pair(t *testing.T, app string) (clientID, secret string) {
	t.Helper()
	var c struct {
		ClientID     string `json:"clientId"`
		ClientSecret string `json:"clientSecret"`
	}
	if err := json.Unmarshal(s.fake.read(t, "/credentials?app="+app), &c); err != nil || c.ClientID == "" {
		t.Fatalf("no key pair of %s: %v", app, err)
	}
	return c.ClientID, c.ClientSecret
}
