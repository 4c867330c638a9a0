package endpoint

import (
	"time"

	"github.com/sfconform/sfconform/fixtures"
)

// SchemaVersion is the version of the report's JSON. It grows when a field changes its meaning or goes.
const SchemaVersion = 1

// Report is what a run found out. No secret, token or assertion is in it.
type Report struct {
	Schema  int        `json:"schema"`
	Target  TargetInfo `json:"target"`
	Seed    int64      `json:"seed"`
	Started time.Time  `json:"started"`
	Seconds float64    `json:"seconds"`
	// Interrupted: the run was ended before every case had its turn.
	Interrupted bool     `json:"interrupted"`
	Counts      Counts   `json:"counts"`
	Results     []Result `json:"results"`
}

// TargetInfo says what was tested.
type TargetInfo struct {
	Name         string       `json:"name"`
	Version      string       `json:"version,omitempty"`
	Behaviour    string       `json:"behaviour,omitempty"`
	Capabilities Capabilities `json:"capabilities"`
}

// Result is how one case ended through one door.
type Result struct {
	Case        fixtures.CaseID `json:"case"`
	Door        string          `json:"door"`
	Flow        fixtures.Flow   `json:"flow"`
	Kind        fixtures.Kind   `json:"kind"`
	Requirement string          `json:"requirement"`
	Verdict     Verdict         `json:"result"`
	// Reason says why the case was skipped, or what went wrong with the harness.
	Reason string `json:"reason,omitempty"`
	// Expected and Seen are the last answer in a few words.
	Expected    string       `json:"expected,omitempty"`
	Seen        string       `json:"seen,omitempty"`
	Differences []Difference `json:"differences,omitempty"`
	// Check is the check that decided, if the target has a journal.
	Check string `json:"check,omitempty"`
	// Sent are the requests in short, without secrets.
	Sent []string `json:"sent,omitempty"`
	// Message is the failure in full, as people read it.
	Message string  `json:"message,omitempty"`
	Seconds float64 `json:"seconds"`
}

// Verdict is how a case ended.
type Verdict string

// The verdicts.
const (
	Pass Verdict = "pass"
	Fail Verdict = "fail"
	// Skip: the case does not apply to the target, as its reason says.
	Skip Verdict = "skip"
	// Error: the harness could not find out; the target is not to blame.
	Error Verdict = "error"
)

// Counts are the results by verdict.
type Counts struct {
	Total int `json:"total"`
	Pass  int `json:"pass"`
	Fail  int `json:"fail"`
	Skip  int `json:"skip"`
	Error int `json:"error"`
}

// Add counts one result.
func (c *Counts) Add(v Verdict) {
	c.Total++
	switch v {
	case Pass:
		c.Pass++
	case Fail:
		c.Fail++
	case Skip:
		c.Skip++
	case Error:
		c.Error++
	}
}

// Ran is how many results say something about the target.
func (c Counts) Ran() int { return c.Pass + c.Fail }

// Conforms says whether something ran and nothing failed.
func (r Report) Conforms() bool {
	return !r.Interrupted && r.Counts.Fail == 0 && r.Counts.Error == 0 && r.Counts.Pass > 0
}
