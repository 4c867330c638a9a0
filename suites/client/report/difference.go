package report

import (
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// Difference is what is not as it was in the run before.
type Difference struct {
	// Before is when that run began, and what it was of.
	Before Before `json:"before"`
	// Failing are the requirements that have begun to fail, Fixed those that failed
	// and no longer do, Changed those whose verdict is another one otherwise.
	Failing []Change `json:"newFailures"`
	Fixed   []Change `json:"fixed"`
	Changed []Change `json:"changed"`
	// Stale are the waivers that have become stale or have run out since.
	Stale []fixtures.RequirementID `json:"staleWaivers"`
	// Added and Removed are the requirements that only one of the runs judged.
	Added   []fixtures.RequirementID `json:"added"`
	Removed []fixtures.RequirementID `json:"removed"`
}

// Before names the run that is compared with.
type Before struct {
	Client   string    `json:"client"`
	Version  string    `json:"clientVersion,omitempty"`
	Harness  string    `json:"harness"`
	Set      string    `json:"requirementSet"`
	Began    time.Time `json:"began"`
	Standing Standing  `json:"standing"`
}

// Change is a requirement with another verdict than before.
type Change struct {
	ID  fixtures.RequirementID `json:"id"`
	Was verdict.Verdict        `json:"was"`
	Is  verdict.Verdict        `json:"is"`
}

// Compare says what is not as it was. It compares requirements by id, so reports of
// other harness versions and requirement sets can be compared too.
func Compare(before, now *Report) Difference {
	d := Difference{Before: Before{
		before.Run.Client, before.Run.Version, before.Run.Harness, before.Run.Set, before.Run.Began, before.Standing,
	}}
	was := before.byID()
	is := now.byID()
	for i := range now.Results {
		r := &now.Results[i]
		o, known := was[r.ID]
		if !known {
			d.Added = append(d.Added, r.ID)
		} else if r.Verdict != o.Verdict {
			d.change(Change{r.ID, o.Verdict, r.Verdict})
		}
		if r.Waiver.spent() && (!known || !o.Waiver.spent()) {
			d.Stale = append(d.Stale, r.ID)
		}
	}
	for i := range before.Results {
		if id := before.Results[i].ID; is[id] == nil {
			d.Removed = append(d.Removed, id)
		}
	}
	return d
}

// Empty says that nothing has changed.
func (d Difference) Empty() bool {
	return len(d.Failing)+len(d.Fixed)+len(d.Changed)+len(d.Stale)+len(d.Added)+len(d.Removed) == 0
}

func (d *Difference) change(c Change) {
	switch {
	case c.Is == verdict.Fail:
		d.Failing = append(d.Failing, c)
	case c.Was == verdict.Fail && (c.Is == verdict.Pass || c.Is == verdict.Info || c.Is == verdict.Warn):
		d.Fixed = append(d.Fixed, c)
	default:
		d.Changed = append(d.Changed, c)
	}
}

func (r *Report) byID() map[fixtures.RequirementID]*Result {
	index := make(map[fixtures.RequirementID]*Result, len(r.Results))
	for i := range r.Results {
		index[r.Results[i].ID] = &r.Results[i]
	}
	return index
}

// spent says that a waiver is to be taken out of the baseline.
func (w *Waiver) spent() bool { return w != nil && (w.Stale || w.Over) }
