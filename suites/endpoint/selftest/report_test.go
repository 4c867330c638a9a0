package selftest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/endpoint"
)

func TestALiveTargetIsAskedOnlyWhatIsSafeAndWithinItsBudget(t *testing.T) {
	live := target(t, newHonest(t))
	live.Capabilities.Live = true
	unsafe, password := success, success
	unsafe.ID, unsafe.LiveUnsafe = "self-unsafe", "it would lock the user out"
	password.ID, password.Flow = "self-password", fixtures.UsernamePassword
	r := run(t, live, endpoint.Options{Cases: []fixtures.Case{unsafe, password, success, jwtSuccess, wrongSecret}, Budget: 3})
	for id, want := range map[fixtures.CaseID]string{
		"self-unsafe": "it would lock the user out", "self-password": "locking the user out", "self-wrong-secret": "the budget of 3 calls is used up",
	} {
		if got := result(t, r, id, endpoint.DoorPlain); got.Verdict != endpoint.Skip || !strings.Contains(got.Reason, want) {
			t.Errorf("%s is %s with %q", id, got.Verdict, got.Reason)
		}
	}
	if r.Counts.Pass != 2 {
		t.Errorf("the counts are %+v", r.Counts)
	}
}

func TestEveryDifferenceIsARowOfTheComparison(t *testing.T) {
	h := newHonest(t)
	h.order = slices.DeleteFunc(h.order, func(s string) bool { return s == "token_format" })
	rows := run(t, target(t, h), endpoint.Options{Cases: ordinary}).Comparison()
	if len(rows) != 1 || rows[0].Case != "self-cc" || rows[0].What != "fields" {
		t.Fatalf("the rows are %+v", rows)
	}
	var b strings.Builder
	if err := endpoint.WriteComparison(&b, rows); err != nil || !strings.Contains(b.String(), "EXPECTED (FAKE)") {
		t.Errorf("%v: %s", err, b.String())
	}
	b.Reset()
	if err := endpoint.WriteComparison(&b, nil); err != nil || b.String() != "no difference\n" {
		t.Errorf("%v: %s", err, b.String())
	}
}

func TestAnAnswerCannotSteerTheTerminal(t *testing.T) {
	h := newHonest(t)
	h.format = other("token_type", "\u009b31m")
	h.description = func(s string) string { return strings.Replace(s, "invalid_client", `\u001b[2J`, 1) }
	for _, result := range run(t, target(t, h), endpoint.Options{Cases: ordinary}).Results {
		if strings.ContainsAny(result.Message+result.Seen, "\x1b\u009b") {
			t.Errorf("%s shows a control character: %q", result.Case, result.Message)
		}
	}
}

func TestNoSecretIsInAnyReport(t *testing.T) {
	h := newHonest(t)
	// The liar echoes what it was sent and shows its token where a refusal is due.
	echo := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		w.WriteHeader(http.StatusTeapot)
		_, _ = fmt.Fprintf(w, `{"error":"%s","access_token":"%s","error_description":"%s %s"}`,
			r.PostForm.Get("client_secret"), h.token, r.PostForm.Get("assertion"), h.token)
	})
	r := run(t, target(t, echo), endpoint.Options{Cases: ordinary})
	var all strings.Builder
	if err := json.NewEncoder(&all).Encode(r); err != nil {
		t.Fatal(err)
	}
	if err := r.WriteJUnit(&all); err != nil {
		t.Fatal(err)
	}
	if err := endpoint.WriteComparison(&all, r.Comparison()); err != nil {
		t.Fatal(err)
	}
	for name, secret := range map[string]string{
		"the Consumer Secret": h.creds.ClientSecret, "the access token": h.token, "an assertion": "eyJhbGciOi", "a wrong secret": "not-the-secret",
	} {
		if strings.Contains(all.String(), secret) {
			t.Errorf("%s is in a report", name)
		}
	}
	if r.Counts.Fail != 6 {
		t.Errorf("the counts are %+v", r.Counts)
	}
}
