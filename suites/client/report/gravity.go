package report

import (
	"cmp"
	"slices"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// Gravity is what a breach does to production, the gravest first. It orders what to
// fix first among requirements with the same verdict and severity.
type gravity int

const (
	// runsAway: the client floods the org or locks its integration user out.
	runsAway gravity = iota
	// leaks: a secret, token or key gets to where others can read it.
	leaks
	// trusts: the client talks to anybody who says that he is Salesforce.
	trusts
	// stops: work stops or is lost, and nobody is told.
	stops
	// misdirected: the login fails or goes to the wrong place.
	misdirected
	// style: everything else.
	style
)

// gravities are those of single requirements; the others have that of their group.
var gravities = map[fixtures.RequirementID]gravity{
	"session-no-loop":          runsAway,
	"err-permanent-no-hammer":  runsAway,
	"err-login-rate-exceeded":  runsAway,
	"cache-login-budget":       runsAway,
	"cache-token-reused":       runsAway,
	"session-not-on-403":       runsAway,
	"req-params-in-body":       leaks,
	"jwt-private-key-not-sent": leaks,
	"host-token-redirect":      leaks,
	"host-no-plain-http":       leaks,
	"tls-verify-chain":         trusts,
	"tls-verify-hostname":      trusts,
	"tls-refuse-expired":       trusts,
	"tls-no-insecure-retry":    trusts,
	"tls-min-12":               trusts,
	"org-token-isolation":      leaks,
}

// groupGravities are those of whole groups.
var groupGravities = map[fixtures.RequirementGroup]gravity{
	fixtures.GroupSecrets:       leaks,
	fixtures.GroupSession:       stops,
	fixtures.GroupErrors:        stops,
	fixtures.GroupCaching:       stops,
	fixtures.GroupSeveralOrgs:   stops,
	fixtures.GroupRotation:      stops,
	fixtures.GroupTokenRequest:  misdirected,
	fixtures.GroupHost:          misdirected,
	fixtures.GroupClientAuth:    misdirected,
	fixtures.GroupAssertion:     misdirected,
	fixtures.GroupTokenResponse: misdirected,
	fixtures.GroupNetwork:       style,
	fixtures.GroupAPI:           style,
	fixtures.GroupShutdown:      style,
}

// gravest are the results to do something about, the gravest first: what failed,
// then what could not be tested and must be, then the warnings.
func (r *Report) gravest() []*Result {
	var grave []*Result
	for i := range r.Results {
		if urgency(&r.Results[i]) < notUrgent {
			grave = append(grave, &r.Results[i])
		}
	}
	slices.SortStableFunc(grave, func(a, b *Result) int {
		return cmp.Or(
			cmp.Compare(urgency(a), urgency(b)),
			cmp.Compare(rank(a.Severity), rank(b.Severity)),
			cmp.Compare(gravityOf(a), gravityOf(b)),
		)
	})
	return grave
}

const notUrgent = 3

func urgency(r *Result) int {
	switch {
	case r.Verdict == verdict.Fail:
		return 0
	case r.Verdict == verdict.Inconclusive && r.Severity == fixtures.SeverityMust:
		return 1
	case r.Verdict == verdict.Warn:
		return 2
	}
	return notUrgent
}

// rank is 0 for the gravest severity.
func rank(s fixtures.Severity) int { return slices.Index(s.Values(), string(s)) }

func gravityOf(r *Result) gravity {
	if g, known := gravities[r.ID]; known {
		return g
	}
	if g, known := groupGravities[fixtures.RequirementGroup(r.Group)]; known {
		return g
	}
	return style
}
