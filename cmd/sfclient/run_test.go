package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestTokenPrintsMetadataOnly(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	for _, env := range []map[string]string{o.secretEnv(), o.keyEnv()} {
		got := sfclient(t, env, "token")
		got.want(t, exitOK, o.instance.URL, "api id", "00D000000000001EAA", "sha256:", "session time-out decides", "2024-04-15T15:41:16Z")
	}
	if sfclient(t, o.keyEnv(), "token").want(t, exitOK, "signing_key"); len(o.calls) != 0 {
		t.Error("token made an API call")
	}
	sfclient(t, o.secretEnv(), "token", "--show-token").want(t, exitOK, canaryToken)
	sfclient(t, o.secretEnv(), "--json", "token").want(t, exitOK, `"instance_url":"`+o.instance.URL+`"`)
}

func TestFlowFollowsWhatIsSet(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	both := with(o.keyEnv(), "SF_CLIENT_SECRET", canarySecret)
	tests := []struct {
		name, grant string
		env         map[string]string
		args        []string
	}{
		{"secret only", "client_credentials", o.secretEnv(), nil},
		{"key only", "urn:ietf:params:oauth:grant-type:jwt-bearer", o.keyEnv(), nil},
		{"both", "client_credentials", both, nil},
		{"both and SF_FLOW", "urn:ietf:params:oauth:grant-type:jwt-bearer", with(both, "SF_FLOW", "jwt-bearer"), nil},
		{"both and --flow", "urn:ietf:params:oauth:grant-type:jwt-bearer", both, []string{"--flow", "jwt-bearer"}},
		{"body style", "client_credentials", with(o.secretEnv(), "SF_AUTH_STYLE", "body"), nil},
	}
	for _, test := range tests {
		sfclient(t, test.env, append(test.args, "token")...).want(t, exitOK)
		last := o.logins[len(o.logins)-1]
		if got := last.PostForm.Get("grant_type"); got != test.grant || last.UserAgent() != "sfclient/"+version {
			t.Errorf("%s: grant %q, agent %q", test.name, got, last.UserAgent())
		}
		if _, _, basic := last.BasicAuth(); basic && last.PostForm.Has("client_secret") {
			t.Errorf("%s: two methods in one request", test.name)
		}
	}
}

