// Package reach says what leads a client that nobody has changed to a fake under
// Salesforce's own host names: the variables by which each runtime learns of a
// forward proxy and of an authority to trust, and the files that they name.
package reach

import (
	"slices"
	"strings"
)

// Reach is what lets unmodified clients meet the fake under Salesforce's own host
// names: a forward proxy and an authority to trust.
type Reach struct {
	// ProxyURL is the forward proxy, as http://host:port.
	ProxyURL string
	// CAFile is the authority's certificate (PEM). Empty: the client trusts it already.
	CAFile string
	// TrustStoreFile is the same for Java, a JKS file with TrustStorePassword.
	TrustStoreFile, TrustStorePassword string
	// PHPConfigDir holds an ini file that names CAFile.
	PHPConfigDir string
	// NoProxy lists hosts to be reached directly, with commas between. Empty means loopback.
	NoProxy string
	// Variables are the settings of the client itself: SF_LOGIN_URL and so on.
	Variables []Variable
}

// Variable is a variable of an environment.
type Variable struct{ Name, Value string }

// Loopback lists the hosts that are always reached directly: the control API and the fake's own ports.
const Loopback = "localhost,127.0.0.1,::1"

// runtimes are those that have rows in the table.
var runtimes = []string{"curl", "go", "node", "python", "java", "ruby", "php", "perl", "dotnet"}

// Runtimes are the names that VariablesFor knows.
func Runtimes() []string { return slices.Clone(runtimes) }

// proxied are the runtimes that read the proxy variables; Java has properties in their place.
var proxied = []string{"curl", "go", "node", "python", "ruby", "php", "perl", "dotnet"}

// Lookup gives a variable of the environment that the client will inherit; "" if it
// is not set.
type Lookup func(name string) string

// In looks up in an environment, the last entry of a name counting.
func In(environ []string) Lookup {
	return func(name string) string {
		for _, entry := range slices.Backward(environ) {
			if value, ok := strings.CutPrefix(entry, name+"="); ok {
				return value
			}
		}
		return ""
	}
}

// reachRow is a variable, who reads it, and its value; "" leaves it out.
type reachRow struct {
	name     string
	runtimes []string
	value    func(Reach, Lookup) string
}

// reachTable says which variable tells which runtime of the proxy and of the authority.
var reachTable = []reachRow{
	// Both cases of each name: libcurl, Node and .NET let the lower one win
	// (curl.se/libcurl/c/libcurl-env.html, nodejs.org/api/http.html "Built-in Proxy
	// Support", HttpClient.DefaultProxy), so that a caller's own must not stay.
	{"HTTPS_PROXY", proxied, proxyURL},
	{"https_proxy", proxied, proxyURL},
	// libcurl reads the lower case alone, because HTTP_PROXY is a request header in
	// CGI. Ruby's Net::HTTP takes these for https too: its proxy_uri builds an http
	// URI whatever the scheme (ruby/net-http lib/net/http.rb).
	{"http_proxy", proxied, proxyURL},
	{"HTTP_PROXY", proxied, proxyURL},
	{"NO_PROXY", proxied, noProxy},
	{"no_proxy", proxied, noProxy},
	// OpenSSL (X509_get_default_cert_file_env(3)): Python's ssl, Ruby, PHP's streams;
	// .NET on Linux (dotnet/runtime pal_x509_root.c); Go on Unix except macOS
	// (crypto/x509 root_unix.go); Perl's HTTP::Tiny. curl reads it where CURL_CA_BUNDLE
	// is not set.
	{"SSL_CERT_FILE", []string{"curl", "go", "python", "ruby", "php", "perl", "dotnet"}, caFile},
	// The curl tool alone, not libcurl (curl.1 "ENVIRONMENT").
	{"CURL_CA_BUNDLE", []string{"curl"}, caFile},
	// Requests brings its own bundle (certifi) and asks this first, CURL_CA_BUNDLE
	// next (psf/requests sessions.py, merge_environment_settings).
	{"REQUESTS_CA_BUNDLE", []string{"python"}, caFile},
	// Added to Node's own, read at start (nodejs.org/api/cli.html).
	{"NODE_EXTRA_CA_CERTS", []string{"node"}, caFile},
	// Node 22.21 and 24.5, for fetch 24.0 (nodejs/node #57165, #58980).
	{"NODE_USE_ENV_PROXY", []string{"node"}, ifProxied("1")},
	// @salesforce/core asks the resolver for a My Domain before it connects, which
	// through a proxy no client can do for itself.
	{"SF_DISABLE_DNS_CHECK", []string{"node"}, ifProxied("true")},
	{"JAVA_TOOL_OPTIONS", []string{"java"}, javaOptions},
	// ext-curl takes the authority from an ini setting only.
	{"PHP_INI_SCAN_DIR", []string{"php"}, phpScanDirs},
	// LWP::UserAgent looks at no proxy variable unless it is told to, and LWP::Protocol::https
	// names an authority of its own to OpenSSL (libwww-perl, LWP::UserAgent "ENVIRONMENT").
	{"PERL_LWP_ENV_PROXY", []string{"perl"}, ifProxied("1")},
	{"PERL_LWP_SSL_CA_FILE", []string{"perl"}, caFile},
	// The same of Mojo::UserAgent (mojolicious, Mojo::UserAgent and Mojo::UserAgent::Proxy).
	{"MOJO_PROXY", []string{"perl"}, ifProxied("1")},
	{"MOJO_CA_FILE", []string{"perl"}, caFile},
}

func proxyURL(r Reach, _ Lookup) string { return r.ProxyURL }
func caFile(r Reach, _ Lookup) string   { return r.CAFile }

// ifProxied is the value of a variable that sends a client by way of the proxy.
func ifProxied(value string) func(Reach, Lookup) string {
	return func(r Reach, _ Lookup) string {
		if r.ProxyURL == "" {
			return ""
		}
		return value
	}
}

// Variables writes the authority (PEM; empty if the client trusts it already) into
// dir, which must exist, and gives what to set so that a client of any runtime trusts
// it and goes by way of the proxy; an empty proxy URL leaves the proxy out. What the
// caller has set itself is kept where it can be joined.
func Variables(proxyURL string, authority []byte, dir string, caller Lookup) ([]Variable, error) {
	r, err := WriteTrust(dir, authority)
	if err != nil {
		return nil, err
	}
	r.ProxyURL = proxyURL
	return r.VariablesFor(nil, caller), nil
}

// VariablesFor are the client's settings and those of the runtimes that are named,
// or of all. What the caller has set itself is kept where it can be joined.
func (r Reach) VariablesFor(chosen []string, caller Lookup) []Variable {
	if caller == nil {
		caller = In(nil)
	}
	if len(chosen) == 0 {
		chosen = runtimes
	}
	all := slices.Clone(r.Variables)
	for _, row := range reachTable {
		wanted := slices.ContainsFunc(row.runtimes, func(name string) bool { return slices.Contains(chosen, name) })
		value := row.value(r, caller)
		if !wanted || value == "" {
			continue
		}
		all = slices.DeleteFunc(all, func(v Variable) bool { return v.Name == row.name })
		all = append(all, Variable{row.name, value})
	}
	return all
}
