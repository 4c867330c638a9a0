package judge

import (
	"fmt"
	"strings"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// responses are the judges of group E, what a client makes of the token answer.
func responses() []Judge {
	return []Judge{
		{ID: "resp-no-expires-in", In: []string{scenario.ExpiresIn}, Look: withoutExpiresIn, Process: true, Calls: 2},
		{ID: "resp-honour-expires-in", In: []string{scenario.ExpiresSoon}, Look: survivesExpiry, Calls: 2},
		{ID: "resp-unknown-fields", In: []string{scenario.UnknownFields}, Look: goesOn("fields that it does not know")},
		{ID: "resp-missing-optional", In: []string{scenario.OptionalMissing}, Look: goesOnEachTime("an answer with %s")},
		{ID: "resp-missing-optional", In: []string{scenario.NeededMissing}, Look: failsWithout},
		{ID: "resp-issued-at-ms-string", In: []string{scenario.IssuedAt}, Look: goesOnEachTime("%s")},
		{ID: "resp-scope-checked", In: []string{scenario.ScopeWithoutAPI}, Look: namesScope, Output: true, Calls: 1},
		{ID: "resp-token-type-case", In: []string{scenario.TokenTypes}, Look: sendsBearer, Calls: 1},
		{ID: "resp-long-token", In: []string{scenario.TokenLengths}, Look: carriesToken("a token of another length"), Calls: 1},
		{ID: "resp-token-opaque", In: []string{scenario.TokenForms}, Look: carriesToken("a token of another form"), Calls: 1},
		{ID: "resp-signature-optional", In: []string{scenario.WrongSignature}, Look: signatureUse},
		{ID: "resp-200-not-json", In: []string{scenario.NotJSON}, Look: refusesAnswer},
		{ID: "resp-200-error-object", In: []string{scenario.ErrorObject}, Look: refusesAnswer},
		{ID: "resp-content-type-params", In: []string{scenario.ContentTypes}, Look: goesOnEachTime("%s")},
		{ID: "resp-gzip-chunked", In: []string{scenario.Encodings}, Look: goesOnEachTime("answers %s")},
		{ID: "resp-body-limit", In: []string{scenario.EndlessAnswer}, Look: boundsBody},
		{ID: "resp-wrong-site-page", In: []string{scenario.WrongSite}, Look: namesWrongSite, Output: true},
	}
}

// used says whether a start of the client went on with the token that it got: by a call,
// or by saying that all is well where logging in is all that it does.
func used(e *evidence.Evidence, r evidence.Run) bool {
	for _, x := range e.InRun(r.Number) {
		if x.Kind != evidence.TokenRequest && x.Token != "" && x.Role != evidence.Foreign {
			return true
		}
	}
	return e.LoginOnly && gotToken(e, r) && !failing(e, r)
}

// gotToken says whether a start of the client was given a token.
func gotToken(e *evidence.Evidence, r evidence.Run) bool {
	for _, x := range e.InRun(r.Number) {
		if x.Issued != "" {
			return true
		}
	}
	return false
}

// goesOn: the client makes a call with the token, in spite of what the answer held.
func goesOn(inSpiteOf string) func(*evidence.Evidence) verdict.Observation {
	return func(e *evidence.Evidence) verdict.Observation {
		r := e.LastRun()
		switch {
		case !gotToken(e, r):
			return absent("no token was issued")
		case !used(e, r):
			return broken("the client does not go on after a token answer with "+inSpiteOf, e.TokenRequests()...)
		}
		return kept("the client goes on after a token answer with " + inSpiteOf)
	}
}

// goesOnEachTime is goesOn for every start, each of which met something of its own.
func goesOnEachTime(form string) func(*evidence.Evidence) verdict.Observation {
	return func(e *evidence.Evidence) verdict.Observation {
		var stopped []string
		asked := 0
		for _, r := range e.Runs {
			if !gotToken(e, r) {
				continue
			}
			asked++
			if !used(e, r) || !r.Exit.Succeeded() && !r.Exit.Stopped {
				stopped = append(stopped, strings.ReplaceAll(form, "%s", faultIn(e, r)))
			}
		}
		switch {
		case asked == 0:
			return absent("no token was issued")
		case len(stopped) == asked:
			return absent("the client did not do its work in any of the starts, so that the difference does not show")
		case len(stopped) > 0:
			return broken("the client does not go on after "+strings.Join(stopped, ", "), e.TokenRequests()...)
		}
		return kept(fmt.Sprintf("the client goes on in each of %d starts", asked))
	}
}

// faultIn is what was special about the token answers of a start: what was done to
// them, or what they were.
func faultIn(e *evidence.Evidence, r evidence.Run) string {
	what := fmt.Sprintf("the answer of start %d", r.Number)
	for _, x := range e.InRun(r.Number) {
		switch {
		case x.Response.Fault != "":
			return x.Response.Fault
		case isTokenRequest(x) && x.Issued == "" && x.Response.Status != 0:
			what = fmt.Sprintf("status %d with %q", x.Response.Status, beginning(x.Response.Body))
		case isTokenRequest(x) && x.Issued != "":
			what = fmt.Sprintf("the answer of start %d, Content-Type %q", r.Number, x.Response.Header.Get("Content-Type"))
		}
	}
	return what
}

// mostQuoted is how much of an answer a sentence quotes.
const mostQuoted = 40

// beginning is the beginning of a body, in one line.
func beginning(body []byte) string {
	text := strings.Join(strings.Fields(string(body[:min(len(body), 4*mostQuoted)])), " ")
	return strings.ToValidUTF8(text[:min(len(text), mostQuoted)], "")
}

// withoutExpiresIn compares two starts that differ in expires_in only: the client
// must reuse its token without it as it does with it.
func withoutExpiresIn(e *evidence.Evidence) verdict.Observation {
	if len(e.Runs) < 2 {
		return absent("the client was not started twice")
	}
	with, withCalls := logins(e, e.Runs[0])
	without, calls := logins(e, e.Runs[1])
	switch {
	case withCalls < 2 || calls < 2 || with == 0 || without == 0:
		return absent("fewer than two API calls came, so that no reuse shows")
	case without > with && without >= calls:
		return broken(fmt.Sprintf("without expires_in the client logs in %d times for %d calls, with it %d times: it takes the token for expired at once",
			without, calls, with), e.InRun(2)...)
	case with >= withCalls:
		return absent("the client reuses no token, with or without expires_in")
	}
	return kept(fmt.Sprintf("without expires_in the client logs in once for %d calls", calls))
}

// logins are the token requests and API calls of a start.
func logins(e *evidence.Evidence, r evidence.Run) (tokens, calls int) {
	for _, x := range e.InRun(r.Number) {
		switch x.Kind {
		case evidence.TokenRequest:
			tokens++
		case evidence.APICall, evidence.BulkCall, evidence.SOAPCall:
			calls++
		default:
		}
	}
	return tokens, calls
}

func survivesExpiry(e *evidence.Evidence) verdict.Observation {
	after, ended := e.AfterMark(scenario.SessionsRevoked)
	if !ended || len(after) == 0 {
		return absent("the client made no call after the session had ended")
	}
	again := these(after, func(x evidence.Exchange) bool { return x.Issued != "" })
	if len(again) == 0 {
		return broken("the client did not log in again when the announced time was up", after...)
	}
	return kept("the client logged in again when the announced time was up")
}

// failsWithout: an answer without what is needed is a failed login.
func failsWithout(e *evidence.Evidence) verdict.Observation {
	for _, r := range e.Runs {
		calls := these(e.InRun(r.Number), func(x evidence.Exchange) bool { return x.Kind != evidence.TokenRequest })
		missing := faultIn(e, r)
		switch {
		case len(e.InRun(r.Number)) == 0:
			return absent("no token request came")
		case e.LoginOnly && strings.Contains(missing, "instance_url"):
			// Where no call is made nobody needs to know where to make it.
		case isMute(e, r) && e.Output:
			return mute(r, "an answer with "+missing)
		case claims(e, r) && e.Output:
			return broken("the client ends as if all were well after an answer with "+missing, e.InRun(r.Number)...)
		case len(calls) > 0 && strings.Contains(missing, "access_token"):
			return broken("the client makes calls after an answer with "+missing, calls...)
		}
	}
	return kept("a token answer without access_token or instance_url is a failed login")
}

// namesScope: a token without the scope api is good for nothing here, and the
// operator is told which scope is missing.
func namesScope(e *evidence.Evidence) verdict.Observation {
	if len(these(e.TokenRequests(), func(x evidence.Exchange) bool { return x.Issued != "" })) == 0 {
		return absent("no token was issued")
	}
	if strings.Contains(strings.ToLower(saidInAll(e)), "scope") {
		return kept("the client says that a scope is missing")
	}
	if e.LoginOnly {
		return absent("the client makes no call for which it would need the scope api")
	}
	return broken("the scope of the token answer lacks api, and nothing that the client says leads there", e.APICalls()...)
}

// signatureUse is a fact: a client need not verify the signature.
func signatureUse(e *evidence.Evidence) verdict.Observation {
	if len(e.TokenRequests()) == 0 {
		return absent("no token request came")
	}
	if !failing(e, e.LastRun()) {
		return kept("the client does not verify the signature of the token answer, which it need not")
	}
	return kept("the client verifies the signature of the token answer, and refuses a wrong one")
}
