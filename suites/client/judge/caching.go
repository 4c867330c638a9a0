package judge

import (
	"fmt"
	"slices"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// caching are the judges of group F, how a client keeps its token.
func caching() []Judge {
	return []Judge{
		{ID: "cache-token-reused", In: []string{scenario.HappyPath, scenario.ExpiresIn}, Look: tokenReused, Calls: 3},
		{ID: "cache-single-flight-cold", In: []string{scenario.ColdBurst}, Look: oneLoginForMany, Calls: 2},
		{ID: "cache-single-flight-expiry", In: []string{scenario.BurstAtExpiry}, Look: oneLoginAtExpiry, Calls: 2},
		{ID: "cache-no-stale-copy", In: []string{scenario.EndsBetweenPages}, Look: noStaleCopy, Calls: 2},
		{ID: "cache-login-budget", In: []string{scenario.SteadyRun}, Look: loginBudget, Calls: 1},
		{ID: "cache-same-token-again", In: []string{scenario.SameToken}, Look: endsWithSameToken, Calls: 1},
		{ID: "cache-stale-at-start", In: []string{scenario.StaleAtStart}, Look: survivesDeadStore, Process: true},
		{ID: "cache-across-runs", In: []string{scenario.ShortRuns}, Look: loginsOfShortRuns, Process: true},
		{ID: "cache-store-protected", Look: storeProtected, Output: true},
		{ID: "cache-proactive-timer-sane", In: []string{scenario.SteadyRun}, Look: timerSane, Calls: 1},
		{ID: "cache-failure-memo", In: []string{scenario.BurstRefused}, Look: failureMemo},
	}
}

// Logins that are more than one and may still pass: two workers that met, a retry.
const mostTogether = 3

// tokenReused compares logins with calls in each start of the client.
func tokenReused(e *evidence.Evidence) verdict.Observation {
	workers := max(e.AtLeastOne(), e.HeldAtOnce())
	worst := absent("fewer than three API calls came in one start, so that no reuse shows")
	for _, r := range e.Runs {
		tokens, calls := logins(e, r)
		switch {
		case tokens == 0 || calls < 3:
			continue
		case tokens >= calls && (tokens <= workers || beganTogether(e, r)):
			continue // nobody had a token to reuse: that is judged by itself
		case tokens >= calls:
			if faultIn(e, r) != "expires_in" {
				// Whether it is for want of expires_in is judged where there is one.
				continue
			}
			return broken(fmt.Sprintf("%d logins for %d API calls", tokens, calls), these(e.InRun(r.Number), isTokenRequest)...)
		case tokens > workers:
			worst = tolerated(fmt.Sprintf("%d logins for %d API calls", tokens, calls), these(e.InRun(r.Number), isTokenRequest)...)
		case worst.Outcome == verdict.Tolerated:
		case tokens > 1:
			worst = kept(fmt.Sprintf("each of %d workers side by side logs in once, for %d API calls in all", tokens, calls))
		default:
			worst = kept(fmt.Sprintf("one login for %d API calls", calls))
		}
	}
	return worst
}

// beganTogether says whether every login of a start was sent before the first token
// was there.
func beganTogether(e *evidence.Evidence, r evidence.Run) bool {
	all := these(e.InRun(r.Number), isTokenRequest)
	issued := these(all, isIssued)
	return len(all) > 1 && len(issued) > 0 && !slices.ContainsFunc(all, func(x evidence.Exchange) bool {
		return knows(e, x, issued[0])
	})
}

func isTokenRequest(x evidence.Exchange) bool { return x.Kind == evidence.TokenRequest }

// oneLoginForMany looks at workers that begin together.
func oneLoginForMany(e *evidence.Evidence) verdict.Observation {
	tokens, calls := e.TokenRequests(), e.APICalls()
	switch {
	case len(tokens) == 0 || len(calls) < 5 || !overlap(calls):
		return notSideBySide(e, "fewer than five calls came side by side")
	case len(tokens) > 1 && (len(tokens) <= e.Workers || eachServesOn(e)):
		return kept(fmt.Sprintf("each of %d workers logs in once, and keeps its token for several calls; %d calls begin together", len(tokens), len(calls)))
	case len(tokens) > mostTogether:
		return broken(fmt.Sprintf("%d logins for %d calls that begin together", len(tokens), len(calls)), tokens...)
	case len(tokens) > 1:
		return tolerated(fmt.Sprintf("%d logins for %d calls that begin together", len(tokens), len(calls)), tokens...)
	}
	return kept(fmt.Sprintf("one login for %d calls that begin together", len(calls)))
}

// overlap says whether two calls were on their way at the same time.
func overlap(calls []evidence.Exchange) bool {
	return slices.ContainsFunc(calls[1:], func(x evidence.Exchange) bool { return x.Connection != calls[0].Connection })
}

// oneLoginAtExpiry counts the logins after the calls that met the end of the session.
// Workers that hold a token each log in each.
func oneLoginAtExpiry(e *evidence.Evidence) verdict.Observation {
	after, ended := e.AfterMark(scenario.SessionsRevoked)
	refused := these(e.APICalls(), func(x evidence.Exchange) bool { return x.Response.Status == 401 })
	again := these(after, isTokenRequest)
	holders := tokensBefore(e, refused)
	what := fmt.Sprintf("%d calls met the end of the session, and caused %d logins", len(refused), len(again))
	switch {
	case !ended || len(refused) < 5 && (holders < 2 || holders < len(refused)):
		return notSideBySide(e, fmt.Sprintf("%d calls met the end of the session, fewer than five", len(refused)))
	case len(again) == 0:
		return absent("the client did not log in again, which is judged by itself")
	case len(again) > max(mostTogether, holders):
		return broken(what, again...)
	case len(again) > holders:
		return tolerated(what, again...)
	case holders > 1:
		return kept(fmt.Sprintf("%s: one for each of %d workers with a token of its own", what, holders))
	}
	return kept(fmt.Sprintf("%d calls met the end of the session, and caused one login", len(refused)))
}

// noStaleCopy looks, after a new token was used, for requests with the old one. Of
// workers that hold a token each, every one may meet the end of its own.
func noStaleCopy(e *evidence.Evidence) verdict.Observation {
	after, ended := e.AfterMark(scenario.SessionsRevoked)
	if !ended {
		return absent("the session did not end")
	}
	var fresh string
	inUse := false
	for _, x := range after {
		switch {
		case x.Issued != "":
			fresh = x.Issued
		case fresh != "" && x.Token == fresh:
			inUse = true
		case x.Kind == evidence.RevokeCall:
			// It says which token is to end.
		case inUse && x.Token != "" && x.Token != fresh && !issuedAfter(after, x.Token) && (e.Workers < 2 || refusedBefore(e, x)):
			return broken("after a new token was in use, the old one is presented again", x)
		}
	}
	if !inUse {
		return absent("the client did not go on with a new token")
	}
	return kept("after the new login only the new token is presented")
}

func issuedAfter(after []evidence.Exchange, token string) bool {
	return slices.ContainsFunc(after, func(x evidence.Exchange) bool { return x.Issued == token })
}

// refusedBefore says whether the token of a call had been refused, and the client knew it.
func refusedBefore(e *evidence.Evidence, call evidence.Exchange) bool {
	return slices.ContainsFunc(e.Exchanges, func(x evidence.Exchange) bool {
		return x.Number < call.Number && x.Token == call.Token && x.Response.Status == 401 && knows(e, call, x)
	})
}

// Re-logins that a session which stays refused may cause.
const (
	mostRelogins = 2
	manyRelogins = 5
)

func endsWithSameToken(e *evidence.Evidence) verdict.Observation {
	refused := these(e.APICalls(), func(x evidence.Exchange) bool { return x.Response.Status == 401 })
	if len(refused) == 0 {
		return absent("no call met the dead token")
	}
	again := these(e.TokenRequests(), func(x evidence.Exchange) bool { return x.Number > refused[0].Number })
	switch {
	case len(again) > manyRelogins*e.AtLeastOne():
		return broken(fmt.Sprintf("%d logins that give the same dead token again", len(again)), again...)
	case len(again) > mostRelogins*e.AtLeastOne():
		return tolerated(fmt.Sprintf("%d logins that give the same dead token again", len(again)), again...)
	case e.Output && claims(e, e.LastRun()):
		return broken("the same dead token came again, and the client ends with success (exit code 0)", refused...)
	}
	return kept(fmt.Sprintf("the client stops after %d more logins", len(again)))
}

// survivesDeadStore: only a client that begins with a stored token can be wrong here.
func survivesDeadStore(e *evidence.Evidence) verdict.Observation {
	if len(e.Runs) < 2 || len(e.InRun(2)) == 0 {
		return absent("the client made no request at its second start")
	}
	second := e.InRun(2)
	if isTokenRequest(second[0]) {
		return unused("the client keeps no token from one start to the next")
	}
	if len(these(second, func(x evidence.Exchange) bool { return x.Issued != "" })) == 0 {
		return broken("the client begins with a stored token that is dead, and does not log in again", second...)
	}
	return kept("the client begins with a stored token that is dead, and logs in again")
}

// ownerOnly is the mode of a file that the owner alone can read.
const ownerOnly = 0o077

func storeProtected(e *evidence.Evidence) verdict.Observation {
	stored := false
	for _, r := range e.Runs {
		for _, f := range r.Files {
			if len(e.Secrets.Find(f.Content)) == 0 {
				continue
			}
			stored = true
			if f.Mode&ownerOnly != 0 {
				return broken(fmt.Sprintf("%s/%s holds a secret and has the mode %04o: others on the machine can read it", f.Place, f.Name, f.Mode))
			}
		}
	}
	if !stored {
		return unused("the client stores nothing secret")
	}
	return kept("what the client stores can be read by its owner only")
}

func failureMemo(e *evidence.Evidence) verdict.Observation {
	tokens := e.TokenRequests()
	switch {
	case len(tokens) == 0:
		return absent("no token request came")
	case len(tokens) > max(mostTogether, e.Workers):
		return broken(fmt.Sprintf("%d logins, each refused for good, of workers that begin together", len(tokens)), tokens...)
	}
	return kept(fmt.Sprintf("%d refused logins of workers that begin together", len(tokens)))
}
