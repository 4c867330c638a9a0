package fault

import (
	"strings"
	"time"

	"github.com/sfconform/sfconform/fixtures"
)

// Fault is one thing that goes wrong, and for which requests. It fires for the
// First or for Every so many of the requests that it matches, up to the time Until;
// with Until alone for all of them.
type Fault struct {
	// Name is the fault's own, in kebab-case.
	Name  string `json:"name"`
	Kind  Kind   `json:"kind"`
	Match Match  `json:"match"`
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
	// Status is the HTTP status of the kind status.
	Status int `json:"status,omitempty"`
	// RetryAfter is the value of a Retry-After header, for the kinds that answer in the org's place.
	RetryAfter string `json:"retryAfter,omitempty"`
	// ContentType is the header that the kind content-type sends; empty means text/plain.
	ContentType string `json:"contentType,omitempty"`
}

// Match says which requests a fault is about. The zero value matches all.
type Match struct {
	// Path is how the request's path begins.
	Path string `json:"path,omitempty"`
	// Grant is the grant_type that was sent.
	Grant fixtures.Grant `json:"grant,omitempty"`
}

func (m Match) matches(path string, grant fixtures.Grant) bool {
	return strings.HasPrefix(path, m.Path) && (m.Grant == "" || m.Grant == grant)
}

// Kind is what a fault does.
type Kind string

// The kinds of faults.
const (
	// Refusal answers with a refusal of the catalogue.
	Refusal Kind = "refusal"
	// Status answers with a bare HTTP status.
	Status Kind = "status"
	// Maintenance answers with the page of an org under maintenance.
	Maintenance Kind = "maintenance"
	// HTML answers 200 with a page, as a proxy or a login page in between does.
	HTML Kind = "html"
	// Truncate announces the whole body and sends half of it.
	Truncate Kind = "truncate"
	// Reset closes the connection without an answer.
	Reset Kind = "reset"
	// Slow holds the right answer back.
	Slow Kind = "slow"
	// ContentType sends the right answer under a wrong content type.
	ContentType Kind = "content-type"
)

// Values lists the kinds of faults.
func (Kind) Values() []string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = string(k.kind)
	}
	return names
}
