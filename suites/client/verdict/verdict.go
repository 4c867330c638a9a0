// Package verdict says how a client did: the outcome of one look at the evidence,
// and the verdict on a requirement that follows from all of them
// (client-requirements.md section 3.3).
package verdict

import "github.com/sfconform/sfconform/fixtures"

// Verdict is how a client did by one requirement.
type Verdict string

// The verdicts, from the best to the worst.
const (
	// NotJudged: the harness does not judge it yet, and says why.
	NotJudged Verdict = "not judged"
	// NotApplicable: by its declared profile the client has no use for it.
	NotApplicable Verdict = "not applicable"
	// Pass: seen, and right.
	Pass Verdict = "pass"
	// Info: a may is not kept, or a plain fact.
	Info Verdict = "info"
	// Waived: broken, and on the list of waivers.
	Waived Verdict = "waived"
	// Review: only a person can tell.
	Review Verdict = "review"
	// Warn: a should is broken, or right only because Salesforce is lenient.
	Warn Verdict = "warn"
	// Inconclusive: it could not be exercised; never green for a must.
	Inconclusive Verdict = "inconclusive"
	// Fail: a must is broken.
	Fail Verdict = "fail"
	// HarnessError: the harness failed, and says nothing about the client.
	HarnessError Verdict = "harness error"
)

// Values lists the verdicts from the best to the worst.
func (Verdict) Values() []string {
	return []string{
		string(NotJudged), string(NotApplicable), string(Pass), string(Info), string(Waived), string(Review),
		string(Warn), string(Inconclusive), string(Fail), string(HarnessError),
	}
}

// Outcome is what one look at the evidence of one scenario showed. The severity of
// the requirement makes a verdict of it.
type Outcome int

// The outcomes, from the best to the worst.
const (
	// Absent: the evidence holds nothing that the requirement is about.
	Absent Outcome = iota
	// Unused: the client does not use the API that the requirement is about.
	Unused
	// Kept: seen, and right.
	Kept
	// Noted: a plain fact for the report.
	Noted
	// Open: only a person can tell.
	Open
	// Tolerated: not as it should be, and Salesforce takes it.
	Tolerated
	// Broken: the client did what it must not, or left out what it must do.
	Broken
)

// Observation is what one look at the evidence showed, in words for the report.
type Observation struct {
	Outcome Outcome
	// Seen is what was seen, in a sentence; Count how often, if that says something.
	Seen  string
	Count int
	// Expected is what was expected in this scenario where that is more than the
	// requirement's statement.
	Expected string
	// Exchanges are the numbers of the exchanges that show it, the first ones.
	Exchanges []int
	// Question is what to ask a person, for Open.
	Question string
}

// Of is the verdict that an outcome means for a requirement of a severity.
func Of(o Outcome, s fixtures.Severity) Verdict {
	switch o {
	case Unused:
		return NotApplicable
	case Kept:
		return Pass
	case Noted:
		return Info
	case Open:
		return Review
	case Tolerated:
		if s == fixtures.SeverityMay {
			return Info
		}
		return Warn
	case Broken:
		return broken(s)
	case Absent:
	}
	return Inconclusive
}

func broken(s fixtures.Severity) Verdict {
	switch s {
	case fixtures.SeverityMust:
		return Fail
	case fixtures.SeverityShould:
		return Warn
	case fixtures.SeverityMay:
	}
	return Info
}
