package judge

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// rotation are the judges of group K, how new credentials take the place of old ones.
func rotation() []Judge {
	switched := []string{scenario.PairSwitched}
	return []Judge{
		{ID: "rotate-overlap", In: switched, Look: switchesWithoutOutage, Process: true},
		{ID: "rotate-cache-follows-credential", In: switched, Look: cacheFollowsCredential, Process: true, Calls: 1},
		{ID: "rotate-key-and-secret-pair", In: []string{scenario.PairSwitched, scenario.PairReplaced}, Look: keepsPairsWhole},
		{ID: "rotate-reload", In: []string{scenario.SecretReplaced, scenario.PairReplaced, scenario.KeyReplacedMeantime}, Look: readsCredentialAgain, Calls: 2},
		{ID: "rotate-old-rejected", In: []string{scenario.PairDeleted}, Look: endsWithDeletedPair, Calls: 2},
		{ID: "rotate-jwt-key", In: []string{scenario.KeyReplaced}, Look: signsWithNewKey, Process: true},
	}
}

// switchesWithoutOutage wants no refusal in any start of the switch, provided that
// there was none before it.
func switchesWithoutOutage(e *evidence.Evidence) verdict.Observation {
	const before, until = 1, 3
	refused := func(x evidence.Exchange) bool {
		return (x.Kind == evidence.TokenRequest || x.Kind == evidence.APICall) && x.Failed()
	}
	for number := range until {
		run := e.InRun(number + 1)
		failed := these(run, refused)
		switch {
		case len(run) == 0:
			return absent(fmt.Sprintf("no request came in start %d of the client", number+1))
		case len(failed) == 0:
		case number+1 == before:
			return absent("there were refusals before anything was switched")
		default:
			return broken(fmt.Sprintf("after the switch to the new credential, while it was valid, %d requests failed", len(failed)), failed...)
		}
	}
	return kept("no request failed while the credential was switched")
}

// cacheFollowsCredential looks at the first start with the new Consumer Key for
// tokens of the old one.
func cacheFollowsCredential(e *evidence.Evidence) verdict.Observation {
	old := map[string]bool{}
	for _, x := range e.InRun(1) {
		if x.Issued != "" {
			old[x.Issued] = true
		}
	}
	second := these(e.InRun(2), func(x evidence.Exchange) bool { return x.Token != "" })
	stale := these(second, func(x evidence.Exchange) bool { return old[x.Token] })
	switch {
	case len(old) == 0 || len(second) == 0:
		return absent("the client did not work both with the old and with the new Consumer Key")
	case len(stale) > 0:
		return broken("configured with the new Consumer Key, the client works with a stored token of the old one", stale...)
	}
	return kept("configured with the new Consumer Key, the client presents no token of the old one")
}

// keepsPairsWhole looks for a key of one pair with the secret of another.
func keepsPairsWhole(e *evidence.Evidence) verdict.Observation {
	all := these(e.TokenRequests(), func(x evidence.Exchange) bool { return credentialOf(x).ClientSecret != "" })
	mixed := these(all, func(x evidence.Exchange) bool { return isMixed(credentialOf(x), e.Pairs) })
	switch {
	case len(mixed) > 0:
		return broken(fmt.Sprintf("%d of %d token requests mix the Consumer Key of one pair with the Consumer Secret of another", len(mixed), len(all)), mixed...)
	case len(e.Pairs) < 2 || !asksAfterSwitch(e, all):
		return absent("no token request with a secret came after there was a second pair")
	}
	return kept(fmt.Sprintf("in each of %d token requests Consumer Key and Consumer Secret are of one pair", len(all)))
}

// asksAfterSwitch says whether the client asked for a token after the credential was
// replaced, or in a later start than the first.
func asksAfterSwitch(e *evidence.Evidence, logins []evidence.Exchange) bool {
	mark, replaced := e.Mark(scenario.CredentialReplaced)
	return slices.ContainsFunc(logins, func(x evidence.Exchange) bool {
		return x.Run > 1 || replaced && x.Number > mark.After
	})
}

// isMixed says whether both halves are known, but not as one pair.
func isMixed(sent evidence.Pair, pairs []evidence.Pair) bool {
	knownID := slices.ContainsFunc(pairs, func(p evidence.Pair) bool { return p.ClientID == sent.ClientID })
	knownSecret := slices.ContainsFunc(pairs, func(p evidence.Pair) bool { return p.ClientSecret == sent.ClientSecret })
	return knownID && knownSecret && !slices.Contains(pairs, sent)
}

// credentialOf is what a token request authenticates the client with, in the body or
// by Basic credentials (RFC 6749 section 2.3.1); empty halves if it does not.
func credentialOf(x evidence.Exchange) evidence.Pair {
	id, secret, isPair := strings.Cut(basic(x), ":")
	if !isPair {
		return evidence.Pair{ClientID: x.Param("client_id"), ClientSecret: x.Param("client_secret")}
	}
	return evidence.Pair{ClientID: unescaped(id), ClientSecret: unescaped(secret)}
}

func unescaped(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return plain
	}
	return text
}

// readsCredentialAgain: after the replacement only what stands in the file works.
func readsCredentialAgain(e *evidence.Evidence) verdict.Observation {
	behind, replaced := e.AfterMark(scenario.CredentialReplaced)
	again := these(behind, isTokenRequest)
	switch {
	case !replaced && len(these(e.TokenRequests(), isIssued)) == 0:
		return unused("the client does not read this credential from a file")
	case !replaced:
		return absent("the client did not come as far as the replacement: it may not read this credential from a file")
	case len(again) == 0:
		return absent("the client did not log in again, which is judged by itself")
	case slices.ContainsFunc(again, func(x evidence.Exchange) bool { return x.Issued != "" }):
		return kept("the client reads its credential again and logs in with the new one")
	}
	return broken("the file holds a new credential, and the client gives up with the old one", again...)
}

// endsWithDeletedPair counts the logins with a pair that worked and is no more.
func endsWithDeletedPair(e *evidence.Evidence) verdict.Observation {
	behind, deleted := e.AfterMark(scenario.CredentialReplaced)
	again := these(behind, isTokenRequest)
	seen := fmt.Sprintf("after the pair that had worked was deleted, the client tries to log in %d times", len(again))
	switch {
	case !deleted:
		return absent("the client made no second API call, so that it did not come as far as the deletion")
	case len(again) == 0:
		return absent("the client did not log in again, which is judged by itself")
	case len(again) > manyRequests*e.AtLeastOne():
		return broken(seen, again...)
	case len(again) > fewRequests*e.AtLeastOne():
		return tolerated(seen, again...)
	}
	return kept(seen)
}
