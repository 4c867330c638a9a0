package drive_test

import (
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/evidence"
)

// call drives a function once.
func call(t *testing.T, job drive.Job, client func(context.Context, drive.Env) error) evidence.Run {
	t.Helper()
	job.Limit = time.Minute
	r, err := drive.NewFunc(client, drive.FuncOptions{}).Run(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAFunctionEndsAsAProgramWould(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		client func(context.Context, drive.Env) error
		want   evidence.Exit
		err    string
	}{
		"success":     {func(context.Context, drive.Env) error { return nil }, evidence.Exit{}, ""},
		"failure":     {func(context.Context, drive.Env) error { return errors.New("refused") }, evidence.Exit{Code: 1}, "refused"},
		"panic":       {func(context.Context, drive.Env) error { panic("broken") }, evidence.Exit{Code: 2}, "panic: broken\ngoroutine"},
		"goexit":      {func(context.Context, drive.Env) error { runtime.Goexit(); return nil }, evidence.Exit{Code: 2}, "returned nothing"},
		"unsupported": {func(context.Context, drive.Env) error { return fmt.Errorf("x: %w", drive.ErrUnsupported) }, evidence.Exit{Code: 127, Unsupported: true}, "x: "},
	} {
		r := call(t, drive.Job{}, tt.client)
		if r.Exit != tt.want || !strings.Contains(r.Err, tt.err) || (r.Err == "") != (tt.err == "") {
			t.Errorf("%s: %+v, %q", name, r.Exit, r.Err)
		}
	}
}

func TestAFunctionIsToldWhyItsContextEnds(t *testing.T) {
	t.Parallel()
	closed := make(chan struct{})
	close(closed)
	for _, tt := range []struct {
		name  string
		job   drive.Job
		cause error
		exit  evidence.Exit
	}{
		{"stop", drive.Job{Stop: closed}, drive.ErrStopped, evidence.Exit{Stopped: true}},
		{"kill", drive.Job{Kill: closed}, drive.ErrKilled, evidence.Exit{Code: 1}},
	} {
		var cause error
		r := call(t, tt.job, func(ctx context.Context, _ drive.Env) error {
			<-ctx.Done()
			cause = context.Cause(ctx)
			return ctx.Err()
		})
		r.Exit.StopTook = 0
		if !errors.Is(cause, tt.cause) || r.Exit != tt.exit {
			t.Errorf("%s: %v, %+v", tt.name, cause, r.Exit)
		}
	}
}

func TestAFunctionThatDoesNotReturnHoldsNobodyUp(t *testing.T) {
	t.Parallel()
	release := make(chan struct{})
	defer close(release)
	now := func(time.Duration) <-chan time.Time {
		c := make(chan time.Time, 1)
		c <- time.Time{}
		return c
	}
	f := drive.NewFunc(func(context.Context, drive.Env) error { <-release; return nil }, drive.FuncOptions{After: now})
	r, err := f.Run(t.Context(), drive.Job{Limit: time.Hour})
	if err != nil || !r.Exit.TimedOut || len(r.Left) != 1 || r.Exit.Succeeded() {
		t.Errorf("%+v, left %v, %v", r.Exit, r.Left, err)
	}
}

func TestAFunctionGetsTheContractAndReachesTheScenario(t *testing.T) {
	t.Parallel()
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("here")) }))
	defer server.Close()
	dir := t.TempDir()
	write := func(name string, text []byte) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	ca := write("ca.pem", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}))
	job := drive.Job{Scenario: "happy", Operation: "query", Context: map[string]any{"n": 1}, Env: map[string]string{
		"SF_LOGIN_URL": server.URL, "SF_CA_FILE": ca, "SF_CLIENT_SECRET_FILE": write("secret", []byte("s3cret")), "SF_AUDIENCE": "",
	}}
	r := call(t, job, func(_ context.Context, env drive.Env) error {
		transport, err := env.Transport()
		if err != nil {
			return err
		}
		defer transport.CloseIdleConnections()
		resp, err := (&http.Client{Transport: transport}).Get(env.LoginURL())
		if err != nil {
			return err
		}
		env.Check("status", resp.StatusCode)
		secret, err := env.ClientSecret()
		_, set := env.Lookup("SF_AUDIENCE")
		if secret != "s3cret" || err != nil || !set || env.Operation() != "query" || env.Scenario() != "happy" || env.Context()["n"] != 1 || env.Get("CHECK_CONTEXT") != `{"n":1}` {
			return fmt.Errorf("told %v", env.Environ())
		}
		return errors.Join(resp.Body.Close())
	})
	if !r.Exit.Succeeded() || r.Err != "" || r.Checks["status"] != http.StatusOK {
		t.Errorf("%+v %s %v", r.Exit, r.Err, r.Checks)
	}
}

func TestProbingAFunction(t *testing.T) {
	t.Parallel()
	for want, client := range map[bool]func(context.Context, drive.Env) error{
		true:  func(context.Context, drive.Env) error { return drive.ErrUnsupported },
		false: func(context.Context, drive.Env) error { return errors.New("refused") },
	} {
		f := drive.NewFunc(client, drive.FuncOptions{})
		got, err := f.Probe(t.Context())
		if got != want || err != nil || f.Traits() != (drive.Traits{Operations: want}) {
			t.Errorf("%v, %v, %+v", got, err, f.Traits())
		}
	}
}