func TestMissingAndWrongSettingsAreNamedBeforeTheNetwork(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	cc, jwt := o.secretEnv(), o.keyEnv()
	tests := []struct {
		name, words string
		env         map[string]string
		args        []string
	}{
		{"nothing set", "SF_PRIVATE_KEY_FILE", map[string]string{}, nil},
		{"no login URL", "SF_LOGIN_URL is missing", with(cc, "SF_LOGIN_URL", ""), nil},
		{"no client id", "SF_CLIENT_ID is missing", with(cc, "SF_CLIENT_ID", ""), nil},
		{"no secret", "SF_CLIENT_SECRET", with(cc, "SF_CLIENT_SECRET", ""), nil},
		{"placeholder secret", "SF_CLIENT_SECRET_FILE is a placeholder", with(cc, "SF_CLIENT_SECRET", "undefined"), nil},
		{"no user", "SF_USERNAME is missing", with(jwt, "SF_USERNAME", ""), nil},
		{"no key", "SF_PRIVATE_KEY_FILE is missing", with(jwt, "SF_PRIVATE_KEY_FILE", "", "SF_FLOW", "jwt-bearer"), nil},
		{"no key and no flow", "no credential is set: SF_CLIENT_SECRET and SF_PRIVATE_KEY_FILE", with(jwt, "SF_PRIVATE_KEY_FILE", ""), nil},
		{"key file gone", "SF_PRIVATE_KEY_FILE (--private-key-file) cannot be read", with(jwt, "SF_PRIVATE_KEY_FILE", "no-such-file"), nil},
		{"wrong key", "is encrypted", with(jwt, "SF_PRIVATE_KEY_FILE", "../../flows/testdata/test-wrong.encrypted-pkcs8.pem"), nil},
		{"key in place of the certificate", "SF_CERTIFICATE_FILE holds no PEM certificate", with(jwt, "SF_CERTIFICATE_FILE", keyFile), nil},
		{"plain http", "SF_LOGIN_URL is plain http", with(cc, "SF_LOGIN_URL", "http://acme.my.salesforce.com"), nil},
		{"plain http on loopback without the switch", "set SF_ALLOW_LOOPBACK_HTTP", with(cc, "SF_ALLOW_LOOPBACK_HTTP", ""), nil},
		{"generic host", "MyDomain", with(cc, "SF_LOGIN_URL", "https://test.salesforce.com"), nil},
		{"two secrets", "different secrets", with(cc, "SF_CLIENT_SECRET_FILE", writeFile(t, "other-secret")), nil},
		{"unknown flow", "did you mean jwt-bearer?", with(cc, "SF_FLOW", "jwt"), nil},
		{"unknown style", "use basic or body", with(cc, "SF_AUTH_STYLE", "header"), nil},
		{"duration without unit", "with a unit", with(cc, "SF_TIMEOUT", "30"), nil},
		{"bad switch", "use true or false", with(cc, "SF_VERBOSE", "maybe"), nil},
		{"CA file without certificate", "SF_CA_FILE", with(cc, "SF_CA_FILE", writeFile(t, "nothing")), nil},
		{"folder as file", "folder", with(cc, "SF_CA_FILE", t.TempDir()), nil},
		{"old API version", "SF_API_VERSION", with(cc, "SF_API_VERSION", "30.0"), []string{"query"}},
		{"unknown flag", "did you mean --login-url?", cc, []string{"--login-urll=x"}},
		{"secret on the command line", "never taken from the command line", cc, []string{"--client-secret=" + canarySecret}},
		{"argument too many", "takes no argument", cc, []string{"token", canarySecret}},
		{"query in pieces", "in quotes", cc, []string{"query", "SELECT", "Id"}},
		{"unknown operation", "did you mean whoami?", cc, []string{"whoam"}},
		{"far operation", "known are: login, token, whoami, query, write", cc, []string{"zzzzzz"}},
		{"no operation", "name one of", cc, []string{"--json"}},
		{"flag without value", "login-url", cc, []string{"token", "--login-url"}},
		{"empty query", "no query", cc, []string{"query", "-"}},
		{"both sources of the pair", "SF_CREDENTIALS_FILE", with(cc, "SF_CREDENTIALS_FILE", writeFile(t, "")), nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			args := test.args
			if args == nil {
				args = []string{"token"}
			}
			sfclient(t, test.env, args...).want(t, exitUsage, test.words)
			// A harness would take 2 for a crash.
			sfclient(t, with(test.env, "CHECK_SCENARIO", "config-missing"), args...).want(t, exitFailed, test.words)
		})
	}
	t.Cleanup(func() {
		if len(o.logins) != 0 {
			t.Errorf("%d token requests", len(o.logins))
		}
	})
}

func TestRefusalShowsTheOrgsWordsAndTheFix(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.token = refuse("invalid_client", "heron-42 says no")
	sfclient(t, o.secretEnv(), "token").want(t, exitFailed, "invalid_client: heron-42 says no", "127.0.0.1", "client-credentials", "3MVG9c...", "fix: SF_CLIENT_SECRET", "2-10 minutes")
	if len(o.logins) != 1 {
		t.Errorf("%d token requests", len(o.logins))
	}
}

