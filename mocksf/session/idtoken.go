package session

import (
	"crypto/sha256"
	"encoding/base64"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// idTokenLifetime is how long an ID token is good. Its true length is not known.
const idTokenLifetime = 2 * time.Minute

// IDToken tells an app who the user is (OpenID Connect Core section 2): signed as
// JWT-format access tokens are, so that /id/keys verifies it.
type IDToken struct {
	// Issuer is the org's own address, Subject the user's identity URL, Audience the consumer key.
	Issuer, Subject, Audience string
	// Nonce is the authorization request's; empty if it had none.
	Nonce string
	// AccessToken is the token that it comes with.
	AccessToken string
	IssuedAt    time.Time
}

// Sign is the token's text; orgID is the organization id.
func (t IDToken) Sign(orgID string) string {
	claims := jwt.MapClaims{
		"iss": t.Issuer, "sub": t.Subject, "aud": t.Audience, "at_hash": halfHash(t.AccessToken),
		"iat": t.IssuedAt.Unix(), "exp": t.IssuedAt.Add(idTokenLifetime).Unix(),
	}
	if t.Nonce != "" {
		claims["nonce"] = t.Nonce
	}
	token := jwt.NewWithClaims(jwt.SigningMethodRS256, claims)
	token.Header["kid"] = KeyID(orgID)
	text, err := token.SignedString(signingKey())
	if err != nil {
		panic("session: RS256 signs every payload: " + err.Error())
	}
	return text
}

// halfHash is at_hash (OpenID Connect Core section 3.1.3.6).
func halfHash(accessToken string) string {
	sum := sha256.Sum256([]byte(accessToken))
	return base64.RawURLEncoding.EncodeToString(sum[:len(sum)/2])
}
