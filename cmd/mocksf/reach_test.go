package main

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/mocksf/reach"
)

// needsCurl skips a test where there is no curl.
func needsCurl(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("curl"); err != nil {
		t.Skip(err)
	}
}

// askByName is a client that knows production names only.
const askByName = `curl -sS --cacert "$SF_CA_FILE" "$SF_TOKEN_URL" -d grant_type=client_credentials -d "client_id=$SF_CLIENT_ID" -d "client_secret=$SF_CLIENT_SECRET"`

func TestExecRunsACommandThatMeetsTheFakeUnderItsProductionName(t *testing.T) {
	t.Parallel()
	needsCurl(t)
	var stdout, stderr strings.Builder
	by := caller{environ: os.Environ(), stdin: strings.NewReader("")}
	code := run(t.Context(), []string{"exec", "--", "sh", "-c", askByName + "; echo; echo $SF_LOGIN_URL; exit 7"}, by, &stdout, &stderr)
	if code != 7 || !strings.Contains(stdout.String(), `"instance_url":"https://acme.my.salesforce.com"`) ||
		!strings.HasSuffix(stdout.String(), "\nhttps://acme.my.salesforce.com\n") {
		t.Errorf("exit %d\n%s\n%s", code, stdout.String(), stderr.String())
	}
	if stderr.Len() > 0 {
		t.Errorf("stderr: %s", stderr.String())
	}
}

func TestEnvTellsAShellAllThatCurlNeeds(t *testing.T) {
	t.Parallel()
	needsCurl(t)
	s := startMocksf(t, "--proxy", "127.0.0.1:0")
	defer s.stop()
	var env strings.Builder
	if code := run(t.Context(), []string{"env", "--for", "curl", "--control", s.env["MOCKSF_CONTROL_URL"]}, caller{}, &env, io.Discard); code != exitOK {
		t.Fatalf("exit %d", code)
	}
	var stdout strings.Builder
	by := caller{environ: []string{"PATH=" + os.Getenv("PATH")}, stdin: strings.NewReader("")}
	cmd := execCommand{environ: by.environ, stdin: by.stdin, start: func(context.Context, []string, io.Writer) (reach.Reach, func() error, error) {
		return reach.Reach{}, func() error { return nil }, nil
	}}
	script := env.String() + "\nunset SF_CA_FILE\n" + strings.Replace(askByName, `--cacert "$SF_CA_FILE"`, "", 1)
	if err := cmd.run(t.Context(), []string{"--", "sh", "-c", script}, &stdout, io.Discard); err != nil || !strings.Contains(stdout.String(), `"access_token":"00D`) {
		t.Errorf("%v\n%s\n%s", err, script, stdout.String())
	}
}

func TestEnvOfAMocksfWithoutAProxySaysWhatToStart(t *testing.T) {
	t.Parallel()
	s := startMocksf(t)
	defer s.stop()
	var stderr strings.Builder
	code := run(t.Context(), []string{"env", "--control", s.env["MOCKSF_CONTROL_URL"]}, caller{}, io.Discard, &stderr)
	if code != exitUsage || !strings.Contains(stderr.String(), "--proxy") {
		t.Errorf("exit %d: %s", code, stderr.String())
	}
}

func TestATLSFaultIsServedAndRefusedByCurl(t *testing.T) {
	t.Parallel()
	needsCurl(t)
	var stdout, stderr strings.Builder
	by := caller{environ: os.Environ(), stdin: strings.NewReader("")}
	code := run(t.Context(), []string{"exec", "--tls-fault", "expired", "--", "sh", "-c", askByName + " 2>&1"}, by, &stdout, &stderr)
	if code == 0 || !strings.Contains(stdout.String(), "certificate") {
		t.Errorf("exit %d\n%s\n%s", code, stdout.String(), stderr.String())
	}
}

func TestSeveralOrgsAnswerAtAddressesOfTheirOwn(t *testing.T) {
	t.Parallel()
	other := filepath.Join(t.TempDir(), "other.yaml")
	if err := os.WriteFile(other, []byte("name: Globex\nmyDomain: globex\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := startMocksf(t, "--org", "../../fixtures/orgs/production.yaml", "--org", other)
	defer s.stop()
	if !strings.Contains(s.text, "# org globex: http://127.0.0.1:") {
		t.Errorf("printed\n%s", s.text)
	}
}
