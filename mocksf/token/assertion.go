package token

import (
	"crypto/rsa"
	"encoding/json"
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// assertion is the JWT of a JWT bearer request, read but not yet judged.
type assertion struct {
	text       string
	wellFormed bool
	algorithm  string
	claims     jwt.MapClaims
	// verified remembers the outcome of the one costly step.
	verified *bool
	token    *jwt.Token
	signed   string
}

// parser reads base64url with and without padding: real clients send both (client-habits.md).
var parser = jwt.NewParser(jwt.WithPaddingAllowed(), jwt.WithJSONNumber(), jwt.WithoutClaimsValidation())

func parseAssertion(text string) assertion {
	x := assertion{text: text, claims: jwt.MapClaims{}}
	claims := jwt.MapClaims{}
	t, parts, err := parser.ParseUnverified(text, claims)
	// A method that the library does not know leaves a token that was read all the same.
	if err != nil && (t == nil || !errors.Is(err, jwt.ErrTokenUnverifiable)) {
		return x
	}
	x.wellFormed, x.claims, x.token = true, claims, t
	x.algorithm, _ = t.Header["alg"].(string)
	x.signed = parts[0] + "." + parts[1]
	if t.Signature, err = parser.DecodeSegment(parts[2]); err != nil {
		x.wellFormed = false
	}
	return x
}

// verifies says whether the key made the signature (RFC 7515 section 5.2).
func (x *assertion) verifies(key *rsa.PublicKey) bool {
	if x.verified == nil {
		ok := key != nil && x.token != nil && x.token.Method != nil &&
			x.token.Method.Verify(x.signed, x.token.Signature, key) == nil
		x.verified = &ok
	}
	return *x.verified
}

func (x *assertion) str(claim string) string {
	s, _ := x.claims[claim].(string)
	return s
}

func (x *assertion) issuer() string { return x.str("iss") }

// subject is prn before sub: the older claim wins (facts: section 3).
func (x *assertion) subject() string {
	if prn := x.str("prn"); prn != "" {
		return prn
	}
	return x.str("sub")
}

func (x *assertion) audience() string { return x.str("aud") }

// id is the jti, "" if there is none. A number counts as its text.
func (x *assertion) id() string {
	if n, ok := x.claims["jti"].(json.Number); ok {
		return n.String()
	}
	return x.str("jti")
}

// expiry is exp, a number or a numeric string of seconds; the zero time if there
// is none that can be read. Milliseconds lie far ahead and are taken as such.
func (x *assertion) expiry() time.Time {
	var text string
	switch v := x.claims["exp"].(type) {
	case json.Number:
		text = v.String()
	case string:
		text = strings.TrimSpace(v)
	}
	seconds, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(seconds) {
		return time.Time{}
	}
	return time.Unix(int64(max(min(seconds, farthest), 0)), 0)
}

// farthest keeps times within what time.Time adds up without overflow.
const farthest = 1e14
