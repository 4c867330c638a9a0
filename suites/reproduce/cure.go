package reproduce

import (
	"net/http"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/sfconform/sfconform/fixtures"
)

// cureOf is the undoing of the case's departures: of the org, of the request, and of
// what happens in its steps.
func cureOf(c fixtures.Case) (Cure, error) {
	if len(c.Refusals()) == 0 {
		return Cure{Text: nothingToChange("the case is one that works")}, nil
	}
	setup, err := fixtures.SetupByID(c.Setup)
	if err != nil {
		return Cure{}, err
	}
	base, err := setup.Org()
	if err != nil {
		return Cure{}, err
	}
	made := departures(c)
	if deploys(c) {
		made = append(made, fixtures.Remove("apps/"+setup.App))
	}
	back, err := fixtures.Undo(base, made)
	cure := Cure{Org: back, Wait: waitOf(c, len(back) > 0), Request: len(c.Request) > 0 || inSteps(c)}
	cure.Setup = fixtures.MustRefusal(c.Refusals()[0]).Fix
	cure.Text = cure.words(c)
	return cure, err
}

func nothingToChange(why string) string { return "Nothing has to be changed: " + why + "." }

// ownEnd is the last step of the case, if it sends again what is refused before and it
// works then, after nothing but changes of the org and time; -1 if it does not.
func ownEnd(c fixtures.Case) int {
	last := len(c.Then) - 1
	called := slices.ContainsFunc(c.Then, func(s fixtures.Step) bool { return s.Call != nil })
	if last < 0 || called || c.Then[last].Token == nil || refuses(c.Then[last]) {
		return -1
	}
	same := func(edits []fixtures.Edit) bool {
		return len(edits) == 0 && len(c.Then[last].Token.Request) == 0 || reflect.DeepEqual(edits, c.Then[last].Token.Request)
	}
	for _, s := range c.Then[:last] {
		if s.Token != nil && s.Token.Want.Refusal != "" && same(s.Token.Request) {
			return last
		}
	}
	if c.Want.Refusal != "" && same(c.Request) {
		return last
	}
	return -1
}

// laterCure is what happens in the case between the error and its own end.
func (p Plan) laterCure() Cure {
	var cure Cure
	_, until := p.refusedAt()
	for _, s := range p.shown.Then[until+1 : p.end+1] {
		cure.Org = append(cure.Org, s.Change...)
		cure.Wait += s.Advance
	}
	refused := p.shown.Request
	if until >= 0 {
		refused = p.shown.Then[until].Token.Request
	}
	cure.Request = !reflect.DeepEqual(refused, p.shown.Then[p.end].Token.Request) && len(refused)+len(p.shown.Then[p.end].Token.Request) > 0
	return cure
}

// departures are the changes of the org that make the case. Which reading of the
// facts an org follows, and how fast changes spread in it, is no departure.
func departures(c fixtures.Case) []fixtures.Change {
	made := slices.Clone(c.Org)
	for _, s := range c.Then {
		made = append(made, s.Change...)
	}
	return slices.DeleteFunc(made, func(m fixtures.Change) bool {
		return strings.HasPrefix(m.Path, "behaviour/") || m.Path == "propagation" || strings.HasPrefix(m.Path, "propagation/") || allows(m)
	})
}

// allows says whether the change gives a right that the case needs in order to get as
// far as its error. Taking it away again mends nothing.
func allows(m fixtures.Change) bool {
	at := m.Path[strings.LastIndex(m.Path, "/")+1:]
	return m.Value == true && slices.Contains([]string{"secretsByRest", "viewClientSecret", "soapLogin"}, at)
}

// deploys says whether the case changes its app by a deploy, which any part of the app may be in.
func deploys(c fixtures.Case) bool {
	return slices.ContainsFunc(c.Then, func(s fixtures.Step) bool {
		return s.Call != nil && s.Call.Method == http.MethodPost &&
			(strings.HasPrefix(s.Call.Path, "/services/Soap/m/") || strings.Contains(s.Call.Path, "/metadata/deployRequest"))
	})
}

// inSteps says whether the error shows in a request of a later step.
func inSteps(c fixtures.Case) bool {
	return slices.ContainsFunc(c.Then, func(s fixtures.Step) bool {
		return s.Token != nil && len(s.Token.Request) > 0 || s.Call != nil && s.Call.Want.Refusal != ""
	})
}

// rotatedOut says whether the case ends the set-up's own key pair by a rotation over
// REST, which no change of the org undoes: the pair of the rotation works then.
func rotatedOut(c fixtures.Case) bool {
	return slices.ContainsFunc(c.Then, func(s fixtures.Step) bool {
		return s.Call != nil && s.Call.Keep["stagedKey"] != ""
	}) && slices.ContainsFunc(c.Then, func(s fixtures.Step) bool {
		return s.Token != nil && len(s.Token.Request) == 0 && s.Token.Want.Refusal != ""
	})
}

// waitOf is how long a change of the case takes to spread, or a limit to pass that no
// change lifts.
func waitOf(c fixtures.Case, changed bool) fixtures.Duration {
	var longest fixtures.Duration
	for _, m := range c.Org {
		if p, ok := m.Value.(fixtures.Propagation); ok {
			for _, d := range p.Delays {
				longest = max(longest, d)
			}
		}
	}
	for _, id := range c.Refusals() {
		if r, err := fixtures.RefusalByID(id); err == nil && r.Retry == fixtures.RetryLater && !changed {
			longest = max(longest, fixtures.Duration(time.Hour))
		}
	}
	return longest
}

func (c Cure) words(of fixtures.Case) string {
	var parts []string
	for _, change := range c.Org {
		if change.Value == nil {
			parts = append(parts, "take "+change.Path+" away")
		} else {
			parts = append(parts, "set "+change.Path+" back")
		}
	}
	if c.Wait > 0 {
		parts = append(parts, "wait "+c.Wait.String())
	}
	switch {
	case rotatedOut(of):
		parts = append(parts, "send the request with the key pair that the rotation brought in")
	case c.Repeats:
		parts = append(parts, "log in again and repeat the call")
	case c.Request:
		parts = append(parts, "send the right request: "+rightRequest(of.Flow))
	}
	if len(parts) == 0 {
		parts = append(parts, "log in again")
	}
	text := strings.Join(parts, "; then ")
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

// rightRequest names the request that works. The other flows are served as far as
// their refusals only where no user takes part.
func rightRequest(flow fixtures.Flow) string {
	if flow == fixtures.JWTBearer {
		return "the JWT bearer flow as the set-up has it"
	}
	return "the client credentials flow as the set-up has it"
}
