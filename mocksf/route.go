package mocksf

import (
	"cmp"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/form"
	"github.com/sfconform/sfconform/mocksf/session"
	"github.com/sfconform/sfconform/mocksf/token"
)

// salesforceDomains are the domains under which orgs live.
var salesforceDomains = []string{".salesforce.com", ".force.com", ".salesforce-setup.com"}

// salesforceName says whether the host is one of Salesforce's; any other one is
// taken for this machine.
func salesforceName(host string) bool {
	for _, d := range salesforceDomains {
		if strings.HasSuffix(host, d) {
			return true
		}
	}
	return false
}

// route finds the org that a host leads to and the role that the host plays for
// it; an address of this machine leads to the org addressed. A nil org means that there is no such host: on the real service the name
// would not even resolve (facts: section 1.4).
func (s *Server) route(r *exchange.Request, addressed *Org) (*Org, exchange.Role) {
	host := r.Host.Name
	switch {
	case !salesforceName(host):
		return addressed, exchange.Loopback
	case host == fixtures.LoginHost:
		return s.generic(r, exchange.Login)
	case host == fixtures.TestHost:
		return s.generic(r, exchange.Test)
	case host == fixtures.APIHost:
		return addressed, exchange.Elsewhere
	}
	label, _, _ := strings.Cut(host, ".")
	switch {
	case s.byHost[host] != nil:
		return s.byHost[host], exchange.MyDomain
	case s.byLabel[label] == nil:
		return nil, exchange.Elsewhere
	case strings.HasSuffix(host, ".salesforce-setup.com"):
		return s.byLabel[label], exchange.Setup
	case strings.HasSuffix(host, ".lightning.force.com"):
		return s.byLabel[label], exchange.Lightning
	}
	return nil, exchange.Elsewhere
}

// generic finds the org behind a login host: the one whose key or token the
// request carries. If no org of that login host knows it, some org answers for
// the host, to which the key is unknown.
func (s *Server) generic(r *exchange.Request, role exchange.Role) (*Org, exchange.Role) {
	host := fixtures.LoginHost
	if role == exchange.Test {
		host = fixtures.TestHost
	}
	var first *Org
	key, accessToken := named(r)
	for _, o := range s.orgs {
		if o.genericHost != host {
			continue
		}
		if first == nil {
			first = o
		}
		if o.knows(key, accessToken) {
			return o, role
		}
	}
	if first == nil {
		return s.orgs[0], exchange.Elsewhere
	}
	return first, role
}

// named is the consumer key or the access token that a request carries.
func named(r *exchange.Request) (consumerKey, accessToken string) {
	f := form.Parse(r, false)
	if key := token.ConsumerKey(r, f); key != "" {
		return key, ""
	}
	if _, bearer, ok := strings.Cut(r.Header.Get("Authorization"), " "); ok {
		return "", strings.TrimSpace(bearer)
	}
	return "", cmp.Or(f.Get("oauth_token"), f.Get("token"))
}

// knows says whether one of the org's nodes knows the consumer key, or whether the
// access token is the org's.
func (o *Org) knows(consumerKey, accessToken string) bool {
	now := o.clock.Now()
	o.deploys.CatchUp(now)
	for node := range o.timeline.Nodes() {
		seen := o.timeline.At(now, node)
		if consumerKey != "" && seen.AppByKey(consumerKey) != nil {
			return true
		}
		if _, state := o.sessions.Open(seen, accessToken, now); accessToken != "" && state != session.Unknown {
			return true
		}
	}
	return false
}
