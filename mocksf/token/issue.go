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
	"github.com/sfconform/sfconform/mocksf/session"
)

// response is the access token response (RFC 6749 section 5.1) in the order of
// its fields on the wire (facts: section 2). There is no expires_in; only the code
// flow, and a refresh token that rotates, bring a refresh_token.
type response struct {
	AccessToken    string `json:"access_token"`
	RefreshToken   string `json:"refresh_token,omitempty"`
	Signature      string `json:"signature,omitempty"`
	TokenFormat    string `json:"token_format,omitempty"`
	Scope          string `json:"scope"`
	IDToken        string `json:"id_token,omitempty"`
	InstanceURL    string `json:"instance_url"`
	ID             string `json:"id"`
	TokenType      string `json:"token_type"`
	IssuedAt       string `json:"issued_at,omitempty"`
	APIInstanceURL string `json:"api_instance_url,omitempty"`
}

// issue makes the token of an attempt that passed every check.
func (e *Endpoint) issue(a *attempt) exchange.Answer {
	scopes := grantedScopes(a)
	opened := e.open(a, scopes)
	r := response{
		AccessToken: e.write(a, opened), RefreshToken: e.refreshToken(a, opened), TokenFormat: tokenFormat(a),
		Scope: strings.Join(scopes, " "), InstanceURL: a.req.InstanceURL(), ID: a.req.IdentityURL(a.user), TokenType: "Bearer",
	}
	// The JWT bearer answer is shorter: no signature, no issued_at (facts: rule 8).
	if a.grant != fixtures.GrantJWTBearer {
		r.IssuedAt = strconv.FormatInt(a.req.Now.UnixMilli(), 10)
		r.Signature = sign(clientSecret(a), r.ID+r.IssuedAt)
	}
	r.IDToken = idToken(a, r, scopes)
	if slices.Contains(scopes, "sfap_api") {
		r.APIInstanceURL = "https://" + fixtures.APIHost
	}
	answer := exchange.JSON(r)
	answer.Note = a.note()
	return answer
}

// tokenFormat is the field token_format, where the flow has it: it is not seen in
// captures of the code flow (idx:1296829512).
func tokenFormat(a *attempt) string {
	field := map[fixtures.Grant]fixtures.SwitchID{
		fixtures.GrantJWTBearer: "jwt-token-format-field", fixtures.GrantClientCredentials: "token-format-field",
	}[a.grant]
	switch {
	case field == "" || a.org.Option(field) != "present":
		return ""
	case a.app.Settings.JWTAccessTokens:
		return "jwt"
	}
	return "opaque"
}

func grantedScopes(a *attempt) []string {
	switch a.grant {
	case fixtures.GrantJWTBearer:
		return fixtures.JWTBearerScopes(a.app.Settings.Scopes)
	case fixtures.GrantAuthorizationCode:
		return a.code.Scopes
	case fixtures.GrantRefreshToken:
		return a.approval.Scopes
	default:
		return runAsScopes(a)
	}
}

// open opens a session. Its time-out is the app's, else the org's; a JWT-format
// token lives for a fixed time (facts: section 2, Lifetime).
func (e *Endpoint) open(a *attempt, scopes []string) session.Session {
	timeout := time.Duration(a.app.Policies.SessionTimeout)
	if timeout == 0 {
		timeout = time.Duration(a.org.Settings.SessionTimeout)
	}
	if a.app.Settings.JWTAccessTokens {
		timeout = time.Duration(a.app.Policies.JWTTokenLifetime)
	}
	return e.sessions.New(a.app, a.user, scopes, timeout, a.req.Now)
}

// write is the session's token in the app's format.
func (e *Endpoint) write(a *attempt, x session.Session) string {
	if a.app.Settings.JWTAccessTokens {
		return e.sessions.JWT(x, a.org, a.req.InstanceURL(), a.app.ConsumerKey)
	}
	return e.sessions.Opaque(x)
}

// refreshToken is the refresh token that comes with the answer; empty if none does
// (facts: section 6).
func (e *Endpoint) refreshToken(a *attempt, x session.Session) string {
	switch a.grant {
	case fixtures.GrantAuthorizationCode:
		if slices.Contains(a.code.Scopes, "refresh_token") || slices.Contains(a.code.Scopes, "offline_access") {
			return e.sessions.Approve(a.code, x, a.req.Now)
		}
	case fixtures.GrantRefreshToken:
		sent := a.form.Get("refresh_token")
		if now := e.sessions.Used(sent, x, a.app.Settings.RefreshTokenRotation, a.req.Now); now != sent {
			return now
		}
	default:
	}
	return ""
}

// idToken comes with the scope openid in the flows in which a user took part (OpenID
// Connect Core section 3.1.3.3); empty if none comes.
func idToken(a *attempt, r response, scopes []string) string {
	userTookPart := a.grant == fixtures.GrantAuthorizationCode || a.grant == fixtures.GrantRefreshToken
	if !userTookPart || !slices.Contains(scopes, "openid") {
		return ""
	}
	return session.IDToken{
		Issuer: a.req.InstanceURL(), Subject: r.ID, Audience: a.client.ID, Nonce: a.code.Nonce,
		AccessToken: r.AccessToken, IssuedAt: a.req.Now,
	}.Sign(a.org.ID)
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
