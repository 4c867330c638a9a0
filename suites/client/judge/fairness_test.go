package judge_test

import (
	"testing"
	"time"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

const (
	trace       = "Traceback (most recent call last):\n  File \"sync.py\", line 400, in <module>\n"
	parserError = "json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)\n"
	statusError = "urllib.error.HTTPError: HTTP Error 400: Bad Request\n"
	goPanic     = "panic: unexpected end of JSON input\n\ngoroutine 1 [running]:\nmain.login(0x1400)\n\tmain.go:400 +0x400\n"
)

func TestAStackTraceIsNoCrashWhereItWasLogged(t *testing.T) {
	t.Parallel()
	page := func(text string) *evidence.Evidence {
		return endingIn(line(refused(200, "<html>")), failed, text)
	}
	checkOutcomes(t, []verdictCase{
		{"nobody caught it", "resp-200-not-json", scenario.NotJSON, page(trace + parserError), verdict.Broken},
		{"behind other output", "resp-200-not-json", scenario.NotJSON, page("INFO:sync:begin\n" + trace + parserError), verdict.Broken},
		{"in a log", "resp-200-not-json", scenario.NotJSON, page("ERROR:sync:login failed\n" + trace + parserError), verdict.Kept},
		{"in a log of JSON", "resp-200-not-json", scenario.NotJSON, page(`{"msg":"login failed","exc":"Traceback (most recent call last):\n  File"}`), verdict.Kept},
		{"of Go", "resp-200-not-json", scenario.NotJSON, page(goPanic), verdict.Broken},
		{"of Node", "resp-200-not-json", scenario.NotJSON, page("SyntaxError: Unexpected token '<'\n    at JSON.parse\n\nNode.js v22.23.3\n"), verdict.Broken},
		{"the word alone", "resp-200-not-json", scenario.NotJSON, page("my-client: fatal error: no JSON; don't panic: it is logged"), verdict.Kept},
	})
}

func TestAStackTraceThatNamesTheCauseIsNoCrashOfAParser(t *testing.T) {
	t.Parallel()
	const empty, cut, shape, bounded = "err-empty-body", "err-broken-json", "err-api-array-and-object", "err-connection-reset"
	none := func(text string) *evidence.Evidence { return endingIn(line(refused(400, "")), failed, text) }
	half := granted("a")
	half.Issued, half.Response.Broken = "", true
	broke := func(text string) *evidence.Evidence { return endingIn(line(half), failed, text) }
	reset := evidence.Exchange{Kind: evidence.TokenRequest}
	resets := func(text string) *evidence.Evidence { return endingIn(line(again(2, reset)...), failed, text) }
	object := func(text string) *evidence.Evidence {
		return endingIn(line(apiCall("a", "GET /query?q=1", 400, `{"message":"it flew"}`)), failed, text)
	}
	checkOutcomes(t, []verdictCase{
		{"the status", empty, scenario.NoBody, none(trace + statusError), verdict.Tolerated},
		{"the parser", empty, scenario.NoBody, none(trace + parserError), verdict.Broken},
		{"a line number", empty, scenario.NoBody, none(goPanic), verdict.Broken},
		{"the connection", cut, scenario.CutShort, broke(trace + "http.client.IncompleteRead: IncompleteRead(90 bytes read)\n"), verdict.Tolerated},
		{"the parser", cut, scenario.CutShort, broke(trace + parserError), verdict.Broken},
		{"the message", shape, scenario.APIShapes, object(trace + "SalesforceError: it flew\n"), verdict.Kept},
		{"the connection", bounded, scenario.ResetsForGood, resets(trace + "ConnectionResetError: [Errno 104] Connection reset by peer\n"), verdict.Kept},
		{"the parser", bounded, scenario.ResetsForGood, resets(trace + parserError), verdict.Broken},
	})
}

// together has exchanges be sent before any of them is answered.
func together(all ...evidence.Exchange) *evidence.Evidence {
	e := line(all...)
	for i := range e.Exchanges {
		e.Exchanges[i].Arrived = noon.Add(time.Duration(i) * time.Millisecond)
		e.Exchanges[i].Answered = noon.Add(time.Second)
	}
	return e
}

func TestWhatWorkersSendSideBySideIsNoRepeat(t *testing.T) {
	t.Parallel()
	down, limit := refused(503, ""), loginRefusal("login-rate-exceeded")
	down.Response.Header = map[string][]string{"Retry-After": {"2"}}
	workers := line(granted("a"), granted("b"), apiCall("a", "GET /query?q=1", 401, ""), apiCall("b", "GET /query?q=2", 401, ""))
	own := line(granted("a"), granted("b"), apiCall("a", "GET /query?q=1", 200, ""), apiCall("b", "GET /query?q=2", 200, ""))
	forbidden := func(then ...evidence.Exchange) *evidence.Evidence {
		return line(append([]evidence.Exchange{granted("a"), apiCall("a", "GET /query?q=1", 403, "")}, then...)...)
	}
	followed := line(granted("a"), apiCall("a", "GET /query?q=1", 401, ""), granted("b"), apiCall("b", "GET /query?q=2", 200, ""))
	checkOutcomes(t, []verdictCase{
		{"three at once", "err-retry-after", scenario.SaysWhenToRetry, together(again(3, down)...), verdict.Tolerated},
		{"on their way", "err-login-rate-exceeded", scenario.LoginRate, together(again(4, limit)...), verdict.Kept},
		{"calls of their own", "session-retry-identical", scenario.EndsBetweenPages, revokedAfter(2, workers), verdict.Absent},
		{"logins of their own", "session-not-on-403", scenario.Forbidden, forbidden(granted("b"), apiCall("b", "GET /query?q=2", 403, "")), verdict.Kept},
		{"a login and the call again", "session-not-on-403", scenario.Forbidden, forbidden(granted("b"), apiCall("b", "GET /query?q=1", 403, "")), verdict.Broken},
		{"a login and no call", "session-not-on-403", scenario.Forbidden, forbidden(granted("b")), verdict.Broken},
		{"another query", "session-retry-identical", scenario.EndsBetweenPages, revokedAfter(1, followed), verdict.Broken},
		{"tokens of their own", "resp-long-token", scenario.TokenLengths, own, verdict.Kept},
		{"a changed token", "resp-long-token", scenario.TokenLengths, line(granted("ab"), apiCall("a", "GET /query?q=1", 200, "")), verdict.Broken},
	})
}

func TestACallThatFollowsARedirectMayLeaveTheTokenBehind(t *testing.T) {
	t.Parallel()
	bearer := func(status int, authorization string) evidence.Exchange {
		x := apiCall("a", "GET /query?q=1", status, "")
		x.Request.Target = x.Request.URL.RequestURI()
		x.Request.Header = map[string][]string{"Authorization": {authorization}}
		return x
	}
	checkOutcomes(t, []verdictCase{
		{"redirected", "api-bearer-header", "", line(bearer(301, "Bearer a"), bearer(401, "")), verdict.Kept},
		{"of itself", "api-bearer-header", "", line(bearer(200, "Bearer a"), bearer(401, "")), verdict.Broken},
	})
}

func TestAClientOfOneOrgIsNotBlamedForTheOther(t *testing.T) {
	t.Parallel()
	own := func(e *evidence.Evidence) *evidence.Evidence {
		e.OwnWork = true
		return e
	}
	a, inA, inB := login("key-1", "s", "A"), call("A", 200), inOrg2(call("B", 200))
	judged(t, []row{
		{"its own work", "org-token-isolation", own(watched(scenario.TwoOrgsAtOnce, a, inA, inA)), verdict.Unused},
		{"nothing at all", "org-token-isolation", own(watched(scenario.TwoOrgsAtOnce)), verdict.Absent},
		{"its own work", "org-same-user", own(watched(scenario.SameUserTwice, a, inA, inA)), verdict.Unused},
		{"asked for", "org-same-user", watched(scenario.SameUserTwice, a, inA, inA), verdict.Broken},
		{"its own work", "cache-keyed-by-identity", own(watched(scenario.TwoAppsInOne, a, inA, inA)), verdict.Unused},
		{"asked for", "cache-keyed-by-identity", watched(scenario.TwoAppsInOne, a, inA, inA), verdict.Broken},
		{"its own work", "org-failure-isolation", own(watched(scenario.OneOrgDown, login("key-1", "s", ""))), verdict.Unused},
		{"asked for", "org-failure-isolation", watched(scenario.OneOrgDown, login("key-1", "s", "")), verdict.Broken},
		{"at work in both", "org-failure-isolation", own(watched(scenario.OneOrgDown, login("key-1", "s", ""), inOrg2(login("key-2", "s", "B")), inB)), verdict.Kept},
	})
}

func TestAURLOfTheMappingIsNotTheClients(t *testing.T) {
	t.Parallel()
	composed := line(granted("a"))
	composed.ComposedURL = true
	checkOutcomes(t, []verdictCase{
		{"composed", "host-url-normalised", scenario.LoginURLVariants, composed, verdict.Unused},
	})
}
