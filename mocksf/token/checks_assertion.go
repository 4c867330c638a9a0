package token

import (
	"time"
)

// clockSkew is how far the assertion's exp may lie back (facts: section 3).
const clockSkew = 3 * time.Minute

// assertionFormChecks read the assertion as far as the app it names.
var assertionFormChecks = []check{
	{Name: "assertion-present", Refusal: "assertion-missing", Holds: func(a *attempt) bool { return a.assertion.text != "" }},
	{Name: "assertion-well-formed", Refusal: "assertion-malformed", Holds: func(a *attempt) bool {
		return a.assertion.wellFormed || a.assertion.text == ""
	}},
	{Name: "issuer-known", Refusal: "issuer-unknown", Holds: func(a *attempt) bool {
		return a.appKnown || !a.assertion.wellFormed
	}},
}

// assertionChecks judge the assertion against the app (RFC 7523 section 3).
var assertionChecks = []check{
	{Name: "algorithm-is-rs256", Refusal: "algorithm-not-rs256", Holds: algorithmAllowed},
	check{Name: "certificate-registered", Refusal: "certificate-missing", Holds: hasCertificate}.When("certificate-missing", "invalid-assertion"),
	check{Name: "certificate-registered-or-invalid-client", Refusal: "certificate-missing-as-invalid-client", Holds: hasCertificate}.When("certificate-missing", "invalid-client"),
	check{Name: "signature-verifies", Refusal: "signature-mismatch", Holds: signatureVerifies}.When("bad-signature", "invalid-assertion"),
	check{Name: "signature-verifies-or-invalid-client", Refusal: "signature-mismatch-as-invalid-client", Holds: signatureVerifies}.When("bad-signature", "invalid-client"),
	{Name: "audience-valid", Refusal: "audience-invalid", Holds: audienceValid},
	{Name: "expiry-present", Refusal: "exp-missing", Holds: func(a *attempt) bool { return !a.assertion.expiry().IsZero() }},
	{Name: "not-expired", Refusal: "assertion-expired", Holds: func(a *attempt) bool {
		exp := a.assertion.expiry()
		return exp.IsZero() || !a.req.Now.After(exp.Add(clockSkew))
	}},
	check{Name: "expiry-within-limit", Refusal: "exp-too-far", Holds: func(a *attempt) bool {
		return !a.assertion.expiry().After(a.req.Now.Add(longestLife + clockSkew))
	}}.When("exp-upper-bound", "three-minutes"),
	{Name: "user-known", Refusal: "user-unknown", Holds: func(a *attempt) bool { return a.userKnown }},
}

// replayChecks come last: a jti is used up by the assertion that is accepted, and a
// refused one can be sent again once its cause is mended.
var replayChecks = []check{
	check{Name: "jti-fresh", Refusal: "jti-replayed", Holds: func(a *attempt) bool {
		return a.endpoint.replays.first(a.assertion.issuer(), a.assertion.id(), a.req.Now, a.forgetJTI())
	}}.When("jti-replay", "refused"),
}

// longestLife is the documented upper bound of an assertion's life.
const longestLife = 3 * time.Minute

func algorithmAllowed(a *attempt) bool {
	switch a.assertion.algorithm {
	case "RS256":
		return true
	case "RS384", "RS512":
		return a.org.Option("rsa-sha-variants") == "accepted"
	}
	return false
}

func hasCertificate(a *attempt) bool { return a.app.Certificate != "" }

// signatureVerifies leaves to others what others judge: a missing certificate
// and a wrong algorithm.
func signatureVerifies(a *attempt) bool {
	return a.app.Certificate == "" || !algorithmAllowed(a) || a.assertion.verifies(a.app.PublicKey)
}

// forgetJTI is when the attempt's jti need not be remembered any longer: when its
// assertion has expired, or a day on, for those whose exp lies in another age.
func (a *attempt) forgetJTI() time.Time {
	end, day := a.assertion.expiry().Add(clockSkew), a.req.Now.Add(24*time.Hour)
	if end.After(day) {
		return day
	}
	return end
}
