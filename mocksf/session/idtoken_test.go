package session_test

import (
	"testing"

	"github.com/golang-jwt/jwt/v5"

	"github.com/sfconform/sfconform/mocksf/session"
)

// The at_hash was worked out with openssl: dgst -sha256 -binary, its first 16 bytes in base64url.
func TestIDTokensVerifyByTheOrgsKeyAndNameWhatTheyComeWith(t *testing.T) {
	t.Parallel()
	const org = "00DAk0000000000AAA"
	text := session.IDToken{
		Issuer: "https://acme.my.salesforce.com", Subject: "https://login.salesforce.com/id/00DAk0000000000AAA/005Ak0000000000AAA",
		Audience: "3MVG9key", Nonce: "n", AccessToken: "abc", IssuedAt: start,
	}.Sign(org)
	claims := jwt.MapClaims{}
	parser := jwt.NewParser(jwt.WithValidMethods([]string{"RS256"}), jwt.WithoutClaimsValidation())
	parsed, err := parser.ParseWithClaims(text, claims, func(*jwt.Token) (any, error) { return session.PublicKey(), nil })
	if err != nil || parsed.Header["kid"] != session.KeyID(org) {
		t.Fatalf("%v %v", parsed.Header, err)
	}
	for name, want := range map[string]any{
		"iss": "https://acme.my.salesforce.com", "aud": "3MVG9key", "nonce": "n", "at_hash": "ungWv48Bz-pBQUDeXa4iIw",
		"iat": float64(start.Unix()), "exp": float64(start.Unix() + 120),
	} {
		if claims[name] != want {
			t.Errorf("%s = %v, want %v", name, claims[name], want)
		}
	}
	without := jwt.MapClaims{}
	if _, _, err := parser.ParseUnverified(session.IDToken{IssuedAt: start}.Sign(org), without); err != nil || without["nonce"] != nil {
		t.Errorf("%v %v", without["nonce"], err)
	}
}
