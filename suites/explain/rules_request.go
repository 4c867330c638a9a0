package explain

// requestRules judge the request: its grant, its body, its parameters.
var requestRules = []rule{
	// No grant_type was seen (facts: section 1.2, E1): what of the request shows why?
	{cause: "client-bug-http-not-https", weight: 0.8, all: all("url:http", "wire:grant-type-missing")},
	{cause: "client-bug-http-not-https", weight: 0.75, all: all("url:http", "wire:method-not-post")},
	{cause: "client-bug-http-not-https", weight: 0.75, all: all("url:http", "code:unsupported_grant_type"), none: all("wire:grant-type-missing")},
	{cause: "client-bug-http-not-https", weight: 0.7, all: all("url:no-scheme", "wire:grant-type-missing")},
	{cause: "client-bug-http-not-https", weight: 0.55, all: all("url:http"), any: all("status:301", "status:302", "status:307", "status:308", "local:html", "local:not-json")},
	{cause: "client-bug-http-not-https", weight: 0.85, all: all("local:no-scheme")},
	{cause: "client-bug-http-not-https", weight: 0.5, all: all("local:invalid-url", "salesforce"), none: all("url:empty", "url:doubled-scheme", "host:doubled", "url:http")},
	{cause: "client-bug-http-not-https", weight: 0.3, all: all("local:invalid-url"), none: all("url:empty", "salesforce", "url:doubled-scheme")},
	{cause: "client-bug-body-not-form-encoded", weight: 0.8, all: all("body:json"), any: all("wire:grant-type-missing", "code:unsupported_grant_type", "wire:method-not-post", "code:invalid_request"), none: all("url:http")},
	{cause: "client-bug-body-not-form-encoded", weight: 0.35, all: all("body:json", "url:http"), any: all("wire:grant-type-missing")},
	{cause: "client-bug-body-not-form-encoded", weight: 0.4, all: all("body:json", "grant:client_credentials"), any: all("status:400")},
	{cause: "client-bug-body-not-form-encoded", weight: -0.6, all: all("body:form"), none: all("body:json", "body:json-told")},
	{cause: "client-bug-body-not-form-encoded", weight: -0.6, all: all("url:http"), none: all("body:json")},
	{cause: "client-bug-http-not-https", weight: -0.6, all: all("body:json"), none: all("url:http", "url:no-scheme")},
	{cause: "client-bug-wrong-grant-type", weight: 0.85, all: all("grant:unknown"), any: all("wire:grant-type-missing", "code:unsupported_grant_type")},
	{cause: "wrong-host-not-my-domain-form", weight: 0.7, any: all("token-at:lightning", "token-at:setup", "token-at:visualforce", "token-at:instance", "token-at:site", "token-at:www"), all: all("wire:grant-type-missing")},
	{cause: "wrong-host-not-my-domain-form", weight: 0.6, any: all("host:lightning", "host:setup", "host:visualforce"), all: all("code:unsupported_grant_type")},

	// What was meant and what was sent.
	{cause: "client-bug-wrong-grant-type", weight: 0.75, all: all("grant:password", "says:cc", "wire:password-wrong")},
	{cause: "client-bug-wrong-grant-type", weight: 0.72, all: all("says:cc", "wire:password-wrong"), none: all("grant:password", "grant:client_credentials")},
	{cause: "client-bug-wrong-grant-type", weight: 0.6, all: all("grant:client_credentials", "wire:password-wrong")},
	{cause: "client-bug-wrong-grant-type", weight: 0.5, all: all("lib:simple-salesforce", "wire:password-wrong", "says:cc")},
	{cause: "password-flow-disabled", weight: -0.4, all: all("says:cc", "wire:password-wrong")},
	{cause: "password-or-security-token-wrong", weight: -0.5, all: all("says:cc", "wire:password-wrong")},
	{cause: "auth-code-expired-or-reused", weight: 0.5, all: all("grant:code", "wire:password-wrong")},

	// Parameters that are missing, empty or too many.
	{cause: "client-bug-sends-scope", weight: 0.35, all: all("param:scope", "wire:scope-sent")},
	{cause: "client-bug-sends-scope", weight: 0.4, all: all("param:scope", "alone:invalid_request")},
	{cause: "consumer-key-missing-in-request", weight: 0.8, all: all("param:no-id"), any: all("wire:client-id-unknown", "code:invalid_client_id", "said:missing consumer key parameter")},
	{cause: "consumer-key-unknown-or-not-propagated", weight: -0.55, all: all("param:no-id", "wire:client-id-unknown")},
	{cause: "client-bug-config-not-read", weight: 0.55, all: all("param:no-id"), any: all("wire:client-id-unknown", "code:invalid_client_id", "param:unfilled", "local:config-missing")},
	{cause: "client-bug-secret-not-sent", weight: 0.8, all: all("param:no-secret"), any: all("wire:client-secret-wrong", "code:invalid_client", "said:missing consumer key parameter")},
	{cause: "consumer-secret-wrong", weight: -0.5, all: all("param:no-secret", "wire:client-secret-wrong")},
	{cause: "client-bug-config-not-read", weight: 0.45, all: all("param:no-secret"), any: all("param:unfilled", "local:config-missing")},
	{cause: "client-bug-config-not-read", weight: 0.7, all: all("param:unfilled")},
	{cause: "client-bug-config-not-read", weight: 0.82, all: all("url:empty")},
	{cause: "client-bug-config-not-read", weight: 0.3, all: all("url:setting-empty")},
	{cause: "client-bug-config-not-read", weight: 0.72, all: all("host:not-the-one-given")},
	{cause: "jwt-signature-certificate-mismatch", weight: -0.3, all: all("host:not-the-one-given", "wire:signature-mismatch")},
	{cause: "client-bug-instance-url", weight: 0.5, all: all("uri:relative")},
	{cause: "client-bug-wrong-login-parameters", weight: 0.4, all: all("uri:relative")},
	{cause: "client-bug-config-not-read", weight: 0.6, all: all("local:config-missing"), none: all("wire:token-endpoint", "system:AWS")},
	{cause: "consumer-secret-wrong", weight: 0.45, all: all("alone:invalid_client", "salesforce")},
	{cause: "pkce-required-but-missing", weight: 0.2, all: all("alone:invalid_request", "authorize")},
	{cause: "consumer-secret-wrong", weight: 0.3, all: all("says:rotation", "wire:client-secret-wrong")},

	// JWT words with the texts of other flows.
	{cause: "jwt-signature-certificate-mismatch", weight: 0.5, all: all("alg:other"), any: all("wire:client-secret-wrong", "wire:signature-mismatch")},
	{cause: "client-bug-flow-unsupported-by-library", weight: 0.3, all: all("alg:other", "wire:client-secret-wrong")},
	{cause: "client-bug-request-too-long", weight: 0.85, all: all("http:413-414")},
	{cause: "client-bug-request-too-long", weight: 0.8, any: all("status:414", "status:431"), none: all("http:413-414")},
	{cause: "client-bug-request-too-long", weight: 0.45, all: all("sql:raw-url", "wire:maintenance")},
	{cause: "client-bug-malformed-token-url", weight: 0.7, all: all("url:glued")},
	{cause: "client-bug-malformed-token-url", weight: 0.5, all: all("status:404", "wire:url-no-longer-exists")},
	{cause: "client-bug-malformed-token-url", weight: 0.35, any: all("token-at:mydomain", "token-at:login", "token-at:test", "token-at:sandbox"), all: all("status:404")},
}
