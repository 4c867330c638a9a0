package reach

import (
	"net"
	"net/url"
	"os"
	"slices"
	"strings"
)

// noProxy keeps the hosts that the caller reaches directly, without those that
// would lead a client past the fake.
func noProxy(r Reach, given Lookup) string {
	if r.ProxyURL == "" {
		return ""
	}
	direct := r.NoProxy
	if direct == "" {
		direct = Loopback
	}
	hosts := strings.Split(direct, ",")
	for entry := range strings.FieldsFuncSeq(given("no_proxy")+","+given("NO_PROXY"), isListBreak) {
		if !pastTheFake(entry) && !slices.Contains(hosts, entry) {
			hosts = append(hosts, entry)
		}
	}
	return strings.Join(hosts, ",")
}

func isListBreak(r rune) bool { return r == ',' || r == ' ' }

// pastTheFake says whether a host list's entry covers Salesforce's names.
func pastTheFake(entry string) bool {
	entry = "." + strings.ToLower(strings.TrimLeft(entry, "*."))
	for _, domain := range []string{".salesforce.com", ".force.com"} {
		if strings.HasSuffix(domain, entry) || strings.HasSuffix(entry, domain) || entry == "." {
			return true
		}
	}
	return false
}

// phpScanDirs adds our directory of ini files to the caller's, or to the one that
// PHP was compiled with, for which an empty entry stands (php.net/configuration.file).
func phpScanDirs(r Reach, given Lookup) string {
	if r.PHPConfigDir == "" {
		return ""
	}
	before := given("PHP_INI_SCAN_DIR")
	if slices.Contains(strings.Split(before, string(os.PathListSeparator)), r.PHPConfigDir) {
		return before
	}
	return before + string(os.PathListSeparator) + r.PHPConfigDir
}

// javaOptions are JSSE's and java.net's system properties (JSSE Reference Guide
// "Customizing the Default Truststore"; java.net "Networking Properties"). The JVM
// takes the last of two equal properties, so that ours stand behind the caller's.
func javaOptions(r Reach, given Lookup) string {
	var own []string
	property := func(name, value string) { own = append(own, javaQuote("-D"+name+"="+value)) }
	if r.TrustStoreFile != "" {
		property("javax.net.ssl.trustStore", r.TrustStoreFile)
		property("javax.net.ssl.trustStoreType", "JKS")
		property("javax.net.ssl.trustStorePassword", r.TrustStorePassword)
	}
	if proxy, err := url.Parse(r.ProxyURL); err == nil && proxy.Host != "" {
		for _, scheme := range []string{"https", "http"} {
			property(scheme+".proxyHost", proxy.Hostname())
			property(scheme+".proxyPort", proxy.Port())
		}
		property("http.nonProxyHosts", javaHosts(noProxy(r, given)))
	}
	options, before := strings.Join(own, " "), given("JAVA_TOOL_OPTIONS")
	switch {
	case before == "" || options == "":
		return options
	case strings.HasSuffix(before, options):
		return before
	}
	return before + " " + options
}

// javaHosts writes a host list as http.nonProxyHosts has it; there is no property
// for https of its own.
func javaHosts(list string) string {
	var hosts []string
	for host := range strings.SplitSeq(list, ",") {
		ip := net.ParseIP(host)
		switch {
		case ip != nil && ip.To4() == nil:
			host = "[" + host + "]"
		case ip != nil && ip.IsLoopback():
			host = "127.*"
		case strings.HasPrefix(host, "."):
			host = "*" + host
		}
		hosts = append(hosts, host)
	}
	return strings.Join(hosts, "|")
}

// javaQuote quotes for JAVA_TOOL_OPTIONS, which the JVM splits at white space
// outside of quotes (JVM Tool Interface "JAVA_TOOL_OPTIONS").
func javaQuote(option string) string {
	switch {
	case !strings.ContainsAny(option, " \t\n'\""):
		return option
	case strings.Contains(option, `"`):
		return "'" + option + "'"
	}
	return `"` + option + `"`
}
