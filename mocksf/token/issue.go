package token

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
)

// response is the access token response (RFC 6749 section 5.1) in the order of
// its fields on the wire (facts: section 2). There is no expires_in.
type response struct {
	AccessToken    string `json:"access_token"`
	Signature      string `json:"signature,omitempty"`
	TokenFormat    string `json:"token_format,omitempty"`
	Scope          string `json:"scope"`
	InstanceURL    string `json:"instance_url"`
	ID             string `json:"id"`
	TokenType      string `json:"token_type"`
	IssuedAt       string `json:"issued_at,omitempty"`
	APIInstanceURL string `json:"api_instance_url,omitempty"`
}

// issue makes the token of an attempt that passed every check.
func (e *Endpoint) issue(a *attempt) exchange.Answer {
	scopes := grantedScopes(a)
	r := response{
		AccessToken: e.accessToken(a, scopes), Scope: strings.Join(scopes, " "),
		InstanceURL: a.req.InstanceURL(), ID: a.req.IdentityURL(a.user), TokenType: "Bearer",
	}
	format := "opaque"
	if a.app.Settings.JWTAccessTokens {
		format = "jwt"
	}
	if a.grant == fixtures.GrantJWTBearer {
		// The JWT bearer answer is shorter: no signature, no issued_at (facts: rule 8).
		if a.org.Option("jwt-token-format-field") == "present" {
			r.TokenFormat = format
		}
	} else {
		if a.org.Option("token-format-field") == "present" {
			r.TokenFormat = format
		}
		r.IssuedAt = strconv.FormatInt(a.req.Now.UnixMilli(), 10)
		r.Signature = sign(clientSecret(a), r.ID+r.IssuedAt)
	}
	if slices.Contains(scopes, "sfap_api") {
		r.APIInstanceURL = "https://" + fixtures.APIHost
	}
	answer := exchange.JSON(r)
	answer.Note = a.note()
	return answer
}

func grantedScopes(a *attempt) []string {
	if a.grant == fixtures.GrantJWTBearer {
		return fixtures.JWTBearerScopes(a.app.Settings.Scopes)
	}
	return runAsScopes(a)
}

// accessToken opens a session. Its time-out is the app's, else the org's; a
// JWT-format token lives for a fixed time (facts: section 2, Lifetime).
func (e *Endpoint) accessToken(a *attempt, scopes []string) string {
	timeout := time.Duration(a.app.Policies.SessionTimeout)
	if timeout == 0 {
		timeout = time.Duration(a.org.Settings.SessionTimeout)
	}
	if a.app.Settings.JWTAccessTokens {
		x := e.sessions.New(a.app, a.user, scopes, time.Duration(a.app.Policies.JWTTokenLifetime), a.req.Now)
		return e.sessions.JWT(x, a.org, a.req.InstanceURL(), a.app.ConsumerKey)
	}
	return e.sessions.Opaque(e.sessions.New(a.app, a.user, scopes, timeout, a.req.Now))
}

// clientSecret is the secret of the key that the client used.
func clientSecret(a *attempt) string {
	if a.app.Staged != nil && a.client.ID == a.app.Staged.ConsumerKey {
		return a.app.Staged.ConsumerSecret
	}
	return a.app.ConsumerSecret
}

// sign is the `signature` field (facts: section 4).
func sign(secret, message string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(message))
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}
