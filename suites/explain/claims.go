package explain

import (
	"slices"

	"github.com/sfconform/sfconform/fixtures"
)

// claim says how strongly a signal speaks for a cause.
type claim struct {
	cause  fixtures.CauseID
	weight float64
	from   signal
	// also are further signals that the claim rests on.
	also []signal
	// evidence is what is known otherwise than from the text.
	evidence string
}

// conclude gathers the claims of the words that were found and of the rules.
func conclude(f *facts) []claim {
	claims := slices.Clone(f.claims)
	grants := f.grants()
	for _, w := range wireTexts() {
		from := wireSignal(w.refusals[0].ID)
		if !f.has(from) {
			continue
		}
		for _, s := range priorOf(w, grants) {
			claims = append(claims, claim{cause: s.cause, weight: s.weight, from: from})
		}
	}
	claims = append(claims, codeClaims(f, grants)...)
	for _, table := range [][]rule{requestRules, hostRules, jwtRules, sessionRules, transportRules, clientRules, userRules, trialRules, settingRules, sentenceRules, environmentRules} {
		for _, r := range table {
			if r.applies(f) {
				claims = append(claims, claim{cause: r.cause, weight: r.weight, from: r.signals()[0], also: r.signals()[1:]})
			}
		}
	}
	return claims
}

// tooWide are codes that say nothing without their words: each stands for many
// causes (facts: section 0, rule 4); UNKNOWN_EXCEPTION is SOAP's for whatever it did not foresee.
var tooWide = []string{"invalid_grant", "invalid_request", "access_denied", "unknown_error", "invalid_client", "UNKNOWN_EXCEPTION"}

// codeClaims are what a code says whose words are missing.
func codeClaims(f *facts, grants []fixtures.Grant) []claim {
	var claims []claim
	for _, code := range wireCodes() {
		from := "alone:" + signal(code)
		if !f.has(from) || f.has("wire") && f.has("wire:token-endpoint") {
			continue
		}
		var refusals []fixtures.Refusal
		for _, r := range fixtures.Refusals {
			if codeOf(r.Answer) == code && (r.Answer.Description != "" || slices.Contains(tooWide, code)) {
				refusals = append(refusals, r)
			}
		}
		if len(refusals) == 0 {
			continue
		}
		for _, s := range priorOf(&wireText{refusals: refusals}, grants) {
			weight := s.weight * 0.85
			if slices.Contains(tooWide, code) || f.has("otherwise:"+signal(code)) {
				weight = min(s.weight*0.35, 0.25)
			}
			claims = append(claims, claim{cause: s.cause, weight: weight, from: from})
		}
	}
	return claims
}
