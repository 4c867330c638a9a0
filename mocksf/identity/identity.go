// Package identity is what an org tells about tokens and their users: userinfo, the
// identity URL, introspection, revocation, discovery and keys (facts: sections 5.2
// to 5.5).
package identity

import (
	"slices"

	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/session"
)

// service answers for the sessions of one org.
type service struct{ sessions *session.Store }

// Routes are the places at which the org tells about its sessions.
func Routes(sessions *session.Store) []exchange.Route {
	s := &service{sessions}
	userinfo := s.ask(bearer, bearerRules, s.userinfo)
	identity := s.ask(bearer, slices.Concat(bearerRules, []check{namesTheTokensUser}), s.identity)
	revoke := s.ask(parameter, revokeRules, s.revoke)
	return exchange.Pretty(
		exchange.Route{Method: "GET", Pattern: "/services/oauth2/userinfo", Handler: userinfo},
		exchange.Route{Method: "POST", Pattern: "/services/oauth2/userinfo", Handler: userinfo},
		exchange.Route{Method: "GET", Pattern: "/id/{org}/{user}", Handler: identity},
		exchange.Route{Method: "POST", Pattern: "/id/{org}/{user}", Handler: identity},
		exchange.Route{Method: "POST", Pattern: "/services/oauth2/introspect", Handler: s.ask(parameter, introspectRules, s.introspect)},
		exchange.Route{Method: "GET", Pattern: "/services/oauth2/revoke", Handler: revoke},
		exchange.Route{Method: "POST", Pattern: "/services/oauth2/revoke", Handler: revoke},
		exchange.Route{Method: "GET", Pattern: "/.well-known/openid-configuration", Handler: discovery},
		exchange.Route{Method: "GET", Pattern: "/.well-known/auth-configuration", Handler: authConfiguration},
		exchange.Route{Method: "GET", Pattern: "/id/keys", Handler: keys},
	)
}
