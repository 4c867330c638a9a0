package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// apiError is an API call that was refused or not answered.
type apiError struct {
	client        *client
	host, path    string
	status        int
	code, message string
	retryAfter    time.Duration
	once          bool
	cause         error
}

func (e *apiError) Error() string {
	parts := []string{fmt.Sprintf("the call of %s%s failed", e.host, e.path)}
	if e.status != 0 {
		parts = append(parts, fmt.Sprintf("status %d", e.status))
	}
	if e.isIncurable() && e.client.breaks("session-401-not-expiry") {
		return parts[0] + ": the session has expired"
	}
	parts = append(parts, e.code, e.message)
	if e.cause != nil {
		parts = append(parts, "no answer", e.cause.Error())
	}
	if e.once && e.cause != nil {
		parts = append(parts, "it may have been carried out: look before it is repeated")
	}
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), ": ")
}

func (e *apiError) Unwrap() error        { return e.cause }
func (e *apiError) after() time.Duration { return e.retryAfter }

func (e *apiError) temporary() bool {
	if e.cause != nil {
		return !e.once && e.client.isPassing(e.cause)
	}
	return isTransient(e.status) && (!e.once || e.status == http.StatusTooManyRequests || e.status == http.StatusServiceUnavailable)
}

// incurable are the words of a 401 that a new token would meet again (facts: client
// requirements, session-401-not-expiry).
var incurable = []string{"not valid for use with", "not attached to agent", "password has expired"}

// sessionEnded says that a new login may help.
func (e *apiError) sessionEnded() bool {
	return e.status == http.StatusUnauthorized && !e.isIncurable()
}

func (e *apiError) isIncurable() bool {
	return e.status == http.StatusUnauthorized && slices.ContainsFunc(incurable, func(words string) bool {
		return strings.Contains(strings.ToLower(e.message), words)
	})
}

// isLimit says that the API wants to be left alone for a while.
func (e *apiError) isLimit() bool {
	return isTransient(e.status) || e.code == "REQUEST_LIMIT_EXCEEDED"
}

func (c *client) apiFailure(request *http.Request, err error, what call) error {
	if inURL, found := errors.AsType[*url.Error](err); found {
		err = inURL.Err
	}
	return &apiError{client: c, host: request.URL.Host, path: request.URL.Path, cause: err, once: what.once}
}

// apiFault is an error in any of the shapes that the data APIs use.
type apiFault struct {
	Code        string `json:"errorCode"`
	Message     string `json:"message"`
	OAuthCode   string `json:"error"`
	Description string `json:"error_description"`
}

// isShort says whether a text is an error and no page.
func isShort(text string) bool {
	return text != "" && len(text) <= 200 && !strings.ContainsAny(text, "<>{}[]\n")
}

// readAPIError reads a list, an object, or a text.
func (c *client) readAPIError(request *http.Request, got *reply, what call) error {
	e := &apiError{
		client: c, host: request.URL.Host, path: request.URL.Path, status: got.status, once: what.once, retryAfter: c.retryAfter(got.header),
	}
	var list []apiFault
	if json.Unmarshal(got.body, &list) != nil {
		c.crashIf("err-api-array-and-object", "index out of range: the answer is no list")
		var one apiFault
		if json.Unmarshal(got.body, &one) == nil {
			list = []apiFault{one}
		}
	}
	switch text := strings.TrimSpace(string(got.body)); {
	case len(list) > 0:
		e.code, e.message = list[0].Code+list[0].OAuthCode, list[0].Message+list[0].Description
	case isShort(text):
		e.message = text
	case got.status/100 == 3:
		e.message = fmt.Sprintf("it redirects to %s, which is not followed", hostOf(got.header.Get("Location")))
	default:
		e.message = fmt.Sprintf("the answer is not JSON (%q, %d bytes)", got.header.Get("Content-Type"), len(text))
	}
	return e
}
