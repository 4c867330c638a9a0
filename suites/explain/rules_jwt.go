package explain

// jwtRules judge the assertion and its key.
var jwtRules = []rule{
	{cause: "key-file-malformed", weight: 0.85, all: all("key:unreadable")},
	{cause: "key-file-malformed", weight: 0.6, any: all("key:encrypted", "key:public"), all: all("key:unreadable")},
	{cause: "key-file-malformed", weight: 0.4, any: all("key:encrypted", "key:public"), none: all("key:unreadable")},
	{cause: "jwt-signature-certificate-mismatch", weight: 0.85, all: all("key:mismatch")},
	{cause: "key-file-malformed", weight: -0.5, all: all("key:mismatch"), none: all("key:encrypted")},
	{cause: "jwt-signature-certificate-mismatch", weight: -0.4, all: all("key:unreadable"), none: all("key:mismatch")},
	{cause: "jwt-expired-or-clock-skew", weight: 0.7, all: all("exp:past"), none: all("token:response")},
	{cause: "jwt-expired-or-clock-skew", weight: 0.4, all: all("says:clock"), any: all("wire:assertion-expired", "wire:signature-mismatch")},
	{cause: "jwt-expired-or-clock-skew", weight: 0.4, all: all("says:jwt", "wire:assertion-expired")},
	{cause: "auth-code-expired-or-reused", weight: -0.7, any: all("grant:jwt", "says:jwt", "exp:past"), all: all("wire:assertion-expired"), none: all("grant:code")},
	{cause: "client-bug-jwt-exp-timezone", weight: 0.8, all: all("exp:off-by-hours")},
	{cause: "jwt-expired-or-clock-skew", weight: -0.3, all: all("exp:off-by-hours")},
	{cause: "client-bug-jwt-exp-timezone", weight: 0.75, all: all("says:timezone"), any: all("wire:assertion-expired", "exp:past", "said:LOGIN_OAUTH_INVALID_TIMESTAMP"), none: all("wire:user-not-approved", "wire:audience-invalid")},
	{cause: "jwt-expired-or-clock-skew", weight: -0.25, all: all("says:timezone", "wire:assertion-expired")},
	// Releases of the library took local time for UTC (simple-salesforce/simple-salesforce#371, #491).
	{cause: "client-bug-jwt-exp-timezone", weight: 0.45, all: all("lib:simple-salesforce", "wire:assertion-expired"), none: all("grant:code")},
	{cause: "client-bug-hardcoded-audience", weight: 0.75, all: all("says:hardcoded"), any: all("wire:audience-invalid", "wire:app-not-installed", "wire:user-not-approved", "says:jwt", "aud:login", "aud:test")},
	{cause: "jwt-audience-wrong", weight: -0.3, all: all("says:hardcoded", "wire:audience-invalid")},
	{cause: "jwt-audience-wrong", weight: 0.4, any: all("aud:foreign", "aud:missing"), none: all("token:response")},
	{cause: "jwt-audience-wrong", weight: 0.3, any: all("aud:lightning", "aud:instance", "aud:setup"), all: all("salesforce")},
	{cause: "client-bug-wrong-login-parameters", weight: 0.6, all: all("exp:missing")},
	{cause: "client-bug-wrong-login-parameters", weight: 0.25, all: all("exp:missing", "wire:assertion-expired")},
	{cause: "jwt-user-not-preauthorised", weight: 0.2, all: all("says:jwt", "wire:user-not-approved")},
	{cause: "consumer-key-unknown-or-not-propagated", weight: 0.35, all: all("wire:user-not-approved", "says:new-app")},
	{cause: "app-blocked-or-not-installed", weight: 0.4, all: all("wire:authorize-app-not-found"), any: all("says:sandbox-refreshed", "host:mydomain", "host:sandbox")},
	{cause: "key-file-malformed", weight: 0.5, all: all("key:public", "wire:signature-mismatch")},
	{cause: "jwt-expired-or-clock-skew", weight: -0.8, all: all("grant:code", "wire:assertion-expired"), none: all("grant:jwt")},
	{cause: "auth-code-expired-or-reused", weight: 0.35, any: all("grant:code", "says:code-flow"), all: all("wire:assertion-expired"), none: all("grant:jwt", "says:jwt")},
}
