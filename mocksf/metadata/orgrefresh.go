package metadata

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"github.com/sfconform/sfconform/fixtures"
)

const day = 24 * time.Hour

// refreshUnits are the units of a refresh token's validity, in both kinds of files.
var refreshUnits = map[string]time.Duration{"hours": time.Hour, "days": day, "months": 30 * day}

// refreshToken is the policy of .ecaOauthPlcy. Without the file the org makes one of
// 365 days (facts: metadata.md section 1.5).
func refreshToken(c *Component, p *fixtures.AppPolicies) {
	if c == nil {
		p.RefreshTokenPolicy, p.RefreshTokenValidity = fixtures.ExpireAfter, fixtures.Duration(365*day)
		return
	}
	unit := refreshUnits[strings.ToLower(cmp.Or(c.Text("refreshTokenValidityUnit"), "Days"))]
	validity := fixtures.Duration(time.Duration(c.Number("refreshTokenValidityPeriod")) * unit)
	switch c.Text("refreshTokenPolicyType") {
	case "Zero":
		p.RefreshTokenPolicy = fixtures.ImmediatelyExpire
	case "SpecificInactivity":
		p.RefreshTokenPolicy, p.RefreshTokenValidity = fixtures.ExpireIfNotUsedFor, validity
	case "Infinite":
		p.RefreshTokenPolicy = fixtures.ValidUntilRevoked
	default:
		p.RefreshTokenPolicy = fixtures.ExpireAfter
		p.RefreshTokenValidity = cmp.Or(validity, fixtures.Duration(365*day))
	}
}

// connectedRefreshToken is oauthPolicy/refreshTokenPolicy, such as
// "specific_lifetime:90:DAYS" (facts: metadata.md section 2).
func connectedRefreshToken(text string, p *fixtures.AppPolicies) {
	words := strings.Split(strings.ToLower(text), ":")
	if len(words) == 3 {
		if n, err := strconv.Atoi(words[1]); err == nil {
			p.RefreshTokenValidity = fixtures.Duration(time.Duration(n) * refreshUnits[words[2]])
		}
	}
	switch words[0] {
	case "zero":
		p.RefreshTokenPolicy = fixtures.ImmediatelyExpire
	case "specific_lifetime":
		p.RefreshTokenPolicy = fixtures.ExpireAfter
	case "specific_inactivity":
		p.RefreshTokenPolicy = fixtures.ExpireIfNotUsedFor
	}
}

// exportedRefreshToken are the elements of a policy. "Valid until revoked" becomes 30
// days: the flows of machines use no refresh token, and nobody should find one for life.
func exportedRefreshToken(p fixtures.AppPolicies) []field {
	kind, days := "SpecificLifetime", int(time.Duration(p.RefreshTokenValidity)/day)
	switch p.RefreshTokenPolicy {
	case fixtures.ImmediatelyExpire:
		return []field{{"refreshTokenPolicyType", "Zero"}}
	case fixtures.ExpireIfNotUsedFor:
		kind = "SpecificInactivity"
	case fixtures.ExpireAfter:
	case fixtures.ValidUntilRevoked:
		days = 30
	}
	return []field{
		{"refreshTokenPolicyType", kind},
		{"refreshTokenValidityPeriod", strconv.Itoa(max(days, 1))},
		{"refreshTokenValidityUnit", "Days"},
	}
}
