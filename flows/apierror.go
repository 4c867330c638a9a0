package flows

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// APIError is a refused API call.
type APIError struct {
	Status  int
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

// ReadAPIError reads a refused answer in whatever shape it has: an array, an object, XML or plain text. It consumes up
// to 1 MiB of the body and puts back what it read, so that the caller can still read it. Answers below 400 give nil.
func ReadAPIError(response *http.Response) *APIError {
	if response.StatusCode < http.StatusBadRequest {
		return nil
	}
	e := &APIError{
		Status: response.StatusCode, RequestID: foreignText(response.Header.Get("X-Request-Id"), nil),
		RetryAfter: retryAfter(response.Header, time.Time{}),
	}
	if response.Request != nil && response.Request.URL != nil {
		e.Host, e.Path = response.Request.URL.Host, response.Request.URL.Path
	}
	body := peekBody(response)
	e.read(body, response.Header)
	e.Hint = e.hint()
	return e
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

func (e *APIError) read(body []byte, header http.Header) {
	var list []apiFault
	var one apiFault
	if json.Unmarshal(body, &list) != nil && json.Unmarshal(body, &one) == nil {
		list = []apiFault{one}
	}
	if len(list) > 0 && list[0].code()+list[0].message() != "" {
		e.Code, e.Message = foreignText(list[0].code(), nil), foreignText(list[0].message(), nil)
		for _, field := range list[0].Fields {
			e.Fields = append(e.Fields, foreignText(field, nil))
		}
		for _, more := range list[1:] {
			e.More = append(e.More, foreignText(more.code()+": "+more.message(), nil))
		}
		return
	}
	text := string(body)
	if found := xmlFault.FindStringSubmatch(text); found != nil {
		e.Code = foreignText(found[1], nil)
		if message := xmlMessage.FindStringSubmatch(text); message != nil {
			e.Message = foreignText(message[1], nil)
		}
		return
	}
	e.readText(strings.TrimSpace(text), header)
}

// readText takes a bare word as the code (Bad_OAuth_Token); anything longer is named, not shown.
func (e *APIError) readText(text string, header http.Header) {
	if text != "" && len(text) <= 60 && !strings.ContainsAny(text, " <>{}[]\"\n") {
		e.Code = foreignText(text, nil)
		return
	}
	e.Message = answer{header: header, body: []byte(text)}.notJSON()
}
