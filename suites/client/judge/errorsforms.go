package judge

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// blames are words by which an operator looks for the fault in the credentials.
var blames = []string{
	"invalid credential", "invalid client credential", "wrong credential", "bad credential", "incorrect credential",
	"check your credential", "check the credential", "credentials are invalid", "credentials are wrong", "credentials were rejected",
	"wrong password", "invalid password", "invalid username", "wrong secret", "invalid client secret",
	"invalid_client", "invalid_grant", "invalid_login",
}

// blamesNoCredentials: what is unavailable says nothing of credentials.
func blamesNoCredentials(e *evidence.Evidence) verdict.Observation {
	failed := these(e.Exchanges, func(x evidence.Exchange) bool {
		return x.Response.Status >= http.StatusInternalServerError || x.Response.Status == 0
	})
	if len(failed) == 0 {
		return absent("no call met the failure")
	}
	text := strings.ToLower(saidInAll(e))
	for _, words := range blames {
		if strings.Contains(text, words) {
			return broken(fmt.Sprintf("Salesforce is unavailable, and the client speaks of %q", words), failed...)
		}
	}
	return kept("an answer that is none is not blamed on the credentials")
}

// traces are what parsers say of a page that they took for JSON.
var traces = []string{
	"unexpected token", "invalid character", "expecting value", "unexpected character", "not valid json", "jsondecodeerror",
	"jsonparseexception", "jsonreaderexception", "unexpected end of json", "json parse error",
}

func reportsPageShortly(e *evidence.Evidence) verdict.Observation {
	pages := these(e.TokenRequests(), isRefused)
	text := strings.ToLower(saidInAll(e))
	switch {
	case len(pages) == 0:
		return absent("the page was not met")
	case containsAny(text, "</html>", "</body>"):
		return broken("the maintenance page is written out as it came", pages...)
	case containsAny(text, traces...) && containsAny(text, "503", "unavailable") && strings.Contains(text, hostName(e, evidence.Token)):
		return tolerated("the maintenance page is reported with status and host, and beside them as a mistake in JSON", pages...)
	case containsAny(text, traces...):
		return broken("the maintenance page is reported as a mistake in JSON", pages...)
	case !containsAny(text, "503", "unavailable", "maintenance"):
		return tolerated("a maintenance page is reported without its status", pages...)
	case containsAny(text, "<html", "<body", "<!doctype"):
		return tolerated("the beginning of the maintenance page is written out", pages...)
	case !strings.Contains(text, hostName(e, evidence.Token)):
		return tolerated("the maintenance page is reported without the host that sent it", pages...)
	}
	return kept("a maintenance page is reported in short, with status and host")
}

// survivesEmptyBody: the status alone makes an error.
func survivesEmptyBody(e *evidence.Evidence) verdict.Observation {
	seen, worst := 0, kept("answers without a body are reported by their status")
	for _, r := range e.Runs {
		refused := these(loginsIn(e, r), isRefused)
		if len(refused) == 0 || r.Exit.TimedOut {
			continue
		}
		seen++
		status := refused[0].Response.Status
		switch {
		case crashed(r) && !namesStatus(r, status):
			return broken(fmt.Sprintf("the client crashes on status %d without a body", status), refused...)
		case crashed(r):
			worst = tolerated(fmt.Sprintf("status %d came without a body, and is shown by a stack trace only", status), refused...)
		case isMute(e, r):
			return mute(r, fmt.Sprintf("status %d without a body", status))
		case claims(e, r):
			return broken(fmt.Sprintf("the client ends with success (exit code 0) after status %d without a body", status), refused...)
		case !containsAny(strings.ToLower(said(r)), fmt.Sprint(status), strings.ToLower(http.StatusText(status))):
			worst = tolerated(fmt.Sprintf("status %d came without a body, and the status is not shown", status), refused...)
		}
	}
	if seen == 0 {
		return absent("no answer without a body was met, or the client had to be ended")
	}
	return worst
}

// survivesCutAnswer: half of a token answer is none.
func survivesCutAnswer(e *evidence.Evidence) verdict.Observation {
	r := e.LastRun()
	all := e.InRun(r.Number)
	calls := these(all, func(x evidence.Exchange) bool { return !isLogin(x) })
	switch {
	case len(all) == 0:
		return absent("no token request came")
	case len(calls) > 0:
		return broken("the client goes on after half of a token answer", calls...)
	case crashed(r) && namesBreak(r):
		return tolerated("half of a token answer is a failed login, shown by a stack trace only", all...)
	case crashed(r):
		return broken("the client crashes on half of a token answer", all...)
	case isMute(e, r):
		return mute(r, "half of a token answer")
	case claims(e, r):
		return broken("the client ends with success (exit code 0) after half of a token answer", all...)
	}
	return kept("half of a token answer is a failed login")
}

// readsEveryShape: what the API says is shown in whatever form it says it.
func readsEveryShape(e *evidence.Evidence) verdict.Observation {
	seen, worst := 0, kept("")
	for _, r := range e.Runs {
		refused := these(e.InRun(r.Number), func(x evidence.Exchange) bool { return isAPICall(x) && x.Response.Status >= http.StatusBadRequest })
		if len(refused) == 0 || r.Exit.TimedOut || looped(e, r) {
			continue
		}
		seen++
		o := readsShape(e, r, refused[0])
		if o.Outcome == verdict.Broken {
			return o
		}
		if o.Outcome != verdict.Kept {
			worst = o
		}
	}
	switch {
	case seen == 0:
		return absent("the client made no call that was refused, or had to be ended")
	case worst.Outcome != verdict.Kept:
		return worst
	}
	return kept(fmt.Sprintf("API errors are shown in each of %d forms", seen))
}

// readsShape looks at one start. A 401 may be told in words of the client's own, which
// names the code or the status; so may a text, which has no form to hold a client to.
func readsShape(e *evidence.Evidence, r evidence.Run, x evidence.Exchange) verdict.Observation {
	code, message := errorOf(x)
	status := says(r, fmt.Sprint(x.Response.Status))
	form := fmt.Sprintf("%.40q", x.Response.Body)
	switch {
	case claims(e, r):
		return broken("the client ends with success (exit code 0) after an API error of the form "+form, x)
	case says(r, message), x.Response.Status == http.StatusUnauthorized && (says(r, code) || status):
		return kept("")
	case x.Response.Status == http.StatusUnauthorized && says(r, "session"):
		return tolerated("of an API error of the form "+form+" only that it is about the session is shown", x)
	case crashed(r) && !namesStatus(r, x.Response.Status):
		return broken("the client crashes on an API error of the form "+form, x)
	case status && !json.Valid(x.Response.Body):
		return tolerated("of an API error of the form "+form+" only the status is shown", x)
	case status:
		return broken("of an API error of the form "+form+" only the status is shown", x)
	}
	return broken("an API error of the form "+form+" is not shown", x)
}
