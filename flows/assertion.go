package flows

import (
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// assertionClaims are the claims that Salesforce reads (RFC 7523 section 3). There is no iat and no nbf: both are
// optional, and on a host whose clock runs ahead they would turn a working login into a refused one. There is no prn,
// because Salesforce prefers it to sub.
type assertionClaims struct {
	issuer, subject, audience string
	expires                   time.Time
	id                        string // jti; empty for none
}

// sign returns the compact serialization (RFC 7515 section 7.1), RS256 being the only algorithm Salesforce takes.
func (c assertionClaims) sign(key *PrivateKey) (string, error) {
	claims := jwt.MapClaims{"iss": c.issuer, "sub": c.subject, "aud": c.audience, "exp": c.expires.Unix()}
	if c.id != "" {
		claims["jti"] = c.id
	}
	assertion, err := jwt.NewWithClaims(jwt.SigningMethodRS256, claims).SignedString(key.rsa)
	if err != nil {
		return "", fmt.Errorf("flows: sign the assertion: %w", err)
	}
	return assertion, nil
}
