package main

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

const (
	canarySecret = "canary+secret/with=odd&signs%"
	canaryToken  = "00D000000000001!canary.access_token"
	keyFile      = "../../flows/testdata/test-key.pkcs8.pem"
)

// fakeOrg is a token endpoint and a data API on two ports, so that a call on the wrong one shows.
type fakeOrg struct {
	login, instance *httptest.Server

	mu     sync.Mutex
	logins []*http.Request
	calls  []*http.Request
	token  func(w http.ResponseWriter, n int)
	api    http.HandlerFunc
}

func newOrg(t *testing.T) *fakeOrg {
	t.Helper()
	o := &fakeOrg{}
	o.instance = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		o.mu.Lock()
		o.calls = append(o.calls, r)
		api := o.api
		o.mu.Unlock()
		api(w, r)
	}))
	o.login = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		o.mu.Lock()
		o.logins = append(o.logins, r)
		n, token := len(o.logins), o.token
		o.mu.Unlock()
		token(w, n)
	}))
	t.Cleanup(o.login.Close)
	t.Cleanup(o.instance.Close)
	o.token = func(w http.ResponseWriter, _ int) { o.grant(w, "api id") }
	o.api = func(w http.ResponseWriter, r *http.Request) { http.NotFound(w, r) }
	return o
}

// made counts the token requests and the API calls.
func (o *fakeOrg) made() (logins, calls int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.logins), len(o.calls)
}

func (o *fakeOrg) grant(w io.Writer, scope string) {
	_, _ = fmt.Fprintf(w, `{"access_token":%q,"instance_url":%q,"scope":%q,"token_type":"Bearer","issued_at":"1713195676742",
		"id":"https://login.salesforce.com/id/00D000000000001EAA/005000000000001AAA"}`, canaryToken, o.instance.URL, scope)
}

func refuse(code, description string) func(http.ResponseWriter, int) {
	return func(w http.ResponseWriter, _ int) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = fmt.Fprintf(w, `{"error":%q,"error_description":%q}`, code, description)
	}
}

func (o *fakeOrg) secretEnv() map[string]string {
	return map[string]string{
		"SF_LOGIN_URL": o.login.URL, "SF_CLIENT_ID": "3MVG9canary", "SF_CLIENT_SECRET": canarySecret, "SF_RETRY_DELAY": "1ms",
		"SF_ALLOW_LOOPBACK_HTTP": "true",
	}
}

func (o *fakeOrg) keyEnv() map[string]string {
	return map[string]string{
		"SF_LOGIN_URL": o.login.URL, "SF_CLIENT_ID": "3MVG9canary", "SF_USERNAME": "integration@example.test",
		"SF_PRIVATE_KEY_FILE": keyFile, "SF_AUDIENCE": "https://login.salesforce.com", "SF_RETRY_DELAY": "1ms",
		"SF_ALLOW_LOOPBACK_HTTP": "true",
	}
}

func with(env map[string]string, pairs ...string) map[string]string {
	changed := maps.Clone(env)
	for i := 0; i < len(pairs); i += 2 {
		changed[pairs[i]] = pairs[i+1]
	}
	return changed
}

// outcome is what a user of the command sees.
type outcome struct {
	code     int
	out, err string
}

// sfclient runs the command and refuses any output that holds a secret.
func sfclient(t *testing.T, env map[string]string, args ...string) outcome {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), args, func(name string) string { return env[name] }, strings.NewReader(env["stdin"]), &stdout, &stderr)
	got := outcome{code, stdout.String(), stderr.String()}
	secrets := append(canaries(canarySecret), "eyJhbGciOiJSUzI1NiI") // the secret, and any assertion
	if !strings.Contains(strings.Join(args, " "), "--show-token") {
		secrets = append(secrets, canaries(canaryToken)...)
	}
	for _, canary := range secrets {
		if strings.Contains(got.out+got.err, canary) {
			t.Errorf("the output shows %q: %s%s", canary, got.out, got.err)
		}
	}
	return got
}

func (o outcome) want(t *testing.T, code int, words ...string) {
	t.Helper()
	if o.code != code {
		t.Errorf("exit code %d, want %d", o.code, code)
	}
	for _, w := range words {
		if !strings.Contains(o.out+o.err, w) {
			t.Errorf("output lacks %q", w)
		}
	}
	if t.Failed() {
		t.Logf("stdout:\n%sstderr:\n%s", o.out, o.err)
	}
}

func writeFile(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
