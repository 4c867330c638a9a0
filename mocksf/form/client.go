package form

import (
	"encoding/base64"
	"net/url"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/mocksf/exchange"
)

// Client is the credentials by which a client names and proves itself (RFC 6749 section 2.3).
type Client struct {
	ID string
	// secrets are the readings of the secret: a Basic header arrives form-encoded,
	// as section 2.3.1 wants it, and raw.
	secrets []string
	// BadHeader says that there was a Basic header that holds no credentials.
	BadHeader bool
	// Conflict says that header and body name different credentials.
	Conflict bool
}

// HasSecret says whether a secret was sent that is not empty.
func (c Client) HasSecret() bool {
	return slices.ContainsFunc(c.secrets, func(s string) bool { return s != "" })
}

// SecretIs says whether one reading of the secret passes the test.
func (c Client) SecretIs(right func(secret string) bool) bool {
	return slices.ContainsFunc(c.secrets, right)
}

// ReadClient takes the credentials from the Authorization header or the form. If
// both hold some and differ, those of the form count if preferBody is set.
func ReadClient(r *exchange.Request, f Form, preferBody bool) Client {
	body := Client{ID: f.Get("client_id"), secrets: []string{f.Get("client_secret")}}
	header := r.Header.Get("Authorization")
	if scheme, _, _ := strings.Cut(header, " "); !strings.EqualFold(scheme, "Basic") {
		// Only Basic is a client's authentication; a header of another scheme is not looked at.
		return body
	}
	basic, ok := parseBasic(header)
	if !ok {
		body.BadHeader = true
		return body
	}
	if body.ID == "" && !body.HasSecret() {
		return basic
	}
	differ := (body.ID != "" && body.ID != basic.ID) ||
		(body.HasSecret() && !slices.Contains(basic.secrets, body.secrets[0]))
	chosen := basic
	if preferBody && differ {
		chosen = body
	}
	chosen.Conflict = differ
	return chosen
}

// parseBasic splits at the first colon only: a secret may hold more of them (RFC 7617 section 2).
func parseBasic(header string) (Client, bool) {
	_, encoded, _ := strings.Cut(header, " ")
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(encoded))
	if err != nil {
		return Client{}, false
	}
	id, secret, ok := strings.Cut(string(raw), ":")
	if !ok {
		return Client{}, false
	}
	c := Client{ID: id, secrets: []string{secret}}
	if decoded, err := url.QueryUnescape(id); err == nil {
		c.ID = decoded
	}
	if decoded, err := url.QueryUnescape(secret); err == nil && decoded != secret {
		c.secrets = append(c.secrets, decoded)
	}
	return c, true
}