func TestTransientFailuresAreOvercome(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.token = func(w http.ResponseWriter, n int) {
		if n < 4 {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		o.grant(w, "api")
	}
	sfclient(t, o.secretEnv(), "token").want(t, exitOK)
}

func TestSecretFileIsTrimmed(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	env := with(o.secretEnv(), "SF_CLIENT_SECRET", "", "SF_CLIENT_SECRET_FILE", writeFile(t, "\ufeff"+canarySecret+"\r\n"), "SF_AUTH_STYLE", "body")
	sfclient(t, env, "token").want(t, exitOK)
	if got := o.logins[0].PostForm.Get("client_secret"); got != canarySecret {
		t.Errorf("secret arrives as %q", got)
	}
}

func TestCredentialsFileIsReadAgainAfterARefusal(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	path := writeFile(t, "# the pair\nexport SF_CLIENT_ID='old-id'\nSF_CLIENT_SECRET=\"old-secret\"\n")
	o.token = func(w http.ResponseWriter, n int) {
		if n == 1 {
			rewrite(t, path, "SF_CLIENT_ID=new-id\nSF_CLIENT_SECRET=new-secret\n")
			refuse("invalid_client", "x")(w, n)
			return
		}
		o.grant(w, "api")
	}
	env := map[string]string{"SF_LOGIN_URL": o.login.URL, "SF_CREDENTIALS_FILE": path, "SF_ALLOW_LOOPBACK_HTTP": "true"}
	sfclient(t, env, "token").want(t, exitOK)
	if id, secret, _ := o.logins[1].BasicAuth(); id != "new-id" || secret != "new-secret" {
		t.Errorf("second request with %q and %q", id, secret)
	}
	for content, words := range map[string]string{
		"nonsense": "NAME=VALUE", "SF_CLIENT_IDD=x": "did you mean SF_CLIENT_ID?", canarySecret + "==": "unknown name",
	} {
		got := sfclient(t, with(env, "SF_CREDENTIALS_FILE", writeFile(t, content)), "token")
		got.want(t, exitUsage, "line 1", words)
		if strings.Contains(got.err, canarySecret[:10]) {
			t.Errorf("output shows the beginning of the secret: %s", got.err)
		}
	}
}

func TestCertificateNearItsEndIsNoticed(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	path := writeFile(t, keyWithCertificate(t, time.Now().Add(5*24*time.Hour)))
	sfclient(t, with(o.keyEnv(), "SF_PRIVATE_KEY_FILE", path), "token").want(t, exitOK, "notice: the signing certificate ends on")
}

func TestMissingScopeIsNoticedBeforeTheFirstCall(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.token = func(w http.ResponseWriter, _ int) { o.grant(w, "id") }
	o.api = func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, `[{"message":"This session is not valid for use with the REST API","errorCode":"INVALID_SESSION_ID"}]`)
	}
	sfclient(t, o.secretEnv(), "query").want(t, exitFailed, "lack api", "not valid for use with", "fix:")
	if len(o.logins) != 1 || len(o.calls) != 1 {
		t.Errorf("%d logins, %d calls", len(o.logins), len(o.calls))
	}
}

func TestHarnessProbeIsAnsweredWith127(t *testing.T) {
	t.Parallel()
	for _, asked := range []string{"invented", "token:5"} {
		sfclient(t, map[string]string{"CHECK_OPERATION": asked}).want(t, exitUnsupported, asked)
	}
	sfclient(t, map[string]string{"CHECK_OPERATION": "invented"}, "query").want(t, exitUnsupported)
	sfclient(t, map[string]string{"CHECK_OPERATION": "token"}).want(t, exitFailed, "no credential is set")
	sfclient(t, map[string]string{"CHECK_OPERATION": "query"}, "token").want(t, exitFailed, "CHECK_OPERATION asks for")
	o := newOrg(t)
	sfclient(t, with(o.secretEnv(), "CHECK_OPERATION", "token")).want(t, exitOK, "fingerprint")
}

func TestSignalEndsAWaitQuietly(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	ctx, cancel := context.WithCancel(t.Context())
	o.token = func(w http.ResponseWriter, _ int) {
		w.Header().Set("Retry-After", "30")
		w.WriteHeader(http.StatusServiceUnavailable)
		cancel()
	}
	var out, err strings.Builder
	code := run(ctx, []string{"token"}, func(name string) string { return o.secretEnv()[name] }, strings.NewReader(""), &out, &err)
	if code != exitFailed || len(o.logins) != 1 || err.String() != "sfclient: stopped by a signal\n" {
		t.Errorf("code %d, %d logins, %q", code, len(o.logins), err.String())
	}
}

func TestHelpAndVersion(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"--help"}, {"-h"}, {"help"}, {"token", "--help"}} {
		got := sfclient(t, nil, args...)
		got.want(t, exitOK)
		for _, s := range allSettings {
			if !strings.Contains(got.out, s.key()) || !strings.Contains(got.out, s.env) {
				t.Errorf("%v: help lacks %s", args, s.label())
			}
		}
	}
	sfclient(t, nil, "--version").want(t, exitOK, version)
}

func TestUnwritableOutputIsAFailure(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.api = func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"done":true,"records":[{"Id":"1"}]}`)
	}
	for _, args := range [][]string{{"token"}, {"token", "--json"}, {"query"}, {"whoami"}, {"--help"}} {
		var err strings.Builder
		code := run(t.Context(), args, func(name string) string { return o.secretEnv()[name] }, strings.NewReader(""), closedPipe{}, &err)
		if code != exitFailed || !strings.Contains(err.String(), "could not be written") {
			t.Errorf("%v: code %d, %q", args, code, err.String())
		}
	}
}

type closedPipe struct{}

func (closedPipe) Write([]byte) (int, error) { return 0, fmt.Errorf("broken pipe") }
