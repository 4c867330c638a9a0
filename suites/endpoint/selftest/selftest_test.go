// Package selftest tests the endpoint suite itself, against small servers that
// lie in one way each. It is a package of its own so that the Ginkgo CLI never
// meets its runs within a run.
package selftest_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/endpoint"
)

func run(t *testing.T, target endpoint.Target, o endpoint.Options) endpoint.Report {
	t.Helper()
	report, err := endpoint.Run(t.Context(), target, o)
	if err != nil && !errors.Is(err, endpoint.ErrNothingRan) {
		t.Fatal(err)
	}
	return report
}

func result(t *testing.T, r endpoint.Report, id fixtures.CaseID, door string) endpoint.Result {
	t.Helper()
	i := slices.IndexFunc(r.Results, func(r endpoint.Result) bool { return r.Case == id && r.Door == door })
	if i < 0 {
		t.Fatalf("there is no result of %s through %s", id, door)
	}
	return r.Results[i]
}

func TestAnHonestEndpointConforms(t *testing.T) {
	r := run(t, target(t, newHonest(t)), endpoint.Options{Cases: ordinary, Seed: 7})
	if !r.Conforms() || r.Counts.Pass != 6 || r.Counts.Total != 6 {
		t.Errorf("the counts are %+v", r.Counts)
		for _, result := range r.Results {
			t.Log(result.Message, result.Reason)
		}
	}
	if r.Seed != 7 || r.Schema != endpoint.SchemaVersion || r.Target.Name != "self-test" {
		t.Errorf("the report is about %+v", r.Target)
	}
}

func TestEachLieIsFoundInTheRightCase(t *testing.T) {
	lies := map[string]struct {
		lie  func(*honest)
		id   fixtures.CaseID
		what string
	}{
		"status":              {func(h *honest) { h.status = 401 }, "self-wrong-secret", "answer"},
		"status of success":   {func(h *honest) { h.granted = 201 }, "self-jwt", "answer"},
		"no success at all":   {func(h *honest) { h.creds.ClientSecret = "another" }, "self-cc", "answer"},
		"byte of description": {func(h *honest) { h.description = upper }, "self-wrong-secret", "answer"},
		"blank in the body":   {func(h *honest) { h.description = spaced }, "self-wrong-secret", "body"},
		"content type":        {func(h *honest) { h.contentType = "application/json" }, "self-wrong-secret", "Content-Type"},
		"content type of success": {
			func(h *honest) { h.contentType = "application/json" }, "self-jwt", "Content-Type",
		},
		"cache of refusal": {func(h *honest) { h.cache = "" }, "self-wrong-secret", "Cache-Control"},
		"cache of success": {func(h *honest) { h.cache = "max-age=60" }, "self-cc", "Cache-Control"},
		"token too short":  {func(h *honest) { h.token = h.token[:90] }, "self-cc", "access_token"},
		"token of another": {func(h *honest) { h.token = "00D000000000001" + h.token[15:] }, "self-jwt", "access_token"},
		"expires_in":       {func(h *honest) { h.order = append(h.order, "expires_in") }, "self-cc", "fields"},
		"order of fields":  {func(h *honest) { slices.Reverse(h.order) }, "self-cc", "fields"},
		"signature":        {func(h *honest) { h.format = other("signature", "AAAA") }, "self-cc", "signature"},
		"issued_at number": {func(h *honest) { h.format = bare("issued_at") }, "self-cc", "issued_at"},
		"id":               {func(h *honest) { h.format = other("id", "https://evil.example/id/00D/005") }, "self-jwt", "id"},
		"trailing slash":   {func(h *honest) { h.format = other("instance_url", h.creds.LoginURL+"/") }, "self-cc", "instance_url"},
		"token_type":       {func(h *honest) { h.format = other("token_type", "bearer") }, "self-jwt", "token_type"},
		"scope":            {func(h *honest) { h.format = other("scope", "full") }, "self-cc", "scope"},
	}
	for name, lie := range lies {
		t.Run(name, func(t *testing.T) {
			h := newHonest(t)
			lie.lie(h)
			r := run(t, target(t, h), endpoint.Options{Cases: ordinary})
			got := result(t, r, lie.id, endpoint.DoorPlain)
			found := slices.ContainsFunc(got.Differences, func(d endpoint.Difference) bool { return d.What == lie.what })
			if r.Conforms() || got.Verdict != endpoint.Fail || !found {
				t.Errorf("the result is %s with %v, want a difference in %q", got.Verdict, got.Differences, lie.what)
			}
		})
	}
}

