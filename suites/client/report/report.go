// Package report is what a run of the client suite says: the verdicts with what they
// rest on, and the forms in which people and machines read them
// (client-requirements.md section 4). A report holds no secret: texts are redacted
// before they get here.
package report

import (
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// Format is the version of the JSON form; it changes when a field changes its meaning.
//
// Durations are seconds with a fraction, times are RFC 3339; Schema has the details.
const Format = 1

// Standing is the answer to the question that people come with.
type Standing string

// The standings of a client.
const (
	Ready         Standing = "ready"
	WithWarnings  Standing = "ready with warnings"
	NotReady      Standing = "not ready"
	HarnessFailed Standing = "no verdict: the harness failed"
)

// Report is a whole run.
type Report struct {
	Format   int      `json:"format"`
	Standing Standing `json:"standing"`
	// Headline is the line on top.
	Headline string `json:"headline"`
	Run      Run    `json:"run"`
	// Counts are the requirements by verdict.
	Counts map[verdict.Verdict]int `json:"counts"`
	// First are the requirements to fix first, the gravest first, at most three.
	First []fixtures.RequirementID `json:"fixFirst"`
	// Results are all requirements, in the order of the catalogue.
	Results []Result `json:"requirements"`
	// Scenarios are those that were played, in order.
	Scenarios []Scenario `json:"scenarios"`
	// Numbers are what an admin asks for.
	Numbers []Number `json:"numbers"`
	// Fingerprint are plain facts about the client.
	Fingerprint []Fact `json:"fingerprint"`
	// Operator is what the operator would have read, beside the ideal text.
	Operator []Reading `json:"operator"`
	// Secrets says what was searched for, where, and what was found.
	Secrets Search `json:"secrets"`
	// Untested is what was not tested, and why: as prominent as what failed.
	Untested []Untested `json:"untested"`
	// Errors are those of the harness.
	Errors []string `json:"errors,omitempty"`
	// Since is what is not as it was in the run before; nil if there is none to compare with.
	Since *Difference `json:"sinceLastRun,omitempty"`
	// Interrupted says that the run was broken off: what is here is what was done.
	Interrupted bool `json:"interrupted,omitempty"`
}

// Run says what was run.
type Run struct {
	Client  string          `json:"client"`
	Version string          `json:"clientVersion,omitempty"`
	Command []string        `json:"command,omitempty"`
	Mode    string          `json:"mode"` // command, driver, go, proxy, manual, watch
	Flows   []fixtures.Flow `json:"flows"`
	// Profile is the kind of app and org that were played.
	Profile string `json:"profile"`
	// Harness is the version of sfconform, Set the set of requirements.
	Harness string    `json:"harness"`
	Set     string    `json:"requirementSet"`
	Seed    uint64    `json:"seed"`
	Began   time.Time `json:"began"`
	Took    Seconds   `json:"tookSeconds"`
	// Strict says that warnings count, Final that no review may stay open.
	Strict bool `json:"strict"`
	Final  bool `json:"final,omitempty"`
	// Rerun is the command that repeats the run.
	Rerun string `json:"rerun"`
}
