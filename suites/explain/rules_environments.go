package explain

// environmentRules judge what was made in one environment and is used in the other.
var environmentRules = []rule{
	{cause: "sandbox-vs-production", weight: 0.78, any: all("env:sandbox-in-production", "env:production-in-sandbox"), all: all("login-refused"), none: all("wire:host-generic", "wire:grant-type-missing")},
	{cause: "wrong-instance-url-after-login", weight: 0.55, any: all("env:sandbox-in-production", "env:production-in-sandbox"), all: all("code:INVALID_SESSION_ID")},
	{cause: "sandbox-vs-production", weight: 0.5, any: all("env:sandbox-in-production", "env:production-in-sandbox"), all: all("code:INVALID_SESSION_ID"), none: all("login-refused")},
	{cause: "session-expired", weight: -0.5, any: all("env:sandbox-in-production", "env:production-in-sandbox")},
	{cause: "refresh-token-expired-or-revoked", weight: -0.5, any: all("env:sandbox-in-production", "env:production-in-sandbox")},
	{cause: "consumer-key-unknown-or-not-propagated", weight: -0.4, any: all("env:sandbox-in-production", "env:production-in-sandbox")},
	{cause: "password-or-security-token-wrong", weight: -0.4, any: all("env:sandbox-in-production", "env:production-in-sandbox")},
	{cause: "jwt-user-not-preauthorised", weight: -0.4, any: all("env:sandbox-in-production", "env:production-in-sandbox")},
}
