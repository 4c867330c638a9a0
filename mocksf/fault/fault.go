package fault

import (
	"time"

	"github.com/sfconform/sfconform/fixtures"
)

// Fault is one thing that goes wrong, and for which requests. Of the requests that
// it matches it lets Skip pass, and fires for the First of the others or for Every so
// many of them, up to the time Until; with Until alone for all of them.
type Fault struct {
	// Name is the fault's own, in kebab-case.
	Name  string `json:"name"`
	Kind  Kind   `json:"kind"`
	Match Match  `json:"match"`
	// Skip is how many matching requests pass before the fault begins to count.
	Skip int `json:"skip,omitempty"`
	// First is for how many requests the fault fires, from the first one on.
	First int `json:"first,omitempty"`
	// Every is the step at which the fault fires: 3 means for the third request, the sixth and so on.
	Every int `json:"every,omitempty"`
	// Until is the time, by the org's clock, from which the fault does not fire any more.
	Until time.Time `json:"until,omitzero"`
	// Delay is how long the answer is held back, in real time, whatever the kind.
	Delay fixtures.Duration `json:"delay,omitempty"`
	// Refusal is what the kind refusal answers with.
	Refusal fixtures.RefusalID `json:"refusal,omitempty"`
	// Status is the HTTP status of the kinds status and redirect; for the kind refusal
	// it stands in for the catalogue's, for the kind empty for 200.
	Status int `json:"status,omitempty"`
	// Shape is the form that the kind refusal gives an error of the data API; empty
	// means the array that the service sends.
	Shape Shape `json:"shape,omitempty"`
	// Body is the whole body of the kind status.
	Body string `json:"body,omitempty"`
	// RetryAfter is a Retry-After header, for the kinds that answer in the org's place:
	// seconds ("30"), an HTTP date, or "+30s" for the HTTP date so long after the org's
	// time (RFC 9110 section 10.2.3).
	RetryAfter string `json:"retryAfter,omitempty"`
	// ContentType is the header that the kinds content-type, status and empty send;
	// empty means text/plain for the first and JSON for the others.
	ContentType string `json:"contentType,omitempty"`
	// Location is where the kind redirect leads: ${path} stands for the request's path,
	// ${query} for its query with the question mark.
	Location string `json:"location,omitempty"`
	// Where is at which point of the answer the kinds reset and hang break it off;
	// empty means before.
	Where Where `json:"where,omitempty"`
	// Interval is the time between two bytes of the kind drip, in real time.
	Interval fixtures.Duration `json:"interval,omitempty"`
	// Size is how many bytes the kind large pads the answer to.
	Size int64 `json:"size,omitempty"`
	// Encoding is how the kind encoding sends the answer.
	Encoding Encoding `json:"encoding,omitempty"`
}
