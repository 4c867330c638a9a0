package stage

import (
	"slices"
	"strings"
	"sync"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/records"
)

// The API names of the apps that clients log in through.
const (
	appName   = "integration"
	otherName = "reporting"
)

// cast is one org with the identities that a client has in it.
type cast struct {
	config fixtures.Org
	identity
	// other is the second identity in the same org, if there is one.
	other *identity
}

// newCast makes an org in which everything is set up right for the flow, with
// secrets of its own.
func (s *Stage) newCast(number int) (cast, error) {
	base, err := fixtures.BuiltInOrg(string(s.options.OrgKind))
	if err != nil {
		return cast{}, err
	}
	base.MyDomain = myDomain(s.options.OrgKind, s.chance.word())
	if s.options.AppKind == fixtures.ConnectedApp {
		base.Apps[appName] = base.Apps["legacy"]
	}
	delete(base.Apps, "legacy")
	var c cast
	if c.identity, err = s.newIdentity(number); err != nil {
		return cast{}, err
	}
	changes := c.join(base)
	if s.options.SecondApp {
		if c.other, err = s.otherIdentity(); err != nil {
			return cast{}, err
		}
		changes = append(changes, c.other.join(base)...)
	}
	full, err := several()
	if err != nil {
		return cast{}, err
	}
	c.config, err = base.With(slices.Concat(changes, full, c.fill(s.options.Org))...)
	audience := "https://" + c.config.MyDomainHost()
	if s.options.AppKind == fixtures.ConnectedApp || s.options.GenericHost {
		audience = "https://" + c.config.GenericHost()
	}
	c.audience = audience
	if c.other != nil {
		c.other.audience = audience
	}
	return c, err
}

// manyRecords are three pages of the smallest size.
const manyRecords = 450

// several fills the objects that clients query first, so that a client whose query it is
// to read several pages does so whichever of them it asks for.
var several = sync.OnceValues(func() ([]fixtures.Change, error) {
	var all []fixtures.Change
	for _, object := range []string{"Account", "Opportunity"} {
		change, err := records.Filled(object, manyRecords)
		if err != nil {
			return nil, err
		}
		all = append(all, change)
	}
	return all, nil
})

// fill puts the scenario's own names into changes.
func (c cast) fill(changes []fixtures.Change) []fixtures.Change {
	names := strings.NewReplacer("${app}", appName, "${user}", c.username)
	filled := make([]fixtures.Change, len(changes))
	for i, change := range changes {
		change.Path = names.Replace(change.Path)
		if text, ok := change.Value.(string); ok {
			change.Value = names.Replace(text)
		}
		filled[i] = change
	}
	return filled
}

// myDomain is a My Domain name of the kind of org, which nobody's real org has.
func myDomain(kind fixtures.OrgKind, word string) string {
	if kind == fixtures.Sandbox {
		return "sfconform-" + word + "--uat"
	}
	return "sfconform-" + word
}
