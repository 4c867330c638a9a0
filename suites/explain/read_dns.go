package explain

import (
	"strings"
	"sync"
)

// unresolved finds the name that did not resolve in what runtimes say of it.
var unresolved = sync.OnceValue(func() *shape {
	return shapeOf(`(?:enotfound|eai_again|unknownhostexception:?|could not resolve host(?:name)?:?|couldn't resolve host:?|lookup|remote name could not be resolved:?|failed to resolve|name or service not known[^a-z0-9]*|` +
		`no such host is known\.?|can't find|php_network_getaddresses: getaddrinfo for|getaddrinfo for|unresolvedaddressexception:?|resolving|failed to lookup|dns lookup failed for|nslookup|host=)\s*["'(]*((?:[a-z0-9_-]+\.)*[a-z0-9_-]+)`)
})

// readDNS sorts out whose name did not resolve: that of the org, that of every
// login, or one that is none of Salesforce.
func (f *facts) readDNS() {
	if !f.hasAny("dns:failed", "dns:temporary") {
		return
	}
	for _, m := range unresolved().FindAllStringSubmatchIndex(f.p.lower, 8) {
		host := strings.TrimSuffix(f.p.lower[m[2]:m[3]], ".")
		switch kind := kindOfHost(host); {
		case host == "https" || host == "http":
			f.add("dns:scheme-as-host", m[0])
		case host == "undefined" || host == "null" || host == "none":
			f.add("url:empty", m[0])
		case kind == "host:login" || kind == "host:test":
			f.add("dns:of-login-host", m[0])
		case kind == "host:doubled":
			f.add("host:doubled", m[0])
		case kind != "":
			f.add("dns:of-my-domain", m[0])
		case strings.Contains(host, "force") || strings.Contains(host, "saleforce") || strings.Contains(host, "salesf"):
			f.add("dns:of-my-domain", m[0])
			f.add("salesforce", m[0])
		case strings.Contains(host, "proxy"):
			f.add("dns:of-proxy", m[0])
		case strings.Contains(host, "."):
			f.add("dns:of-other-host", m[0])
		}
	}
}

// flowArgument is an argument that belongs to a flow that the library does not know yet.
var flowArgument = sync.OnceValue(func() *shape {
	return shapeOf(`(?:unexpected keyword argument|unknown keyword:?|unknown option:?|unknown flag:?|nonexistent flag:?|unrecognized option:?)\s*[:"'-]*\s*(?:consumer_?(?:key|secret)|private_?key\w*|jwt[\w-]*|client_?credentials|client_?secret|grant_?type|instance_url|login_url)` +
		`|(?:undefined (?:local variable or )?(?:method|function)|has no attribute|no such (?:method|function)|not a function|cannot find symbol|does not exist|no method)[^\n]{0,40}?(?:client_?credentials|jwt)`)
})

func (f *facts) readFlowArgument() {
	if m := flowArgument().FindStringIndex(f.p.lower); m != nil {
		f.add("local:flow-argument", m[0])
	}
}
