package main

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// controlAPI answers GET /reach, and notes how often it was asked.
func controlAPI(t *testing.T, status int, body string) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet || r.URL.Path != "/reach" {
			t.Errorf("asked for %s %s", r.Method, r.URL)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(s.Close)
	return s
}

const reachBody = `{"proxyUrl":"http://127.0.0.1:4711","caFile":"/t/ca.pem","trustStoreFile":"/t/t.jks","trustStorePassword":"changeit",
	"phpConfigDir":"/t/php","httpsUrl":"https://127.0.0.1:4712","loginUrl":"https://acme.my.salesforce.com",
	"variables":{"SF_LOGIN_URL":"https://acme.my.salesforce.com","SF_CLIENT_ID":"3MVG9 x"}, "later":"a newer mocksf says more"}`

// env runs the command with the environment given, and a proxy that must not be asked.
func env(t *testing.T, environ []string, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs strings.Builder
	c := envCommand{environ: environ, stdin: strings.NewReader(stdin)}
	err := c.run(t.Context(), args, &out, &errs)
	if err != nil {
		code = report(err, &errs)
	}
	return code, out.String(), errs.String()
}

func TestEnvTakesTheAddressFromFlagFileOrEnvironment(t *testing.T) {
	t.Parallel()
	s := controlAPI(t, http.StatusOK, reachBody)
	printed := "export SF_CLIENT_ID=x\nexport MOCKSF_CONTROL_URL='" + s.URL + "'\n# control API\n"
	file := filepath.Join(t.TempDir(), "fake.env")
	if err := os.WriteFile(file, []byte(printed), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		environ []string
		stdin   string
		args    []string
	}{
		"flag":        {args: []string{"--control", s.URL}},
		"environment": {environ: []string{"A=b", "MOCKSF_CONTROL_URL=" + s.URL}},
		"file":        {args: []string{"--from", file}},
		"input":       {stdin: printed, args: []string{"--from", "-"}},
		"input, JSON": {stdin: `{"variables": {}, "control": "` + s.URL + `/"}`, args: []string{"--from=-"}},
	} {
		code, stdout, stderr := env(t, tt.environ, tt.stdin, tt.args...)
		if code != exitOK || stderr != "" || !strings.Contains(stdout, "export HTTPS_PROXY=http://127.0.0.1:4711\n") ||
			!strings.Contains(stdout, "export SF_CLIENT_ID='3MVG9 x'\n") {
			t.Errorf("%s: exit %d, stderr %q, stdout\n%s", name, code, stderr, stdout)
		}
	}
}

func TestEnvNarrowsToRuntimesAndWritesForTheShell(t *testing.T) {
	t.Parallel()
	s := controlAPI(t, http.StatusOK, reachBody)
	_, stdout, _ := env(t, nil, "", "--control", s.URL, "--for", "node,java", "--shell", "fish")
	for _, want := range []string{"set -gx NODE_EXTRA_CA_CERTS '/t/ca.pem'\n", "set -gx JAVA_TOOL_OPTIONS '-D", "# node: "} {
		if !strings.Contains(stdout, want) {
			t.Errorf("%q is missing in\n%s", want, stdout)
		}
	}
	for _, other := range []string{"SSL_CERT_FILE '", "# php"} {
		if strings.Contains(stdout, other) {
			t.Errorf("%q is printed in\n%s", other, stdout)
		}
	}
	code, stdout, stderr := env(t, nil, "", "--control", s.URL, "--shell", "github")
	if code != exitOK || strings.Contains(stdout, "#") || !strings.Contains(stderr, "authority") {
		t.Errorf("github: exit %d, notes belong to stderr: %q and stdout\n%s", code, stderr, stdout)
	}
}

func TestEnvSaysWhatIsWrongAndWhatToDo(t *testing.T) {
	t.Parallel()
	gone := httptest.NewServer(http.NotFoundHandler())
	gone.Close()
	for _, tt := range []struct {
		name, want string
		status     int
		body       string
		args       []string
	}{
		{name: "no proxy", status: 200, body: `{"httpsUrl":"https://127.0.0.1:1"}`, want: "runs without a proxy: start it with --proxy"},
		{name: "old", status: 404, body: `{}`, want: "answers GET /reach with 404"},
		{name: "no JSON", status: 200, body: `<html>`, want: "with what is no reach"},
		{name: "too long", status: 200, body: strings.Repeat(" ", maxReach+1), want: "longer than 1 MiB"},
		{name: "hostile", status: 200, body: `{"proxyUrl":"http://x","variables":{"A;id #":"b"}}`, want: `"A;id #" is no name of a variable`},
		{name: "gone", args: []string{"--control", gone.URL}, want: "is it still running?"},
		{name: "no URL", args: []string{"--control", "localhost:80"}, want: "is no address of a control API"},
		{name: "nothing", args: []string{}, want: "set MOCKSF_CONTROL_URL"},
		{name: "two", args: []string{"--control", "a", "--from", "b"}, want: "name two servers"},
		{name: "no file", args: []string{"--from", "no-such-file"}, want: "no-such-file"},
		{name: "empty file", args: []string{"--from", "-"}, want: "standard input does not name MOCKSF_CONTROL_URL"},
		{name: "shell", args: []string{"--shell", "powershel"}, want: `--shell "powershel": did you mean "powershell"?`},
		{name: "shell", args: []string{"--shell", "tcl-something"}, want: "there are sh, fish"},
		{name: "runtime", args: []string{"--for", "go,pyton"}, want: `--for "pyton": did you mean "python"?`},
		{name: "flag", args: []string{"--shel", "sh"}, want: "did you mean --shell?"},
		{name: "argument", args: []string{"bash"}, want: `"bash": env takes no arguments`},
	} {
		args := tt.args
		if args == nil {
			args = []string{"--control", controlAPI(t, tt.status, tt.body).URL}
		}
		code, stdout, stderr := env(t, nil, "", args...)
		if wantCode := map[bool]int{true: exitFailed, false: exitUsage}[tt.name == "hostile"]; code != wantCode || stdout != "" || !strings.Contains(stderr, tt.want) {
			t.Errorf("%s: exit %d, stdout %q, stderr %q lacks %q", tt.name, code, stdout, stderr, tt.want)
		}
	}
}

func TestEnvEndsWithItsContextThoughTheServerIsSilent(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	defer s.Close()
	defer close(release)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := fetchReach(ctx, s.URL); err == nil {
		t.Error("no error")
	}
}

func TestEnvHelps(t *testing.T) {
	t.Parallel()
	if code, stdout, _ := env(t, nil, "", "--help"); code != exitOK || stdout != envUsage {
		t.Errorf("exit %d, %q", code, stdout)
	}
}

func FuzzControlURLIn(f *testing.F) {
	f.Add([]byte("export MOCKSF_CONTROL_URL='http://[::1]:1'\n"))
	f.Add([]byte(`{"control": "http://127.0.0.1:1"}`))
	f.Add([]byte("MOCKSF_CONTROL_URL="))
	f.Fuzz(func(t *testing.T, text []byte) {
		control, err := controlURLIn("input", strings.NewReader(string(text)))
		if (control == "") == (err == nil) {
			t.Errorf("%q, %v", control, err)
		}
	})
}

func FuzzParseReach(f *testing.F) {
	f.Add([]byte(reachBody))
	f.Add([]byte(`{"proxyUrl":":","variables":{"":""}}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		r, err := parseReach("http://127.0.0.1:1", body)
		if err != nil {
			return
		}
		for _, s := range shells {
			_ = s.write(io.Discard, r.VariablesFor(nil, nil), nil)
		}
	})
}