func upper(s string) string  { return strings.Replace(s, "invalid client", "Invalid client", 1) }
func spaced(s string) string { return strings.Replace(s, ",", ", ", 1) }

func other(field, instead string) func(string, string) string {
	return func(name, value string) string {
		if name == field {
			value = instead
		}
		return fmt.Sprintf("%q:%q", name, value)
	}
}

func bare(field string) func(string, string) string {
	return func(name, value string) string {
		if name == field {
			return fmt.Sprintf("%q:%s", name, value)
		}
		return fmt.Sprintf("%q:%q", name, value)
	}
}

func TestALieReachesTheFlowsDoorToo(t *testing.T) {
	h := newHonest(t)
	h.description = upper
	got := result(t, run(t, target(t, h), endpoint.Options{Cases: ordinary}), "self-wrong-secret", endpoint.DoorFlows)
	if got.Verdict != endpoint.Fail || len(got.Differences) != 1 || got.Differences[0].What != "flows.TokenError" {
		t.Errorf("the result is %s with %v", got.Verdict, got.Differences)
	}
}

func TestACaseWhoseCapabilityIsMissingIsSkippedWithItsReason(t *testing.T) {
	generic := success
	generic.ID, generic.Request = "self-generic", []fixtures.Edit{fixtures.Host("login")}
	cases := []fixtures.Case{success, later, changed, generic}
	r := run(t, target(t, newHonest(t)), endpoint.Options{Cases: cases})
	for id, reason := range map[fixtures.CaseID]string{
		"self-later": "needs the clock moved", "self-changed": "needs a change of the org",
		"self-generic": "needs the target to answer under other host names",
	} {
		if got := result(t, r, id, endpoint.DoorPlain); got.Verdict != endpoint.Skip || got.Reason != reason {
			t.Errorf("%s is %s with %q, want skip with %q", id, got.Verdict, got.Reason, reason)
		}
	}
	if !r.Conforms() {
		t.Errorf("skips are no failure: %+v", r.Counts)
	}
}

func TestNothingRunIsAFailure(t *testing.T) {
	tests := map[string]endpoint.Options{
		"no case":     {Cases: []fixtures.Case{}},
		"all skipped": {Cases: []fixtures.Case{later}},
		"filter":      {Cases: ordinary, LabelFilter: "case: containsAny nowhere"},
	}
	for name, o := range tests {
		r, err := endpoint.Run(t.Context(), target(t, newHonest(t)), o)
		if !errors.Is(err, endpoint.ErrNothingRan) || r.Conforms() {
			t.Errorf("%s: the error is %v, conforms %v", name, err, r.Conforms())
		}
	}
}

func TestABadFilterIsAnErrorAndNotTheEndOfTheProcess(t *testing.T) {
	_, err := endpoint.Run(t.Context(), target(t, newHonest(t)), endpoint.Options{LabelFilter: "flow: containsAny &&"})
	if _, ok := errors.AsType[*endpoint.FilterError](err); !ok {
		t.Errorf("the error is %v", err)
	}
}

func TestAFilterSelectsByLabels(t *testing.T) {
	h := newHonest(t)
	r := run(t, target(t, h), endpoint.Options{
		Cases: ordinary, LabelFilter: "refusal: containsAny client-secret-wrong && door: containsAny plain",
	})
	if r.Counts.Total != 1 || h.served != 1 || r.Results[0].Case != "self-wrong-secret" {
		t.Errorf("the results are %+v", r.Results)
	}
}

