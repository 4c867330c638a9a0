package explain

import (
	"slices"
	"sync"

	"github.com/sfconform/sfconform/fixtures"
)

// casesByRefusal are the cases that show each refusal: first those that show it
// and no other.
var casesByRefusal = sync.OnceValue(func() map[fixtures.RefusalID]fixtures.CaseID {
	shown := map[fixtures.RefusalID]fixtures.CaseID{}
	for _, c := range fixtures.Cases() {
		if _, taken := shown[c.Want.Refusal]; c.Want.Refusal != "" && !taken {
			shown[c.Want.Refusal] = c.ID
		}
	}
	return shown
})

// caseOf is the case that reproduces the cause by one of the refusals, best one
// whose first cause it is.
func caseOf(cause fixtures.CauseID, refusals []fixtures.RefusalID) fixtures.CaseID {
	candidates := slices.Clone(refusals)
	slices.SortStableFunc(candidates, func(a, b fixtures.RefusalID) int { return placeOf(cause, a) - placeOf(cause, b) })
	for _, id := range candidates {
		if c, ok := casesByRefusal()[id]; ok {
			return c
		}
	}
	return ""
}

// placeOf is the place of the cause in the refusal's list.
func placeOf(cause fixtures.CauseID, id fixtures.RefusalID) int {
	r, err := fixtures.RefusalByID(id)
	if err != nil {
		return len(fixtures.Refusals)
	}
	return slices.Index(r.Causes, cause)
}
