package token

import (
	"crypto/sha256"
	"encoding/base64"

	"github.com/sfconform/sfconform/mocksf/session"
)

// codeChecks judge an authorization code (RFC 6749 section 4.1.3, RFC 7636 section 4.6).
var codeChecks = []check{
	{Name: "authorization-code-valid", Refusal: "authorization-code-invalid", Holds: func(a *attempt) bool {
		return a.codeKnown && a.code.App == session.AppHash(a.app.Name)
	}},
	{Name: "authorization-code-fresh", Refusal: "authorization-code-expired", Holds: func(a *attempt) bool {
		return !a.codeKnown || a.req.Now.Sub(a.code.IssuedAt) < session.CodeLifetime
	}},
	{Name: "redirect-uri-as-authorized", Refusal: "token-redirect-uri-mismatch", Holds: func(a *attempt) bool {
		return !a.codeKnown || a.form.Get("redirect_uri") == a.code.RedirectURI
	}},
	{Name: "code-verifier-matches", Refusal: "code-verifier-invalid", Holds: func(a *attempt) bool {
		return a.code.Challenge == "" || challengeOf(a.form.Get("code_verifier")) == a.code.Challenge
	}},
}

// useChecks come last: a code is used up by the exchange that succeeds.
var useChecks = []check{
	{Name: "authorization-code-unused", Refusal: "authorization-code-expired", Holds: func(a *attempt) bool {
		return a.endpoint.sessions.UseCode(a.form.Get("code"))
	}},
}

// challengeOf is the code_challenge of a verifier (RFC 7636 section 4.2, S256).
func challengeOf(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
