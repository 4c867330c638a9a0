package explain

// sentenceRules judge what sentences say whose words are free.
var sentenceRules = []rule{
	{cause: "network-proxy-or-firewall", weight: 0.6, all: all("net:walled"), none: all("wire", "tls:untrusted", "tls:old", "tls:hostname", "net:proxy", "dns:of-my-domain")},
	{cause: "network-proxy-or-firewall", weight: 0.5, all: all("net:failed"), none: all("wire", "salesforce-words", "tls:untrusted", "tls:old", "tls:hostname", "dns:failed", "net:refused", "net:timeout", "net:reset", "net:unreachable")},
	{cause: "tls-version-too-old", weight: 0.2, all: all("net:failed", "lib:soap-login"), none: all("wire", "salesforce-words", "dns:failed")},
	{cause: "maintenance", weight: 0.6, all: all("says:maintenance"), none: all("wire:maintenance", "net:unavailable", "wire:token-endpoint", "http:413-414", "says:vendor")},

	{cause: "client-bug-error-swallowed", weight: 0.55, all: all("local:null-result"), none: all("wire", "salesforce-words", "local:swallowed", "tls:untrusted", "dns:failed", "key:unreadable", "url:empty", "bearer:none", "local:no-refresh-token", "response:no-refresh")},
	{cause: "client-bug-wrong-login-parameters", weight: 0.55, all: all("local:bad-arguments"), none: all("wire", "salesforce-words", "local:arguments", "local:no-refresh-token", "url:empty", "key:unreadable", "local:no-such-flow", "local:no-scheme", "body:json-told")},
	{cause: "client-bug-flow-unsupported-by-library", weight: 0.6, all: all("local:no-such-flow"), none: all("wire", "salesforce-words", "alone:unsupported_grant_type", "local:flow-unknown")},

	{cause: "client-bug-config-not-read", weight: 0.55, all: all("config:lost")},
	{cause: "client-bug-config-not-read", weight: 0.72, all: all("url:unexpanded")},
	{cause: "client-bug-http-not-https", weight: -0.5, all: all("url:unexpanded")},
	{cause: "client-bug-token-not-sent", weight: 0.7, all: all("says:no-header"), none: all("wire:token-endpoint", "header:missing")},
	{cause: "client-bug-token-not-sent", weight: 0.6, all: all("token:none"), none: all("wire:token-endpoint")},
	{cause: "client-bug-no-refresh-token-stored", weight: -0.6, all: all("token:none", "code:INVALID_AUTH_HEADER")},
	{cause: "session-expired", weight: -0.5, any: all("says:no-header", "token:none")},
	{cause: "refresh-token-expired-or-revoked", weight: -0.5, all: all("token:encrypted")},
	{cause: "client-bug-wrong-token-value", weight: 0.5, all: all("token:placeholder"), none: all("wire:token-endpoint")},
	{cause: "client-bug-wrong-token-value", weight: 0.8, all: all("token:placeholder", "wire:refresh-token-invalid")},
	{cause: "client-bug-request-too-long", weight: 0.8, all: all("says:long-url", "wire:maintenance")},
	{cause: "maintenance", weight: -0.5, all: all("says:long-url", "wire:maintenance")},
	{cause: "client-bug-no-reauthentication", weight: 0.5, all: all("says:until-restart"), any: all("status:401", "code:INVALID_SESSION_ID"), none: all("wire:token-endpoint")},
	{cause: "client-bug-no-reauthentication", weight: 0.5, all: all("says:never-again"), any: all("status:401", "code:INVALID_SESSION_ID"), none: all("wire:token-endpoint")},
	{cause: "session-expired", weight: -0.35, any: all("says:until-restart", "says:never-again"), all: all("code:INVALID_SESSION_ID")},
	{cause: "auth-code-expired-or-reused", weight: 0.6, all: all("says:code-reused"), any: all("alone:invalid_grant", "wire:assertion-expired", "wire:authorization-code-invalid"), none: all("grant:jwt", "grant:refresh")},
	{cause: "client-bug-wrong-grant-type", weight: 0.8, all: all("grant:not-the-one-meant"), any: all("wire:token-endpoint", "code:invalid_grant", "code:unsupported_grant_type", "code:invalid_request")},
	{cause: "password-or-security-token-wrong", weight: -0.5, all: all("grant:not-the-one-meant")},
	{cause: "password-flow-disabled", weight: -0.4, all: all("grant:not-the-one-meant")},
	{cause: "auth-code-expired-or-reused", weight: -0.4, all: all("grant:not-the-one-meant")},
	{cause: "client-bug-instance-url", weight: 0.8, all: all("host:built")},
	{cause: "dns-my-domain", weight: -0.5, all: all("host:built")},
	{cause: "client-bug-body-not-form-encoded", weight: 0.6, all: all("body:json-told"), any: all("wire:grant-type-missing", "code:unsupported_grant_type"), none: all("body:json", "url:http")},
	{cause: "client-bug-login-per-request", weight: 0.6, any: all("says:per-request", "repeat:login"), all: all("said:LOGIN_RATE_EXCEEDED"), none: all("wire:login-rate-exceeded")},
	{cause: "login-rate-limit", weight: -0.35, any: all("says:per-request", "repeat:login"), all: all("said:LOGIN_RATE_EXCEEDED"), none: all("wire:login-rate-exceeded")},
}
