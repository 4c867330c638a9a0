package interop_test

import (
	"bytes"
	"errors"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/suites/client/report"
)

// judgedClient is a client of others with the verdicts that a reading of its source
// confirms (client-requirements.md section 3.4).
type judgedClient struct {
	name    string
	command []string
	// verdicts are the requirements by id; the scenarios are those that show them.
	verdicts  map[string]string
	scenarios []string
	require   func(t *testing.T)
}

func judgedClients(t *testing.T) []judgedClient {
	t.Helper()
	return []judgedClient{
		{
			name: "golang.org/x/oauth2 v0.37.0", command: []string{built(t, "./judged/oauth2")},
			verdicts: map[string]string{
				"session-401-reauth-once": "fail", "host-token-redirect": "fail", "auth-no-style-probing": "info",
				"auth-basic-form-encoded": "pass", "err-surface-both": "pass", "session-no-loop": "pass",
			},
			scenarios: []string{
				"happy-path", "session-ends-between-pages", "session-stays-refused", "token-request-redirected-elsewhere",
				"secret-with-special-characters", "secret-refused", "consumer-key-unknown", "no-run-as-user",
				"client-credentials-flow-off", "login-refused-in-words-of-its-own",
			},
		},
		{
			name: "jsforce 3.10", command: []string{"node", "node/judged.mjs"}, require: requireInstalled,
			verdicts: map[string]string{
				"session-no-loop": "fail", "secret-token-right-host": "fail", "host-api-redirect": "warn", "req-grant-type-exact": "pass",
				// requestToken takes any answer of status 200; authorize, which is used here,
				// breaks off at the missing id, so that no login is taken for one.
				"resp-200-not-json": "pass", "resp-200-error-object": "pass",
			},
			scenarios: []string{
				"happy-path", "session-stays-refused", "api-call-redirected-elsewhere", "next-page-is-on-somebody-elses-host",
				"token-answer-is-not-json", "token-answer-is-an-error-with-status-200",
			},
		},
	}
}

// built builds a program of this module.
func built(t *testing.T, pkg string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), filepath.Base(pkg))
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", path, pkg).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return path
}

func TestClientsOfOthersGetTheVerdictsThatTheirSourceConfirms(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("builds and judges clients")
	}
	sfconform := built(t, "../../cmd/sfconform")
	for _, c := range judgedClients(t) {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if c.require != nil {
				c.require(t)
			}
			got := c.judge(t, sfconform)
			for id, want := range c.verdicts {
				if got[id] != want {
					t.Errorf("%s: %s, want %s", id, got[id], want)
				}
			}
		})
	}
}

// judge runs sfconform client and returns the verdicts by requirement.
func (c judgedClient) judge(t *testing.T, sfconform string) map[string]string {
	t.Helper()
	args := []string{"client", "--json", "--flow", "client-credentials", "--operation", "query", "--operation", "login", "--name", c.name}
	for _, name := range c.scenarios {
		args = append(args, "--scenario", name)
	}
	cmd := exec.CommandContext(t.Context(), sfconform, append(append(args, "--"), c.command...)...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	r, err := report.Read(bytes.NewReader(out))
	if err != nil {
		t.Fatalf("%v: %s", err, stderr.String())
	}
	got := map[string]string{}
	for _, one := range r.Results {
		got[string(one.ID)] = string(one.Verdict)
		for _, f := range one.Findings {
			t.Logf("%s: %s in %s: %s", one.ID, f.Verdict, f.Scenario, f.Seen)
		}
	}
	return got
}
