package explain

import (
	"cmp"
	"slices"

	"github.com/sfconform/sfconform/fixtures"
)

// prior is how often a text that stands for several causes is seen with each of
// them, as far as public threads tell (facts: causes.md). The text is named by one
// of its refusals.
type prior struct {
	text   fixtures.RefusalID
	grant  fixtures.Grant
	causes []share
}

type share struct {
	cause  fixtures.CauseID
	weight float64
}

// priors are looked up in this order: those of a grant before those of any.
var priors = []prior{
	{"grant-type-missing", "", []share{
		{"client-bug-body-not-form-encoded", 0.42},
		{"client-bug-http-not-https", 0.4},
		{"wrong-host-not-my-domain-form", 0.22},
		{"client-bug-wrong-grant-type", 0.2},
		{"client-bug-request-too-long", 0.1},
	}},
	{"client-id-unknown", "", []share{
		{"consumer-key-unknown-or-not-propagated", 0.72},
		{"sandbox-vs-production", 0.35},
		{"consumer-key-missing-in-request", 0.15},
		{"client-credentials-flow-not-enabled", 0.1},
		{"app-blocked-or-not-installed", 0.1},
	}},
	{"client-secret-wrong", fixtures.GrantJWTBearer, []share{
		{"jwt-signature-certificate-mismatch", 0.66}, {"consumer-secret-wrong", 0.3}, {"client-bug-flow-unsupported-by-library", 0.12},
	}},
	{"client-secret-wrong", "", []share{
		{"consumer-secret-wrong", 0.72}, {"client-bug-secret-not-sent", 0.2}, {"jwt-signature-certificate-mismatch", 0.18}, {"consumer-key-unknown-or-not-propagated", 0.12},
	}},
	{"password-wrong", fixtures.GrantAuthorizationCode, []share{
		{"auth-code-expired-or-reused", 0.45}, {"password-or-security-token-wrong", 0.3}, {"password-flow-disabled", 0.2},
	}},
	{"password-wrong", "", []share{
		{"password-or-security-token-wrong", 0.5},
		{"password-flow-disabled", 0.42},
		{"sandbox-vs-production", 0.22},
		{"client-bug-wrong-grant-type", 0.15},
		{"user-inactive-or-frozen", 0.1},
	}},
	{"app-not-installed", "", []share{
		{"wrong-host-login-instead-of-my-domain", 0.52},
		{"app-blocked-or-not-installed", 0.45},
		{"jwt-audience-wrong", 0.25},
		{"sandbox-vs-production", 0.18},
		{"jwt-user-not-preauthorised", 0.12},
	}},
	{"soap-login-invalid", "", []share{{"password-or-security-token-wrong", 0.72}, {"sandbox-vs-production", 0.28}, {"user-inactive-or-frozen", 0.15}}},
	{"authorize-app-not-found", "", []share{{"app-blocked-or-not-installed", 0.55}, {"wrong-host-login-instead-of-my-domain", 0.38}, {"sandbox-vs-production", 0.12}}},
	{"user-not-approved", "", []share{
		{"jwt-user-not-preauthorised", 0.72}, {"sandbox-vs-production", 0.28}, {"wrong-host-login-instead-of-my-domain", 0.2},
	}},
	{"signature-mismatch", "", []share{
		{"jwt-signature-certificate-mismatch", 0.68}, {"key-file-malformed", 0.25}, {"jwt-expired-or-clock-skew", 0.12}, {"client-bug-config-not-read", 0.1},
	}},
	{"assertion-expired", fixtures.GrantAuthorizationCode, []share{{"auth-code-expired-or-reused", 0.85}}},
	{"assertion-expired", fixtures.GrantJWTBearer, []share{{"jwt-expired-or-clock-skew", 0.8}, {"client-bug-jwt-exp-timezone", 0.3}}},
	{"assertion-expired", fixtures.GrantRefreshToken, []share{{"client-bug-token-rotation-race", 0.7}, {"refresh-token-expired-or-revoked", 0.3}}},
	{"assertion-expired", "", []share{
		{"jwt-expired-or-clock-skew", 0.5}, {"auth-code-expired-or-reused", 0.45}, {"client-bug-jwt-exp-timezone", 0.2}, {"client-bug-token-rotation-race", 0.12},
	}},
	{"audience-invalid", "", []share{{"jwt-audience-wrong", 0.8}, {"sandbox-vs-production", 0.32}, {"client-bug-hardcoded-audience", 0.2}}},
	{"retry-your-request", "", []share{{"maintenance", 0.34}, {"tls-version-too-old", 0.32}, {"wrong-host-login-instead-of-my-domain", 0.3}}},
	{"session-expired", "", []share{
		{"session-expired", 0.75}, {"client-bug-no-reauthentication", 0.25}, {"wrong-instance-url-after-login", 0.22}, {"client-bug-token-not-sent", 0.18}, {"user-inactive-or-frozen", 0.1},
	}},
	{"session-not-valid-for-api", "", []share{
		{"scope-lacks-api", 0.5}, {"app-blocked-or-not-installed", 0.38}, {"ip-restricted", 0.2}, {"session-security-level", 0.15},
	}},
	{"soap-session-not-valid-for-api", "", []share{
		{"scope-lacks-api", 0.48}, {"app-blocked-or-not-installed", 0.42}, {"ip-restricted", 0.15},
	}},
	{"soap-session-invalid", "", []share{
		{"session-expired", 0.7}, {"client-bug-token-not-sent", 0.22}, {"wrong-instance-url-after-login", 0.18}, {"access-token-format-mismatch", 0.18},
	}},
	{"run-as-missing", "", []share{
		{"run-as-user-missing", 0.78}, {"client-credentials-flow-not-enabled", 0.3}, {"user-inactive-or-frozen", 0.12}, {"api-not-enabled", 0.1},
	}},
	{"refresh-token-invalid", "", []share{
		{"refresh-token-expired-or-revoked", 0.75}, {"client-bug-wrong-token-value", 0.18}, {"client-bug-token-rotation-race", 0.18}, {"sandbox-vs-production", 0.1},
	}},
	{"maintenance", "", []share{{"maintenance", 0.82}, {"client-bug-request-too-long", 0.12}}},
	{"ip-restricted", "", []share{{"ip-restricted", 0.8}, {"login-hours-restricted", 0.2}}},
	{"method-not-post", "", []share{{"client-bug-http-not-https", 0.5}, {"client-bug-body-not-form-encoded", 0.4}, {"wrong-host-not-my-domain-form", 0.1}}},
	{"url-no-longer-exists", "", []share{{"client-bug-malformed-token-url", 0.8}}},
	{"host-generic", "", []share{{"wrong-host-login-instead-of-my-domain", 0.85}, {"wrong-host-not-my-domain-form", 0.3}}},
	{"login-rate-exceeded", "", []share{{"login-rate-limit", 0.82}, {"client-bug-login-per-request", 0.5}}},
}

