package explain

// clientRules judge what the client says by itself. They weigh little where
// Salesforce's own words are in the text as well.
var clientRules = []rule{
	{cause: "client-bug-wrong-login-parameters", weight: 0.62, all: all("local:arguments"), none: all("wire", "salesforce-words", "key:unreadable", "local:no-refresh-token", "local:config-missing", "local:no-scheme", "local:invalid-url", "tls:untrusted", "local:swallowed", "dns:failed", "local:null-result")},
	{cause: "client-bug-wrong-login-parameters", weight: 0.2, all: all("local:arguments"), none: all("wire")},
	{cause: "client-bug-flow-unsupported-by-library", weight: 0.6, all: all("local:unexpected-argument"), any: all("says:cc", "says:jwt", "local:flow-argument"), none: all("wire")},
	{cause: "client-bug-wrong-login-parameters", weight: 0.7, all: all("local:unexpected-argument"), none: all("wire", "local:flow-argument")},
	{cause: "client-bug-wrong-login-parameters", weight: 0.35, all: all("local:unexpected-argument", "local:flow-argument"), none: all("wire")},
	{cause: "client-bug-flow-unsupported-by-library", weight: 0.75, all: all("local:flow-argument"), none: all("wire")},
	{cause: "client-bug-flow-unsupported-by-library", weight: 0.72, all: all("local:flow-unknown"), none: all("wire")},
	{cause: "client-bug-error-swallowed", weight: 0.62, all: all("local:swallowed"), none: all("wire", "salesforce-words", "tls:untrusted", "dns:failed", "key:unreadable", "url:empty")},
	{cause: "client-bug-error-swallowed", weight: 0.15, all: all("local:swallowed", "wire")},
	{cause: "client-bug-error-swallowed", weight: 0.3, all: all("local:not-json"), none: all("wire", "salesforce-words", "local:html", "host:lightning")},
	{cause: "tls-version-too-old", weight: 0.2, all: all("local:not-json"), none: all("wire", "salesforce-words", "host:lightning", "token-at:lightning")},
	{cause: "tls-version-too-old", weight: 0.25, all: all("local:not-json", "lib:dotnet"), none: all("wire", "salesforce-words", "host:lightning")},
	{cause: "maintenance", weight: 0.28, any: all("local:not-json"), all: all("local:html"), none: all("wire", "host:lightning")},
	{cause: "client-bug-malformed-token-url", weight: 0.2, all: all("local:not-json", "local:html"), none: all("wire", "host:lightning")},
	{cause: "client-bug-login-per-request", weight: 0.6, any: all("says:per-request", "repeat:login"), all: all("wire:login-rate-exceeded")},
	{cause: "client-bug-login-per-request", weight: 0.45, any: all("says:per-request", "repeat:login"), none: all("wire:login-rate-exceeded", "wire:token-endpoint", "token:response"), all: all("says:multiple-logins")},
	{cause: "login-rate-limit", weight: -0.35, any: all("says:per-request", "repeat:login"), all: all("wire:login-rate-exceeded")},
	{cause: "vendor-side-incident", weight: 0.75, all: all("says:vendor")},
	{cause: "maintenance", weight: -0.5, all: all("says:vendor")},
	{cause: "app-blocked-or-not-installed", weight: 0.3, all: all("says:api-access-control"), none: all("wire:user-not-admin-approved")},
}
