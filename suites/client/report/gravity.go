package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// Gravity is what a breach does to production, the gravest first. It orders what to
// fix first among requirements with the same verdict and severity.
type gravity int

const (
	// unusable: no login works at all, so that nothing else matters yet.
	unusable gravity = iota
	// leaks: a secret, token or key gets to where others can read it.
	leaks
	// trusts: the client talks to anybody who says that he is Salesforce.
	trusts
	// runsAway: the client floods the org or locks its integration user out.
	runsAway
	// stays: work ends for good where a client should go on.
	stays
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
	"cache-keyed-by-identity":  leaks,
	"org-same-user":            leaks,
	"cache-stale-at-start":     stays,
	"err-exit-or-health":       stays,
	"err-timeouts-finite":      stays,
	"host-instance-url-change": stays,
	"session-401-reauth-once":  stays,
	"session-mid-pagination":   stays,
}

// roots are the requirements whose breach brings those of others about: what is mended
// there first may mend them too.
var roots = map[fixtures.RequirementID][]fixtures.RequirementID{
	"req-method-post":            {"host-token-redirect"},
	"resp-200-not-json":          {"err-exit-or-health"},
	"resp-200-error-object":      {"err-exit-or-health"},
	"resp-missing-optional":      {"err-exit-or-health"},
	"err-api-array-and-object":   {"err-exit-or-health", "err-surface-both"},
	"err-broken-json":            {"err-exit-or-health"},
	"err-empty-body":             {"err-exit-or-health"},
	"cache-same-token-again":     {"session-no-loop", "err-exit-or-health"},
	"session-401-not-expiry":     {"session-no-loop", "err-surface-both"},
	"session-mid-pagination":     {"session-401-reauth-once"},
	"session-retry-identical":    {"session-401-reauth-once"},
	"host-instance-url-change":   {"session-401-reauth-once"},
	"cache-stale-at-start":       {"session-401-reauth-once"},
	"cache-no-stale-copy":        {"session-401-reauth-once", "cache-token-reused"},
	"cache-single-flight-expiry": {"cache-token-reused"},
	"cache-login-budget":         {"cache-token-reused"},
	"resp-no-expires-in":         {"cache-token-reused"},
	"err-login-rate-exceeded":    {"err-permanent-no-hammer"},
	"rotate-old-rejected":        {"err-permanent-no-hammer"},
	"secret-not-in-errors":       {"req-params-in-body", "secret-not-in-output"},
	"secret-only-to-token-host":  {"host-token-redirect"},
	"tls-no-insecure-retry":      {"tls-verify-chain"},
	"tls-verify-hostname":        {"tls-verify-chain"},
	"tls-refuse-expired":         {"tls-verify-chain"},
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
// then what could not be tested and must be, then the warnings. What follows from
// another one of them stands behind those that do not.
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
			cmp.Compare(r.follows(a), r.follows(b)),
			cmp.Compare(r.gravityHere(a), r.gravityHere(b)),
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

// follows is 1 for a result that another one, which failed as well, brings about.
func (r *Report) follows(of *Result) int {
	for i := range r.Results {
		if r.Results[i].Verdict == verdict.Fail && slices.Contains(roots[of.ID], r.Results[i].ID) {
			return 1
		}
	}
	return 0
}

// gravityHere is the gravity of a result beside the others of the report.
func (r *Report) gravityHere(of *Result) gravity {
	if g := gravityOf(of); g != misdirected || !of.failsWhereAllIsWell() || !r.neverLogsIn() {
		return g
	}
	return unusable
}

func gravityOf(r *Result) gravity {
	if g, known := gravities[r.ID]; known {
		return g
	}
	if g, known := groupGravities[fixtures.RequirementGroup(r.Group)]; known {
		return g
	}
	return style
}

// neverLogsIn says whether a flow of the client gets no token at all.
func (r *Report) neverLogsIn() bool {
	return slices.ContainsFunc(r.Untested, func(u Untested) bool {
		return u.Kind == verdict.Inconclusive && strings.HasPrefix(u.What, "flow ")
	})
}

// failsWhereAllIsWell says whether the finding is one of the scenario in which everything
// is set up right.
func (r *Result) failsWhereAllIsWell() bool {
	return r.Verdict == verdict.Fail && slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Scenario == "happy-path" })
}
