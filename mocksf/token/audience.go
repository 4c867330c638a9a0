package token

import (
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
)

// genericAudience says whether the audience is one of the login hosts.
func genericAudience(aud string) bool {
	host := audienceHost(aud)
	return host == fixtures.LoginHost || host == fixtures.TestHost
}

// audienceHost is the host of an audience in any of the forms that clients send.
func audienceHost(aud string) string {
	aud = strings.TrimPrefix(strings.ToLower(aud), "https://")
	host, _, _ := strings.Cut(aud, "/")
	return host
}

// audienceValid holds aud to the login host of the org's kind and the org's own
// address (facts: section 3). Whether the bare host name and the token URL pass
// is not proven: the switch audience-forms decides.
func audienceValid(a *attempt) bool {
	aud := a.assertion.audience()
	for _, base := range a.ownAddresses() {
		if aud == base || aud == base+"/" {
			return true
		}
		if a.org.Option("audience-forms") == "lenient" && (aud == hostOf(base) || aud == base+Path) {
			return true
		}
	}
	return false
}

// Path is the path of the token endpoint.
const Path = "/services/oauth2/token"

// ownAddresses are the addresses under which the org may be named as audience.
func (a *attempt) ownAddresses() []string {
	addresses := []string{"https://" + a.org.GenericHost(), "https://" + a.org.Host}
	if a.req.Host.Role == exchange.Loopback {
		addresses = append(addresses, a.req.Host.Base)
	}
	return addresses
}

func hostOf(base string) string {
	_, host, _ := strings.Cut(base, "://")
	return host
}
