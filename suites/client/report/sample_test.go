package report_test

import (
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

var began = time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC)

func seconds(s float64) report.Seconds { return report.Seconds(s * float64(time.Second)) }

func run() report.Run {
	return report.Run{
		Client: "billing-sync", Version: "1.4.2", Command: []string{"node", "sync.js"}, Mode: "command",
		Flows:   []fixtures.Flow{fixtures.ClientCredentials, fixtures.JWTBearer},
		Profile: "External Client App in production", Harness: "0.9.0", Set: fixtures.RequirementSet, Seed: 42,
		Began: began, Took: seconds(48.25), Rerun: "sfconform client --seed 42 -- node sync.js",
	}
}

// result is a requirement of the catalogue with a verdict.
func result(id fixtures.RequirementID, v verdict.Verdict, findings ...report.Finding) report.Result {
	r, known := fixtures.RequirementByID(id)
	if !known {
		panic("no requirement " + string(id))
	}
	return report.Result{
		ID: id, Group: string(r.Group), Severity: r.Severity, Verdict: v, Statement: "Statement of " + string(id) + ".",
		Norm: "RFC 6749 §3.2", Findings: findings, Rerun: "sfconform client --only " + string(id) + " -- node sync.js",
	}
}

func loop() report.Result {
	r := result("session-no-loop", verdict.Fail,
		report.Finding{
			Scenario: "session-stays-refused", Flow: fixtures.ClientCredentials, Verdict: verdict.Fail,
			Expected: "at most 2 logins after the session is refused, then an error",
			Seen:     "after the session expired the client logged in for ever", Count: 214,
			Exchanges: []string{
				"GET /services/data/v66.0/query?q=SELECT+Id HTTP/1.1\nAuthorization: Bearer <access token>\n\nHTTP/1.1 401\n[{\"errorCode\":\"X\"}]",
				"POST /services/oauth2/token HTTP/1.1\n\ngrant_type=client_credentials&client_secret=<consumer secret>\n\nHTTP/1.1 200",
			},
		},
		report.Finding{
			Scenario: "session-stays-refused", Flow: fixtures.JWTBearer, Verdict: verdict.Fail,
			Expected: "at most 2 logins after the session is refused, then an error", Seen: "it logged in for ever", Count: 198,
		},
		report.Finding{Scenario: "session-bulk", Flow: fixtures.JWTBearer, Verdict: verdict.Fail, Expected: "an end", Seen: "it logged in for ever", Count: 21},
		report.Finding{Scenario: "session-soap", Flow: fixtures.JWTBearer, Verdict: verdict.Fail, Expected: "an end", Seen: "it logged in for ever", Count: 22},
	)
	r.Effect = "The client floods the org with logins until the integration user is locked out for an hour, and every other integration of that user with it."
	r.Fix = "Count the logins since the last call that worked, and give up with the org's error after the second."
	r.Evidence = "jsforce/jsforce#1168, jsforce/jsforce#1263"
	return r
}

func leak() report.Result {
	r := result("secret-not-in-output", verdict.Fail, report.Finding{
		Scenario: "happy", Flow: fixtures.ClientCredentials, Verdict: verdict.Fail,
		Expected: "no secret in the client's output", Seen: "the consumer secret stands in stderr, line 3",
	})
	r.Effect = "Everybody who may read the logs may act as the integration user."
	r.Fix = "Mask the request's form before it is logged."
	return r
}

func results() []report.Result {
	review := result("err-fix-hint", verdict.Review, report.Finding{
		Scenario: "wrong-secret", Flow: fixtures.ClientCredentials, Verdict: verdict.Review, Expected: "a hint at what to change",
		Seen: "the output has some words of its own", Question: "Does the output say what to do about <b>it</b>?",
	})
	waived := result("tls-min-12", verdict.Waived, report.Finding{
		Scenario: "tls-1.1", Flow: fixtures.JWTBearer, Verdict: verdict.Fail, Expected: "no login over TLS 1.1", Seen: "it logged in over TLS 1.1",
	})
	waived.Waiver = &report.Waiver{ID: "tls-min-12", Reason: "old runtime, replaced in January", Owner: "dana", Until: began.AddDate(0, 2, 0)}
	stale := result("req-method-post", verdict.Pass)
	stale.Waiver = &report.Waiver{ID: "req-method-post", Reason: "was broken once", Until: began.AddDate(0, 1, 0), Stale: true}
	over := result("host-no-plain-http", verdict.Fail, report.Finding{
		Scenario: "redirect-to-http", Flow: fixtures.ClientCredentials, Verdict: verdict.Fail, Expected: "no request over plain HTTP",
		Seen: "the token went out over plain HTTP", Count: 2,
	})
	over.Waiver = &report.Waiver{ID: "host-no-plain-http", Reason: "proxy of the lab", Until: began.AddDate(0, -1, 0), Over: true}
	second := result("cache-token-reused", verdict.Pass, report.Finding{Scenario: "happy", Verdict: verdict.Pass, Seen: "1 login for 30 calls"})
	second.SecondTry = true
	untested := result("err-timeouts-finite", verdict.Inconclusive)
	untested.Reason = "the client ended before the slow answer began"
	untested.Findings = []report.Finding{{Scenario: "slow-answer", Verdict: verdict.Inconclusive, Expected: "an error in the end", Seen: untested.Reason}}
	unneeded := result("api-preflight", verdict.Inconclusive)
	unneeded.Reason = "the client made no call before the login"
	unjudged := result("tls-no-pinning", verdict.NotJudged)
	unused := result("session-bulk-400", verdict.NotApplicable)
	unused.Reason = "the client does not use the Bulk API"
	return []report.Result{
		stale, result("req-accept-json", verdict.Info, report.Finding{Scenario: "happy", Verdict: verdict.Info, Seen: "no Accept header"}),
		over, second, loop(), unused, review, untested, leak(), waived,
		result("net-connection-reuse", verdict.Warn, report.Finding{
			Scenario: "happy", Flow: fixtures.ClientCredentials, Verdict: verdict.Warn, Expected: "one connection for all calls",
			Seen: "a new connection for each call", Count: 30,
		}),
		unneeded, unjudged, result("api-bearer-header", verdict.Pass),
	}
}

