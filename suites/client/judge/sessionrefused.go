package judge

import (
	"fmt"
	"net/http"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// showsWhatNoLoginCures: the message of such a 401 is what tells the admin what to do.
func showsWhatNoLoginCures(e *evidence.Evidence) verdict.Observation {
	var again []evidence.Exchange
	seen := 0
	for _, r := range e.Runs {
		all := e.InRun(r.Number)
		call, found := refusedCall(all, http.StatusUnauthorized)
		if !found || r.Exit.TimedOut || looped(e, r) {
			continue
		}
		seen++
		_, message := errorOf(call)
		if !says(r, message) && !isExplained(r, message) {
			return broken(fmt.Sprintf("the API says %q, and the operator does not read it", message), call)
		}
		again = append(again, these(loginsFor(all, call), isIssued)...)
	}
	switch {
	case seen == 0:
		return absent("the client made no call that was refused, or had to be ended")
	case len(again) > 0:
		return tolerated(fmt.Sprintf("the message is shown, after %d logins that could not help", len(again)), again...)
	}
	return kept(fmt.Sprintf("the message is shown in each of %d starts, without a new login", seen))
}

// isExplained says whether the output explains a message in words of the client's own.
func isExplained(r evidence.Run, message string) bool {
	for _, refusal := range fixtures.Refusals {
		if refusal.Endpoint == fixtures.EndpointREST && refusal.Answer.Description == message {
			advice, found := fixtures.AdviceFor(refusal.ID)
			return found && advice.Explained(said(r))
		}
	}
	return false
}

// oneLoginForHeader: a token that the API cannot read is worth one new login.
func oneLoginForHeader(e *evidence.Evidence) verdict.Observation {
	seen := 0
	for _, r := range e.Runs {
		all := e.InRun(r.Number)
		call, found := refusedCall(all, http.StatusUnauthorized)
		if !found {
			continue
		}
		seen++
		logins := untilAnswered(after(all, call), isIssued)
		switch {
		case len(logins) == 0 && e.Workers > 1 && len(loginsFor(all, call)) > 0:
			// The call that was answered before was another worker's.
		case len(logins) == 0:
			return broken(fmt.Sprintf("after a 401 (%s) the client does not log in again", errorCode(call)), call)
		case len(logins) > fewLogins*e.AtLeastOne():
			return broken(fmt.Sprintf("after a 401 (%s) the client logs in %d times", errorCode(call), len(logins)), logins...)
		}
	}
	if seen == 0 {
		return absent("the client made no call that was refused")
	}
	return kept("a token that the API cannot read leads to one new login")
}

// showsNewLoginsError: why the new login failed is what has to be mended.
func showsNewLoginsError(e *evidence.Evidence) verdict.Observation {
	since, ended := e.AfterMark(scenario.SessionsRevoked)
	refused := these(since, func(x evidence.Exchange) bool { return isLogin(x) && x.Response.Status >= http.StatusBadRequest })
	switch {
	case !ended:
		return absent("the client did not get as far as to have its session ended")
	case len(refused) == 0:
		return absent("the client made no new login")
	}
	r := e.LastRun()
	code, description := errorOf(refused[0])
	switch {
	case says(r, description):
		return kept("why the new login was refused is shown")
	case says(r, code):
		return tolerated(fmt.Sprintf("of the refused new login %q is shown, and %q is not", code, description), refused...)
	}
	return broken(fmt.Sprintf("the new login was refused with %q, and the operator does not read it", description), refused...)
}

// recovers: the end of a session as another API says it leads to a login and a repeat.
func recovers(kind evidence.Kind, name string) func(*evidence.Evidence) verdict.Observation {
	return func(e *evidence.Evidence) verdict.Observation {
		calls := e.Of(kind)
		if len(calls) == 0 {
			return unused("the client does not call " + name)
		}
		refused := these(calls, func(x evidence.Exchange) bool { return x.Response.Status >= http.StatusBadRequest })
		if len(refused) == 0 {
			return absent("no call of " + name + " was refused")
		}
		then := after(e.Exchanges, refused[0])
		issued := these(then, isIssued)
		if len(issued) == 0 {
			return broken(fmt.Sprintf("when %s says that the session has ended (%s) the client does not log in again", name, errorCode(refused[0])), refused[0])
		}
		repeats := these(after(then, issued[0]), func(x evidence.Exchange) bool {
			return x.Kind == kind && x.Request.URL.Path == refused[0].Request.URL.Path
		})
		switch {
		case len(repeats) == 0:
			return broken(fmt.Sprintf("when %s says that the session has ended the client logs in, and does not repeat the call", name), refused[0], issued[0])
		case len(issued) > manyLogins*e.AtLeastOne():
			return broken(fmt.Sprintf("when %s says that the session has ended the client logs in %d times", name, len(issued)), issued...)
		}
		return kept("when " + name + " says that the session has ended the client logs in and repeats the call")
	}
}
