package report

import "github.com/sfconform/sfconform/fixtures"

// Scenario is one that was played.
type Scenario struct {
	Name  string        `json:"name"`
	Title string        `json:"title"`
	Flow  fixtures.Flow `json:"flow"`
	// Outcome says in words how the client ended: "exit 0", "timed out after 30s".
	Outcome string  `json:"outcome"`
	Took    Seconds `json:"tookSeconds"`
	// Line is the time line: requests, answers, waits and what the scenario did.
	Line []Event `json:"timeline"`
	// Output is the client's own, redacted and shortened.
	Output string `json:"output,omitempty"`
	// Ideal is what an operator should have read; empty where nothing went wrong.
	Ideal string `json:"ideal,omitempty"`
}

// Event is one thing on a time line.
type Event struct {
	At Seconds `json:"atSeconds"` // since the scenario began
	// Kind is token, api, revoke, identity, other, mark, start, end, wait or tls.
	Kind string `json:"kind"`
	// Text is what happened in a line; Status the answer's.
	Text   string  `json:"text"`
	Status int     `json:"status,omitempty"`
	Took   Seconds `json:"tookSeconds,omitempty"`
}
