package reproduce

import (
	"fmt"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/spell"
)

// Kind is what a plan reproduces.
type Kind string

// The kinds of plans.
const (
	KindCase     Kind = "case"
	KindIncident Kind = "incident"
	KindGuide    Kind = "guide"
)

// Plan is what is reproduced, and after which change it works.
type Plan struct {
	// ID is that of a case or incident, or GUIDE/STEP/OMISSION.
	ID   string `json:"id"`
	Kind Kind   `json:"kind"`
	// What says what it is, Thread where it was reported, if it was.
	What   string `json:"what"`
	Thread string `json:"thread,omitempty"`
	// Refusals are what is seen, in order; empty where nothing is refused.
	Refusals []fixtures.RefusalID `json:"refusals,omitempty"`
	// Cure is the one change after which it works.
	Cure Cure `json:"cure"`

	shown     fixtures.Case
	guide     fixtures.Guide
	step, how string
}

// Cure is the one change after which it works. It has parts where the departure has.
type Cure struct {
	// Text says it in words.
	Text string `json:"text"`
	// Org are the changes of the org.
	Org []fixtures.Change `json:"org,omitempty"`
	// Wait is how long the org's clock has to move on.
	Wait fixtures.Duration `json:"wait,omitempty"`
	// Request says that the client has to send the right request.
	Request bool `json:"request,omitempty"`
}

// Find is the plan with the id. The error names the nearest one.
func Find(id string) (Plan, error) {
	if i, err := fixtures.IncidentByID(fixtures.IncidentID(id)); err == nil {
		return ofIncident(i), nil
	}
	if strings.Contains(id, "/") {
		return ofGuide(id)
	}
	c, err := fixtures.CaseByID(fixtures.CaseID(id))
	if err != nil {
		return Plan{}, unknown(id)
	}
	return ofCase(c)
}

// All are the plans of every case and every incident.
func All() ([]Plan, error) {
	var plans []Plan
	for _, c := range fixtures.Cases() {
		p, err := ofCase(c)
		if err != nil {
			return nil, err
		}
		plans = append(plans, p)
	}
	for _, i := range fixtures.Incidents() {
		plans = append(plans, ofIncident(i))
	}
	return plans, nil
}

func ofCase(c fixtures.Case) (Plan, error) {
	cure, err := cureOf(c)
	return Plan{ID: string(c.ID), Kind: KindCase, What: c.Requirement, Refusals: c.Refusals(), Cure: cure, shown: c}, err
}

// ofIncident is the incident's own case, which ends in a success: what stands behind
// its last refusal is the cure.
func ofIncident(i fixtures.Incident) Plan {
	p := Plan{
		ID: string(i.ID), Kind: KindIncident, What: i.What, Thread: i.Thread, Refusals: i.Case.Refusals(),
		Cure: Cure{Text: i.Cure}, shown: i.Case,
	}
	for _, s := range i.Case.Then[p.refusedAt()+1:] {
		p.Cure.Org = append(p.Cure.Org, s.Change...)
		p.Cure.Wait += s.Advance
		p.Cure.Request = p.Cure.Request || s.Token != nil && len(s.Token.Request) == 0
	}
	return p
}

// ofGuide reads GUIDE/STEP or GUIDE/STEP/OMISSION. Without an omission the first
// that shows something is taken.
func ofGuide(id string) (Plan, error) {
	parts := strings.SplitN(id, "/", 3)
	g, err := fixtures.GuideByID(fixtures.GuideID(parts[0]))
	if err != nil {
		return Plan{}, err
	}
	step, err := g.Step(parts[1])
	if err != nil {
		return Plan{}, err
	}
	omission := telling(step)
	if len(parts) == 3 {
		if omission, err = step.Omission(parts[2]); err != nil {
			return Plan{}, err
		}
	}
	p := Plan{
		ID: fmt.Sprintf("%s/%s/%s", g.ID, step.ID, omission.ID), Kind: KindGuide, guide: g, step: step.ID, how: omission.ID,
		What: fmt.Sprintf("Guide %s, step %s, %s: %s", g.ID, step.ID, omission.How, omission.Why),
		Cure: Cure{Text: "Make the step: " + step.Text},
	}
	if omission.Sees != "" {
		p.Refusals = []fixtures.RefusalID{omission.Sees}
	}
	return p, nil
}

// telling is the step's first omission that does harm, or else its first.
func telling(step fixtures.GuideStep) fixtures.Omission {
	for _, o := range step.Without {
		if o.Sees != "" {
			return o
		}
	}
	return step.Without[0]
}

func unknown(id string) error {
	var known []string
	for _, c := range fixtures.Cases() {
		known = append(known, string(c.ID))
	}
	for _, i := range fixtures.Incidents() {
		known = append(known, string(i.ID))
	}
	for _, g := range fixtures.Guides() {
		known = append(known, string(g.ID))
	}
	if r, err := fixtures.RefusalByID(fixtures.RefusalID(id)); err == nil {
		for _, c := range fixtures.Cases() {
			if c.Want.Refusal == r.ID {
				return fmt.Errorf("%q is a refusal: reproduce a case that shows it, %q for example", id, c.ID)
			}
		}
	}
	if g, err := fixtures.GuideByID(fixtures.GuideID(id)); err == nil {
		return fmt.Errorf("%q is a guide: name one of its steps, %q for example", id, string(g.ID)+"/"+g.Steps[0].ID)
	}
	if near := spell.Nearest(id, known); near != "" {
		return fmt.Errorf("nothing can be reproduced that is called %q: did you mean %q?", id, near)
	}
	return fmt.Errorf("nothing can be reproduced that is called %q: name a case, an incident or GUIDE/STEP", id)
}

// BySettings says whether a client with right settings meets the error at its login:
// only the org departs.
func (p Plan) BySettings() bool {
	return p.Kind == KindCase && p.shown.Flow == fixtures.ClientCredentials && p.shown.Want.Refusal != "" && len(p.shown.Request) == 0
}

// GuideStep is the guide, the step and the omission of a plan of a guide.
func (p Plan) GuideStep() (guide fixtures.Guide, step, omission string) {
	return p.guide, p.step, p.how
}
