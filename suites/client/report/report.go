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
	Harness string        `json:"harness"`
	Set     string        `json:"requirementSet"`
	Seed    uint64        `json:"seed"`
	Began   time.Time     `json:"began"`
	Took    time.Duration `json:"tookNanoseconds"`
	Strict  bool          `json:"strict"`
	// Rerun is the command that repeats the run.
	Rerun string `json:"rerun"`
}

// Result is the verdict on one requirement, with what it rests on.
type Result struct {
	ID        fixtures.RequirementID `json:"id"`
	Group     string                 `json:"group"`
	Severity  fixtures.Severity      `json:"severity"`
	Verdict   verdict.Verdict        `json:"verdict"`
	Statement string                 `json:"statement"`
	Norm      string                 `json:"norm,omitempty"`
	Evidence  string                 `json:"publicEvidence,omitempty"`
	Effect    string                 `json:"productionEffect,omitempty"`
	Fix       string                 `json:"fix,omitempty"`
	// Reason says why there is no better verdict: not tested, waived, not applicable.
	Reason string `json:"reason,omitempty"`
	// Rerun is the command that judges only this again.
	Rerun string `json:"rerun,omitempty"`
	// Findings are the observations that decided, the worst first.
	Findings []Finding `json:"findings,omitempty"`
	// Waiver is the one that covers it.
	Waiver *Waiver `json:"waiver,omitempty"`
	// SecondTry says that it passed only when its scenario was played again.
	SecondTry bool `json:"secondTry,omitempty"`
}

// Finding is what one scenario showed of a requirement.
type Finding struct {
	Scenario string          `json:"scenario"`
	Flow     fixtures.Flow   `json:"flow"`
	Verdict  verdict.Verdict `json:"verdict"`
	Expected string          `json:"expected"`
	Seen     string          `json:"seen"`
	Count    int             `json:"count,omitempty"`
	// Exchanges are the redacted exchanges that show it.
	Exchanges []string `json:"exchanges,omitempty"`
	// Question and Answer are those of a review.
	Question string  `json:"question,omitempty"`
	Answer   *Review `json:"answer,omitempty"`
}

// Review is the answer of a person.
type Review struct {
	Yes  bool      `json:"yes"`
	By   string    `json:"by,omitempty"`
	When time.Time `json:"when"`
}

// Waiver is an entry of the baseline: a requirement that may fail until a day.
type Waiver struct {
	ID     fixtures.RequirementID `json:"requirement"`
	Reason string                 `json:"reason"`
	Owner  string                 `json:"owner,omitempty"`
	Until  time.Time              `json:"until"`
	// Stale says that the requirement is kept by now: the waiver is to be taken out.
	Stale bool `json:"stale,omitempty"`
	// Over says that its end has passed: it covers nothing any more.
	Over bool `json:"over,omitempty"`
}

// Scenario is one that was played.
type Scenario struct {
	Name  string        `json:"name"`
	Title string        `json:"title"`
	Flow  fixtures.Flow `json:"flow"`
	// Outcome says in words how the client ended: "exit 0", "timed out after 30s".
	Outcome string        `json:"outcome"`
	Took    time.Duration `json:"tookNanoseconds"`
	// Line is the time line: requests, answers, waits and what the scenario did.
	Line []Event `json:"timeline"`
	// Output is the client's own, redacted and shortened.
	Output string `json:"output,omitempty"`
	// Ideal is what an operator should have read; empty where nothing went wrong.
	Ideal string `json:"ideal,omitempty"`
}

// Event is one thing on a time line.
type Event struct {
	At time.Duration `json:"atNanoseconds"` // since the scenario began
	// Kind is token, api, revoke, identity, other, mark, start, end, wait or tls.
	Kind string `json:"kind"`
	// Text is what happened in a line; Status the answer's.
	Text   string        `json:"text"`
	Status int           `json:"status,omitempty"`
	Took   time.Duration `json:"tookNanoseconds,omitempty"`
}

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
	Bytes     int64    `json:"bytes"`
	Encodings []string `json:"encodings"`
	Names     []string `json:"searchedFor"`
	Found     []Leak   `json:"found"`
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
