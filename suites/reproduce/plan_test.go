package reproduce_test

import (
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/reproduce"
)

func found(t *testing.T, id string) reproduce.Plan {
	t.Helper()
	p, err := reproduce.Find(id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestWhatWorksByWaitingIsMendedByWaitingAlone(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"propagation-new-key", "propagation-run-as-set", "propagation-ten-minutes"} {
		p := found(t, id)
		if p.Cure.Wait != fixtures.Duration(10*time.Minute) || len(p.Cure.Org) > 0 || p.Cure.Request {
			t.Errorf("%s: %+v, want ten minutes and nothing else", id, p.Cure)
		}
	}
}

func TestACaseThatWorksAfterACallHasNoEndOfItsOwn(t *testing.T) {
	t.Parallel()
	if p := found(t, "jwt-bearer-approved-at-authorize"); len(p.Cure.Org) == 0 {
		t.Errorf("%+v, want the policy back", p.Cure)
	}
}

func TestOnlyACallThatCanWorkIsRepeated(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]bool{"session-revoked": true, "soap-without-api-scope": true, "soap-query-refusals": false, "soap-unknown-session": false} {
		if got := found(t, id).Cure.Repeats; got != want {
			t.Errorf("%s repeats: %t", id, got)
		}
	}
}

func TestARightThatACaseNeedsIsNotTakenAwayAsItsCure(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"soap-login-wrong-password", "credentials-unknown-command"} {
		if p := found(t, id); len(p.Cure.Org) > 0 || !p.Cure.Request {
			t.Errorf("%s: %+v, want the right request and nothing else", id, p.Cure)
		}
	}
}

func TestACureOfTheOrgIsSaidInSetupsWordsToo(t *testing.T) {
	t.Parallel()
	p := found(t, "client-credentials-no-run-as")
	if want := fixtures.MustRefusal("run-as-missing").Fix; p.Cure.Setup != want {
		t.Errorf("%q, want %q", p.Cure.Setup, want)
	}
}

func TestOnlyTheRefusalsOfItsStateShow(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]string{
		"client-credentials-no-run-as": "run-as-missing",
		"flapping-app-not-found":       "app-not-installed audience-invalid",
		"soap-query-refusals":          "soap-query-malformed",
		"client-credentials-sandbox":   "",
		"jtel/scopes":                  "no-usable-scope",
	} {
		var got []string
		for _, r := range found(t, id).Showing() {
			got = append(got, string(r))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s shows %v, want %q", id, got, want)
		}
	}
}

func TestTheSettingsAreThoseOfTheAppThatTheCaseIsAbout(t *testing.T) {
	t.Parallel()
	id, secret := found(t, "propagation-ten-minutes").Settings()
	if !strings.HasPrefix(id, "3MVG9nuiB") || !strings.HasPrefix(secret, "C8A07A7B") {
		t.Errorf("%q and %q", id, secret)
	}
	if id, secret = found(t, "client-credentials-no-run-as").Settings(); id != "" || secret != "" {
		t.Errorf("%q and %q, want those of the set-up", id, secret)
	}
}
