package flows

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
)

// TokenError is a failed login. The first three fields are the error response of RFC 6749 section 5.2, in the org's
// own words; they are empty when there was no such answer, and Problem says what there was instead.
type TokenError struct {
	Code        string // error
	Description string // error_description
	URI         string // error_uri

	Status    int    // HTTP status; zero when no answer came
	Problem   string // why there is no error response: "not JSON (text/html)", "the host name does not resolve", ...
	RequestID string // x-request-id of the answer

	// What was asked: the token host, the flow, a shortened Consumer Key and, for the JWT bearer flow, the claims.
	Host           string
	Flow           string
	ClientID       string
	Username       string
	Audience       string
	KeyFingerprint string

	// ClientTime is the client's clock at the request, ServerTime the Date of the answer, AssertionExpiry the exp sent.
	ClientTime      time.Time
	ServerTime      time.Time
	AssertionExpiry time.Time

	// RetryAfter is the wait the server asked for; zero if it named none.
	RetryAfter time.Duration

	// RedirectHost is the host of a Location that was not followed.
	RedirectHost string

	// Attempts counts the token requests of this login; Logins all those of the token source.
	Attempts, Logins int

	// RetryAt is set on a remembered refusal: until then the source returns it without asking again.
	RetryAt time.Time

	// Hint says what to change, in terms of this package's settings and of Salesforce's Setup.
	Hint string

	// Err is the transport's error, if there is one.
	Err error `json:"-"`
}

// Error names the host, the org's own words (or the problem) and what was asked. The Hint is not part of it.
func (e *TokenError) Error() string {
	text := fmt.Sprintf("flows: login at %s failed: %s (%s)", e.Host, e.reason(), strings.Join(e.circumstances(), ", "))
	if !e.RetryAt.IsZero() {
		text += "; not asked again before " + e.RetryAt.UTC().Format(time.RFC3339)
	}
	return text
}

// Unwrap returns the transport's error.
func (e *TokenError) Unwrap() error { return e.Err }

func (e *TokenError) reason() string {
	parts := slices.DeleteFunc([]string{e.Code, e.Description, e.Problem}, func(s string) bool { return s == "" })
	if e.URI != "" {
		parts = append(parts, e.URI)
	}
	return strings.Join(parts, ": ")
}

func (e *TokenError) circumstances() []string {
	var all []string
	add := func(name, value string) {
		if value != "" {
			all = append(all, name+value)
		}
	}
	if e.Status != 0 {
		add("HTTP ", fmt.Sprint(e.Status))
	}
	add("flow ", e.Flow)
	add("client_id ", e.ClientID)
	add("user ", e.Username)
	add("audience ", e.Audience)
	add("key sha256:", e.KeyFingerprint)
	add("request ", e.RequestID)
	if e.Attempts > 1 {
		add("attempts ", fmt.Sprint(e.Attempts))
	}
	return all
}

// transientCodes are the error values that mean "ask again" although their status is 400 (facts: sections 1.1, 1.2).
var transientCodes = []string{
	"unknown_error", "server_error", "temporarily_unavailable", "service_unavailable", "system_down", "slow_down", "rate_limit_exceeded",
}

// Temporary reports whether nothing is wrong with the configuration, so that asking again later may work. A refusal in
// the org's own words is permanent unless its code says otherwise.
func (e *TokenError) Temporary() bool {
	switch {
	case e.Err != nil:
		return diagnose(e.Err, e.Host).transient
	case slices.Contains(transientCodes, e.Code):
		return true
	}
	return transientStatus(e.Status)
}

func transientStatus(status int) bool {
	return status == http.StatusRequestTimeout || status == http.StatusTooManyRequests || status >= http.StatusInternalServerError
}

// maxText bounds what is shown of any foreign text.
const maxText = 1000

// foreignText makes text from the network fit for one line of a log: bounded, printable, and without the secrets of
// the request, which some hosts echo.
func foreignText(text string, secrets []string) string {
	for _, secret := range secrets {
		forms := []string{secret, url.QueryEscape(secret), url.PathEscape(secret), base64.StdEncoding.EncodeToString([]byte(secret))}
		for _, form := range forms {
			text = strings.ReplaceAll(text, form, "[redacted]")
		}
	}
	text = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, text)
	if runes := []rune(text); len(runes) > maxText {
		text = string(runes[:maxText]) + "..."
	}
	return strings.TrimSpace(text)
}
