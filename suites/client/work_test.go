package client_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// heeding does the work for one operation, and has no other.
func heeding(operation string, work func(context.Context, drive.Env) error) func(context.Context, drive.Env) error {
	return func(ctx context.Context, env drive.Env) error {
		if env.Operation() != operation {
			return drive.ErrUnsupported
		}
		return work(ctx, env)
	}
}

// ownWork is a client that heeds no operation.
func ownWork(work func(context.Context, drive.Env) error) *driver {
	d := fake(work)
	d.traits.Operations = false
	return d
}

func TestAClientThatOnlyLogsInIsJudgedByItsLogins(t *testing.T) {
	t.Parallel()
	declared := options(fake(oneLogin), scenario.EndsBetweenPages, scenario.KeyUnknown)
	declared.Operations = []string{scenario.Login}
	for name, o := range map[string]struct {
		made func() *report.Report
		why  string
	}{
		"by exit code 127": {func() *report.Report {
			return run(t, options(fake(heeding(scenario.Login, oneLogin)), scenario.EndsBetweenPages, scenario.KeyUnknown))
		}, `no operation "query"`},
		"as it declares": {func() *report.Report { return run(t, declared) }, `no operation "query"`},
		"by what it does": {func() *report.Report {
			return run(t, options(ownWork(oneLogin), scenario.EndsBetweenPages, scenario.KeyUnknown))
		}, "nothing but log in"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := o.made()
			for _, id := range []fixtures.RequirementID{"session-401-reauth-once", "host-use-instance-url"} {
				if got := result(t, r, id); got.Verdict != verdict.NotApplicable || !strings.Contains(got.Reason, o.why) {
					t.Errorf("%s is %s: %s", id, got.Verdict, got.Reason)
				}
			}
			for _, id := range []fixtures.RequirementID{"req-grant-type-exact", "err-permanent-no-hammer"} {
				if got := result(t, r, id); got.Verdict != verdict.Pass {
					t.Errorf("%s is %s: %s", id, got.Verdict, got.Reason)
				}
			}
		})
	}
}

func TestAnOperationThatIsDeclaredAndLackingLeavesRequirementsOpen(t *testing.T) {
	t.Parallel()
	o := options(fake(heeding(scenario.Login, oneLogin)))
	o.Operations = []string{scenario.Login, scenario.Query}
	if got := result(t, run(t, o), "host-use-instance-url"); got.Verdict != verdict.Inconclusive || !strings.Contains(got.Reason, "127") {
		t.Errorf("it is %s: %s", got.Verdict, got.Reason)
	}
}

func TestExitCode127BehindARequestIsAFailureLikeAnyOther(t *testing.T) {
	t.Parallel()
	late := func(ctx context.Context, env drive.Env) error {
		if err := oneLogin(ctx, env); err != nil {
			return err
		}
		return drive.ErrUnsupported
	}
	r := run(t, options(fake(late)))
	if got := result(t, r, "req-grant-type-exact"); got.Verdict != verdict.Pass {
		t.Errorf("it is %s: %s", got.Verdict, got.Reason)
	}
	if got := result(t, r, "host-use-instance-url"); got.Verdict != verdict.Inconclusive {
		t.Errorf("without a call it is %s: %s", got.Verdict, got.Reason)
	}
}

// exiting has every start of a client end with exit code 0, having written a text if it failed.
func exiting(d *driver, text string) *driver {
	d.traits.Output, d.traits.Process = true, true
	d.run = func(ctx context.Context, job drive.Job, next drive.Driver) (evidence.Run, error) {
		r, err := next.Run(ctx, job)
		if !r.Exit.Succeeded() {
			r.Stderr.Head = []byte(text)
		}
		r.Exit, r.Err = evidence.Exit{}, ""
		return r, err
	}
	return d
}

func TestExitCodesThatSayNothingFailOneRequirement(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]verdict.Verdict{"login failed: 400": verdict.Pass, "": verdict.Inconclusive} {
		r := run(t, options(exiting(fake(oneLogin), text), scenario.KeyUnknown, scenario.NoBody))
		if got := result(t, r, "err-exit-or-health"); got.Verdict != verdict.Fail {
			t.Errorf("the exit code: %s: %s", got.Verdict, got.Reason)
		}
		if got := result(t, r, "err-empty-body"); got.Verdict != want && (want != verdict.Pass || got.Verdict != verdict.Warn) {
			t.Errorf("with %q: %s, want %s: %s", text, got.Verdict, want, got.Reason)
		}
	}
}

// serving logs in, makes a call, and waits for the next round until it is ended.
func serving(ctx context.Context, env drive.Env) error {
	way, err := env.Transport()
	if err != nil {
		return err
	}
	defer way.CloseIdleConnections()
	token, err := tokenOf(ctx, env, way)
	if err == nil {
		err = callWith(ctx, way, token["instance_url"], token["access_token"])
	}
	<-ctx.Done()
	return errors.Join(err, ctx.Err())
}

// tokenOf are the texts of a token answer.
func tokenOf(ctx context.Context, env drive.Env, way http.RoundTripper) (map[string]string, error) {
	secret, err := env.ClientSecret()
	if err != nil {
		return nil, err
	}
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {env.ClientID()}, "client_secret": {secret}}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, env.LoginURL()+"/services/oauth2/token", strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := way.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	var token map[string]string
	err = json.NewDecoder(answer.Body).Decode(&token)
	return token, err
}

func callWith(ctx context.Context, way http.RoundTripper, instance, token string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, instance+"/services/data/v66.0/limits", nil)
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+token)
	answer, err := way.RoundTrip(r)
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

func TestAServiceIsWatchedAndThenToldToEnd(t *testing.T) {
	t.Parallel()
	o := options(ownWork(serving), scenario.KeyUnknown)
	o.TimeFactor = 0.02
	r := run(t, o)
	if !slices.ContainsFunc(r.Untested, func(u report.Untested) bool {
		return u.What == "how the client ends" && strings.Contains(u.Why, "--operation run-until-killed")
	}) {
		t.Errorf("it is not told: %+v", r.Untested)
	}
	if got := result(t, r, "host-use-instance-url"); got.Verdict != verdict.Pass {
		t.Errorf("host-use-instance-url is %s: %s", got.Verdict, got.Reason)
	}
}
