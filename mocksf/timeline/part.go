package timeline

import (
	"reflect"
	"strings"
	"time"

	"github.com/sfconform/sfconform/fixtures"
)

// The kinds of the parts into which the creation of an app is split.
const (
	kindInstall        fixtures.ChangeKind = "install"
	kindNewApp         fixtures.ChangeKind = "new-app"
	kindPermittedUsers fixtures.ChangeKind = "permitted-users"
)

// part is a change, or a piece of one, that spreads as a whole.
type part struct {
	fixtures.Change
	kind fixtures.ChangeKind
	plan plan
}

// split is what a change consists of, as far as it spreads: a new app becomes
// known first, then installed, then its users are let in (facts: section 7, E3,
// E10 and E15 in turn). Every other change is one piece.
func split(c fixtures.Change, before, after fixtures.Org) []part {
	name, isApp := strings.CutPrefix(c.Path, "apps/")
	app, exists := after.Apps[name]
	_, existed := before.Apps[name]
	if !isApp || !exists || existed {
		return []part{{Change: c, kind: c.Kind()}}
	}
	var defaults fixtures.AppPolicies
	defaults.Defaults()
	known, policies := app, app.Policies
	known.Installed = false
	known.Policies.PermittedUsers = defaults.PermittedUsers
	known.Policies.Profiles, known.Policies.PermissionSets = nil, nil
	parts := []part{
		{Change: fixtures.Set(c.Path, known), kind: kindNewApp},
		{Change: fixtures.Set(c.Path+"/installed", app.Installed), kind: kindInstall},
		{Change: fixtures.Set(c.Path+"/policies/permittedUsers", policies.PermittedUsers), kind: kindPermittedUsers},
		{Change: fixtures.Set(c.Path+"/policies/profiles", policies.Profiles), kind: kindPermittedUsers},
		{Change: fixtures.Set(c.Path+"/policies/permissionSets", policies.PermissionSets), kind: kindPermittedUsers},
	}
	return withoutIdle(parts, after, known, name)
}

// withoutIdle leaves out the pieces that change nothing of the app as it becomes known.
func withoutIdle(parts []part, org fixtures.Org, known fixtures.App, name string) []part {
	kept := parts[:1]
	org.Apps = map[string]fixtures.App{name: known}
	for _, p := range parts[1:] {
		if next := org.MustWith(p.Change); !reflect.DeepEqual(next.Apps[name], known) {
			kept = append(kept, p)
		}
	}
	return kept
}

// delayOf is how long the piece takes to the last node. The knobs of the fake
// itself do not spread, and a new app's policies come with the app unless they
// have a delay of their own.
func (p part) delayOf(pr fixtures.Propagation, created bool) time.Duration {
	switch top, _, _ := strings.Cut(p.Path, "/"); top {
	case "behaviour", "propagation", "records":
		return 0
	}
	delay, given := pr.Delay(p.Path)
	if created && !given {
		delay = pr.Delays[kindNewApp]
	}
	return time.Duration(delay)
}
