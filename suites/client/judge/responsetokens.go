package judge

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

func sendsBearer(e *evidence.Evidence) verdict.Observation {
	calls := these(e.APICalls(), func(x evidence.Exchange) bool { return x.Request.Header.Get("Authorization") != "" })
	var wrong []evidence.Exchange
	for _, r := range e.Runs {
		if gotToken(e, r) && !used(e, r) {
			return broken("the client does not go on after token_type was written in "+faultIn(e, r), e.InRun(r.Number)...)
		}
	}
	for _, x := range calls {
		if scheme, _, _ := strings.Cut(x.Request.Header.Get("Authorization"), " "); scheme == "bearer" || scheme == "BEARER" {
			wrong = append(wrong, x)
		}
	}
	switch {
	case len(calls) == 0:
		return absent("no API call came")
	case len(wrong) > 0:
		return broken(fmt.Sprintf("%d of %d calls repeat token_type as the scheme, as it was written", len(wrong), len(calls)), wrong...)
	}
	return kept(fmt.Sprintf("each of %d calls is sent as Bearer", len(calls)))
}

// carriesToken compares what is presented with what was issued, byte by byte.
func carriesToken(what string) func(*evidence.Evidence) verdict.Observation {
	return func(e *evidence.Evidence) verdict.Observation {
		calls := 0
		for _, r := range e.Runs {
			if gotToken(e, r) && !used(e, r) {
				return broken("the client does not go on with "+what+" ("+faultIn(e, r)+")", e.InRun(r.Number)...)
			}
			for _, x := range e.InRun(r.Number) {
				if x.Kind != evidence.APICall || x.Token == "" {
					continue // a call without a token is judged by itself
				}
				calls++
				if issued := issuedBefore(e, x); !slices.Contains(issued, x.Token) {
					issued := strings.Join(issued[max(0, len(issued)-1):], "")
					return broken(fmt.Sprintf("of a token of %d characters the client presents %d, changed", len(issued), len(x.Token)), x)
				}
			}
		}
		if calls == 0 {
			return absent("no API call came")
		}
		return kept(fmt.Sprintf("in %d calls the token is as it was issued", calls))
	}
}

// issuedBefore are the tokens that a start was given before an exchange, the last one
// behind: workers side by side may hold one each.
func issuedBefore(e *evidence.Evidence, before evidence.Exchange) []string {
	var tokens []string
	for _, x := range e.Exchanges {
		if x.Number < before.Number && x.Run == before.Run && x.Issued != "" {
			tokens = append(tokens, x.Issued)
		}
	}
	return tokens
}
