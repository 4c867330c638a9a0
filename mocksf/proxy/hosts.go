package proxy

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
)

// pattern is an exact host name, or "*." and a domain for all names below it.
type pattern string

func (p pattern) matches(host string) bool {
	domain, wild := strings.CutPrefix(string(p), "*")
	if wild {
		return strings.HasSuffix(host, domain) && !isAddress(host)
	}
	return host == string(p)
}

// salesforce are the hosts that the fake plays. My Domains of sandboxes,
// developer editions and scratch orgs are names below my.salesforce.com too.
var salesforce = []pattern{
	fixtures.LoginHost,
	fixtures.TestHost,
	"api.salesforce.com",
	"*.my.salesforce.com",
	"*.my.salesforce-setup.com",
	"*.lightning.force.com",
}

func matchesAny(patterns []pattern, host string) bool {
	return slices.ContainsFunc(patterns, func(p pattern) bool { return p.matches(host) })
}

// parseAllow reads the hosts that are let through. An error names the entry and
// what it should look like.
func parseAllow(entries []string) ([]pattern, error) {
	var patterns []pattern
	for _, entry := range entries {
		host := canonicalHost(entry)
		domain := strings.TrimPrefix(host, "*.")
		switch {
		case !isAddress(host) && !isName(domain):
			return nil, fmt.Errorf("proxy: allowed host %q: write a host name without scheme, port and path, such as %q or %q", entry, "example.com", "*.example.com")
		case matchesAny(salesforce, host):
			return nil, fmt.Errorf("proxy: allowed host %q: the fake answers for it; it cannot be let through", entry)
		}
		patterns = append(patterns, pattern(host))
	}
	return patterns, nil
}

// canonicalHost folds the spellings of one name: upper case and the root's dot.
func canonicalHost(host string) string {
	return strings.TrimSuffix(strings.ToLower(host), ".")
}

// isAddress leaves out addresses with a zone: those hold on one machine only, and a
// zone may be any text (RFC 4007 section 11.2).
func isAddress(host string) bool {
	address, err := netip.ParseAddr(host)
	return err == nil && address.Zone() == ""
}

// isLoopback is whether the host is this machine, which a client should not ask a proxy for.
func isLoopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || (err == nil && address.Unmap().IsLoopback())
}

// maxName is the longest host name (RFC 1035 section 2.3.4).
const maxName = 253

// isName is whether the host is written as host names are (RFC 1123 section
// 2.1); underscores occur in practice.
func isName(host string) bool {
	if len(host) > maxName {
		return false
	}
	for label := range strings.SplitSeq(host, ".") {
		if label == "" || len(label) > 63 || strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			return false
		}
	}
	return true
}