func scenarios() []report.Scenario {
	return []report.Scenario{
		{
			Name: "session-stays-refused", Title: "Every session is refused", Flow: fixtures.ClientCredentials,
			Outcome: "killed after 30 s", Took: seconds(30),
			Line: []report.Event{
				{At: 0, Kind: "start", Text: "client started"},
				{At: seconds(0.412), Kind: "token", Text: "POST /services/oauth2/token -> 200", Status: 200, Took: seconds(0.003)},
				{At: seconds(0.43), Kind: "api", Text: "GET /services/data/v66.0/query?q=…", Status: 401, Took: seconds(0.002)},
				{At: seconds(1), Kind: "wait", Text: "nothing for 2 s", Took: seconds(2)},
				{At: seconds(3), Kind: "mark", Text: "200 logins over the limit: kill switch"},
				{At: seconds(30), Kind: "end", Text: "killed"},
			},
			Output: "retrying…\nretrying…\n\x1b[31mretrying\x1b[0m <script>alert(1)</script>\n", Ideal: "Session refused: log in failed twice.",
		},
		{Name: "happy", Title: "Everything is as it should be", Flow: fixtures.JWTBearer, Outcome: "exit 0", Took: seconds(0.8)},
	}
}

func sample() *report.Report {
	since := report.Difference{
		Before:  report.Before{Client: "billing-sync", Version: "1.4.1", Harness: "0.8.0", Set: "2026-1", Began: began.AddDate(0, 0, -7), Standing: report.WithWarnings},
		Failing: []report.Change{{ID: "session-no-loop", Was: verdict.Pass, Is: verdict.Fail}},
		Fixed:   []report.Change{{ID: "req-method-post", Was: verdict.Fail, Is: verdict.Pass}},
		Changed: []report.Change{{ID: "net-connection-reuse", Was: verdict.Pass, Is: verdict.Warn}},
		Stale:   []fixtures.RequirementID{"req-method-post"},
		Added:   []fixtures.RequirementID{"api-preflight"},
	}
	r := &report.Report{
		Run: run(), Results: results(), Scenarios: scenarios(), Since: &since,
		Numbers: []report.Number{
			{Name: "logins per 1,000 API calls", Value: "33"},
			{Name: "logins per hour, extrapolated", Value: "25,680", Note: "the limit is 3,600"},
		},
		Fingerprint: []report.Fact{{Name: "User-Agent", Value: "node"}, {Name: "TLS", Value: "1.3"}, {Name: "client authentication", Value: "form"}},
		Operator: []report.Reading{
			{Scenario: "wrong-secret", Flow: fixtures.ClientCredentials, Answered: "400 invalid_client", Client: "OAUTH ERROR\nat line 1\nat line 2\nat line 3\nat line 4\nat line 5", Ideal: "Consumer secret does not belong to the consumer key. Copy both from the same screen."},
			{Scenario: "html-answer", Flow: fixtures.JWTBearer, Answered: "200 with an HTML page", Client: "", Ideal: "Answer was not JSON. Is the host really Salesforce?"},
			{Scenario: "a", Flow: fixtures.JWTBearer, Answered: "503", Client: "503", Ideal: "Wait."},
			{Scenario: "b", Flow: fixtures.JWTBearer, Answered: "504", Client: "504", Ideal: "Wait."},
		},
		Secrets: report.Search{
			Bytes: 3 << 20, Encodings: []string{"raw", "base64"}, Names: []string{"access token", "consumer secret"},
			Limits: []string{"Only the first 1 MiB of output was searched."},
			Found:  []report.Leak{{Scenario: "happy", Flow: fixtures.ClientCredentials, Secret: "consumer secret", Encoding: "raw", Place: "stderr", Line: 3}},
		},
		Untested: []report.Untested{{What: "username-password", Kind: verdict.NotApplicable, Why: "not a machine-to-machine flow"}},
	}
	r.Decide(false, false)
	return r
}

func interrupted() *report.Report {
	r := &report.Report{Run: run(), Interrupted: true}
	r.Run.Version, r.Run.Command, r.Run.Flows, r.Run.Rerun = "", nil, nil, ""
	r.Decide(false, false)
	return r
}

func ready() *report.Report {
	r := &report.Report{Run: run(), Results: []report.Result{result("req-method-post", verdict.Pass), result("api-bearer-header", verdict.Pass)}}
	r.Decide(true, true)
	return r
}
