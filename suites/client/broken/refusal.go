package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// loginError is a failed login: the org's own words (RFC 6749 section 5.2), or what
// there was instead of them.
type loginError struct {
	client            *client
	status            int
	code, description string
	problem           string
	retryAfter        time.Duration
	cause             error
	// page is what was answered in place of JSON.
	page string
}

func (e *loginError) Error() string {
	text := "the login failed: " + e.reason()
	c := e.client
	switch {
	case c.breaks("err-surface-both") && e.code != "":
		return fmt.Sprintf("the login failed: status %d", e.status)
	case c.breaks("err-html-body") && e.page != "":
		text += ": " + e.page
	case c.breaks("err-5xx-not-credentials") && e.status >= http.StatusInternalServerError:
		text = "the login failed: invalid credentials: " + e.reason()
	}
	text += fmt.Sprintf(" (host %s, flow %s, client id %s...", hostOf(c.loginURL), c.flow, c.clientID[:min(len(c.clientID), 8)])
	if c.flow == jwtBearer {
		text += fmt.Sprintf(", user %s, audience %s, key %s", c.username, c.audience, c.fingerprint())
	}
	return text + ")" + e.hint()
}

func (e *loginError) Unwrap() error { return e.cause }

func (e *loginError) reason() string {
	var parts []string
	if e.status != 0 {
		parts = append(parts, fmt.Sprintf("status %d", e.status))
	}
	for _, part := range []string{e.code, e.description, e.problem} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	if e.cause != nil {
		parts = append(parts, e.cause.Error())
	}
	return strings.Join(parts, ": ")
}

// transientCodes ask to try again although they come with status 400 (facts: client
// requirements, section 2.1).
var transientCodes = []string{"unknown_error", "server_error", "temporarily_unavailable", "rate_limit_exceeded"}

// temporary says that nothing is wrong with the configuration.
func (e *loginError) temporary() bool {
	switch {
	case e.cause != nil:
		return e.client.isPassing(e.cause)
	case slices.Contains(transientCodes, e.code):
		return true
	case e.isRateLimit():
		return e.client.breaks("err-login-rate-exceeded")
	}
	return isTransient(e.status)
}

func (e *loginError) isRateLimit() bool { return strings.Contains(e.description, "rate exceeded") }

func isTransient(status int) bool {
	return status == http.StatusRequestTimeout || status == http.StatusTooManyRequests || status >= http.StatusInternalServerError
}

// hint is what to do about it.
func (e *loginError) hint() string {
	switch {
	case e.isRateLimit():
		return "; the user may log in 3,600 times an hour: wait for an hour, and share one token"
	case slices.Contains([]string{"invalid_client_id", "app_not_found", "invalid_client"}, e.code):
		return "; check key, secret and host; a new app can take two to ten minutes, at times hours, until it is known"
	case strings.Contains(e.description, "expired"):
		return "; check this machine's clock, which says " + e.client.clock.now().UTC().Format(time.RFC3339)
	case e.code == transientCodes[0]:
		return "; if this lasts, use the org's My Domain URL as SF_LOGIN_URL"
	}
	return ""
}

// readRefusal reads an answer of any status but 200.
func (c *client) readRefusal(response *http.Response, body []byte) error {
	e := &loginError{client: c, status: response.StatusCode, retryAfter: c.retryAfter(response.Header)}
	var words struct {
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}
	switch {
	case response.StatusCode/100 == 3:
		e.problem = "it redirects to another host, which is not followed"
		if to, err := response.Location(); err == nil {
			e.problem = fmt.Sprintf("it redirects to %s://%s, which is not followed: set SF_LOGIN_URL to the org's own host", to.Scheme, to.Host)
		}
	case len(body) == 0:
		c.crashIf("err-empty-body", "unexpected end of JSON input")
		e.problem = "the answer is empty"
	case json.Unmarshal(body, &words) == nil && words.Error != "":
		e.code, e.description = words.Error, words.Description
	default:
		return c.noJSON(response, body)
	}
	return e
}

// unreadable is an answer of status 200 that cannot be read.
func (c *client) unreadable(response *http.Response, body []byte) error {
	c.crashIf("resp-200-not-json", "the token is nil")
	return c.noJSON(response, body)
}

// noJSON names the kind of answer and does not show it.
func (c *client) noJSON(response *http.Response, body []byte) error {
	return &loginError{
		client: c, status: response.StatusCode, retryAfter: c.retryAfter(response.Header), page: string(body),
		problem: fmt.Sprintf("the answer is not JSON (%q, %d bytes): is %s really Salesforce?",
			response.Header.Get("Content-Type"), len(body), hostOf(c.loginURL)),
	}
}

// unanswered takes the URL out of a transport's error: nobody should have to wonder
// what stands in it.
func (c *client) unanswered(err error) error {
	if inURL, found := errors.AsType[*url.Error](err); found {
		err = inURL.Err
	}
	return &loginError{client: c, problem: "no answer", cause: err}
}

// retryAfter reads seconds or a date (RFC 9110 section 10.2.3).
func (c *client) retryAfter(header http.Header) time.Duration {
	value := header.Get("Retry-After")
	if seconds, err := strconv.Atoi(value); err == nil {
		return time.Duration(seconds) * time.Second
	}
	if at, err := http.ParseTime(value); err == nil {
		return at.Sub(c.clock.now())
	}
	return 0
}

// crashIf is a client that does not reckon with what has come.
func (c *client) crashIf(fault, message string) {
	if c.breaks(fault) {
		panic(message)
	}
}

func hostOf(base string) string {
	_, host, _ := strings.Cut(base, "://")
	return host
}
