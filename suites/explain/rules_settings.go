package explain

// settingRules judge what is said of the settings of app, org and user.
var settingRules = []rule{
	// A login that brings no refresh token, and scopes that hold none.
	{cause: "scope-lacks-refresh-token", weight: 0.8, all: all("scopes:no-refresh"), any: all("response:refresh-absent", "local:no-refresh-token", "response:no-refresh")},
	{cause: "client-bug-no-refresh-token-stored", weight: -0.6, all: all("scopes:no-refresh"), any: all("response:refresh-absent", "local:no-refresh-token", "response:no-refresh")},
	{cause: "scope-lacks-refresh-token", weight: 0.5, all: all("response:refresh-absent"), none: all("scopes:listed", "wire:token-endpoint", "grant:client_credentials", "grant:jwt")},
	{cause: "client-bug-no-refresh-token-stored", weight: 0.4, all: all("response:refresh-absent"), none: all("scopes:no-refresh", "wire:token-endpoint")},
	{cause: "scope-lacks-api", weight: 0.5, all: all("scopes:no-api"), any: all("wire:session-not-valid-for-api", "wire:soap-session-not-valid-for-api")},
	{cause: "scope-lacks-api", weight: 0.68, all: all("scopes:no-api", "alone:INVALID_SESSION_ID"), none: all("says:after-hours")},
	{cause: "session-expired", weight: -0.45, all: all("scopes:no-api", "code:INVALID_SESSION_ID"), none: all("says:after-hours")},
	{cause: "app-blocked-or-not-installed", weight: -0.4, all: all("scopes:no-api"), any: all("wire:session-not-valid-for-api", "wire:soap-session-not-valid-for-api")},

	// The page that says nothing, and the code beside it that says more.
	{cause: "app-blocked-or-not-installed", weight: -0.7, any: all("wire:scope-not-allowed", "wire:scope-not-available", "code:invalid_scope"), all: all("page:generic")},
	{cause: "user-not-admin-approved", weight: -0.6, any: all("wire:scope-not-allowed", "wire:scope-not-available", "code:invalid_scope"), all: all("page:generic")},

	// What is said of the app, and of the org's policy.
	{cause: "app-blocked-or-not-installed", weight: 0.55, all: all("says:not-installed"), any: all("wire:app-not-installed", "wire:authorize-app-not-found", "page:generic", "wire:client-id-unknown")},
	{cause: "wrong-host-login-instead-of-my-domain", weight: 0.75, all: all("says:my-domain-only", "login-refused"), any: all("host:login", "host:test")},
	{cause: "refresh-token-expired-or-revoked", weight: -0.5, all: all("says:my-domain-only"), any: all("host:login", "host:test")},

	// Calls that do not go where the login's answer says.
	{cause: "wrong-instance-url-after-login", weight: 0.78, all: all("calls:elsewhere"), any: all("wire:session-expired", "code:INVALID_SESSION_ID", "status:401", "status:404", "says:failure")},
	{cause: "wrong-instance-url-after-login", weight: 0.65, any: all("calls-at:login", "calls-at:test"), all: all("code:INVALID_SESSION_ID")},
	{cause: "wrong-instance-url-after-login", weight: 0.7, any: all("instance-url:login", "instance-url:test"), all: all("code:INVALID_SESSION_ID"), none: all("token:response")},
	{cause: "session-expired", weight: -0.45, any: all("instance-url:login", "instance-url:test"), all: all("code:INVALID_SESSION_ID"), none: all("token:response")},
	{cause: "wrong-instance-url-after-login", weight: 0.4, any: all("instance-url:instance"), all: all("code:INVALID_SESSION_ID"), none: all("token:response")},
	{cause: "wrong-instance-url-after-login", weight: 0.6, any: all("data-at:login", "data-at:test"), all: all("wire:url-no-longer-exists")},
	{cause: "api-request-limit", weight: 0.7, all: all("limit:used-up")},
	{cause: "session-expired", weight: -0.4, all: all("told:wrong-instance-url-after-login")},
	{cause: "session-expired", weight: -0.45, any: all("calls:elsewhere", "calls-at:login", "calls-at:test")},
	{cause: "client-bug-no-reauthentication", weight: -0.4, any: all("calls:elsewhere", "calls-at:login", "calls-at:test")},

	// Formats of access tokens.
	{cause: "access-token-format-mismatch", weight: 0.8, all: all("token:opaque", "api:needs-jwt")},
	{cause: "access-token-format-mismatch", weight: 0.75, all: all("says:jwt-tokens-off")},
	{cause: "access-token-format-mismatch", weight: 0.6, all: all("says:jwt-tokens"), any: all("wire:bulk-session-invalid", "code:INVALID_SESSION_ID", "code:INVALID_AUTH_HEADER", "status:401", "wire:soap-session-invalid", "says:failure")},
	{cause: "session-expired", weight: -0.45, all: all("says:jwt-tokens")},

	// Switches of the org.
	{cause: "soap-login-disabled", weight: 0.85, all: all("says:soap-login-off"), any: all("code:INVALID_OPERATION", "said:INVALID_OPERATION", "lib:soap-login", "says:failure")},
	{cause: "password-flow-disabled", weight: 0.6, all: all("says:password-switch-off"), any: all("wire:password-wrong", "code:invalid_grant")},
	{cause: "password-or-security-token-wrong", weight: -0.5, all: all("says:password-switch-off", "wire:password-wrong")},
	{cause: "ip-restricted", weight: 0.6, all: all("says:session-locked"), any: all("wire:session-not-valid-for-api", "code:INVALID_SESSION_ID", "wire:soap-session-not-valid-for-api")},
	{cause: "scope-lacks-api", weight: -0.35, all: all("says:session-locked", "wire:session-not-valid-for-api")},
	{cause: "session-expired", weight: -0.4, all: all("says:session-locked")},

	// States of user and org.
	{cause: "user-inactive-or-frozen", weight: 0.75, all: all("says:user-locked"), any: all("said:INVALID_LOGIN", "wire:password-wrong", "wire:user-inactive", "wire:soap-login-invalid", "wire:session-expired")},
	{cause: "password-or-security-token-wrong", weight: -0.45, all: all("says:user-locked"), any: all("said:INVALID_LOGIN", "wire:password-wrong")},
	{cause: "session-expired", weight: -0.3, all: all("says:user-locked")},
	{cause: "password-flow-disabled", weight: 0.45, all: all("says:new-org", "wire:password-wrong")},
	{cause: "password-or-security-token-wrong", weight: -0.25, all: all("says:new-org", "wire:password-wrong")},
	{cause: "session-expired", weight: -0.5, all: all("says:high-assurance")},
	{cause: "consumer-secret-wrong", weight: 0.55, all: all("says:secret-changed"), any: all("code:invalid_client", "wire:client-secret-wrong")},
	{cause: "user-denied-access", weight: 0.75, all: all("says:denied"), any: all("code:access_denied", "authorize", "says:failure")},
	{cause: "jwt-expired-or-clock-skew", weight: 0.65, all: all("exp:minus"), any: all("wire:assertion-expired", "wire:signature-mismatch", "says:jwt")},
	{cause: "client-bug-jwt-exp-timezone", weight: -0.55, all: all("exp:minus"), none: all("exp:off-by-hours")},
	{cause: "auth-code-expired-or-reused", weight: -0.6, all: all("exp:minus")},

	// Keys that only the header carried.
	{cause: "consumer-key-missing-in-request", weight: 0.75, all: all("param:id-in-header", "wire:client-id-unknown")},
	{cause: "consumer-key-unknown-or-not-propagated", weight: -0.4, all: all("param:id-in-header", "wire:client-id-unknown")},
}
