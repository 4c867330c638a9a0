package identity

import (
	"net/http"

	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/session"
)

// revokeRules ask no client authentication: the token is its own proof (facts: section 5.4).
var revokeRules = []check{
	{Name: "token-sent", Refusal: "revoke-token-type-unsupported", Holds: func(q *question) bool { return q.token != "" }},
	{Name: "token-revocable", Refusal: "revoke-token-invalid", Holds: func(q *question) bool { return q.state == session.Live || q.refresh }},
}

// revoke ends a session, or a refresh token with all that came of it.
func (s *service) revoke(q *question) exchange.Answer {
	if !s.sessions.RevokeRefresh(q.token, q.request.Now) {
		s.sessions.Revoke(q.session, q.request.Now)
	}
	return exchange.Answer{Status: http.StatusOK}
}
