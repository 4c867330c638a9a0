package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

func TestADeadAddressIsOneLineThatNamesTheFlagAndTheFix(t *testing.T) {
	t.Parallel()
	server, env := standIn(t, nil)
	const dead = "http://127.0.0.1:1"
	gone := map[string]string{"SF_LOGIN_URL": dead, "SF_CLIENT_ID": "3MVG9", "SF_CLIENT_SECRET": "F00"}
	tests := map[string]struct {
		args []string
		env  map[string]string
		want []string
	}{
		"target":           {[]string{"--target", dead}, nil, []string{"--target: nothing answers at " + dead, "start it with mocksf --addr 127.0.0.1:1"}},
		"target of an app": {[]string{"--target", dead}, gone, []string{"--target: nothing answers at " + dead}},
		"https":            {[]string{"--target", "https://127.0.0.1:1"}, nil, []string{"see that it runs", "correct --target"}},
		"both":             {[]string{"--target", dead, "--control", dead}, nil, []string{"--target: nothing answers at " + dead}},
		"control": {
			args: []string{"--target", server.URL(), "--control", dead},
			want: []string{"--control: nothing answers at " + dead, "start it with mocksf --control-addr 127.0.0.1:1"},
		},
		"live":     {[]string{"--live"}, gone, []string{"--live: nothing answers at " + dead, "correct SFCONFORM_LIVE_LOGIN_URL"}},
		"stand-in": {[]string{"--live", "--target", dead}, env, []string{"--target: nothing answers at " + dead}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := execute(t, test.env, append([]string{"run"}, test.args...)...)
			if got.code != exitHarness || got.stdout != "" || strings.Count(got.stderr, "\n") != 1 {
				t.Errorf("code %d\n%.600s\n%s", got.code, got.stdout, got.stderr)
			}
			for _, want := range append(test.want, "connection refused") {
				if !strings.Contains(got.stderr, want) {
					t.Errorf("the line lacks %q: %s", want, got.stderr)
				}
			}
		})
	}
}

func TestWhatIsNoControlAPIIsSaidToBeNone(t *testing.T) {
	t.Parallel()
	server, _ := standIn(t, nil)
	answering := func(status int, body string) string {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		}))
		t.Cleanup(s.Close)
		return s.URL
	}
	for name, control := range map[string]string{
		"the token endpoint": server.URL(),
		"a page":             answering(http.StatusOK, "<html>welcome</html>"),
		"other JSON":         answering(http.StatusOK, `{"status":"up"}`),
		"a long refusal":     answering(http.StatusForbidden, strings.Repeat("<p>no</p>\n", 500)),
		"a blank refusal":    answering(http.StatusTeapot, ""),
	} {
		got := execute(t, nil, "run", "--target", server.URL(), "--control", control)
		want := "--control: " + control + " is no control API of a mocksf (GET /clock"
		if got.code != exitHarness || got.stdout != "" || !strings.Contains(got.stderr, want) || strings.Count(got.stderr, "\n") != 1 || len(got.stderr) > 400 {
			t.Errorf("%s: code %d\n%.600s\n%s", name, got.code, got.stdout, got.stderr)
		}
	}
}

func TestATargetIsFirstAskedForSomethingHarmless(t *testing.T) {
	t.Parallel()
	var (
		mu   sync.Mutex
		seen []*http.Request
	)
	odd := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		seen = append(seen, r)
		w.WriteHeader(http.StatusTeapot)
	}))
	t.Cleanup(odd.Close)
	got := execute(t, nil, "run", "--only", aCase, "--target", odd.URL)
	mu.Lock()
	defer mu.Unlock()
	if got.code != exitDeparts || len(seen) != 3 {
		t.Fatalf("code %d after %d requests\n%s", got.code, len(seen), got.stderr)
	}
	if first := seen[0]; first.Method != http.MethodGet || first.URL.String() != "/services/data" || first.Header.Get("Authorization") != "" {
		t.Errorf("the first request is %s %s with %v", first.Method, first.URL, first.Header)
	}
}

func TestARunThatIsEndedWhileItsTargetIsSoughtSaysSo(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	slow := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	}))
	t.Cleanup(slow.Close)
	got := executeWithin(ctx, nil, "run", "--target", slow.URL)
	if got.code != exitHarness || got.stderr != "sfconform: the run was ended before it began\n" {
		t.Errorf("code %d, %s", got.code, got.stderr)
	}
}
