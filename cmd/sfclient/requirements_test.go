package main

import (
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
)

// trial is one thing that happens to the client, in both flows; the name begins with the requirement's id.
type trial struct {
	name         string
	env          []string
	operation    string // default: burst:6
	token        func(o *fakeOrg, w http.ResponseWriter, n int)
	api          func(o *fakeOrg, w http.ResponseWriter, r *http.Request)
	code         int
	words        string // several, separated by |
	logins       int    // exactly so many
	calls        int    // exactly so many; -1: not counted
	neverInWords string
}

func body(text string) func(*fakeOrg, http.ResponseWriter, int) {
	return func(_ *fakeOrg, w http.ResponseWriter, _ int) { _, _ = io.WriteString(w, text) }
}

func refusedBy(id fixtures.RefusalID) func(*fakeOrg, http.ResponseWriter, int) {
	return func(_ *fakeOrg, w http.ResponseWriter, _ int) { answers(w, fixtures.MustRefusal(id).Answer) }
}

func apiRefusedBy(id fixtures.RefusalID) func(*fakeOrg, http.ResponseWriter, *http.Request) {
	return func(_ *fakeOrg, w http.ResponseWriter, _ *http.Request) { answers(w, fixtures.MustRefusal(id).Answer) }
}

// after answers the first n requests with one thing and all others with a grant.
func after(n int, first func(*fakeOrg, http.ResponseWriter, int)) func(*fakeOrg, http.ResponseWriter, int) {
	return func(o *fakeOrg, w http.ResponseWriter, asked int) {
		if asked <= n {
			first(o, w, asked)
			return
		}
		o.grant(w, "api")
	}
}

func status(code int) func(*fakeOrg, http.ResponseWriter, int) {
	return func(_ *fakeOrg, w http.ResponseWriter, _ int) { w.WriteHeader(code) }
}

// fields grants with members changed: a JSON text, or "" to leave it out.
func fields(name, value string) func(*fakeOrg, http.ResponseWriter, int) {
	return func(o *fakeOrg, w http.ResponseWriter, _ int) {
		members := map[string]string{"access_token": fmt.Sprintf("%q", canaryToken), "instance_url": fmt.Sprintf("%q", o.instance.URL)}
		members[name] = value
		var list []string
		for name, value := range members {
			if value != "" {
				list = append(list, fmt.Sprintf("%q:%s", name, value))
			}
		}
		_, _ = io.WriteString(w, "{"+strings.Join(list, ",")+"}")
	}
}

func breakOff(_ *fakeOrg, w http.ResponseWriter, _ int) {
	w.Header().Set("Content-Length", "500")
	_, _ = io.WriteString(w, `{"access_token":"`)
	panic(http.ErrAbortHandler)
}

// endedFor ends the session of the first n calls.
func endedFor(n int) func(*fakeOrg, http.ResponseWriter, *http.Request) {
	return func(o *fakeOrg, w http.ResponseWriter, r *http.Request) {
		if _, calls := o.made(); calls <= n {
			endSession(w, r)
			return
		}
		answerQuery(w, r)
	}
}

