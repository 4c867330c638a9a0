package identity

import (
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/form"
	"github.com/sfconform/sfconform/mocksf/session"
)

// introspectRules hold the caller to client credentials (RFC 7662 section 2.1).
var introspectRules = []check{
	{Name: "client-authenticated", Refusal: "introspect-unauthenticated", Holds: func(q *question) bool {
		q.client = form.ReadClient(q.request, q.form, q.request.Org.Answers(bodyCounts))
		if q.client.Conflict && q.request.Org.Answers(conflictRefused) {
			return false
		}
		q.app = q.request.Org.AppByKey(q.client.ID)
		return q.app != nil && q.app.Holds(q.client.ID, q.request.Now) && q.client.SecretIs(func(secret string) bool { return q.app.SecretMatches(q.client.ID, secret) })
	}},
}

// The readings of a header and a body that name different credentials.
var (
	bodyCounts      = fixtures.Reading{Switch: "client-auth-conflict", Option: "body"}
	conflictRefused = fixtures.Reading{Switch: "client-auth-conflict", Option: "refused"}
)

// introspection is what a live token is told to be (facts: section 5.3).
type introspection struct {
	Active    bool   `json:"active"`
	Scope     string `json:"scope"`
	ClientID  string `json:"client_id"`
	Username  string `json:"username"`
	Subject   string `json:"sub"`
	TokenType string `json:"token_type"`
	Expires   int64  `json:"exp"`
	IssuedAt  int64  `json:"iat"`
	NotBefore int64  `json:"nbf"`
}

// introspect tells of another app's token only what it tells of garbage, unless
// the asking app may introspect all tokens.
func (s *service) introspect(q *question) exchange.Answer {
	owner := session.AppOf(q.request.Org, q.session)
	if q.state != session.Live || owner.Name != q.app.Name && !q.app.Settings.IntrospectAllTokens {
		return exchange.JSON(struct {
			Active bool `json:"active"`
		}{})
	}
	return exchange.JSON(introspection{
		Active: true, Scope: strings.Join(q.session.Scopes, " "), ClientID: owner.ConsumerKey,
		Username: q.user.Username, Subject: q.request.IdentityURL(q.user), TokenType: "access_token",
		Expires: s.sessions.Ends(q.session).Unix(), IssuedAt: q.session.IssuedAt.Unix(), NotBefore: q.session.IssuedAt.Unix(),
	})
}
