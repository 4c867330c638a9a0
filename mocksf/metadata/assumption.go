package metadata

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures/spell"
)

// Made is something that the files of a project do not hold and an org needs; it
// is made unless [OrgOptions.Without] names it (facts: metadata.md section 10).
type Made string

// What is made.
const (
	// MadeUser: the Run As users, and one user for the JWT bearer flow.
	MadeUser Made = "user"
	// MadeActive: a user that is made is active.
	MadeActive Made = "active"
	// MadeAPIEnabled: it has API Enabled.
	MadeAPIEnabled Made = "api-enabled"
	// MadeLicence: it has the Salesforce Integration licence and that licence's profile.
	MadeLicence Made = "licence"
	// MadePermissionSets: it holds every permission set that its apps list.
	MadePermissionSets Made = "permission-sets"
	// MadeProfile: it has the first profile that its apps list, if they list no permission set.
	MadeProfile Made = "profile"
	// MadeSecret: an app whose files have no consumer secret gets one.
	MadeSecret Made = "secret"
)

// AllMade are all things that are made, in their order.
func AllMade() []Made {
	return []Made{MadeUser, MadeActive, MadeAPIEnabled, MadeLicence, MadePermissionSets, MadeProfile, MadeSecret}
}

// ParseMade finds one by its name. The error names the nearest.
func ParseMade(name string) (Made, error) {
	var known []string
	for _, m := range AllMade() {
		known = append(known, string(m))
	}
	if slices.Contains(known, name) {
		return Made(name), nil
	}
	if near := spell.Nearest(name, known); near != "" {
		return "", fmt.Errorf("%q is nothing that is made: did you mean %q?", name, near)
	}
	return "", fmt.Errorf("%q is nothing that is made: there are %s", name, strings.Join(known, ", "))
}

// Assumption is one thing that an org has although no file of the project says so.
type Assumption struct {
	// Made is the switch that leaves it out; empty if nothing does.
	Made Made `json:"made,omitempty"`
	// Field is the path of the place in the org, as in fixtures.Change.
	Field string `json:"field"`
	// Text says what was assumed, and why.
	Text string `json:"text"`
}

// String is the assumption in one line.
func (a Assumption) String() string {
	text := a.Field + ": " + a.Text
	if a.Made != "" {
		text += fmt.Sprintf(" (--without %s leaves it out)", a.Made)
	}
	return text
}