var trials = []trial{
	{name: "resp-no-expires-in", token: fields("", ""), logins: 1, calls: 6, operation: "burst:6"},
	{name: "resp-unknown-fields", token: fields("odd", `{"a":[null,1,{"b":true}]}`), logins: 1, calls: 6},
	{name: "resp-unknown-fields of a known name", token: fields("scope", `{"a":1}`), logins: 1, calls: 6},
	{name: "resp-missing-optional access_token", token: fields("access_token", ""), code: exitFailed, words: "no access_token", logins: 1},
	{name: "resp-missing-optional instance_url", token: fields("instance_url", ""), code: exitFailed, words: "no instance_url", logins: 1},
	{name: "resp-token-type-case", token: fields("token_type", `"BEARER"`), logins: 1, calls: 6},
	{name: "resp-issued-at-ms-string past", token: fields("issued_at", `"1000"`), logins: 1, calls: 6},
	{name: "resp-issued-at-ms-string future", token: fields("issued_at", `"99999999999999"`), logins: 1, calls: 6},
	{name: "resp-200-not-json page", token: body("<html>heron</html>"), code: exitFailed, words: "not JSON|127.0.0.1|SF_LOGIN_URL", logins: 1, neverInWords: "heron"},
	{name: "resp-200-not-json empty", token: body(""), code: exitFailed, words: "empty", logins: 1},
	{name: "resp-200-not-json broken", token: body(`{"access_token":`), code: exitFailed, words: "broken JSON", logins: 1},
	{name: "resp-200-not-json list", token: body(`[]`), code: exitFailed, words: "not JSON", logins: 1},
	{name: "resp-200-error-object", token: body(`{"error":"heron_1","error_description":"heron-2"}`), code: exitFailed, words: "heron_1|heron-2", logins: 1},
	{name: "resp-body-limit", token: body(`{"access_token":"` + strings.Repeat("x", 2<<20) + `"}`), code: exitFailed, words: "longer than the limit", logins: 1},
	{name: "host-instance-url-trusted", token: fields("instance_url", `"https://evil.test"`), code: exitFailed, words: "evil.test|SF_ALLOWED_HOSTS", logins: 1},
	{name: "host-no-plain-http", token: fields("instance_url", `"http://acme.my.salesforce.com"`), code: exitFailed, words: "not https", logins: 1},
	{name: "org-expected-id", env: []string{"SF_ORG_ID", "00D000000000009"}, code: exitFailed, words: "00D000000000001|00D000000000009", logins: 1},
	{name: "session-401-reauth-once", api: endedFor(1), operation: "burst:1", logins: 2, calls: 2},
	{name: "session-no-loop", api: endedFor(1 << 30), operation: "query", code: exitFailed, words: "INVALID_SESSION_ID|fix:", logins: 2, calls: 2},
	{name: "cache-same-token-again", api: endedFor(1 << 30), code: exitFailed, logins: 2, calls: -1},
	{name: "session-not-on-403", api: apiRefusedBy("request-limit-exceeded"), operation: "query", code: exitFailed, words: "REQUEST_LIMIT_EXCEEDED|daily API limit", logins: 1, calls: 1},
	{name: "session-401-not-expiry", api: apiRefusedBy("session-not-valid-for-api"), operation: "query", code: exitFailed, words: "api scope", logins: 1, calls: 1},
	{name: "session-reauth-error-shown", token: func(o *fakeOrg, w http.ResponseWriter, n int) {
		if n > 1 {
			refusedBy("ip-restricted")(o, w, n)
			return
		}
		o.grant(w, "api")
	}, api: endedFor(1 << 30), operation: "query", code: exitFailed, words: "INVALID_SESSION_ID|and the new login failed|address is not allowed", logins: 2, calls: 1},
	{name: "err-permanent-no-hammer", token: refusedBy("client-secret-wrong"), operation: "burst:50", code: exitFailed, words: "invalid_client|127.0.0.1|3MVG9c...", logins: 1},
	{name: "err-status-variants 401", token: func(_ *fakeOrg, w http.ResponseWriter, _ int) {
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, `{"error":"invalid_client"}`)
	}, code: exitFailed, words: "invalid_client|HTTP 401", logins: 1},
	{name: "err-status-variants invented", token: func(_ *fakeOrg, w http.ResponseWriter, n int) { refuse("heron_3", "heron-4")(w, n) }, code: exitFailed, words: "heron_3|heron-4|Login History", logins: 1},
	{name: "err-unknown-error-400 passing", token: after(2, refusedBy("retry-your-request")), logins: 3, calls: 6},
	{name: "err-unknown-error-400 staying", token: refusedBy("retry-your-request"), code: exitFailed, words: "generic host", logins: 5},
	{name: "err-transient-backoff 503", token: after(3, status(503)), logins: 4, calls: 6},
	{name: "err-transient-backoff 429", token: after(1, status(429)), logins: 2, calls: 6},
	{name: "err-login-rate-exceeded", token: refusedBy("login-rate-exceeded"), operation: "burst:50", code: exitFailed, words: "wait an hour", logins: 1},
	{name: "err-html-body", token: refusedBy("maintenance"), code: exitFailed, words: "503|status.salesforce.com|127.0.0.1", neverInWords: "<html", logins: 5},
	{name: "err-empty-body 400", token: status(400), code: exitFailed, words: "HTTP 400|empty", logins: 1},
	{name: "err-empty-body 503", token: status(503), code: exitFailed, words: "HTTP 503|empty", neverInWords: "ecret", logins: 5},
	{name: "err-broken-json", token: after(1, breakOff), logins: 2, calls: 6},
	{name: "err-connection-reset", token: after(1, func(*fakeOrg, http.ResponseWriter, int) { panic(http.ErrAbortHandler) }), logins: 2, calls: 6},
	{name: "err-timeouts-finite", env: []string{"SF_TIMEOUT", "20ms", "SF_RETRY_BUDGET", "60ms"}, token: func(_ *fakeOrg, w http.ResponseWriter, _ int) {
		hang(w)
	}, code: exitFailed, words: "no complete answer in time|cannot reach", logins: -1},
	{name: "err-timeouts-finite of a call", env: []string{"SF_TIMEOUT", "20ms", "SF_RETRY_BUDGET", "60ms"}, operation: "burst:1", api: func(_ *fakeOrg, w http.ResponseWriter, _ *http.Request) {
		hang(w)
	}, code: exitFailed, words: "no complete answer in time", logins: 1, calls: -1},
	{name: "api-version-retired", env: []string{"SF_API_VERSION", "v32.0"}, operation: "query", api: func(_ *fakeOrg, w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusGone)
	}, code: exitFailed, words: "HTTP 410|SF_API_VERSION", logins: 1, calls: 1},
	{name: "api-limit-handling 503", operation: "query", api: func(_ *fakeOrg, w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }, code: exitFailed, words: "HTTP 503", logins: 1, calls: 5},
	{name: "err-api-array-and-object text", operation: "query", api: func(_ *fakeOrg, w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, "heron_5")
	}, code: exitFailed, words: "heron_5|HTTP 400", logins: 1, calls: 1},
	{name: "err-api-array-and-object object", operation: "query", api: func(_ *fakeOrg, w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, `{"errorCode":"HERON_6","message":"heron-7"}`)
	}, code: exitFailed, words: "HERON_6|heron-7|HTTP 400", logins: 1, calls: 1},
}

