package judge_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/judge"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// row is a piece of evidence made by hand, and what a judge makes of it.
type row struct {
	name string
	id   fixtures.RequirementID
	seen *evidence.Evidence
	want verdict.Outcome
}

// judged has the judges of each row look at its evidence.
func judged(t *testing.T, rows []row) {
	t.Helper()
	for _, r := range rows {
		t.Run(string(r.id)+"/"+r.name, func(t *testing.T) {
			t.Parallel()
			looked := false
			for _, j := range judge.For(r.id) {
				if !j.LooksAt(r.seen.Scenario) {
					continue
				}
				looked = true
				if o := j.Look(r.seen); o.Outcome != r.want || o.Seen == "" {
					t.Errorf("outcome %d with %q; want %d and a sentence", o.Outcome, o.Seen, r.want)
				}
			}
			if !looked {
				t.Errorf("no judge looks at %q", r.seen.Scenario)
			}
		})
	}
}

var began = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// watched is the evidence of exchanges a second apart, of one start that ended well.
func watched(name string, exchanges ...evidence.Exchange) *evidence.Evidence {
	e := &evidence.Evidence{Scenario: name, Output: true, Settings: map[string]string{
		"SF_CLIENT_ID": "key-1", "SF_CLIENT_ID_2": "key-2", "SF_API_VERSION": "66.0", "SF_ORG_ID": "00D000000000001EAA",
	}}
	starts := 1
	for i, x := range exchanges {
		x.Number, x.Run = i+1, max(x.Run, 1)
		x.Arrived = began.Add(time.Duration(i) * time.Second)
		if x.Answered.IsZero() {
			x.Answered = x.Arrived
		}
		e.Exchanges, starts = append(e.Exchanges, x), max(starts, x.Run)
	}
	for n := range starts {
		e.Runs = append(e.Runs, evidence.Run{Number: n + 1, Ended: began.Add(time.Hour)})
	}
	return e
}

// ending is the evidence with the last start ended in a way, having written something.
func ending(e *evidence.Evidence, exit evidence.Exit, output string) *evidence.Evidence {
	last := &e.Runs[len(e.Runs)-1]
	last.Exit, last.Stderr.Head = exit, []byte(output)
	return e
}

// marked is the evidence with a mark behind the nth exchange.
func marked(e *evidence.Evidence, name string, after int) *evidence.Evidence {
	e.Marks = append(e.Marks, evidence.Mark{Name: name, After: after})
	return e
}

// started is the exchange as one of a later start.
func started(run int, x evidence.Exchange) evidence.Exchange {
	x.Run = run
	return x
}

// inOrg2 is the exchange as one of the second org.
func inOrg2(x evidence.Exchange) evidence.Exchange {
	x.Org = 1
	return x
}

// login asks for a token with a pair in the body; an empty token is a refusal.
func login(id, secret, token string) evidence.Exchange {
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {id}, "client_secret": {secret}}
	x := evidence.Exchange{
		Kind: evidence.TokenRequest, Role: evidence.Token, Issued: token,
		Request: evidence.Request{Method: http.MethodPost, URL: &url.URL{Path: "/services/oauth2/token"}, Form: form, Header: http.Header{}},
	}
	x.Response.Status = http.StatusOK
	if token == "" {
		x.Response.Status = http.StatusBadRequest
	}
	return x
}

// call is a call of the data API.
func call(token string, status int) evidence.Exchange {
	return callOf("/services/data/v66.0/query", token, status)
}

func callOf(path, token string, status int) evidence.Exchange {
	x := evidence.Exchange{
		Kind: evidence.APICall, Role: evidence.Instance, Token: token,
		Request: evidence.Request{Method: http.MethodGet, Target: path, URL: &url.URL{Path: path}, Header: http.Header{}},
	}
	x.Request.Header.Set("Authorization", "Bearer "+token)
	x.Response.Status = status
	return x
}

// times is an exchange n times.
func times(n int, x evidence.Exchange) []evidence.Exchange {
	var all []evidence.Exchange
	for range n {
		all = append(all, x)
	}
	return all
}

