package main

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf"
	"github.com/sfconform/sfconform/suites/endpoint"
)

// standIn is a running mocksf, and the environment that names it as the live org.
func standIn(t *testing.T, behaviour map[fixtures.SwitchID]string) (*mocksf.Server, map[string]string) {
	t.Helper()
	org, err := fixtures.BuiltInOrg("production")
	if err != nil {
		t.Fatal(err)
	}
	org.Behaviour.Switches = behaviour
	server, err := mocksf.New(mocksf.Options{Orgs: []fixtures.Org{org}, Seed: 1, Start: today(), Frozen: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	c, err := server.Org().Credentials("integration")
	if err != nil {
		t.Fatal(err)
	}
	key := filepath.Join(t.TempDir(), "key.pem")
	if err := os.WriteFile(key, []byte(c.PrivateKey), 0o600); err != nil {
		t.Fatal(err)
	}
	return server, map[string]string{
		"SFCONFORM_LIVE_LOGIN_URL": c.LoginURL, "SFCONFORM_LIVE_CLIENT_ID": c.ClientID, "SF_CLIENT_SECRET": c.ClientSecret,
		"SF_USERNAME": c.Username, "SFCONFORM_LIVE_PRIVATE_KEY_FILE": key, "SF_AUDIENCE": c.Audience, "SF_LOGIN_URL": "https://elsewhere.example",
	}
}

func TestALiveOrgLikeTheFakeShowsNoDifference(t *testing.T) {
	t.Parallel()
	_, env := standIn(t, nil)
	got := execute(t, env, "run", "--live", "--budget", "500")
	if got.code != exitConforms || !strings.Contains(got.stdout, "expected (fake) / seen (live)\nno difference\n") {
		t.Errorf("code %d\n%.3000s\n%s", got.code, got.stdout, got.stderr)
	}
	if !strings.Contains(got.stdout, "skipped: needs a change of the org") {
		t.Error("the cases that a live org cannot run are not named")
	}
}

func TestEveryDeliberateDifferenceOfALiveOrgIsShownAndNothingElse(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		behaviour map[fixtures.SwitchID]string
		what      string
	}{
		"fields":    {map[fixtures.SwitchID]string{"token-format-field": "absent"}, "fields token_format"},
		"identity":  {map[fixtures.SwitchID]string{"identity-host": "my-domain"}, "id"},
		"signature": {map[fixtures.SwitchID]string{"bad-signature": "invalid-client"}, "answer flows.TokenError"},
		"method":    {map[fixtures.SwitchID]string{"get-token-endpoint": "405"}, "answer"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server, env := standIn(t, test.behaviour)
			env["SFCONFORM_LIVE_LOGIN_URL"], env["SF_AUDIENCE"] = "https://acme.my.salesforce.com", ""
			got := execute(t, env, "run", "--live", "--target", server.URL(), "--json", "--budget", "500")
			var out struct{ Comparison []endpoint.Row }
			if err := json.Unmarshal([]byte(got.stdout), &out); err != nil || got.code != exitDeparts || len(out.Comparison) == 0 {
				t.Fatalf("code %d, %d rows, %v", got.code, len(out.Comparison), err)
			}
			seen := map[string]bool{}
			for _, row := range out.Comparison {
				_, what, _ := strings.Cut(": "+row.What, ": ")
				seen[what[strings.LastIndex(what, ": ")+1:]] = true
			}
			for _, what := range slices.Sorted(maps.Keys(seen)) {
				if !slices.Contains(strings.Fields(test.what), strings.TrimSpace(what)) {
					t.Errorf("there is a difference in %q: %+v", what, out.Comparison)
				}
			}
		})
	}
}

func TestAStandInUnderTheOrgsNameShowsNoDifference(t *testing.T) {
	t.Parallel()
	server, env := standIn(t, nil)
	env["SFCONFORM_LIVE_LOGIN_URL"], env["SF_AUDIENCE"] = "https://acme.my.salesforce.com", ""
	got := execute(t, env, "run", "--live", "--target", server.URL(), "--budget", "500")
	if got.code != exitConforms || !strings.Contains(got.stdout, "\nno difference\n") {
		t.Errorf("code %d\n%.3000s\n%s", got.code, got.stdout, got.stderr)
	}
}

func TestALiveOrgGetsNoMoreCallsThanItsBudget(t *testing.T) {
	t.Parallel()
	server, env := standIn(t, nil)
	got := execute(t, env, "run", "--live", "--budget", "12")
	// The question whether anything answers is one more, and needs no credentials.
	if n := server.Org().Journal().Count(); n > 1+12 || n < 1+8 {
		t.Errorf("the org got %d calls", n)
	}
	if got.code != exitConforms || !strings.Contains(got.stdout, "skipped: the budget of 12 calls is used up") {
		t.Errorf("code %d\n%.2000s", got.code, got.stdout)
	}
}

func TestARunningFakeIsTestedAsATarget(t *testing.T) {
	t.Parallel()
	server, _ := standIn(t, nil)
	got := execute(t, nil, "run", "--target", server.URL())
	if got.code != exitConforms {
		t.Errorf("code %d\n%.3000s\n%s", got.code, got.stdout, got.stderr)
	}
}

func TestTheControlAPILetsARunningFakePlayNearlyEveryCase(t *testing.T) {
	t.Parallel()
	server, _ := standIn(t, nil)
	before := server.Org().Config()
	got := execute(t, nil, "run", "--target", server.URL(), "--control", server.ControlURL(), "--json")
	var report endpoint.Report
	if err := json.Unmarshal([]byte(got.stdout), &report); err != nil {
		t.Fatal(err)
	}
	for _, r := range report.Results {
		if r.Verdict == endpoint.Fail || r.Verdict == endpoint.Error {
			t.Errorf("%s [%s]: %s %s", r.Case, r.Door, r.Reason, r.Message)
		}
	}
	if report.Counts.Pass < 300 {
		t.Errorf("the counts are %+v", report.Counts)
	}
	after, _ := json.Marshal(server.Org().Config())
	if want, _ := json.Marshal(before); string(after) != string(want) {
		t.Errorf("the org is left changed:\n%s\n%s", want, after)
	}
}
