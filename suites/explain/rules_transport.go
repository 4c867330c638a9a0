package explain

// transportRules judge what happened below HTTP, or in its place.
var transportRules = []rule{
	{cause: "tls-trust", weight: 0.88, all: all("tls:untrusted"), none: all("tls:hostname", "tls:expired-certificate")},
	{cause: "tls-trust", weight: 0.5, all: all("tls:untrusted"), any: all("tls:hostname", "tls:expired-certificate")},
	{cause: "tls-trust", weight: 0.6, all: all("tls:expired-certificate")},
	{cause: "jwt-expired-or-clock-skew", weight: 0.25, all: all("tls:expired-certificate", "says:clock")},
	{cause: "tls-trust", weight: 0.3, all: all("net:inspecting-proxy"), any: all("tls:untrusted", "tls:hostname")},
	{cause: "tls-hostname-mismatch", weight: 0.88, all: all("tls:hostname")},
	{cause: "tls-version-too-old", weight: 0.8, all: all("tls:old"), none: all("local:no-scheme", "tls:untrusted", "tls:plain-answer", "tls:hostname")},
	{cause: "tls-version-too-old", weight: 0.6, all: all("tls:closed-on-send"), none: all("tls:untrusted", "tls:hostname", "net:proxy")},
	{cause: "tls-version-too-old", weight: 0.4, all: all("tls:old-runtime"), any: all("tls:closed-on-send", "tls:old", "net:reset", "local:not-json", "wire:retry-your-request")},
	{cause: "network-proxy-or-firewall", weight: 0.25, all: all("tls:closed-on-send")},
	{cause: "network-proxy-or-firewall", weight: 0.72, all: all("tls:plain-answer")},
	{cause: "client-bug-http-not-https", weight: 0.25, all: all("tls:plain-answer")},
	{cause: "tls-version-too-old", weight: 0.2, all: all("tls:plain-answer")},

	// A name that does not resolve: whose name is it?
	{cause: "dns-my-domain", weight: 0.85, all: all("dns:of-my-domain"), none: all("dns:temporary", "dns:of-login-host", "host:doubled")},
	{cause: "dns-my-domain", weight: 0.4, all: all("dns:of-my-domain", "dns:temporary")},
	{cause: "dns-my-domain", weight: 0.7, all: all("dns:failed"), any: all("host:mydomain", "host:sandbox", "host:site", "host:bare", "host:instance"), none: all("dns:of-my-domain", "host:login", "host:test", "host:doubled", "url:empty", "dns:scheme-as-host", "dns:temporary", "dns:of-other-host", "dns:of-proxy")},
	{cause: "dns-my-domain", weight: 0.45, all: all("dns:failed"), none: all("salesforce", "foreign", "other-cloud", "dns:scheme-as-host", "url:empty", "dns:of-login-host", "dns:of-other-host", "dns:of-proxy")},
	{cause: "network-proxy-or-firewall", weight: 0.82, any: all("dns:of-login-host", "dns:of-proxy"), all: all("dns:failed")},
	{cause: "network-proxy-or-firewall", weight: 0.75, all: all("dns:failed"), any: all("host:login", "host:test"), none: all("host:mydomain", "host:sandbox", "dns:of-my-domain", "dns:of-login-host", "dns:of-other-host")},
	{cause: "network-proxy-or-firewall", weight: 0.72, all: all("dns:temporary"), none: all("dns:scheme-as-host", "url:empty")},
	{cause: "network-proxy-or-firewall", weight: 0.2, all: all("dns:failed"), none: all("dns:scheme-as-host", "url:empty", "host:doubled")},
	{cause: "wrong-instance-url-after-login", weight: 0.2, all: all("dns:failed", "says:instance-url")},

	{cause: "network-proxy-or-firewall", weight: 0.85, all: all("net:proxy"), none: all("local:no-scheme")},
	{cause: "network-proxy-or-firewall", weight: 0.85, any: all("status:407"), all: all("status:407")},
	{cause: "network-proxy-or-firewall", weight: 0.78, any: all("net:refused", "net:timeout", "net:unreachable"), none: all("tls:untrusted", "tls:hostname", "tls:old", "dns:failed", "wire:token-endpoint")},
	{cause: "network-proxy-or-firewall", weight: 0.7, all: all("net:reset"), none: all("tls:untrusted", "tls:hostname", "tls:old", "tls:old-runtime", "wire:token-endpoint")},
	{cause: "network-proxy-or-firewall", weight: 0.7, all: all("net:eof", "salesforce"), none: all("wire:token-endpoint", "net:reset")},
	{cause: "network-proxy-or-firewall", weight: 0.5, all: all("net:gateway")},
	{cause: "network-proxy-or-firewall", weight: -0.5, any: all("tls:untrusted", "tls:hostname", "tls:old", "wire:token-endpoint"), none: all("net:proxy", "net:timeout", "net:refused")},
	{cause: "maintenance", weight: 0.35, all: all("net:gateway")},
	{cause: "maintenance", weight: 0.72, any: all("net:unavailable", "status:503"), none: all("net:proxy", "foreign", "other-cloud", "http:413-414", "callback:generic")},
	{cause: "maintenance", weight: 0.25, any: all("status:500", "status:502", "status:504"), all: all("salesforce"), none: all("lib:soap-login", "wire", "salesforce-words")},
	{cause: "maintenance", weight: -0.7, all: all("http:413-414")},
	{cause: "client-bug-unescaped-xml", weight: 0.75, all: all("local:xml"), none: all("local:html", "net:unavailable", "status:503")},
	{cause: "client-bug-unescaped-xml", weight: 0.35, all: all("local:xml", "lib:soap-login")},
	{cause: "client-bug-unescaped-xml", weight: 0.6, all: all("says:password-special"), any: all("lib:soap-login", "local:xml", "said:INVALID_LOGIN")},
}
