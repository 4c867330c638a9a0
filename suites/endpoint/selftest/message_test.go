package selftest_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/endpoint"
)

func TestAFailureSaysWhatWasWantedAndHowToRepeatIt(t *testing.T) {
	h := newHonest(t)
	h.status = http.StatusUnauthorized
	got := result(t, run(t, target(t, h), endpoint.Options{Cases: ordinary}), "self-wrong-secret", endpoint.DoorPlain)
	for _, want := range []string{
		"A wrong Consumer Secret is refused.", "-> POST https://acme.my.salesforce.com/services/oauth2/token", "client_secret=[redacted]",
		`Expected: 400 invalid_client "invalid client credentials"`, `Actual:   401 invalid_client "invalid client credentials"`,
		"Cause:", "sfconform run --only self-wrong-secret",
	} {
		if !strings.Contains(got.Message, want) {
			t.Errorf("the message lacks %q:\n%s", want, got.Message)
		}
	}
	if !strings.HasPrefix(got.Expected, "400 ") || !strings.HasPrefix(got.Seen, "401 ") {
		t.Errorf("expected %q, seen %q", got.Expected, got.Seen)
	}
}

func TestAMessageSaysOnceWhatCameSeveralTimes(t *testing.T) {
	again := success
	again.Then = []fixtures.Step{{Token: &fixtures.TokenStep{Times: 5, Want: fixtures.Want{Refusal: "client-secret-wrong"}}}}
	got := result(t, run(t, target(t, newHonest(t)), endpoint.Options{Cases: []fixtures.Case{again}}), "self-cc", endpoint.DoorPlain)
	for _, want := range []string{"client_secret=[redacted]' (6 times)\n", "step 1: answer (5 times)\n"} {
		if !strings.Contains(got.Message, want) || strings.Count(got.Message, "->") != 1 || strings.Count(got.Message, "Actual:") != 1 {
			t.Errorf("the message lacks %q, or repeats itself:\n%s", want, got.Message)
		}
	}
}

func TestAMessageNamesWhatIsNotThere(t *testing.T) {
	h := newHonest(t)
	h.cache = ""
	got := result(t, run(t, target(t, h), endpoint.Options{Cases: ordinary}), "self-wrong-secret", endpoint.DoorPlain)
	if !strings.Contains(got.Message, "Expected: no-store\n       Actual:   nothing\n") {
		t.Errorf("the message is\n%s", got.Message)
	}
}
