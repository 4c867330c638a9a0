package judge

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// sessions are the judges of group G, what a client does at the end of a session.
func sessions() []Judge {
	ended := []string{scenario.EndsBetweenPages, scenario.EndsBeforeWrite}
	elsewhere := []string{scenario.EndsElsewhere}
	return []Judge{
		{ID: "session-401-reauth-once", In: ended, Look: logsInAgainOnce, Calls: 2},
		{ID: "session-no-loop", In: []string{scenario.StaysRefused, scenario.NoLoginCures, scenario.TokenUnreadable}, Look: noLoginLoop, Calls: 1},
		{ID: "session-retry-identical", In: ended, Look: repeatsIdentically, Calls: 2},
		{ID: "session-mid-pagination", In: []string{scenario.EndsBetweenPages}, Look: losesNoPage, Calls: 2},
		{ID: "session-bulk-400", In: elsewhere, Look: recovers(evidence.BulkCall, "the Bulk API")},
		{ID: "session-soap-fault", In: elsewhere, Look: recovers(evidence.SOAPCall, "the SOAP API")},
		{ID: "session-streaming-401", In: elsewhere, Look: recovers(evidence.Streaming, "the Streaming API")},
		{ID: "session-identity-403", In: elsewhere, Look: recovers(evidence.Identity, "the identity service")},
		{ID: "session-not-on-403", In: []string{scenario.Forbidden}, Look: noLoginOnForbidden, Calls: 1},
		{ID: "session-401-not-expiry", In: []string{scenario.NoLoginCures}, Look: showsWhatNoLoginCures, Output: true, Calls: 1},
		{ID: "session-auth-header-401", In: []string{scenario.TokenUnreadable}, Look: oneLoginForHeader, Calls: 1},
		{ID: "session-reauth-error-shown", In: []string{scenario.LoginRefusedNow}, Look: showsNewLoginsError, Output: true, Calls: 2},
		{ID: "session-idle-connection", In: []string{scenario.IdleClosed}, Look: noLoginAfterIdle, Calls: 2},
	}
}

// The numbers of logins after a refused session that pass and that warn
// (facts: table G, session-no-loop).
const (
	fewLogins  = 2
	manyLogins = 5
)

// refusedCall is the first call from an exchange on that was refused with a status.
func refusedCall(of []evidence.Exchange, status int) (evidence.Exchange, bool) {
	for _, x := range of {
		if x.Kind == evidence.APICall && x.Response.Status == status {
			return x, true
		}
	}
	return evidence.Exchange{}, false
}

// after are the exchanges behind another one.
func after(of []evidence.Exchange, x evidence.Exchange) []evidence.Exchange {
	return these(of, func(y evidence.Exchange) bool { return y.Number > x.Number })
}

func isLogin(x evidence.Exchange) bool    { return x.Kind == evidence.TokenRequest }
func isIssued(x evidence.Exchange) bool   { return x.Issued != "" }
func isAPICall(x evidence.Exchange) bool  { return x.Kind == evidence.APICall }
func isAnswered(x evidence.Exchange) bool { return x.Response.Status > 0 && x.Response.Status < 400 }

// endedCall is the first call that met the end of the session, and what came after.
func endedCall(e *evidence.Evidence) (call evidence.Exchange, then []evidence.Exchange, why string) {
	since, ended := e.AfterMark(scenario.SessionsRevoked)
	if before := these(e.Exchanges, func(x evidence.Exchange) bool { return x.Response.Status == http.StatusUnauthorized }); ended && len(before) > 0 {
		// The mark is set while the call that meets the end may have been on its way.
		since = these(e.Exchanges, func(x evidence.Exchange) bool { return x.Number >= before[0].Number })
	}
	call, found := refusedCall(since, http.StatusUnauthorized)
	switch {
	case !ended:
		return call, nil, fmt.Sprintf("the client made %d API calls and was done before its session could end: give it work of more calls", len(e.APICalls()))
	case !found:
		return call, nil, "the client made no call with the session that had ended"
	}
	return call, after(since, call), ""
}

// logsInAgainOnce: one login and one repeat follow a 401.
func logsInAgainOnce(e *evidence.Evidence) verdict.Observation {
	call, then, why := endedCall(e)
	if why != "" {
		return absent(why)
	}
	logins := these(then, isLogin)
	issued := these(logins, isIssued)
	switch {
	case len(logins) == 0:
		return broken("after a 401 the client asks for no new token", append([]evidence.Exchange{call}, these(then, isAPICall)...)...)
	case len(issued) == 0:
		return absent("the new login was refused")
	case len(these(after(then, issued[0]), isAPICall)) == 0:
		return broken("after a 401 the client logs in again, and makes no further call", call, issued[0])
	}
	if needless := untilAnswered(then, isIssued); len(needless) > max(e.AtLeastOne(), tokensBefore(e, refusedCalls(then, call))) {
		return broken(fmt.Sprintf("the client logs in %d times for one ended session", len(needless)), needless...)
	}
	return kept("after a 401 the client logs in once and goes on")
}

