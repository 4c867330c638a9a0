package report

import (
	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// Number is a figure that an admin asks for.
type Number struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	// Note says what it means, or what the limit is.
	Note string `json:"note,omitempty"`
}

// Fact is a plain fact about the client.
type Fact struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Reading is what the operator would have read of one error.
type Reading struct {
	Scenario string        `json:"scenario"`
	Flow     fixtures.Flow `json:"flow"`
	// Answered is what the org said; Client what the client made of it; Ideal what
	// an operator should read.
	Answered string `json:"answered"`
	Client   string `json:"client"`
	Ideal    string `json:"ideal"`
}

// Search is the search for secrets.
type Search struct {
	// Bytes is how much was searched: output, files and requests.
	Bytes     int64    `json:"bytes"`
	Encodings []string `json:"encodings"`
	Names     []string `json:"searchedFor"`
	// Limits says what the search cannot see, beyond what is true of any such search.
	Limits []string `json:"limits,omitempty"`
	Found  []Leak   `json:"found"`
}

// Leak is a place where a secret was found.
type Leak struct {
	Scenario string        `json:"scenario"`
	Flow     fixtures.Flow `json:"flow"`
	Secret   string        `json:"secret"`
	Encoding string        `json:"encoding"`
	// Place is stdout, stderr, a file's name, a command line, or a request.
	Place string `json:"place"`
	Line  int    `json:"line,omitempty"`
}

// Untested is a requirement, scenario or flow that was not tested.
type Untested struct {
	What string          `json:"what"`
	Kind verdict.Verdict `json:"kind"`
	Why  string          `json:"why"`
}
