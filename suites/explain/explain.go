package explain

import "github.com/sfconform/sfconform/fixtures"

// Context is what is known besides the text. The zero value is fine.
type Context struct {
	// ClientID is the Consumer Key that the client uses; only its place in Org is looked up.
	ClientID string
	// LoginURL is the URL that the client logs in at.
	LoginURL string
	// Org is the configuration of the org, if it is at hand.
	Org *fixtures.Org
	// Decisions are what a running fake decided, newest last: the exact answer.
	Decisions []Decision
	// GuideSteps name the step of a set-up guide that concerns a cause, where one is being followed.
	GuideSteps map[fixtures.CauseID]string
}

// Decision is one refusal of a running fake, as its journal tells it.
type Decision struct {
	Refusal fixtures.RefusalID
	// Check is the name of the check that decided.
	Check string
	Grant fixtures.Grant
	Host  string
	App   string
}

// Answer is what a text is explained by.
type Answer struct {
	// Causes are the findings, best first: at least one, at most five.
	Causes []Finding `json:"causes"`
	// Ambiguous says why no cause stands out, if none does.
	Ambiguous string `json:"ambiguous,omitempty"`
	// Collect is what to ask for next, if the text does not decide.
	Collect []string `json:"collect,omitempty"`
	// Notes say what was done to the text, such as cutting it.
	Notes []string `json:"notes,omitempty"`
}

// Finding is one cause and what speaks for it.
type Finding struct {
	ID fixtures.CauseID `json:"id"`
	// Confidence is between 0 and 1: how surely this is a cause of what was pasted.
	Confidence float64 `json:"confidence"`
	// Word is the confidence in a word: certain, likely, possible or weak.
	Word string `json:"confidence_word"`
	// Meaning is the cause in a sentence.
	Meaning string `json:"meaning"`
	// Evidence are the parts of the text, or of what else is known, that speak for the cause; redacted.
	Evidence []string               `json:"evidence"`
	Fix      string                 `json:"fix"`
	Metadata []fixtures.MetadataFix `json:"metadata,omitempty"`
	// Wait is whether waiting helps and how long, beginning with yes or no.
	Wait string `json:"wait"`
	// TellApart is the question or the command that decides.
	TellApart string `json:"tell_apart"`
	// Refusals are the entries of the catalogue whose words were found for this cause.
	Refusals []fixtures.RefusalID `json:"refusals,omitempty"`
	// Case is the case of the catalogue that reproduces it, if there is one.
	Case fixtures.CaseID `json:"case,omitempty"`
	// GuideStep is the step of a set-up guide that is involved, if one is known.
	GuideStep string `json:"guide_step,omitempty"`
}

// Explain says what causes the error in the text. It takes any text.
func Explain(text string, ctx Context) Answer {
	p, notes := newPaste(text)
	f := read(p)
	f.readContext(ctx)
	claims := conclude(f)
	claims = append(claims, circumstanceClaims(f, claims)...)
	claims = append(claims, orgClaims(claims, ctx)...)
	claims = append(claims, decisionClaims(f, claims, ctx)...)
	claims = append(claims, usualClaims(f, claims)...)
	a := rank(f, claims)
	for i := range a.Causes {
		a.Causes[i].GuideStep = ctx.GuideSteps[a.Causes[i].ID]
	}
	a.Notes = notes
	return a
}
