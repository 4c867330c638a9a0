package main

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/flows"
)

// until runs the command until stop says so, which is called with the number of API calls made; it fails the test if the
// command does not end then.
func (o *fakeOrg) until(t *testing.T, env map[string]string, stop func(calls, logins int) bool) outcome {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	api, token := o.api, o.token
	watch := func() {
		if logins, calls := o.made(); stop(calls, logins) {
			cancel()
		}
	}
	o.api = func(w http.ResponseWriter, r *http.Request) { api(w, r); watch() }
	o.token = func(w http.ResponseWriter, n int) { token(w, n); watch() }
	var stdout, stderr strings.Builder
	env = with(env, "SF_INTERVAL", "1ms", "CHECK_OPERATION", "run-until-killed")
	code := run(ctx, nil, func(name string) string { return env[name] }, strings.NewReader(""), &stdout, &stderr)
	return outcome{code, stdout.String(), stderr.String()}
}

func TestServiceEndsQuietlyOnASignal(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.api = answerQuery
	got := o.until(t, o.secretEnv(), func(calls, _ int) bool { return calls == 5 })
	got.want(t, exitOK, "stopped by a signal", "healthy", `CHECK {"calls":`)
	if logins, _ := o.made(); logins != 1 {
		t.Errorf("%d logins", logins)
	}
}

func TestSignalEndsTheServiceInARetryWait(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.token = func(w http.ResponseWriter, _ int) { w.WriteHeader(http.StatusServiceUnavailable) }
	got := o.until(t, with(o.secretEnv(), "SF_RETRY_DELAY", "30s"), func(_, logins int) bool { return logins == 1 })
	got.want(t, exitOK, "after 0 calls")
	if logins, _ := o.made(); logins != 1 {
		t.Errorf("%d logins", logins)
	}
}

func TestServiceThatNeverGotInGivesUp(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	o.token = refuse("invalid_client", "heron-43")
	o.until(t, o.secretEnv(), func(_, logins int) bool { return logins > 3 }).want(t, exitFailed, "heron-43", "fix:")
	if logins, _ := o.made(); logins != 1 {
		t.Errorf("%d logins", logins)
	}
}

func TestServiceLivesThroughARotation(t *testing.T) {
	t.Parallel()
	o := newOrg(t)
	path := writeFile(t, "old-secret\n")
	valid := "old-secret"
	o.token = func(w http.ResponseWriter, n int) {
		if _, secret, _ := o.logins[n-1].BasicAuth(); secret != valid {
			refuse("invalid_client", "rotated")(w, n)
			return
		}
		o.grant(w, "api")
	}
	o.api = func(w http.ResponseWriter, r *http.Request) {
		if valid == "old-secret" {
			valid = "new-secret"
			rewrite(t, path, "new-secret\n")
			endSession(w, r)
			return
		}
		answerQuery(w, r)
	}
	env := with(o.secretEnv(), "SF_CLIENT_SECRET", "", "SF_CLIENT_SECRET_FILE", path)
	got := o.until(t, env, func(calls, _ int) bool { return calls == 4 })
	got.want(t, exitOK)
	if logins, _ := o.made(); logins != 3 || strings.Contains(got.err, "unhealthy") {
		t.Errorf("%d logins: %s", logins, got.err)
	}
}

func TestServiceSaysAFailureOnceAndStaysUpButEndsAsAFailure(t *testing.T) {
	t.Parallel()
	var stdout, stderr strings.Builder
	v := service{session: &session{streams: streams{out: &stdout, err: &stderr}}}
	dead := &flows.TokenError{Code: "invalid_client", Description: "heron-44"}
	for _, outcome := range []error{nil, dead, dead, nil, dead, context.Canceled} {
		if err := v.turn(outcome); err != nil {
			t.Fatal(err)
		}
	}
	if got := stderr.String(); strings.Count(got, "unhealthy") != 2 || strings.Count(got, "heron-44") != 2 || strings.Count(got, " healthy") != 2 {
		t.Errorf("said:\n%s", got)
	}
	if err := v.stop(); !errors.Is(err, errStoppedUnhealthy) {
		t.Errorf("ends with %v", err)
	}
	if err := v.turn(&flows.APIError{Status: http.StatusServiceUnavailable}); err != nil || v.stop() != nil {
		t.Error("an outage is taken for a refusal")
	}
}

func answerQuery(w http.ResponseWriter, _ *http.Request) {
	_, _ = io.WriteString(w, `{"totalSize":1,"done":true,"records":[{"Id":"1"}]}`)
}

func endSession(w http.ResponseWriter, _ *http.Request) {
	w.WriteHeader(http.StatusUnauthorized)
	_, _ = io.WriteString(w, `[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]`)
}
