package explain

import (
	"cmp"
	"slices"
	"sync"

	"github.com/sfconform/sfconform/fixtures"
)

// casesByRefusal is the case that shows each refusal: best one whose login is refused
// by it, else the one of fewest steps that meets it later on.
var casesByRefusal = sync.OnceValue(func() map[fixtures.RefusalID]fixtures.CaseID {
	shown := map[fixtures.RefusalID]fixtures.CaseID{}
	for _, c := range fixtures.Cases() {
		if _, taken := shown[c.Want.Refusal]; c.Want.Refusal != "" && !taken {
			shown[c.Want.Refusal] = c.ID
		}
	}
	byLength := slices.Clone(fixtures.Cases())
	slices.SortStableFunc(byLength, func(a, b fixtures.Case) int { return cmp.Compare(len(a.Then), len(b.Then)) })
	for _, c := range byLength {
		for _, id := range c.Refusals() {
			if _, taken := shown[id]; !taken {
				shown[id] = c.ID
			}
		}
	}
	return shown
})

// confidences are the levels of confidence, best first.
var confidences = []fixtures.Confidence{fixtures.Captured, fixtures.Reported, fixtures.Documented, fixtures.Inferred}

// caseOf is the case that reproduces the cause by one of the refusals, best one
// whose first cause it is, and of those the one that is known best.
func caseOf(cause fixtures.CauseID, refusals []fixtures.RefusalID) fixtures.CaseID {
	candidates := slices.Clone(refusals)
	slices.SortStableFunc(candidates, func(a, b fixtures.RefusalID) int {
		return cmp.Or(placeOf(cause, a)-placeOf(cause, b), doubtOf(a)-doubtOf(b))
	})
	for _, id := range candidates {
		if c, ok := casesByRefusal()[id]; ok {
			return c
		}
	}
	return ""
}

// doubtOf is how little is known of the refusal's wire text.
func doubtOf(id fixtures.RefusalID) int {
	r, err := fixtures.RefusalByID(id)
	if err != nil {
		return len(confidences)
	}
	return slices.Index(confidences, r.Confidence)
}

// placeOf is the place of the cause in the refusal's list.
func placeOf(cause fixtures.CauseID, id fixtures.RefusalID) int {
	r, err := fixtures.RefusalByID(id)
	if err != nil {
		return len(fixtures.Refusals)
	}
	return slices.Index(r.Causes, cause)
}
