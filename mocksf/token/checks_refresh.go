package token

import (
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/session"
)

// refreshChecks judge a refresh token (facts: sections 1.3 and 6).
var refreshChecks = []check{
	{Name: "refresh-token-valid", Refusal: "refresh-token-invalid", Holds: func(a *attempt) bool {
		if !a.approvalKnown {
			a.endpoint.sessions.Reused(a.form.Get("refresh_token"), a.req.Now)
		}
		return a.approvalKnown && a.approval.App == session.AppHash(a.app.Name)
	}},
	{Name: "refresh-token-within-validity", Refusal: "refresh-token-validity-expired", Holds: func(a *attempt) bool {
		return !a.approvalKnown || withinValidity(a)
	}},
}

// withinValidity holds the refresh token to the app's Refresh Token Policy.
func withinValidity(a *attempt) bool {
	validity := time.Duration(a.app.Policies.RefreshTokenValidity)
	switch a.app.Policies.RefreshTokenPolicy {
	case fixtures.ImmediatelyExpire:
		return false
	case fixtures.ExpireAfter:
		return a.req.Now.Sub(a.approval.IssuedAt) < validity
	case fixtures.ExpireIfNotUsedFor:
		return a.req.Now.Sub(a.approval.UsedAt) < validity
	case fixtures.ValidUntilRevoked:
	}
	return true
}
