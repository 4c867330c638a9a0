package flows

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/oauth2"
)

// Token is an access token response. Only AccessToken and InstanceURL are always there.
type Token struct {
	// AccessToken is opaque: its form says nothing that a client may rely on. Printing the Token does not show it.
	AccessToken string `json:"-"`

	// InstanceURL is the base of all API calls, without a trailing slash.
	InstanceURL string `json:"instance_url"`

	// APIInstanceURL is the base of the platform APIs (scope sfap_api), a different host; empty without that scope.
	APIInstanceURL string `json:"api_instance_url,omitempty"`

	TokenType   string `json:"token_type,omitempty"`
	TokenFormat string `json:"token_format,omitempty"` // "opaque" or "jwt"; often absent
	Scope       string `json:"scope,omitempty"`        // space-separated
	ID          string `json:"id,omitempty"`           // identity URL

	// IssuedAt is the org's own text, milliseconds since 1970 as a string; see IssuedTime. It is not an expiry.
	IssuedAt string `json:"issued_at,omitempty"`

	// Signature is checked by [VerifySignature].
	Signature string `json:"-"`

	// Expiry comes from expires_in or from the exp of a JWT-format token; zero, the usual case, means that the org did
	// not say.
	Expiry time.Time `json:"expiry,omitzero"`

	// Obtained is when the response arrived, by the client's clock.
	Obtained time.Time `json:"obtained,omitzero"`
}

// IssuedTime converts IssuedAt; false if it is absent or not a number.
func (t *Token) IssuedTime() (time.Time, bool) {
	milliseconds, err := strconv.ParseInt(t.IssuedAt, 10, 64)
	if err != nil {
		return time.Time{}, false
	}
	return time.UnixMilli(milliseconds), true
}

// HasScope reports whether the org granted the scope. An absent scope parameter means that it did not say, and counts
// as granted; "full" contains every other.
func (t *Token) HasScope(scope string) bool {
	granted := strings.Fields(t.Scope)
	return len(granted) == 0 || slices.Contains(granted, scope) || slices.Contains(granted, "full")
}

// OrgID and UserID are the ids in the identity URL, found by their prefix; empty if there is none.
func (t *Token) OrgID() string { return t.idWithPrefix("00D") }

// UserID is the id of the user that the token acts as; see [Token.OrgID].
func (t *Token) UserID() string { return t.idWithPrefix("005") }

func (t *Token) idWithPrefix(prefix string) string {
	u, err := url.Parse(t.ID)
	if err != nil {
		return ""
	}
	for segment := range strings.SplitSeq(u.Path, "/") {
		if strings.HasPrefix(segment, prefix) && (len(segment) == 15 || len(segment) == 18) {
			return segment
		}
	}
	return ""
}

// Fingerprint tells two access tokens apart without giving either away: the first 8 hex digits of the SHA-256.
func (t *Token) Fingerprint() string {
	sum := sha256.Sum256([]byte(t.AccessToken))
	return hex.EncodeToString(sum[:4])
}

// OAuth2 converts the token for golang.org/x/oauth2; the other fields are its extras, under their wire names.
func (t *Token) OAuth2() *oauth2.Token {
	token := &oauth2.Token{AccessToken: t.AccessToken, TokenType: "Bearer", Expiry: t.Expiry}
	return token.WithExtra(map[string]any{
		"instance_url": t.InstanceURL, "api_instance_url": t.APIInstanceURL, "id": t.ID, "scope": t.Scope,
		"issued_at": t.IssuedAt, "token_format": t.TokenFormat,
	})
}

// String shows where the token is good and its fingerprint.
func (t Token) String() string {
	return fmt.Sprintf("flows.Token{%s sha256:%s}", t.InstanceURL, t.Fingerprint())
}

// Format prints String for every verb, so that no verb shows the access token.
func (t Token) Format(state fmt.State, _ rune) { _, _ = io.WriteString(state, t.String()) }
