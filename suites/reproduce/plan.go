package reproduce

import (
	"fmt"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
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

	shown fixtures.Case
	// end is the step of the case in which the request that was refused works; -1 if it has none.
	end       int
	guide     fixtures.Guide
	step, how string
}

// Cure is the one change after which it works. It has parts where the departure has.
type Cure struct {
	// Text says it in words.
	Text string `json:"text"`
	// Setup says in Setup's words what else than the changes of the org leads there.
	Setup string `json:"setup,omitempty"`
	// Org are the changes of the org.
	Org []fixtures.Change `json:"org,omitempty"`
	// Wait is how long the org's clock has to move on.
	Wait fixtures.Duration `json:"wait,omitempty"`
	// Request says that the client has to send the right request, Repeats that it is the
	// call that was refused, with a new token.
	Request bool `json:"request,omitempty"`
	Repeats bool `json:"repeats,omitempty"`
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
	p := Plan{ID: string(c.ID), Kind: KindCase, What: c.Requirement, Refusals: c.Refusals(), shown: c, end: ownEnd(c)}
	if p.end >= 0 {
		p.Cure = p.laterCure()
		p.Cure.Text = p.Cure.words(c)
		return p, nil
	}
	cure, err := cureOf(c)
	p.Cure = cure
	if err == nil && p.repeated() != nil {
		p.Cure.Repeats = true
		p.Cure.Text = p.Cure.words(c)
	}
	return p, err
}

// ofIncident is the incident's own case, which ends in a success: what stands behind
// its last refusal is the cure.
func ofIncident(i fixtures.Incident) Plan {
	p := Plan{
		ID: string(i.ID), Kind: KindIncident, What: i.What, Thread: i.Thread, Refusals: i.Case.Refusals(),
		shown: i.Case, end: len(i.Case.Then) - 1,
	}
	p.Cure = p.laterCure()
	p.Cure.Text = i.Cure
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
		Cure: Cure{Text: "Make the step: " + step.Text}, end: -1,
	}
	if omission.Harmless() {
		p.Cure.Text = nothingToChange("the product connects all the same")
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

// BySettings says whether a client with right settings meets the error at its login:
// only the org departs.
func (p Plan) BySettings() bool {
	return p.Kind == KindCase && p.shown.Flow == fixtures.ClientCredentials && p.shown.Want.Refusal != "" && len(p.shown.Request) == 0
}

// Settings are the Consumer Key and Secret that the client of the plan logs in with in
// the end; each is empty where it is that of the set-up.
func (p Plan) Settings() (clientID, clientSecret string) {
	for _, e := range p.right() {
		value, _ := e.Value.(string)
		switch {
		case strings.Contains(value, "${"):
		case e.Op == fixtures.OpParam && e.Name == "client_id", e.Op == fixtures.OpClaim && e.Name == "iss":
			clientID = value
		case e.Op == fixtures.OpParam && e.Name == "client_secret":
			clientSecret = value
		}
	}
	return clientID, clientSecret
}

// Flow is the flow by which the plan's client logs in.
func (p Plan) Flow() fixtures.Flow {
	if p.Kind == KindGuide {
		return p.guide.Flow
	}
	return p.shown.Flow
}

// GuideStep is the guide, the step and the omission of a plan of a guide.
func (p Plan) GuideStep() (guide fixtures.Guide, step, omission string) {
	return p.guide, p.step, p.how
}

// ByFix is the change of a guide's plan in the words of what was done: the fix, and then
// the step.
func (p Plan) ByFix(fix string) string {
	step, err := p.guide.Step(p.step)
	if err != nil {
		return p.Cure.Text
	}
	return strings.ToUpper(fix[:1]) + fix[1:] + ": " + step.Text
}

// Showing are the refusals that show in the state that the plan is staged in.
func (p Plan) Showing() []fixtures.RefusalID {
	if p.Kind == KindGuide {
		return p.Refusals
	}
	from, until := p.refusedAt()
	if from == len(p.shown.Then) {
		return nil
	}
	c := p.upToRefusal()
	c.Then = c.Then[max(0, from):min(until+1, len(c.Then))]
	if from >= 0 {
		c.Want = fixtures.Want{}
	}
	return c.Refusals()
}
