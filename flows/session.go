package flows

import (
	"net/http"
	"slices"
	"strings"
)

// sessionState is what a refused API call says about the session.
type sessionState int

const (
	sessionNotConcerned sessionState = iota
	sessionExpired                   // one new login and one repeat may cure it
	sessionElsewhere                 // the session is good, the host is not its own
)

// expiredCodes are the errors that end a session, with the statuses they come with (facts: sections 5.1, 5.2, 5.7).
var expiredCodes = map[string][]int{
	"INVALID_SESSION_ID":  {http.StatusUnauthorized, http.StatusInternalServerError},
	"INVALID_AUTH_HEADER": {http.StatusUnauthorized},
	"INVALID_JWT_FORMAT":  {http.StatusUnauthorized},
	"invalid_token":       {http.StatusUnauthorized}, // RFC 6750 section 3.1
	"InvalidSessionId":    {http.StatusBadRequest, http.StatusUnauthorized},
	"Bad_OAuth_Token":     {http.StatusForbidden, http.StatusUnauthorized},
	"":                    {http.StatusUnauthorized}, // a 401 that gives no reason
}

// incurableWords mark a 401 that a new token would meet again at once; the words are those that jsforce looks for.
var incurableWords = []string{"not valid for use with", "not attached to agent", "password has expired"}

// session classifies the error. A 403 other than Bad_OAuth_Token never concerns the session: a login would only add to
// the load that a limit or a missing permission has refused.
func (e *APIError) session() sessionState {
	message := strings.ToLower(e.Message)
	for _, words := range incurableWords {
		if strings.Contains(message, words) {
			return sessionNotConcerned
		}
	}
	if e.Code == "URL_NOT_RESET" {
		return sessionElsewhere
	}
	if slices.Contains(expiredCodes[e.Code], e.Status) {
		return sessionExpired
	}
	return sessionNotConcerned
}

// apiHints say what to change; the first whose code and words fit is taken.
var apiHints = []struct {
	status int
	code   string
	words  string
	hint   string
}{
	{words: "not valid for use with", hint: "the access token lacks the api scope, or the user lacks the API Enabled permission, or an IP or API Access Control " +
		"policy shuts the app out; a new login does not help."},
	{words: "not attached to agent", hint: "attach the connected app to the agent in Setup; a new login does not help."},
	{words: "password has expired", hint: "reset the integration user's password, or give it a profile whose password never expires."},
	{code: "REQUEST_LIMIT_EXCEEDED", hint: "the org's daily API limit is used up: slow down or raise the limit; a new login does not help."},
	{code: "API_DISABLED_FOR_ORG", hint: "give the user the API Enabled permission, or use an edition with API access."},
	{code: "API_CURRENTLY_DISABLED", hint: "give the user the API Enabled permission."},
	{code: "URL_NOT_RESET", hint: "the call went to a host that is not the org's instance_url."},
	{code: "INVALID_SESSION_ID", hint: "the API refused even a fresh session: check the app's IP and session policies."},
	{status: http.StatusGone, hint: "this API version is retired: set a newer APIVersion."},
	{status: http.StatusNotFound, words: "version", hint: "this API version may be retired or not yet released: set another APIVersion."},
	{status: http.StatusNotFound, code: "NOT_FOUND", hint: "the resource does not exist in this API version: check the path and APIVersion."},
	{status: http.StatusTooManyRequests, hint: "too many requests: slow down."},
	{status: http.StatusServiceUnavailable, hint: "Salesforce is unavailable: see status.salesforce.com, and try again later."},
	{code: "INSUFFICIENT_ACCESS", hint: "give the user access to this object or field."},
	{code: "INVALID_TYPE", hint: "the object does not exist, or the user has no access to it."},
}

func (e *APIError) hint() string {
	message := strings.ToLower(e.Message)
	for _, h := range apiHints {
		if (h.status == 0 || h.status == e.Status) && (h.code == "" || h.code == e.Code) && strings.Contains(message, h.words) {
			return h.hint
		}
	}
	return ""
}
