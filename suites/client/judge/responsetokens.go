package judge

import (
	"fmt"
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
				if issued := lastIssued(e, x); x.Token != issued {
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

// lastIssued is the token that was issued last before an exchange.
func lastIssued(e *evidence.Evidence, before evidence.Exchange) string {
	token := ""
	for _, x := range e.Exchanges {
		if x.Number < before.Number && x.Run == before.Run && x.Issued != "" {
			token = x.Issued
		}
	}
	return token
}
