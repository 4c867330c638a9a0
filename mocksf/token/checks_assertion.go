package token

import (
	"time"
)

// clockSkew is how far the assertion's exp may lie back (facts: section 3).
const clockSkew = 3 * time.Minute

// assertionFormChecks read the assertion as far as the app it names.
var assertionFormChecks = []check{
	{name: "assertion-present", refusal: "assertion-missing", holds: func(a *attempt) bool { return a.assertion.text != "" }},
	{name: "assertion-well-formed", refusal: "assertion-malformed", holds: func(a *attempt) bool {
		return a.assertion.wellFormed || a.assertion.text == ""
	}},
	{name: "issuer-known", refusal: "issuer-unknown", holds: func(a *attempt) bool {
		return a.appKnown || !a.assertion.wellFormed
	}},
}

// assertionChecks judge the assertion against the app (RFC 7523 section 3).
var assertionChecks = []check{
	{name: "algorithm-is-rs256", refusal: "algorithm-not-rs256", holds: algorithmAllowed},
	check{name: "certificate-registered", refusal: "certificate-missing", holds: hasCertificate}.when("certificate-missing", "invalid-assertion"),
	check{name: "certificate-registered-or-invalid-client", refusal: "certificate-missing-as-invalid-client", holds: hasCertificate}.when("certificate-missing", "invalid-client"),
	check{name: "signature-verifies", refusal: "signature-mismatch", holds: signatureVerifies}.when("bad-signature", "invalid-assertion"),
	check{name: "signature-verifies-or-invalid-client", refusal: "signature-mismatch-as-invalid-client", holds: signatureVerifies}.when("bad-signature", "invalid-client"),
	{name: "audience-valid", refusal: "audience-invalid", holds: audienceValid},
	{name: "expiry-present", refusal: "exp-missing", holds: func(a *attempt) bool { return !a.assertion.expiry().IsZero() }},
	{name: "not-expired", refusal: "assertion-expired", holds: func(a *attempt) bool {
		exp := a.assertion.expiry()
		return exp.IsZero() || !a.req.Now.After(exp.Add(clockSkew))
	}},
	check{name: "expiry-within-limit", refusal: "exp-too-far", holds: func(a *attempt) bool {
		return !a.assertion.expiry().After(a.req.Now.Add(longestLife + clockSkew))
	}}.when("exp-upper-bound", "three-minutes"),
	{name: "user-known", refusal: "user-unknown", holds: func(a *attempt) bool { return a.userKnown }},
}

// replayChecks come last: a jti is used up by the assertion that is accepted, and a
// refused one can be sent again once its cause is mended.
var replayChecks = []check{
	check{name: "jti-fresh", refusal: "jti-replayed", holds: func(a *attempt) bool {
		return a.endpoint.replays.first(a.assertion.issuer(), a.assertion.id(), a.req.Now, a.forgetJTI())
	}}.when("jti-replay", "refused"),
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
