package interop_test

import (
	"bytes"
	"errors"
	"os"
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
		goSalesforce(t), authlib(), rubyOAuth2(),
	}
}

// goSalesforce has a module of its own, so that no user of this one meets its needs. Its
// refreshSession asks the old host for ever (auth.go), doAuth tells the status alone, and
// processSalesforceError loses what is no array of errors (requests.go).
func goSalesforce(t *testing.T) judgedClient {
	t.Helper()
	if os.Getenv("SFCONFORM_INTEROP") == "" {
		return judgedClient{name: "go-salesforce v3.1.0", require: requireInstalled}
	}
	return judgedClient{
		name: "go-salesforce v3.1.0", command: []string{built(t, "./judged/gosalesforce")},
		verdicts: map[string]string{
			"err-surface-both": "fail", "host-instance-url-change": "fail", "host-token-redirect": "fail", "err-api-array-and-object": "fail",
			"session-no-loop": "pass", "session-401-reauth-once": "pass", "session-retry-identical": "pass",
		},
		scenarios: []string{
			"happy-path", "session-ends-between-pages", "session-ends-before-a-write", "session-stays-refused", "instance-moves-with-the-new-login",
			"token-request-redirected-elsewhere", "login-refused-in-words-of-its-own", "secret-refused", "consumer-key-unknown",
			"no-run-as-user", "client-credentials-flow-off", "api-errors-in-every-form",
		},
	}
}

// authlib writes client id and secret raw into Basic (authlib/oauth2/auth.py,
// encode_client_secret_basic), which Requests drops on the way to another host.
func authlib() judgedClient {
	return judgedClient{
		name: "Authlib", command: []string{"python3", "python/judged.py"}, require: requireInstalled,
		verdicts: map[string]string{
			"session-401-reauth-once": "fail", "auth-basic-form-encoded": "warn", "host-token-redirect": "warn", "err-surface-both": "pass",
			"resp-gzip-chunked": "pass", "resp-content-type-params": "pass", "session-no-loop": "pass",
		},
		scenarios: ordinaryScenarios,
	}
}

// rubyOAuth2 follows a redirect with the same request (oauth2/client.rb, request). It is
// the gem of the system's packages. Ruby's Net::HTTP reads one member of a gzip body.
func rubyOAuth2() judgedClient {
	return judgedClient{
		name: "oauth2 for Ruby", command: []string{"ruby", "ruby/judged.rb"}, require: requireInstalled,
		verdicts: map[string]string{
			"session-401-reauth-once": "fail", "host-token-redirect": "fail", "err-surface-both": "pass", "resp-gzip-chunked": "pass",
			"err-api-array-and-object": "pass", "session-no-loop": "pass",
		},
		scenarios: ordinaryScenarios,
	}
}

// ordinaryScenarios show how a client without much of its own bears up.
var ordinaryScenarios = []string{
	"happy-path", "session-ends-between-pages", "session-stays-refused", "token-request-redirected-elsewhere", "secret-with-special-characters",
	"login-refused-in-words-of-its-own", "secret-refused", "consumer-key-unknown", "no-run-as-user", "client-credentials-flow-off",
	"answers-in-any-encoding", "content-type-in-any-form", "api-errors-in-every-form",
}

// built builds the program in a folder, which may be a module of its own.
func built(t *testing.T, folder string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), filepath.Base(folder))
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-C", folder, "-o", path, ".").CombinedOutput(); err != nil {
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
	args := []string{"client", "--json", "--flow", "client-credentials", "--operation", "query", "--operation", "login", "--operation", "write", "--name", c.name}
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
