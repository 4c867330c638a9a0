package judge

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/stage"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// orgs are the judges of group L, several orgs, and of what keeps identities apart.
func orgs() []Judge {
	return []Judge{
		{ID: "org-token-isolation", In: []string{scenario.TwoOrgsAtOnce}, Look: keepsOrgsApart},
		{ID: "org-same-user", In: []string{scenario.SameUserTwice}, Look: keepsSameUserApart},
		{ID: "cache-keyed-by-identity", In: []string{scenario.TwoAppsInOne}, Look: keepsAppsApart},
		{ID: "org-failure-isolation", In: []string{scenario.OneOrgDown}, Look: keepsFailureApart},
		{ID: "org-expected-id", In: []string{scenario.OtherOrgAnswer}, Look: noticesOtherOrg, Output: true},
	}
}

// share is what one org or identity saw of the client.
type share struct{ logins, calls int }

// sharesByOrg are those of the two orgs.
func sharesByOrg(e *evidence.Evidence) (shares [2]share) {
	for _, x := range e.Exchanges {
		switch {
		case x.Issued != "":
			shares[x.Org].logins++
		case x.Kind == evidence.APICall && x.Token != "":
			shares[x.Org].calls++
		}
	}
	return shares
}

// strayed are the requests with a token that another org had issued.
func strayed(e *evidence.Evidence) []evidence.Exchange {
	issuer := map[string]int{}
	for _, x := range e.Exchanges {
		if x.Issued != "" {
			issuer[x.Issued] = x.Org
		}
	}
	return these(e.Exchanges, func(x evidence.Exchange) bool {
		org, known := issuer[x.Token]
		return known && org != x.Org
	})
}

func keepsOrgsApart(e *evidence.Evidence) verdict.Observation {
	away, shares := strayed(e), sharesByOrg(e)
	if len(away) > 0 {
		return broken(fmt.Sprintf("%d requests carry the token of one org to the other", len(away)), away...)
	}
	if e.OwnWork && shares[0].logins > 0 && shares[1] == (share{}) {
		return oneAtATime()
	}
	for i, s := range shares {
		other := shares[1-i]
		switch {
		case s.logins == 0:
			return absent(fmt.Sprintf("the client did not log in to org %d", i+1))
		case s.calls == 0 && other.calls >= 2 && claims(e, e.LastRun()):
			return broken(fmt.Sprintf("the client logs in to both orgs, and all %d API calls go to org %d", other.calls, 2-i), e.APICalls()...)
		case s.calls == 0:
			return absent(fmt.Sprintf("the client made no API call in org %d", i+1))
		}
	}
	return kept(fmt.Sprintf("%d and %d API calls in two orgs carry the token of their own org only", shares[0].calls, shares[1].calls))
}

// keepsSameUserApart also takes it for a mistake that one org sees nothing of a client
// that says it has worked in both.
func keepsSameUserApart(e *evidence.Evidence) verdict.Observation {
	shares := sharesByOrg(e)
	if e.OwnWork && shares[0].logins > 0 && shares[1].logins == 0 {
		return oneAtATime()
	}
	for i, s := range shares {
		if s.logins == 0 && shares[1-i].calls >= 2 && claims(e, e.LastRun()) {
			return broken(fmt.Sprintf("with the same user in two orgs, org %d sees no login, and org %d all %d API calls", i+1, 2-i, shares[1-i].calls), e.APICalls()...)
		}
	}
	return keepsOrgsApart(e)
}

// oneAtATime is for a client that was never told of a second org: it heeds no
// operation, so that its silence there is no mistake.
func oneAtATime() verdict.Observation {
	return unused("the client works in one org as one user: it leaves the settings of a second one alone; if it works in several, say so with --operation two-orgs")
}

// keepsAppsApart tells two identities of one org by their Consumer Keys.
func keepsAppsApart(e *evidence.Evidence) verdict.Observation {
	ids := [2]string{e.Settings[stage.ClientID], e.Settings[stage.ClientID+"_2"]}
	var shares [2]share
	owner := map[string]int{}
	for _, x := range e.Exchanges {
		at := slices.Index(ids[:], clientOf(x))
		if x.Issued != "" && at >= 0 {
			owner[x.Issued] = at
			shares[at].logins++
		}
		if of, known := owner[x.Token]; known && x.Kind == evidence.APICall {
			shares[of].calls++
		}
	}
	if e.OwnWork && shares[0].logins > 0 && shares[1].logins == 0 {
		return oneAtATime()
	}
	for i, s := range shares {
		other := shares[1-i]
		switch {
		case s.calls > 0:
		case other.calls >= 2 && claims(e, e.LastRun()):
			return broken(fmt.Sprintf("with two apps of one org, app %d logs in %d times, and all %d API calls are made with the token of app %d",
				i+1, s.logins, other.calls, 2-i), e.APICalls()...)
		default:
			return absent(fmt.Sprintf("the client made no API call as app %d", i+1))
		}
	}
	return kept(fmt.Sprintf("%d and %d API calls of two apps are made with tokens of their own", shares[0].calls, shares[1].calls))
}

// clientOf is the Consumer Key that a token request names.
func clientOf(x evidence.Exchange) string {
	if x.Assertion != nil {
		iss, _ := x.Assertion.Claims["iss"].(string)
		return iss
	}
	return credentialOf(x).ClientID
}

// keepsFailureApart wants calls in the second org whatever happens in the first, and
// the first of them before a login that is not answered is given up.
func keepsFailureApart(e *evidence.Evidence) verdict.Observation {
	if e.OwnWork && len(these(e.Exchanges, func(x evidence.Exchange) bool { return x.Org == 1 })) == 0 {
		return oneAtATime()
	}
	met := 0
	for _, r := range e.Runs {
		run := e.InRun(r.Number)
		failed := these(run, func(x evidence.Exchange) bool { return x.Org == 0 && isTokenRequest(x) && x.Failed() })
		if len(failed) == 0 {
			continue
		}
		met++
		calls := these(run, func(x evidence.Exchange) bool { return x.Org == 1 && x.Kind == evidence.APICall && !x.Failed() })
		switch hung := failed[0]; {
		case len(calls) == 0:
			return broken("while the first org's logins fail, the second org sees no API call", failed...)
		case hung.Response.Status == 0 && !hung.Answered.IsZero() && calls[0].Arrived.After(hung.Answered):
			return broken("the second org sees no API call until the first org's login has been given up", hung, calls[0])
		}
	}
	if met == 0 {
		return absent("the client did not meet the failure of the first org")
	}
	return kept("the failure of the first org does not hold up the second")
}

// wordsOfOther are those by which a message says that the org is not the expected one.
var wordsOfOther = []string{"expected", "mismatch", "differ", "another org", "other org", "wrong org", "not the org", "does not match"}

func noticesOtherOrg(e *evidence.Evidence) verdict.Observation {
	altered := these(e.TokenRequests(), func(x evidence.Exchange) bool { return x.Issued != "" })
	r := e.LastRun()
	text := strings.ToLower(said(r))
	switch {
	case len(altered) == 0:
		return absent("no token was issued")
	case failing(e, r):
		return kept("the client does not go on in another org than the expected one")
	case strings.Contains(text, "org") && containsAny(text, wordsOfOther...):
		return kept("the client says that the org is not the expected one")
	}
	return broken("the login leads to another org than the expected one, and the client goes on without a word", altered...)
}
