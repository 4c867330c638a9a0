package identity

import (
	"net/http"

	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/session"
)

// revokeRules ask no client authentication: the token is its own proof (facts: section 5.4).
var revokeRules = []rule{
	{"token-sent", "revoke-token-type-unsupported", func(q *question) bool { return q.token != "" }},
	{"token-revocable", "revoke-token-invalid", func(q *question) bool { return q.state == session.Live }},
}

func (s *service) revoke(q *question) exchange.Answer {
	s.sessions.Revoke(q.session, q.request.Now)
	return exchange.Answer{Status: http.StatusOK}
}
