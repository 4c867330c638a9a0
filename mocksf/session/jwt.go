package session

import (
	"crypto/rsa"
	"encoding/binary"
	"encoding/hex"
	"strings"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// signingKey is read on first use: most runs never issue a JWT-format token.
var signingKey = sync.OnceValue(func() *rsa.PrivateKey {
	text, err := fixtures.TestKey("fake-org")
	if err != nil {
		panic(err)
	}
	key, err := jwt.ParseRSAPrivateKeyFromPEM([]byte(text))
	if err != nil {
		panic("session: fake-org.key.pem: " + err.Error())
	}
	return key
})

// PublicKey is the key by which JWT-format tokens verify; /id/keys publishes it.
func PublicKey() *rsa.PublicKey { return &signingKey().PublicKey }

// KeyID is the kid of the org's signing key (facts: section 2, JWT-format access token).
func KeyID(orgID string) string { return "CORE_ATJWT." + orgID[:15] + ".1704067200000" }

// claims are the payload of a JWT-format access token, in the order that facts section 2 shows.
type claims struct {
	Scope     string   `json:"scp"`
	Audience  []string `json:"aud"`
	Subject   string   `json:"sub"`
	NotBefore int64    `json:"nbf"`
	Type      string   `json:"mty"`
	SFI       string   `json:"sfi"`
	Roles     []string `json:"roles"`
	Issuer    string   `json:"iss"`
	HSC       bool     `json:"hsc"`
	Expires   int64    `json:"exp"`
	IssuedAt  int64    `json:"iat"`
	ClientID  string   `json:"client_id"`
}

// nbfLead is how far nbf lies before iat in the captured sample.
const nbfLead = 15

// JWT is the session's token in JWT format: RS256, no jti. The issuer is the
// org's own address.
func (s *Store) JWT(x Session, org *snapshot.Org, issuer, clientID string) string {
	t := jwt.NewWithClaims(jwt.SigningMethodRS256, claims{
		Scope: strings.Join(x.Scopes, " "), Audience: []string{issuer},
		Subject: "uid:" + fixtures.ID18(x.UserID), NotBefore: x.IssuedAt.Unix() - nbfLead,
		Type: "oauth", SFI: sfi(x), Roles: []string{}, Issuer: issuer,
		Expires: x.IssuedAt.Add(x.Timeout).Unix(), IssuedAt: x.IssuedAt.Unix(), ClientID: clientID,
	})
	t.Header = map[string]any{
		"tnk": "core/prod/" + org.ID, "ver": "1.0", "kid": KeyID(org.ID),
		"tty": "sfdc-core-token", "typ": "JWT", "alg": "RS256",
	}
	token, err := t.SignedString(signingKey())
	if err != nil {
		panic("session: RS256 signs every payload: " + err.Error())
	}
	return token
}

// openJWT is the session of a JWT-format token of this org.
func (s *Store) openJWT(org *snapshot.Org, token string) (Session, bool) {
	if strings.Count(token, ".") != 2 {
		return Session{}, false
	}
	var c claims
	parser := jwt.NewParser(jwt.WithValidMethods([]string{"RS256"}), jwt.WithoutClaimsValidation(), jwt.WithStrictDecoding())
	t, err := parser.ParseWithClaims(token, &c, func(*jwt.Token) (any, error) { return PublicKey(), nil })
	if err != nil || t.Header["kid"] != KeyID(org.ID) {
		return Session{}, false
	}
	x := Session{
		UserID:   fixtures.ID15(strings.TrimPrefix(c.Subject, "uid:")),
		IssuedAt: time.Unix(c.IssuedAt, 0), Timeout: time.Duration(c.Expires-c.IssuedAt) * time.Second,
		Scopes: strings.Fields(c.Scope), JWT: true,
	}
	if app := org.AppByKey(c.ClientID); app != nil {
		x.App = AppHash(app.Name)
	}
	return x, x.readSFI(c.SFI)
}

// sfi carries what tells the session apart, in hexadecimal as in the captured
// sample: its id and its place in the order of sessions.
func sfi(x Session) string {
	return hex.EncodeToString(binary.BigEndian.AppendUint32(x.ID[:], x.Order))
}

func (x *Session) readSFI(s string) bool {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != len(x.ID)+4 {
		return false
	}
	x.Order = binary.BigEndian.Uint32(b[copy(x.ID[:], b):])
	return true
}

// The methods below make claims a jwt.Claims; the store judges times itself.

// GetExpirationTime is part of jwt.Claims.
func (c claims) GetExpirationTime() (*jwt.NumericDate, error) { return nil, nil }

// GetIssuedAt is part of jwt.Claims.
func (c claims) GetIssuedAt() (*jwt.NumericDate, error) { return nil, nil }

// GetNotBefore is part of jwt.Claims.
func (c claims) GetNotBefore() (*jwt.NumericDate, error) { return nil, nil }

// GetIssuer is part of jwt.Claims.
func (c claims) GetIssuer() (string, error) { return c.Issuer, nil }

// GetSubject is part of jwt.Claims.
func (c claims) GetSubject() (string, error) { return c.Subject, nil }

// GetAudience is part of jwt.Claims.
func (c claims) GetAudience() (jwt.ClaimStrings, error) { return nil, nil }
