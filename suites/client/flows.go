package client

import (
	"fmt"
	"slices"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/report"
)

// shown are the looks at flows that the client has, and drops the others. A client that
// does not miss the settings of a flow asks for a token of its own flow under them, so
// that the grant type decides; one that is no flow's decides nothing, and what else the
// request carries says which flow was meant. Where no request shows a flow, any token
// request does.
func (r *runner) shown(looks []played) []played {
	asks := func(l played) bool { return len(l.evidence.TokenRequests()) > 0 }
	asksForFlow := func(l played) bool {
		return slices.ContainsFunc(l.evidence.TokenRequests(), func(x evidence.Exchange) bool { return isMeantFor(l.flow, x) })
	}
	has := asks
	if slices.ContainsFunc(looks, asksForFlow) {
		has = asksForFlow
	}
	var kept []played
	for _, l := range looks {
		if !has(l) {
			r.drop(l)
			continue
		}
		kept = append(kept, l)
	}
	return kept
}

// isMeantFor says whether a token request asks for a token by a flow, be it under a
// grant type that is misspelt.
func isMeantFor(flow fixtures.Flow, x evidence.Exchange) bool {
	grant := fixtures.Grant(x.Param("grant_type"))
	if grant == fixtures.GrantClientCredentials || grant == fixtures.GrantJWTBearer {
		return grant == flow.Grant()
	}
	asserts := x.Param("assertion") != ""
	if flow == fixtures.JWTBearer {
		return asserts
	}
	return !asserts && (x.Param("client_secret") != "" || x.Request.Header.Get("Authorization") != "")
}

// drop leaves a flow out, and says what the client asked for in its place.
func (r *runner) drop(l played) {
	r.flows = slices.DeleteFunc(slices.Clone(r.flows), func(f fixtures.Flow) bool { return f == l.flow })
	why := "the client asked for no token by this flow when it was given its settings"
	if asked := l.evidence.TokenRequests(); len(asked) > 0 {
		why = fmt.Sprintf("given the settings of this flow, the client asked for a token by grant_type %q", asked[0].Param("grant_type"))
	}
	r.dropped = append(r.dropped, report.Untested{
		What: "flow " + string(l.flow), Kind: notApplicable, Why: fmt.Sprintf("%s; insist with --flow %s", why, l.flow),
	})
}
