package flows

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// APIError is an API call that was refused, redirected or not answered.
type APIError struct {
	Status  int    // HTTP status; zero when no answer came
	Code    string // errorCode of the first error, or the code of another shape; empty if there is none
	Message string // its message, in the org's own words
	Fields  []string
	More    []string // further errors of the same answer, as "CODE: message"

	Host, Path string // where the call went, without its query
	RequestID  string
	RetryAfter time.Duration
	Hint       string // what to change, if that is known
	Err        error  `json:"-"` // the transport's error, when no answer came
}

// Error names the status, the org's own words and the place.
func (e *APIError) Error() string {
	text := fmt.Sprintf("flows: %s%s answered HTTP %d", e.Host, e.Path, e.Status)
	if e.Status == 0 {
		text = fmt.Sprintf("flows: no answer from %s%s", e.Host, e.Path)
	}
	if e.Code != "" {
		text += ": " + e.Code
	}
	if e.Message != "" {
		text += ": " + e.Message
	}
	if len(e.Fields) > 0 {
		text += " (fields " + strings.Join(e.Fields, ", ") + ")"
	}
	for _, more := range e.More {
		text += "; " + more
	}
	return text
}

// Unwrap returns the transport's error.
func (e *APIError) Unwrap() error { return e.Err }

// Temporary reports whether the same call may work later, without a change of anything and without a new login.
func (e *APIError) Temporary() bool {
	if e.Err != nil {
		return diagnose(e.Err, e.Host).transient
	}
	// A SOAP fault comes with status 500 although it says that the session has ended.
	return transientStatus(e.Status) && e.session() == sessionNotConcerned
}

const (
	maxFaults = 10 // errors kept of one answer
	maxWord   = 60 // a plain text that may be an error code
)

// apiFault is one error in any of the shapes that the data APIs use: REST, Bulk 1.0 and OAuth.
type apiFault struct {
	Code             string   `json:"errorCode"`
	Message          string   `json:"message"`
	Fields           []string `json:"fields"`
	ExceptionCode    string   `json:"exceptionCode"`
	ExceptionMessage string   `json:"exceptionMessage"`
	OAuthCode        string   `json:"error"`
	Description      string   `json:"error_description"`
}

func (f apiFault) code() string { return orElse(f.Code, orElse(f.ExceptionCode, f.OAuthCode)) }

func (f apiFault) message() string {
	return orElse(f.Message, orElse(f.ExceptionMessage, f.Description))
}

// xmlFault finds the code and message of a Bulk 1.0 or SOAP fault, whatever its namespace.
var (
	xmlFault   = regexp.MustCompile(`<(?:exceptionCode|faultcode)>\s*(?:\w+:)?(\w+)\s*<`)
	xmlMessage = regexp.MustCompile(`<(?:exceptionMessage|faultstring)>\s*([^<]*)<`)
)

// textFault is an error in one line of text: its code and its message.
var textFault = regexp.MustCompile(`^([A-Za-z]\w*): ([^<>{}\n]{1,500})$`)

// ReadAPIError reads a refused answer in whatever shape it has: an array, an object, XML or plain text. It consumes up
// to 1 MiB of the body and puts back what it read, so that the caller can still read it. Answers below 400 give nil.
func ReadAPIError(response *http.Response) *APIError {
	var secrets []string
	if response.Request != nil {
		secrets = sentTokens(response.Request.Context())
	}
	return readAPIError(response, time.Time{}, secrets)
}

// readAPIError is ReadAPIError for a caller that knows the time and what it sent.
func readAPIError(response *http.Response, now time.Time, secrets []string) *APIError {
	if response.StatusCode < http.StatusBadRequest {
		return nil
	}
	e := &APIError{Status: response.StatusCode, RetryAfter: retryAfter(response.Header, now)}
	if request := response.Request; request != nil {
		e.Host, e.Path = request.URL.Host, request.URL.Path
	}
	e.read(peekBody(response), response.Header)
	for _, text := range []*string{&e.Code, &e.Message} {
		*text = foreignText(*text, secrets)
	}
	for i := range e.Fields {
		e.Fields[i] = foreignText(e.Fields[i], secrets)
	}
	for i := range e.More {
		e.More[i] = foreignText(e.More[i], secrets)
	}
	e.RequestID = foreignText(response.Header.Get("X-Request-Id"), secrets)
	e.Hint = e.hint()
	return e
}

// sentToken travels in the context of the request that a response shows, so that an answer that echoes the access
// token can be cleaned. It is behind a pointer because contexts print the values they hold.
type sentToken struct{ accessToken string }

type sentTokenKey struct{}

func withSentToken(ctx context.Context, t *Token) context.Context {
	return context.WithValue(ctx, sentTokenKey{}, &sentToken{accessToken: t.AccessToken})
}

func sentTokens(ctx context.Context) []string {
	if sent, found := ctx.Value(sentTokenKey{}).(*sentToken); found {
		return []string{sent.accessToken}
	}
	return nil
}

// peekBody reads the beginning of the body and puts it back in front of the rest.
func peekBody(response *http.Response) []byte {
	if response.Body == nil {
		return nil
	}
	body, _ := io.ReadAll(io.LimitReader(response.Body, maxBody))
	rest := response.Body
	response.Body = struct {
		io.Reader
		io.Closer
	}{io.MultiReader(bytes.NewReader(body), rest), rest}
	return body
}

// read fills in the org's words as they are; the caller cleans them.
func (e *APIError) read(body []byte, header http.Header) {
	var list []apiFault
	var one apiFault
	// The errors do not matter: a member of an odd type still leaves the others filled in.
	if _ = json.Unmarshal(body, &list); len(list) == 0 {
		_ = json.Unmarshal(body, &one)
		list = []apiFault{one}
	}
	if list[0].code()+list[0].message() != "" {
		e.Code, e.Message, e.Fields = list[0].code(), list[0].message(), list[0].Fields
		for _, more := range list[1:min(len(list), maxFaults)] {
			e.More = append(e.More, more.code()+": "+more.message())
		}
		return
	}
	text := strings.TrimSpace(string(body))
	if found := xmlFault.FindStringSubmatch(text); found != nil {
		e.Code = found[1]
		if message := xmlMessage.FindStringSubmatch(text); message != nil {
			e.Message = message[1]
		}
		return
	}
	if found := textFault.FindStringSubmatch(text); found != nil {
		e.Code, e.Message = found[1], found[2]
		return
	}
	if text != "" && len(text) <= maxWord && !strings.ContainsAny(text, " <>{}[]\"\n") {
		e.Code = text // Bad_OAuth_Token and its like; anything longer is named, not shown
		return
	}
	e.Message = answer{header: header, body: body}.notJSON()
}