// priorOf is what is believed of a text before anything else is looked at: the
// table, or where it has nothing, what the refusals themselves point to.
func priorOf(w *wireText, grants []fixtures.Grant) []share {
	match := applicable(w.refusals, grants)
	var list []share
	for _, p := range priors {
		ofText := slices.ContainsFunc(w.refusals, func(r fixtures.Refusal) bool { return r.ID == p.text })
		if ofText && (p.grant == "" || slices.Contains(grants, p.grant)) {
			list = slices.Clone(p.causes)
			break
		}
	}
	if list == nil {
		list = pointedTo(match)
	}
	return withFirsts(list, match)
}

// applicable are the refusals that the grants can meet; all if none can.
func applicable(refusals []fixtures.Refusal, grants []fixtures.Grant) []fixtures.Refusal {
	var match []fixtures.Refusal
	for _, r := range refusals {
		met := slices.ContainsFunc(r.Grants, func(g fixtures.Grant) bool { return slices.Contains(grants, g) })
		if len(r.Grants) == 0 || met {
			match = append(match, r)
		}
	}
	if len(match) == 0 || len(grants) == 0 {
		return refusals
	}
	return match
}

// pointedTo weighs causes by their place in the refusals and by how many
// refusals share the words.
func pointedTo(refusals []fixtures.Refusal) []share {
	best := []float64{0.85, 0.55, 0.45, 0.4}[min(len(firsts(refusals)), 4)-1]
	weights := map[fixtures.CauseID]float64{}
	var order []share
	for _, r := range refusals {
		for i, id := range r.Causes {
			weight := best
			if i > 0 {
				weight = 0.3 / float64(i)
			}
			if weights[id] == 0 {
				order = append(order, share{cause: id})
			}
			weights[id] = max(weights[id], weight)
		}
	}
	for i := range order {
		order[i].weight = weights[order[i].cause]
	}
	slices.SortStableFunc(order, func(a, b share) int { return cmp.Compare(b.weight, a.weight) })
	return order
}

// firsts are the causes that the refusals name first.
func firsts(refusals []fixtures.Refusal) []fixtures.CauseID {
	var list []fixtures.CauseID
	for _, r := range refusals {
		if !slices.Contains(list, r.Causes[0]) {
			list = append(list, r.Causes[0])
		}
	}
	return list
}

// leastWeight is that of a cause that a refusal names first and the table leaves out.
const leastWeight = 0.1

// withFirsts adds what a refusal names first and the list lacks: no entry of the
// catalogue is without its cause in the answer. What refusals name besides is added
// where the list is short.
func withFirsts(list []share, refusals []fixtures.Refusal) []share {
	add := func(id fixtures.CauseID, weight float64) {
		if !slices.ContainsFunc(list, func(s share) bool { return s.cause == id }) {
			list = append(list, share{id, weight})
		}
	}
	for _, id := range firsts(refusals) {
		add(id, leastWeight)
	}
	for _, r := range refusals {
		for _, id := range r.Causes {
			if len(list) < wanted {
				add(id, worthNaming)
			}
		}
	}
	return list
}