var pairs = []evidence.Pair{{ClientID: "key-1", ClientSecret: "old"}, {ClientID: "key-new", ClientSecret: "new"}}

func withPairs(e *evidence.Evidence) *evidence.Evidence {
	e.Pairs = pairs
	return e
}

// replacedAfter is the evidence of a credential that was replaced behind a first login
// and call.
func replacedAfter(name string, then ...evidence.Exchange) *evidence.Evidence {
	all := append([]evidence.Exchange{login("key-1", "old", "A"), call("A", 200), call("A", 401)}, then...)
	return withPairs(marked(watched(name, all...), scenario.CredentialReplaced, 3))
}

func TestRotation(t *testing.T) {
	t.Parallel()
	old, fresh := login("key-1", "old", ""), login("key-new", "new", "B")
	first := []evidence.Exchange{login("key-1", "old", "A"), call("A", 200)}
	switched := func(then ...evidence.Exchange) *evidence.Evidence {
		return withPairs(watched(scenario.PairSwitched, append(first, then...)...))
	}
	good := switched(started(2, fresh), started(2, call("B", 200)), started(3, fresh), started(3, call("B", 200)))
	judged(t, []row{
		{"no failure", "rotate-overlap", good, verdict.Kept},
		{"refused with the new pair", "rotate-overlap", switched(started(2, login("key-new", "old", "")), started(3, fresh)), verdict.Broken},
		{"call refused", "rotate-overlap", switched(started(2, call("A", 401)), started(3, fresh)), verdict.Broken},
		{"no second start", "rotate-overlap", switched(), verdict.Absent},
		{"failed before", "rotate-overlap", withPairs(watched(scenario.PairSwitched, old, started(2, old), started(3, old))), verdict.Absent},

		{"own token", "rotate-cache-follows-credential", good, verdict.Kept},
		{"old token", "rotate-cache-follows-credential", switched(started(2, call("A", 200))), verdict.Broken},
		{"no call", "rotate-cache-follows-credential", switched(started(2, fresh)), verdict.Absent},

		{"whole pairs", "rotate-key-and-secret-pair", good, verdict.Kept},
		{"old key, new secret", "rotate-key-and-secret-pair", replacedAfter(scenario.PairReplaced, login("key-1", "new", "")), verdict.Broken},
		{"new key, old secret", "rotate-key-and-secret-pair", replacedAfter(scenario.PairReplaced, login("key-new", "old", "")), verdict.Broken},
		{"in Basic credentials", "rotate-key-and-secret-pair", replacedAfter(scenario.PairReplaced, basicLogin("key-1", "new")), verdict.Broken},
		{"no later login", "rotate-key-and-secret-pair", replacedAfter(scenario.PairReplaced), verdict.Absent},

		{"read again", "rotate-reload", replacedAfter(scenario.SecretReplaced, old, fresh), verdict.Kept},
		{"not read again", "rotate-reload", replacedAfter(scenario.PairReplaced, old), verdict.Broken},
		{"no login", "rotate-reload", replacedAfter(scenario.KeyReplacedMeantime), verdict.Absent},
		{"not read from a file", "rotate-reload", watched(scenario.SecretReplaced), verdict.Unused},
		{"never replaced", "rotate-reload", watched(scenario.SecretReplaced, login("key-1", "s", "A")), verdict.Absent},

		{"two tries", "rotate-old-rejected", replacedAfter(scenario.PairDeleted, times(2, old)...), verdict.Kept},
		{"some tries", "rotate-old-rejected", replacedAfter(scenario.PairDeleted, times(5, old)...), verdict.Tolerated},
		{"many tries", "rotate-old-rejected", replacedAfter(scenario.PairDeleted, times(12, old)...), verdict.Broken},
		{"no try", "rotate-old-rejected", replacedAfter(scenario.PairDeleted), verdict.Absent},
		{"never deleted", "rotate-old-rejected", watched(scenario.PairDeleted, first...), verdict.Absent},
	})
}

func basicLogin(id, secret string) evidence.Exchange {
	x := login("", "", "")
	r := http.Request{Header: http.Header{}}
	r.SetBasicAuth(id, secret)
	x.Request.Form, x.Request.Header = url.Values{}, r.Header
	return x
}
