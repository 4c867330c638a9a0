package flows

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/url"
	"strings"
	"time"
)

// Names of the flows, as they stand in errors.
const (
	FlowClientCredentials = "client-credentials"
	FlowJWTBearer         = "jwt-bearer"
)

// Flow is one way to log in: a [ClientCredentials] or a [JWTBearer].
type Flow interface {
	// Validate reports the first setting that is missing or wrong as a [*ConfigError], without any network call.
	Validate() error

	login() (login, error)
}

// login is a validated flow: what an exchange needs, and nothing that depends on which flow it is.
type login struct {
	flow           string
	base           *url.URL
	clientID       string
	username       string
	audience       string
	keyFingerprint string
	expectedOrgID  string

	// identity tells two logins apart in a cache: host, app, user, credential, and what the flow asks for and checks.
	identity string

	// request builds the token request; called anew for each attempt, so that every assertion is fresh.
	request func(now time.Time, rand io.Reader) (tokenRequest, error)

	// verify checks an access token response beyond its form; nil means nothing more to check.
	verify func(*Token) error

	// reload reads the credential again after it was refused; nil means that it cannot change.
	reload func(context.Context) (login, error)
}

// tokenRequest is the content of one POST to the token endpoint.
type tokenRequest struct {
	form           url.Values
	user, password string    // HTTP Basic, already form-encoded; both empty when the body carries the credential
	secrets        []string  // what must be struck out of any text that comes back
	expires        time.Time // exp of the assertion; zero without one
}

func (l login) endpoint() string { return l.base.JoinPath(tokenPath).String() }

func identityOf(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:])
}

// shortID is enough of a Consumer Key to recognize it and too little to use it.
func shortID(clientID string) string {
	const head, tail = 6, 4
	switch {
	case len(clientID) > 3*(head+tail):
		return clientID[:head] + "..." + clientID[len(clientID)-tail:]
	case len(clientID) > head:
		return clientID[:head] + "..."
	}
	return clientID
}

// cleanOrgID accepts the 15- and the 18-character form of an organization id; empty means that none is expected.
func cleanOrgID(value string) (string, error) {
	value = trimStray(value)
	if value == "" {
		return "", nil
	}
	if !strings.HasPrefix(value, "00D") || (len(value) != 15 && len(value) != 18) {
		return "", &ConfigError{
			Setting: "ExpectedOrgID", Problem: "is not an organization id",
			Fix: "copy the 15 or 18 characters that begin with 00D from Setup > Company Information",
		}
	}
	return value[:15], nil
}
