package evidence

import (
	"net/http"
	"net/url"
	"time"
)

// Exchange is one request and its answer, in full.
type Exchange struct {
	// Number counts the exchanges of the scenario from 1; Run is the start of the
	// client that it belongs to.
	Number, Run int
	Role        Role
	// Org is 0 for the first org, 1 for the second.
	Org  int
	Kind Kind
	// Connection counts the connections of the scenario from 1; Secure says TLS.
	Connection int
	Secure     bool
	// Arrived and Answered are real times; Answered is zero while no answer is out.
	Arrived, Answered time.Time
	// OrgTime is the org's time when the request arrived.
	OrgTime  time.Time
	Request  Request
	Response Response
	// Assertion is the JWT of a jwt-bearer request, as far as it could be read.
	Assertion *Assertion
	// Token is the access token that was presented, in whatever way.
	Token string
	// Issued is the access token of the answer.
	Issued string
}

// Kind is what a request was for.
type Kind string

// The kinds of requests.
const (
	TokenRequest Kind = "token"
	RevokeCall   Kind = "revoke"
	Introspect   Kind = "introspect"
	Identity     Kind = "identity" // userinfo and /id
	APICall      Kind = "api"      // /services/data
	BulkCall     Kind = "bulk"     // /services/async
	SOAPCall     Kind = "soap"     // /services/Soap
	Streaming    Kind = "streaming"
	Other        Kind = "other"
)

// Request is a request as it arrived.
type Request struct {
	Method string
	// Target is the request target as it was written.
	Target string
	URL    *url.URL
	Proto  string
	Host   string
	Header http.Header
	Body   []byte
	// Cut says that the body was larger than what was kept.
	Cut bool
	// Form is the body's form, if it is one; FormErr why it could not be read.
	Form    url.Values
	FormErr string
}

// Response is what was answered.
type Response struct {
	Status int
	Header http.Header
	Body   []byte
	// Sent is how many bytes of the body went out before the client went away or the
	// answer was whole.
	Sent int64
	// Broken says that the connection was broken off on purpose.
	Broken bool
	// Fault is the name of what was done to the answer on purpose.
	Fault string
}

// Assertion is the JWT of a token request (RFC 7523), as far as it could be read.
type Assertion struct {
	// Raw is the text as sent; Parts its parts.
	Raw   string
	Parts []string
	// Header and Claims are the decoded objects; numbers are json.Number.
	Header, Claims map[string]any
	// Err says why one of them could not be read.
	Err string
	// Verified says that the signature is that of the key that the client was given.
	Verified bool
}

// Failed says that the answer was an error status, or none at all.
func (x Exchange) Failed() bool { return x.Response.Status >= 400 || x.Response.Status == 0 }

// Param is the first value of a token request's parameter, from body or query.
func (x Exchange) Param(name string) string {
	if v := x.Request.Form.Get(name); v != "" {
		return v
	}
	if x.Request.URL == nil {
		return ""
	}
	return x.Request.URL.Query().Get(name)
}
