package explain

// trialRules judge what people tried and what they checked.
var trialRules = []rule{
	// The very same works at the org's own host: so the generic host is at fault.
	{cause: "wrong-host-login-instead-of-my-domain", weight: 0.85, any: all("works-at:mydomain"), all: all("host:login", "login-refused"), none: all("works-at:login", "tls:untrusted", "dns:failed")},
	{cause: "wrong-host-login-instead-of-my-domain", weight: 0.85, any: all("works-at:mydomain", "works-at:sandbox"), all: all("host:test", "login-refused"), none: all("works-at:test", "tls:untrusted", "dns:failed")},
	{cause: "consumer-key-unknown-or-not-propagated", weight: -0.65, any: all("works-at:mydomain", "works-at:sandbox"), all: all("login-refused")},
	{cause: "password-or-security-token-wrong", weight: -0.5, any: all("works-at:mydomain", "works-at:sandbox"), all: all("login-refused")},
	{cause: "password-flow-disabled", weight: -0.5, any: all("works-at:mydomain", "works-at:sandbox"), all: all("login-refused")},
	{cause: "refresh-token-expired-or-revoked", weight: -0.5, any: all("works-at:mydomain", "works-at:sandbox"), all: all("login-refused")},
	{cause: "auth-code-expired-or-reused", weight: -0.5, any: all("works-at:mydomain", "works-at:sandbox"), all: all("login-refused")},
	{cause: "sandbox-vs-production", weight: -0.5, any: all("works-at:mydomain"), all: all("host:login", "login-refused"), none: all("host:test", "host:sandbox", "says:sandbox", "user:sandbox")},
	{cause: "sandbox-vs-production", weight: -0.6, any: all("works-at:sandbox"), all: all("host:test", "login-refused")},

	// It works at the host of sandboxes, or as soon as the client is told that it is one.
	{cause: "sandbox-vs-production", weight: 0.8, all: all("works-at:test", "login-refused"), none: all("works-at:mydomain", "works-at:sandbox", "says:eca")},
	{cause: "password-or-security-token-wrong", weight: -0.6, all: all("works-at:test", "login-refused")},
	{cause: "password-flow-disabled", weight: -0.6, all: all("works-at:test", "login-refused")},
	{cause: "auth-code-expired-or-reused", weight: -0.6, all: all("works-at:test", "login-refused"), none: all("grant:code")},
	{cause: "sandbox-vs-production", weight: 0.7, all: all("works-at:sandbox", "login-refused"), any: all("host:login")},
	{cause: "sandbox-vs-production", weight: 0.68, all: all("user:sandbox", "host:default"), any: all("said:INVALID_LOGIN", "wire:password-wrong")},
	{cause: "sandbox-vs-production", weight: 0.6, all: all("says:sandbox", "host:default"), any: all("said:INVALID_LOGIN", "wire:password-wrong"), none: all("user:sandbox")},
	{cause: "password-or-security-token-wrong", weight: -0.35, all: all("says:sandbox", "host:default"), none: all("user:sandbox")},
	{cause: "sandbox-vs-production", weight: 0.35, all: all("user:sandbox"), any: all("said:INVALID_LOGIN", "wire:password-wrong"), none: all("host:test", "host:sandbox", "host:default", "host:mydomain")},
	{cause: "password-or-security-token-wrong", weight: -0.4, all: all("user:sandbox", "host:default")},
	{cause: "sandbox-vs-production", weight: 0.45, all: all("user:plain", "wire:user-not-approved"), any: all("host:test", "aud:test", "host:sandbox"), none: all("sure:approved")},
	{cause: "jwt-user-not-preauthorised", weight: -0.3, all: all("user:plain", "wire:user-not-approved"), any: all("host:test", "aud:test", "host:sandbox"), none: all("sure:approved")},

	// Another audience is taken with the same key and user.
	{cause: "jwt-audience-wrong", weight: 0.82, any: all("works-aud:login", "works-aud:test", "works-aud:mydomain", "works-aud:sandbox")},
	{cause: "jwt-user-not-preauthorised", weight: -0.5, any: all("works-aud:login", "works-aud:test", "works-aud:mydomain", "works-aud:sandbox")},

	// Checked, so out of question as far as people do not err.
	{cause: "consumer-key-unknown-or-not-propagated", weight: -0.55, all: all("sure:key", "wire:client-id-unknown"), none: all("says:new-app", "says:intermittent")},
	{cause: "wrong-host-login-instead-of-my-domain", weight: 0.6, all: all("sure:key", "wire:client-id-unknown"), any: all("host:login", "host:test")},
	{cause: "sandbox-vs-production", weight: 0.2, all: all("sure:key", "wire:client-id-unknown")},
	{cause: "wrong-host-login-instead-of-my-domain", weight: 0.5, all: all("says:eca", "wire:client-id-unknown"), any: all("host:login", "host:test")},
	{cause: "consumer-secret-wrong", weight: -0.45, all: all("sure:secret", "wire:client-secret-wrong")},
	{cause: "client-bug-secret-not-sent", weight: 0.3, all: all("sure:secret", "wire:client-secret-wrong")},
	{cause: "password-or-security-token-wrong", weight: -0.4, all: all("sure:password", "wire:password-wrong")},
	{cause: "password-flow-disabled", weight: 0.35, all: all("sure:password", "wire:password-wrong")},
	{cause: "sandbox-vs-production", weight: 0.2, all: all("sure:password"), any: all("said:INVALID_LOGIN", "wire:password-wrong")},
	{cause: "app-blocked-or-not-installed", weight: -0.4, all: all("sure:app", "wire:app-not-installed")},
	{cause: "wrong-host-login-instead-of-my-domain", weight: 0.35, all: all("sure:app", "wire:app-not-installed"), none: all("token-at:mydomain", "token-at:sandbox")},
	{cause: "jwt-user-not-preauthorised", weight: -0.35, all: all("sure:approved", "wire:user-not-approved")},
	{cause: "wrong-host-login-instead-of-my-domain", weight: 0.2, all: all("sure:approved", "wire:user-not-approved")},
	{cause: "sandbox-vs-production", weight: 0.3, all: all("sure:approved", "wire:user-not-approved")},
	{cause: "jwt-signature-certificate-mismatch", weight: -0.3, all: all("sure:pair", "wire:signature-mismatch")},

	{cause: "scope-lacks-api", weight: -0.35, all: all("sure:scopes", "wire:session-not-valid-for-api")},

	// Off, so out of question.
	{cause: "login-hours-restricted", weight: -0.75, all: all("off:login-hours")},
	{cause: "app-blocked-or-not-installed", weight: -0.6, all: all("off:access-control"), any: all("wire:session-not-valid-for-api", "wire:soap-session-not-valid-for-api")},
	{cause: "ip-restricted", weight: -0.35, all: all("off:ip"), none: all("wire:ip-restricted")},
	{cause: "session-security-level", weight: -0.6, all: all("off:high-assurance")},

	// The client tried several audiences, each with its refusal: that of the app tells the reason.
	{cause: "jwt-audience-wrong", weight: -0.45, all: all("wire:app-not-installed", "wire:audience-invalid")},
	{cause: "client-bug-hardcoded-audience", weight: -0.4, all: all("wire:app-not-installed", "wire:audience-invalid")},
	{cause: "sandbox-vs-production", weight: -0.3, all: all("wire:app-not-installed", "wire:audience-invalid")},
}