// hang holds the answer back until the client has gone.
func hang(w http.ResponseWriter) {
	_ = http.NewResponseController(w).Flush()
	if connection, _, err := http.NewResponseController(w).Hijack(); err == nil {
		_, _ = io.Copy(io.Discard, connection)
		_ = connection.Close()
	}
}

func TestRequirementsHoldInBothFlows(t *testing.T) {
	t.Parallel()
	for _, x := range trials {
		t.Run(x.name, func(t *testing.T) {
			t.Parallel()
			for flow, envOf := range map[string]func(*fakeOrg) map[string]string{"client-credentials": (*fakeOrg).secretEnv, "jwt-bearer": (*fakeOrg).keyEnv} {
				t.Run(flow, func(t *testing.T) {
					t.Parallel()
					o := newOrg(t)
					x.run(t, o, envOf(o))
				})
			}
		})
	}
}

func (x trial) run(t *testing.T, o *fakeOrg, env map[string]string) {
	t.Helper()
	o.api = answerQuery
	if x.token != nil {
		o.token = func(w http.ResponseWriter, n int) { x.token(o, w, n) }
	}
	if x.api != nil {
		o.api = func(w http.ResponseWriter, r *http.Request) { x.api(o, w, r) }
	}
	operation := x.operation
	if operation == "" {
		operation = "burst:6"
	}
	got := sfclient(t, with(with(env, x.env...), "SF_VERBOSE", "true"), operation)
	got.want(t, x.code, strings.Split(x.words, "|")...)
	if x.neverInWords != "" && strings.Contains(got.out+got.err, x.neverInWords) {
		t.Errorf("output has %q: %s", x.neverInWords, got.err)
	}
	logins, calls := o.made()
	if x.logins >= 0 && logins != x.logins || x.calls >= 0 && calls != x.calls {
		t.Errorf("%d logins and %d calls, want %d and %d\n%s", logins, calls, x.logins, x.calls, got.err)
	}
}

func TestNeitherEndpointsRedirectIsFollowed(t *testing.T) {
	t.Parallel()
	var reached atomic.Int64
	canary := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	t.Cleanup(canary.Close)
	host := strings.TrimPrefix(canary.URL, "http://")
	for _, code := range []int{301, 302, 303, 307, 308} {
		for _, envOf := range []func(*fakeOrg) map[string]string{(*fakeOrg).secretEnv, (*fakeOrg).keyEnv} {
			o := newOrg(t)
			o.api = func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, canary.URL+r.URL.Path, code) }
			sfclient(t, envOf(o), "query").want(t, exitFailed, "redirect", host)
			o.token = func(w http.ResponseWriter, _ int) {
				w.Header().Set("Location", canary.URL+"/services/oauth2/token")
				w.WriteHeader(code)
			}
			sfclient(t, envOf(o), "query").want(t, exitFailed, "redirects", host, "SF_LOGIN_URL")
		}
	}
	if reached.Load() != 0 {
		t.Errorf("%d requests followed", reached.Load())
	}
}

// canaries are the forms in which a secret could show.
func canaries(secret string) []string {
	pair := "3MVG9canary:" + secret
	quoted := fmt.Sprintf("%q", secret)
	return []string{
		secret, url.QueryEscape(secret), url.PathEscape(secret), quoted[1 : len(quoted)-1], base64.StdEncoding.EncodeToString([]byte(secret)),
		base64.StdEncoding.EncodeToString([]byte(pair)), base64.StdEncoding.EncodeToString([]byte("3MVG9canary:" + url.QueryEscape(secret))),
	}
}
