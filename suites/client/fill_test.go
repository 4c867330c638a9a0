package client_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/suites/client"
	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

func TestTheReportHasNumbersFactsAndReadings(t *testing.T) {
	t.Parallel()
	r := run(t, options(fake(oneLogin), scenario.SecretRefused))
	for _, name := range []string{
		"logins per 1,000 API calls", "logins per hour, extrapolated", "most logins in parallel",
		"time to recover from expiry", "time to give up on wrong credentials", "retries per outage",
	} {
		if !slices.ContainsFunc(r.Numbers, func(n report.Number) bool { return n.Name == name && n.Value != "" }) {
			t.Errorf("no number %q among %v", name, r.Numbers)
		}
	}
	facts := map[string]string{}
	for _, f := range r.Fingerprint {
		facts[f.Name] = f.Value
	}
	for name, want := range map[string]string{
		"hosts called": "token", "User-Agent": "one-login/1.0", "client authentication": "client_secret in the body",
		"TLS versions offered": "TLS 1.2, TLS 1.3", "scopes asked for": "none", "revokes its token": "no",
		"aud of assertions": "no assertion seen",
	} {
		if facts[name] != want {
			t.Errorf("%s: %q, want %q", name, facts[name], want)
		}
	}
	if len(r.Operator) != 1 {
		t.Fatalf("%d readings: %v", len(r.Operator), r.Operator)
	}
	if o := r.Operator[0]; !strings.HasPrefix(o.Answered, "400 ") || o.Client == "" || !strings.Contains(o.Ideal, "Consumer Secret") {
		t.Errorf("the reading is %+v", o)
	}
}

func TestASecretInTheErrorIsFoundNamedAndNowhereInTheReport(t *testing.T) {
	t.Parallel()
	var secrets []string
	leaky := func(ctx context.Context, env drive.Env) error {
		secret, _ := env.ClientSecret()
		secrets = append(secrets, secret)
		return fmt.Errorf("first line\nlogin failed with client_secret=%s: %w", secret, oneLogin(ctx, env))
	}
	r := run(t, options(fake(leaky)))
	found := r.Secrets.Found
	if len(found) != 1 || found[0].Secret != "consumer secret" || found[0].Line != 2 || found[0].Encoding != "raw" || found[0].Scenario != scenario.HappyPath {
		t.Errorf("found %+v", found)
	}
	if r.Secrets.Bytes == 0 || len(r.Secrets.Encodings) == 0 || !slices.Contains(r.Secrets.Names, "consumer secret") || len(r.Secrets.Limits) < 3 {
		t.Errorf("the search says %+v", r.Secrets)
	}
	var text bytes.Buffer
	if err := report.WriteJSON(&text, r, report.Options{}); err != nil {
		t.Fatal(err)
	}
	for _, secret := range secrets {
		if bytes.Contains(text.Bytes(), []byte(secret)) {
			t.Error("the report holds the secret")
		}
	}
}

func TestWhatIsWhereItBelongsIsNoLeak(t *testing.T) {
	t.Parallel()
	if r := run(t, options(fake(oneLogin), scenario.SecretRefused)); len(r.Secrets.Found) > 0 {
		t.Errorf("found %+v", r.Secrets.Found)
	}
}

func TestWhatIsRunAgainIsQuotedForAShell(t *testing.T) {
	t.Parallel()
	o := options(fake(oneLogin))
	r := run(t, o)
	end := ` --flow client-credentials --seed 1 -- './one login' '--it'\''s'`
	if want := "sfconform client" + end; r.Run.Rerun != want {
		t.Errorf("the run: %s\nwant %s", r.Run.Rerun, want)
	}
	want := "sfconform client --only req-method-post --scenario happy-path" + end
	if got := result(t, r, "req-method-post").Rerun; got != want {
		t.Errorf("the result: %s\nwant %s", got, want)
	}
	o.Rerun = func(s client.Selection) string { return "again " + string(s.Only) }
	if got := result(t, run(t, o), "req-method-post").Rerun; got != "again req-method-post" {
		t.Errorf("the own way gives %q", got)
	}
}

func TestWhatTheClientDoesNotHaveIsUntested(t *testing.T) {
	t.Parallel()
	o := options(fake(func(ctx context.Context, env drive.Env) error {
		if env.Operation() == scenario.Burst {
			return drive.ErrUnsupported
		}
		return oneLogin(ctx, env)
	}))
	o.Flows, o.Scenarios = nil, append(o.Scenarios, burstScenario(t))
	r := run(t, o)
	for _, what := range []string{"flow jwt-bearer", `operation "burst"`} {
		if !slices.ContainsFunc(r.Untested, func(u report.Untested) bool { return u.What == what && u.Why != "" }) {
			t.Errorf("%q is not among %v", what, r.Untested)
		}
	}
	o.Operations = []string{scenario.Query}
	declared := run(t, o).Untested
	if !slices.ContainsFunc(declared, func(u report.Untested) bool { return u.What == `operation "burst"` && u.Kind == verdict.NotApplicable }) {
		t.Errorf("the operation that is not declared is not among %v", declared)
	}
}

func burstScenario(t *testing.T) string {
	t.Helper()
	for _, s := range scenario.All() {
		if s.Needed() == scenario.Burst && !s.Alone {
			return s.Name
		}
	}
	t.Skip("no scenario asks for a burst")
	return ""
}

func TestALongTimeLineKeepsItsBeginningAndItsEnd(t *testing.T) {
	t.Parallel()
	loops := func(ctx context.Context, env drive.Env) error {
		transport, err := env.Transport()
		if err != nil {
			return err
		}
		defer transport.CloseIdleConnections()
		for range 300 {
			if err = login(ctx, env, transport); err != nil {
				return errLeft
			}
		}
		return nil
	}
	r := run(t, options(fake(loops)))
	line := r.Scenarios[0].Line
	if len(line) != 121 {
		t.Fatalf("%d events", len(line))
	}
	if line[0].Kind != "start" || !strings.HasSuffix(line[60].Text, "further events are left out here") {
		t.Errorf("it begins with %+v and has %+v in the middle", line[0], line[60])
	}
	if !slices.ContainsFunc(line[61:], func(e report.Event) bool { return e.Kind == "end" }) {
		t.Error("the end is not there")
	}
	if n := r.Numbers[1]; !strings.HasPrefix(n.Note, "200 logins within ") || !strings.Contains(n.Note, "3600 an hour") {
		t.Errorf("the logins an hour are %+v", n)
	}
	if !strings.Contains(r.Scenarios[0].Outcome, "too many requests") {
		t.Errorf("the outcome is %q", r.Scenarios[0].Outcome)
	}
}
