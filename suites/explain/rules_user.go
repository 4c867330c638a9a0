package explain

// userRules judge what concerns the user, the org and the limits.
var userRules = []rule{
	{cause: "password-or-security-token-wrong", weight: 0.4, all: all("wire:password-wrong"), any: all("says:password-flow", "grant:password"), none: all("said:username-password flow disabled")},
	{cause: "password-flow-disabled", weight: 0.3, all: all("wire:password-wrong", "grant:password")},
	// An external client app has no password grant, however right all else is.
	{cause: "password-flow-disabled", weight: 0.6, all: all("wire:password-wrong", "says:eca")},
	{cause: "password-or-security-token-wrong", weight: -0.45, all: all("wire:password-wrong", "says:eca"), any: all("grant:password", "says:password-flow")},
	{cause: "password-flow-disabled", weight: 0.6, all: all("wire:password-wrong", "said:username-password flow disabled")},
	{cause: "password-or-security-token-wrong", weight: -0.5, any: all("said:username-password flow disabled", "says:password-flow-blocked"), all: all("wire:password-wrong")},
	{cause: "password-flow-disabled", weight: 0.6, all: all("wire:password-wrong", "says:password-flow-blocked")},
	{cause: "soap-login-disabled", weight: 0.4, all: all("lib:soap-login"), any: all("code:INVALID_OPERATION"), none: all("wire:soap-password-expired")},
	{cause: "login-hours-restricted", weight: 0.6, all: all("says:login-hours"), any: all("wire:ip-restricted", "said:INVALID_LOGIN", "wire:password-wrong")},
	{cause: "ip-restricted", weight: 0.2, all: all("says:ip", "wire:ip-restricted")},
	{cause: "ip-restricted", weight: -0.35, all: all("says:login-hours", "wire:ip-restricted"), none: all("says:ip")},
	{cause: "run-as-user-missing", weight: 0.2, all: all("user:is-mail", "wire:run-as-missing")},
	{cause: "consumer-key-unknown-or-not-propagated", weight: 0.3, any: all("says:new-app", "says:intermittent"), all: all("wire:client-id-unknown")},
	{cause: "sandbox-vs-production", weight: -0.4, any: all("says:new-app", "says:intermittent"), all: all("wire:client-id-unknown")},
	{cause: "consumer-key-unknown-or-not-propagated", weight: 0.4, all: all("wire:client-id-unknown", "token:response")},
}