// refusedCalls are the calls from one on that met the end of their session.
func refusedCalls(then []evidence.Exchange, first evidence.Exchange) []evidence.Exchange {
	return append([]evidence.Exchange{first}, these(then, func(x evidence.Exchange) bool {
		return isAPICall(x) && x.Response.Status == http.StatusUnauthorized
	})...)
}

// untilAnswered are the exchanges that fit, up to the first call that was answered.
func untilAnswered(of []evidence.Exchange, fits func(evidence.Exchange) bool) []evidence.Exchange {
	var found []evidence.Exchange
	for _, x := range of {
		if isAPICall(x) && isAnswered(x) {
			break
		}
		if fits(x) {
			found = append(found, x)
		}
	}
	return found
}

// noLoginLoop counts, in the start in which it is worst, the logins that follow the
// first refusal of a session.
func noLoginLoop(e *evidence.Evidence) verdict.Observation {
	worst, seen, most := kept(""), 0, 0
	for _, r := range e.Runs {
		all := e.InRun(r.Number)
		call, found := refusedCall(all, http.StatusUnauthorized)
		if !found {
			continue
		}
		seen++
		logins := these(after(all, call), isIssued)
		calls := these(all, isAPICall)
		most = max(most, len(logins))
		switch {
		case len(logins) > manyLogins*e.AtLeastOne():
			return broken(fmt.Sprintf("the API keeps refusing the session, and the client logs in %d times more", len(logins)), logins...)
		case looped(e, r):
			return broken(fmt.Sprintf("the API keeps refusing the session, and the client repeats the call %d times", len(calls)), calls...)
		case len(logins) > fewLogins*e.AtLeastOne():
			worst = tolerated(fmt.Sprintf("the API keeps refusing the session, and the client logs in %d times more before it stops", len(logins)), logins...)
		case r.Exit.TimedOut:
			return absent("the client had to be ended, so that it does not show whether it would have gone on")
		}
	}
	switch {
	case seen == 0:
		return absent("the client made no call that was refused")
	case worst.Outcome == verdict.Kept:
		return kept(fmt.Sprintf("the API keeps refusing the session, and the client stops after %d new logins", most))
	}
	return worst
}

// often is how many calls in one start are a loop.
const often = 50

// looped says whether a start was ended because it went on far beyond what is allowed.
func looped(e *evidence.Evidence, r evidence.Run) bool {
	return e.KillSwitch && len(e.InRun(r.Number)) > often
}

// noLoginOnForbidden: a 403 is not about the session.
func noLoginOnForbidden(e *evidence.Evidence) verdict.Observation {
	refused := 0
	for _, r := range e.Runs {
		all := e.InRun(r.Number)
		call, found := refusedCall(all, http.StatusForbidden)
		if !found {
			continue
		}
		refused++
		if logins := loginsFor(all, call); len(logins) > 0 {
			return broken(fmt.Sprintf("after a 403 (%s) the client logs in again, %d times", errorCode(call), len(logins)),
				append([]evidence.Exchange{call}, logins...)...)
		}
	}
	if refused == 0 {
		return absent("the client made no call that was answered with 403")
	}
	return kept(fmt.Sprintf("after each of %d answers 403 the client makes no new login", refused))
}

// noLoginAfterIdle: a connection that was closed meanwhile says nothing of the session.
func noLoginAfterIdle(e *evidence.Evidence) verdict.Observation {
	calls := e.APICalls()
	if len(calls) < 2 {
		return absent("the client made fewer than two calls")
	}
	first := calls[0]
	next := these(calls, func(x evidence.Exchange) bool { return x.Connection != first.Connection })
	logins := these(after(e.Exchanges, first), isLogin)
	switch {
	case len(calls) > 2 && len(e.TokenRequests()) >= len(calls):
		return absent("the client logs in for each call, so that the difference does not show")
	case len(next) == 0:
		return absent("the client made no pause between its calls, so that no connection was idle")
	case len(logins) > 0:
		return broken("when its idle connection was closed the client logged in again", append(logins, next[0])...)
	}
	return kept("when its idle connection was closed the client called on another one, without a new login")
}

// errorCode is the error code of an answer, in whatever form.
func errorCode(x evidence.Exchange) string {
	code, _ := errorOf(x)
	if code == "" {
		return fmt.Sprintf("status %d", x.Response.Status)
	}
	return strings.TrimSpace(code)
}
