package report

import (
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

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