func TestAPanicAndADeadTargetAreErrorsAndNotFailures(t *testing.T) {
	panics := target(t, newHonest(t))
	panics.Open = func(context.Context, fixtures.Case) (endpoint.Session, error) { panic("boom") }
	r := run(t, panics, endpoint.Options{Cases: []fixtures.Case{success}})
	if got := result(t, r, "self-cc", endpoint.DoorPlain); got.Verdict != endpoint.Error || !strings.Contains(got.Reason, "panic: boom") {
		t.Errorf("a panic is %s with %q", got.Verdict, got.Reason)
	}
	dead := target(t, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	r = run(t, dead, endpoint.Options{Cases: []fixtures.Case{success}})
	for _, door := range []string{endpoint.DoorPlain, endpoint.DoorFlows} {
		if got := result(t, r, "self-cc", door); got.Verdict != endpoint.Error || !strings.Contains(got.Reason, "did not answer") {
			t.Errorf("a dead target through %s is %s with %q", door, got.Verdict, got.Reason)
		}
	}
}

func TestASlowTargetEndsItsCaseOnly(t *testing.T) {
	slow := target(t, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		<-r.Context().Done()
	}))
	r := run(t, slow, endpoint.Options{Cases: ordinary, SpecTimeout: 20 * time.Millisecond})
	if r.Counts.Error != 6 || r.Interrupted {
		t.Errorf("the counts are %+v, interrupted %v", r.Counts, r.Interrupted)
	}
}

// journaled is a session whose target says what decided.
type journaled struct {
	endpoint.Session
	decision endpoint.Decision
	err      error
}

func (s journaled) Decision() (endpoint.Decision, error) { return s.decision, s.err }

func TestTheJournalMustNameTheSameRefusal(t *testing.T) {
	tests := map[string]struct {
		decision endpoint.Decision
		err      error
		want     endpoint.Verdict
	}{
		"the same":      {endpoint.Decision{Refusal: "client-secret-wrong", Check: "secret-matches"}, nil, endpoint.Pass},
		"another":       {endpoint.Decision{Refusal: "client-secret-missing", Check: "secret-present"}, nil, endpoint.Fail},
		"out of order":  {endpoint.Decision{}, errors.New("no journal"), endpoint.Error},
		"none although": {endpoint.Decision{}, nil, endpoint.Fail},
	}
	for name, test := range tests {
		with := target(t, newHonest(t))
		open := with.Open
		with.Capabilities.Journal = true
		with.Open = func(ctx context.Context, c fixtures.Case) (endpoint.Session, error) {
			s, err := open(ctx, c)
			return journaled{s, test.decision, test.err}, err
		}
		r := run(t, with, endpoint.Options{Cases: []fixtures.Case{wrongSecret}})
		for _, got := range r.Results {
			if got.Verdict != test.want || got.Check != test.decision.Check {
				t.Errorf("%s through %s is %s, decided by %q", name, got.Door, got.Verdict, got.Check)
			}
		}
	}
}

func TestAnEndedContextLeavesAReportOfWhatWasDone(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	r, err := endpoint.Run(ctx, target(t, newHonest(t)), endpoint.Options{Cases: ordinary, Progress: func(n, _ int) {
		if n == 2 {
			cancel()
		}
	}})
	if err != nil || r.Counts.Pass != 2 || r.Counts.Skip != 4 || !r.Interrupted || r.Conforms() {
		t.Errorf("error %v, counts %+v, interrupted %v", err, r.Counts, r.Interrupted)
	}
}

func TestMixedAnswersMustAllBeSeen(t *testing.T) {
	h := newHonest(t)
	steady := result(t, run(t, target(t, h), endpoint.Options{Cases: []fixtures.Case{flapping}}), "self-flapping", endpoint.DoorPlain)
	if steady.Verdict != endpoint.Fail || steady.Differences[0].Seen != fixtures.Success {
		t.Errorf("a steady endpoint is %s with %v", steady.Verdict, steady.Differences)
	}
	h = newHonest(t)
	h.flap = true
	if got := result(t, run(t, target(t, h), endpoint.Options{Cases: []fixtures.Case{flapping}}), "self-flapping", endpoint.DoorPlain); got.Verdict != endpoint.Pass {
		t.Errorf("a flapping endpoint is %s with %v", got.Verdict, got.Differences)
	}
}
