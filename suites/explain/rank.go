package explain

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
)

const (
	// maxFindings is how many causes an answer has at most.
	maxFindings = 5
	// enough is the confidence from which a cause is named before the lack of information is.
	enough = 0.35
	// worthNaming is the least confidence of a finding.
	worthNaming = 0.08
	// certain is as sure as a text can make it: one text may always have another cause.
	certain = 0.97
)

// tally is what speaks for one cause, and how much of it is taken away.
type tally struct {
	cause fixtures.CauseID
	doubt float64 // product of what each claim leaves open
	keep  float64 // product of what the rules against it leave
	proof []claim
}

func (t tally) confidence() float64 { return min((1-t.doubt)*t.keep, certain) }

// rank adds the claims up and gives the verdict.
func rank(f *facts, claims []claim) Answer {
	tallies := tallyUp(claims)
	var found []Finding
	for _, t := range tallies {
		if t.confidence() >= worthNaming {
			found = append(found, f.finding(t))
		}
	}
	found = f.withVerdict(found)
	a := Answer{Causes: found[:min(len(found), maxFindings)]}
	a.Ambiguous = ambiguity(f, a.Causes)
	if top := a.Causes[0]; top.Confidence < sure || top.ID == fixtures.CauseInsufficient {
		a.Collect = collect(a.Causes)
	}
	return a
}

// tallyUp combines claims as independent witnesses: each leaves less doubt.
func tallyUp(claims []claim) []tally {
	byCause := map[fixtures.CauseID]*tally{}
	var order []*tally
	for _, c := range claims {
		t := byCause[c.cause]
		if t == nil {
			t = &tally{cause: c.cause, doubt: 1, keep: 1}
			byCause[c.cause] = t
			order = append(order, t)
		}
		if c.weight < 0 {
			t.keep *= 1 + c.weight
			continue
		}
		t.doubt *= 1 - c.weight
		t.proof = append(t.proof, c)
	}
	slices.SortStableFunc(order, func(a, b *tally) int { return cmp.Compare(b.confidence(), a.confidence()) })
	list := make([]tally, len(order))
	for i, t := range order {
		list[i] = *t
	}
	return list
}

// finding is the tally with all that the catalogue says of its cause.
func (f *facts) finding(t tally) Finding {
	finding := newFinding(t.cause, t.confidence())
	var shown []span
	for _, c := range t.proof {
		finding.cite(c.evidence)
		for _, s := range append([]signal{c.from}, c.also...) {
			shown = f.cite(&finding, s, shown)
			if id, ok := strings.CutPrefix(string(s), "wire:"); ok && f.has(s) {
				finding.Refusals = append(finding.Refusals, f.refusalsOf(fixtures.RefusalID(id), t.cause)...)
			}
		}
	}
	slices.Sort(finding.Refusals)
	finding.Refusals = slices.Compact(finding.Refusals)
	if len(finding.Refusals) == 1 {
		finding.Fix = fixOf(finding.Refusals[0], finding.Fix)
	}
	finding.Case = caseOf(t.cause, finding.Refusals)
	return finding
}

// fixOf is the fix of the one refusal, which is narrower than the cause's, unless
// it only points to another refusal.
func fixOf(id fixtures.RefusalID, otherwise string) string {
	if fix := fixtures.MustRefusal(id).Fix; !strings.HasPrefix(fix, "As for ") {
		return fix
	}
	return otherwise
}

// cite adds a piece of evidence, each once.
func (f *Finding) cite(text string) {
	if text != "" && !slices.Contains(f.Evidence, text) && len(f.Evidence) < maxEvidence {
		f.Evidence = append(f.Evidence, text)
	}
}

// cite adds the place of a signal, unless a part of the text that was shown before holds it.
func (f *facts) cite(finding *Finding, s signal, shown []span) []span {
	if _, told := f.told[s]; told || len(f.at[s]) == 0 {
		finding.cite(f.told[s])
		return shown
	}
	offset := f.at[s][0]
	if slices.ContainsFunc(shown, func(s span) bool { return s.holds(offset) }) {
		return shown
	}
	part := f.p.around(offset)
	finding.cite(f.p.snippet(part))
	return append(shown, part)
}

// maxEvidence is how many pieces of the text a finding quotes.
const maxEvidence = 4

// newFinding is the cause with its fix, without evidence.
func newFinding(id fixtures.CauseID, confidence float64) Finding {
	c, err := fixtures.CauseByID(id)
	if err != nil {
		panic("explain: a rule names no cause of the catalogue: " + err.Error())
	}
	confidence = math.Round(confidence*100) / 100
	return Finding{
		ID: c.ID, Confidence: confidence, Word: wordOf(confidence), Meaning: c.Meaning, Evidence: []string{}, Fix: c.Fix,
		Metadata: c.Metadata, Wait: c.Wait.String(), TellApart: c.TellApart,
	}
}

// sure is the confidence from which nothing more has to be asked for.
const sure = 0.75

func wordOf(confidence float64) string {
	switch {
	case confidence >= 0.9:
		return "certain"
	case confidence >= 0.6:
		return "likely"
	case confidence >= enough:
		return "possible"
	}
	return "weak"
}

// refusalsOf are the refusals with the words of the one that name the cause.
func (f *facts) refusalsOf(id fixtures.RefusalID, cause fixtures.CauseID) []fixtures.RefusalID {
	var list []fixtures.RefusalID
	for _, w := range wireTexts() {
		if !slices.ContainsFunc(w.refusals, func(r fixtures.Refusal) bool { return r.ID == id }) {
			continue
		}
		for _, r := range applicable(w.refusals, f.grants()) {
			if slices.Contains(r.Causes, cause) {
				list = append(list, r.ID)
			}
		}
	}
	return list
}

// ambiguity says why several causes stand, if the first one does not stand out.
func ambiguity(f *facts, found []Finding) string {
	if found[0].ID == fixtures.CauseInsufficient && !f.has("wire") {
		return f.wideCode()
	}
	if len(found) < 2 {
		return ""
	}
	for _, w := range wireTexts() {
		ids := firsts(applicable(w.refusals, f.grants()))
		if f.has(wireSignal(w.refusals[0].ID)) && len(ids) > 1 && found[0].Confidence < 0.9 {
			return "Salesforce uses these words for several causes: " + strings.Join(ids, ", ")
		}
	}
	if found[0].Confidence >= sure && found[0].Confidence-found[1].Confidence >= 0.25 {
		return ""
	}
	return fmt.Sprintf("the text fits %s and %s", found[0].ID, found[1].ID)
}

// wideCode says that the text has no more than a code that stands for many causes.
func (f *facts) wideCode() string {
	for _, code := range tooWide {
		if f.has("alone:" + signal(code)) {
			return "the code " + code + " stands for many causes: its description tells them apart"
		}
	}
	return ""
}

// collect is what the findings want to know next, each once.
func collect(found []Finding) []string {
	var list []string
	for _, finding := range found {
		c, err := fixtures.CauseByID(finding.ID)
		if err != nil {
			continue
		}
		for _, item := range c.Collect {
			if !slices.Contains(list, item) {
				list = append(list, item)
			}
		}
	}
	return list[:min(len(list), 6)]
}
