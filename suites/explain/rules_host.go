package explain

// hostRules judge where the request went.
var hostRules = []rule{
	{cause: "wrong-host-login-instead-of-my-domain", weight: 0.5, any: all("host:login", "host:test"), all: all("wire:host-generic")},
	{cause: "wrong-host-not-my-domain-form", weight: 0.7, any: all("host:setup", "host:lightning", "host:instance", "host:visualforce"), all: all("wire:host-generic"), none: all("host:login", "host:test")},
	{cause: "wrong-host-login-instead-of-my-domain", weight: -0.45, any: all("host:setup", "host:lightning", "host:instance", "host:visualforce"), all: all("wire:host-generic"), none: all("host:login", "host:test")},
	{cause: "wrong-host-not-my-domain-form", weight: -0.6, any: all("host:login", "host:test"), all: all("wire:host-generic"), none: all("host:setup", "host:lightning")},

	// The external client app that the generic hosts do not find (facts: rule 10).
	{cause: "wrong-host-login-instead-of-my-domain", weight: 0.6, any: all("token-at:login", "token-at:test", "host:login", "host:test"), all: all("wire:app-not-installed")},
	{cause: "wrong-host-login-instead-of-my-domain", weight: 0.55, any: all("aud:login", "aud:test"), all: all("wire:app-not-installed")},
	{cause: "jwt-audience-wrong", weight: 0.45, any: all("aud:login", "aud:test"), all: all("wire:app-not-installed")},
	{cause: "wrong-host-login-instead-of-my-domain", weight: -0.55, any: all("token-at:mydomain", "token-at:sandbox", "host:mydomain", "host:sandbox"), all: all("wire:app-not-installed"), none: all("host:login", "host:test", "aud:login", "aud:test")},
	{cause: "app-blocked-or-not-installed", weight: 0.35, any: all("token-at:mydomain", "token-at:sandbox", "grant:refresh", "grant:code"), all: all("wire:app-not-installed"), none: all("host:login", "host:test", "aud:login", "aud:test")},
	{cause: "app-blocked-or-not-installed", weight: -0.3, any: all("token-at:login", "token-at:test", "aud:login", "aud:test"), all: all("wire:app-not-installed")},
	{cause: "app-blocked-or-not-installed", weight: 0.4, all: all("says:sandbox-refreshed", "wire:app-not-installed")},
	{cause: "consumer-key-unknown-or-not-propagated", weight: 0.45, any: all("says:new-app", "says:intermittent"), all: all("wire:app-not-installed")},
	{cause: "wrong-host-login-instead-of-my-domain", weight: 0.5, all: all("says:eca", "wire:user-not-approved"), any: all("host:login", "host:test", "aud:login", "aud:test")},
	{cause: "wrong-host-login-instead-of-my-domain", weight: 0.35, any: all("host:login", "host:test"), all: all("wire:authorize-app-not-found")},
	{cause: "wrong-host-login-instead-of-my-domain", weight: 0.55, all: all("grant:client_credentials", "wire:client-id-unknown"), any: all("host:login", "host:test")},
	{cause: "wrong-host-login-instead-of-my-domain", weight: 0.45, all: all("grant:client_credentials"), any: all("token-at:login", "token-at:test"), none: all("wire:client-secret-wrong", "token:response", "url:http", "param:scope")},
	{cause: "wrong-host-login-instead-of-my-domain", weight: 0.4, all: all("wire:retry-your-request"), any: all("host:login", "host:test")},
	{cause: "maintenance", weight: -0.3, all: all("wire:retry-your-request"), any: all("tls:old-runtime", "tls:old", "host:login", "host:test")},
	{cause: "tls-version-too-old", weight: 0.55, all: all("wire:retry-your-request"), any: all("tls:old-runtime", "tls:old")},
	{cause: "wrong-host-login-instead-of-my-domain", weight: -0.6, all: all("wire:retry-your-request"), any: all("token-at:mydomain", "token-at:sandbox"), none: all("host:login", "host:test")},

	// Hosts of pages.
	{cause: "wrong-host-not-my-domain-form", weight: 0.6, any: all("host:lightning", "host:setup", "host:visualforce"), all: all("alone:INVALID_SESSION_ID")},
	{cause: "wrong-host-not-my-domain-form", weight: 0.72, any: all("host:lightning", "host:setup", "host:visualforce"), none: all("token:response", "wire:host-generic", "wire:grant-type-missing", "tls:hostname", "dns:failed", "aud:lightning"), all: all("salesforce")},
	{cause: "wrong-host-not-my-domain-form", weight: 0.5, any: all("token-at:lightning", "token-at:setup", "token-at:visualforce", "token-at:www", "soap-at:lightning", "data-at:lightning", "data-at:setup", "soap-at:setup"), all: all("salesforce")},
	{cause: "wrong-host-not-my-domain-form", weight: 0.4, any: all("local:html", "local:not-json", "status:404", "status:405", "status:302"), all: all("salesforce"), none: all("host:login", "host:test", "host:mydomain", "host:sandbox", "url:glued")},
	{cause: "wrong-host-not-my-domain-form", weight: 0.3, any: all("host:instance", "host:www"), all: all("status:404")},
	{cause: "session-expired", weight: -0.4, any: all("host:lightning", "host:setup", "host:visualforce"), none: all("says:after-hours", "wire:token-endpoint")},

	// One environment against another.
	{cause: "sandbox-vs-production", weight: 0.6, all: all("user:sandbox"), any: all("host:login", "aud:login"), none: all("host:test", "host:sandbox")},
	{cause: "sandbox-vs-production", weight: 0.55, all: all("says:sandbox"), any: all("token-at:login", "soap-at:login", "host:login"), none: all("host:test", "host:sandbox", "wire:host-generic", "wire:app-not-installed", "wire:grant-type-missing", "says:eca", "tls:untrusted", "tls:old", "tls:hostname", "net:proxy", "net:timeout")},
	{cause: "sandbox-vs-production", weight: 0.35, all: all("says:sandbox-refreshed"), any: all("wire:client-id-unknown", "wire:user-not-approved", "wire:password-wrong", "wire:soap-login-invalid", "said:INVALID_LOGIN", "code:invalid_client_id")},
	{cause: "sandbox-vs-production", weight: 0.4, all: all("says:works-elsewhere"), any: all("wire:client-id-unknown", "wire:user-not-approved", "wire:password-wrong", "said:INVALID_LOGIN", "wire:client-secret-wrong", "wire:audience-invalid")},
	{cause: "sandbox-vs-production", weight: 0.35, any: all("host:test", "host:sandbox"), all: all("wire:client-id-unknown")},
	{cause: "sandbox-vs-production", weight: 0.55, all: all("aud:login"), any: all("token-at:test", "token-at:sandbox"), none: all("wire:app-not-installed")},
	{cause: "sandbox-vs-production", weight: 0.45, all: all("aud:test"), any: all("token-at:login", "token-at:mydomain"), none: all("wire:app-not-installed", "host:sandbox")},
	{cause: "sandbox-vs-production", weight: 0.3, all: all("says:sandbox", "said:INVALID_LOGIN")},
	{cause: "password-or-security-token-wrong", weight: -0.4, all: all("says:sandbox"), any: all("host:login"), none: all("host:test", "host:sandbox")},
	{cause: "jwt-user-not-preauthorised", weight: -0.4, all: all("user:sandbox"), any: all("token-at:login", "aud:login"), none: all("host:test", "host:sandbox")},
	{cause: "password-or-security-token-wrong", weight: -0.35, all: all("user:sandbox"), any: all("token-at:login", "soap-at:login", "host:login"), none: all("host:test", "host:sandbox")},

	// After the login.
	{cause: "wrong-instance-url-after-login", weight: 0.82, any: all("data-at:login", "data-at:test"), none: all("wire:url-no-longer-exists", "tls:untrusted")},
	{cause: "session-expired", weight: -0.55, any: all("data-at:login", "data-at:test")},
	{cause: "wrong-instance-url-after-login", weight: 0.6, all: all("says:instance-url"), any: all("wire:session-expired", "alone:INVALID_SESSION_ID", "said:URL_NOT_RESET"), none: all("says:after-hours", "says:refresh")},
	{cause: "session-expired", weight: -0.4, all: all("says:instance-url", "host:instance")},
	{cause: "client-bug-instance-url", weight: 0.82, all: all("host:doubled")},
	{cause: "client-bug-instance-url", weight: 0.72, all: all("url:doubled-scheme")},
	{cause: "client-bug-instance-url", weight: 0.72, all: all("dns:scheme-as-host")},
	{cause: "client-bug-instance-url", weight: 0.45, all: all("host:with-scheme"), any: all("code:INVALID_AUTH_HEADER", "code:INVALID_SESSION_ID", "dns:failed", "local:invalid-url", "tls:hostname", "status:404")},
	{cause: "client-bug-instance-url", weight: 0.3, all: all("says:instance-url"), any: all("dns:failed", "local:invalid-url")},
	{cause: "client-bug-malformed-token-url", weight: -0.5, any: all("url:doubled-scheme", "host:doubled")},
}
