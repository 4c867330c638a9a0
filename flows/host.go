package flows

import (
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

const (
	tokenPath       = "/services/oauth2/token" // #nosec G101 -- a path, not a credential
	myDomainExample = "https://<MyDomain>.my.salesforce.com"
)

// salesforceDomains are the domains that Salesforce's own servers answer on.
var salesforceDomains = []string{"salesforce.com", "force.com", "salesforce.mil"}

// genericHosts find an org by its user; the client credentials grant has no user, so they refuse it (facts: rule 5).
var genericHosts = []string{"login.salesforce.com", "test.salesforce.com"}

// browserDomains are shown in a browser's address bar but serve no token endpoint; the value is what to write instead.
var browserDomains = map[string]string{
	".lightning.force.com":     ".my.salesforce.com",
	".my.salesforce-setup.com": ".my.salesforce.com",
}

// parseBase reads a login URL or an audience: an https origin, with a path only where a site has one. It repairs the
// usual slips (missing scheme, trailing slash, a pasted token URL) and refuses the rest by name of the setting.
func parseBase(setting, raw string, allowLoopbackHTTP bool) (*url.URL, error) {
	value, err := cleanSetting(setting, raw, "use "+myDomainExample)
	if err != nil {
		return nil, err
	}
	if !strings.Contains(value, "://") {
		value = "https://" + value
		if u, err := url.Parse(value); err == nil && allowLoopbackHTTP && isLoopback(u.Hostname()) {
			return nil, &ConfigError{Setting: setting, Problem: "has no scheme", Fix: "put http:// or https:// before " + u.Host}
		}
	}
	u, err := url.Parse(value)
	if err != nil || u.Hostname() == "" {
		// The parser's error would repeat the value, which may hold a password.
		return nil, &ConfigError{Setting: setting, Problem: "is not a URL", Fix: "use " + myDomainExample}
	}
	if err := checkBase(setting, u, allowLoopbackHTTP); err != nil {
		return nil, err
	}
	return normalizeBase(setting, u)
}

func checkBase(setting string, u *url.URL, allowLoopbackHTTP bool) error {
	switch {
	case u.User != nil:
		return &ConfigError{Setting: setting, Problem: "holds a user name or password", Fix: "use " + myDomainExample}
	case u.RawQuery != "" || u.Fragment != "":
		return &ConfigError{Setting: setting, Problem: "has a query or fragment", Fix: "use " + myDomainExample}
	case u.Scheme == "https":
		return nil
	case u.Scheme != "http":
		return &ConfigError{Setting: setting, Problem: fmt.Sprintf("has scheme %q", u.Scheme), Fix: "use https://" + u.Host}
	case !isLoopback(u.Hostname()):
		return &ConfigError{
			Setting: setting, Problem: fmt.Sprintf("is plain http (host %q), which would show the secret to the network", u.Hostname()),
			Fix: "use https://" + u.Host,
		}
	case !allowLoopbackHTTP:
		return &ConfigError{Setting: setting, Problem: "is plain http", Fix: "use https, or set AllowLoopbackHTTP in a test"}
	}
	return nil
}

func normalizeBase(setting string, u *url.URL) (*url.URL, error) {
	host := strings.ToLower(u.Host)
	if u.Scheme == "https" {
		host = strings.TrimSuffix(host, ":443")
	}
	path, _, _ := strings.Cut(u.Path, "/services/")
	path = strings.TrimRight(path, "/")
	if path == "/services" {
		path = ""
	}
	for suffix, instead := range browserDomains {
		if name, found := strings.CutSuffix(host, suffix); found {
			return nil, &ConfigError{
				Setting: setting, Problem: fmt.Sprintf("is the browser's host %q, which has no token endpoint", host),
				Fix: "use https://" + name + instead,
			}
		}
	}
	if path != "" && (slices.Contains(genericHosts, host) || strings.HasSuffix(host, ".my.salesforce.com")) {
		return nil, &ConfigError{Setting: setting, Problem: fmt.Sprintf("has a path (%q)", path), Fix: "use https://" + host}
	}
	return &url.URL{Scheme: u.Scheme, Host: host, Path: path}, nil
}

func isLoopback(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if host == "localhost" || strings.HasSuffix(host, ".localhost") { // RFC 6761 section 6.3
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.Unmap().IsLoopback()
}

// hostPolicy says where an access token may go.
type hostPolicy struct {
	login   *url.URL
	allowed []string
}

// check accepts an instance_url on the login host, on Salesforce's domains or on an allowed host, over https. Loopback
// (and plain http on it) is accepted only when the login itself went there: an answer from the network must not steer
// a token into the local machine. There ports stand for hosts, so that naming allowed hosts shuts out all other ports.
func (p hostPolicy) check(instance string) (*url.URL, error) {
	u, err := url.Parse(instance)
	if err != nil || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, fmt.Errorf("instance_url is not a URL of an org")
	}
	host := strings.ToLower(u.Hostname())
	local := isLoopback(host) && isLoopback(p.login.Hostname())
	if u.Scheme != "https" && (!local || u.Scheme != p.login.Scheme) {
		return nil, fmt.Errorf("instance_url is %s://%s, not https: the access token would travel in clear", u.Scheme, u.Host)
	}
	if !p.trusts(host, strings.ToLower(u.Host), local) {
		return nil, fmt.Errorf("instance_url names the host %q, which is neither a Salesforce domain nor an allowed host", host)
	}
	return &url.URL{Scheme: u.Scheme, Host: strings.ToLower(u.Host), Path: strings.TrimRight(u.Path, "/")}, nil
}

func (p hostPolicy) trusts(host, hostPort string, local bool) bool {
	switch {
	case slices.Contains(p.allowed, host), slices.Contains(p.allowed, hostPort):
		return true
	case local:
		return len(p.allowed) == 0 || hostPort == p.login.Host
	case host == p.login.Hostname():
		return true
	}
	return slices.ContainsFunc(salesforceDomains, func(domain string) bool { return strings.HasSuffix(host, "."+domain) })
}

// hostName reduces an allowed host, which people write as a URL, to its name, with the port if one other than that of
// https is named.
func hostName(value string) string {
	value = strings.ToLower(trimStray(value))
	if u, err := url.Parse(value); err == nil && u.Hostname() != "" {
		value = u.Host
	}
	return strings.TrimSuffix(value, ":443")
}
