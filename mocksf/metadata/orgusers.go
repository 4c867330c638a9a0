package metadata

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
)

// The licence and profile of a user for integrations (facts: metadata.md section 6.1).
const (
	integrationLicence = "Salesforce Integration"
	integrationProfile = "Minimum Access - API Only Integrations"
)

// IsUsername says whether the text has the shape of a username, which is that of an
// e-mail address without being one.
func IsUsername(text string) bool { return usernameShape.MatchString(text) }

var usernameShape = regexp.MustCompile(`^[^\s@/]+@[^\s@/]+\.[^\s@/]+$`)

// users makes the users that the apps need and the org does not have.
func (m *maker) users() {
	if !m.makes(MadeUser) {
		return
	}
	needed := map[string][]string{}
	var signIn []string
	for _, name := range slices.Sorted(maps.Keys(m.place)) {
		a := m.org.Apps[name]
		switch user := a.Policies.RunAs; {
		case IsUsername(user):
			needed[user] = append(needed[user], name)
		case a.Certificate != "":
			signIn = append(signIn, name)
		}
	}
	for _, username := range slices.Sorted(maps.Keys(needed)) {
		m.wanted = append(m.wanted, &wanted{username, needed[username]})
	}
	for _, name := range signIn {
		m.signsIn(name)
	}
	for _, w := range m.wanted {
		if !m.exists(w.username) {
			m.user(w.username, w.apps)
		}
	}
}

// wanted is a user that is to be made, and for which apps.
type wanted struct {
	username string
	apps     []string
}

// signsIn finds a user for an app of the JWT bearer flow, which names its user in the
// assertion: the first that the app can admit beside the others, else one more. A user
// has one profile, so that apps that admit different ones need several.
func (m *maker) signsIn(name string) {
	for _, w := range m.wanted {
		if m.exists(w.username) || len(m.byProfile(append(slices.Clone(w.apps), name))) > 0 || len(m.byProfile([]string{name})) == 0 {
			w.apps = append(w.apps, name)
			return
		}
	}
	made := len(m.wanted)
	switch {
	case made == 0 && len(m.org.Users) > 0:
		// The org has users of its own to sign in.
	case made == 0:
		m.wanted = append(m.wanted, &wanted{"integration@" + m.org.MyDomain + ".example", []string{name}})
	default:
		m.wanted = append(m.wanted, &wanted{fmt.Sprintf("integration%d@%s.example", made+1, m.org.MyDomain), []string{name}})
	}
}

// byProfile are the profiles of which each admits a user to all of those apps that
// list profiles and no permission sets; empty if none does, or no app asks for one.
func (m *maker) byProfile(apps []string) []string {
	var common []string
	first := true
	for _, name := range apps {
		policies := m.org.Apps[name].Policies
		if len(policies.PermissionSets) > 0 || len(policies.Profiles) == 0 {
			continue
		}
		if first {
			common, first = slices.Clone(policies.Profiles), false
			continue
		}
		common = slices.DeleteFunc(common, func(p string) bool { return !slices.Contains(policies.Profiles, p) })
	}
	return common
}

// exists compares as the org does, without regard to case.
func (m *maker) exists(username string) bool {
	for name := range m.org.Users {
		if strings.EqualFold(name, username) {
			return true
		}
	}
	return false
}

// user makes one user for the apps.
func (m *maker) user(username string, apps []string) {
	var u fixtures.User
	u.Defaults()
	first, _, _ := strings.Cut(username, "@")
	u.LastName, u.Email = cmp.Or(first, "Integration"), username
	field := "users/" + username
	m.assume(MadeUser, field, "a user for "+strings.Join(apps, ", ")+": users are no metadata")
	u.Active, u.APIEnabled = m.makes(MadeActive), m.makes(MadeAPIEnabled)
	u.ViewSetup = false
	if m.makes(MadeLicence) {
		u.Licence, u.Profile, u.APIOnly = integrationLicence, integrationProfile, true
		m.assume(MadeLicence, field+"/licence", integrationLicence+", with the profile "+integrationProfile)
	}
	for _, name := range apps {
		u.PermissionSets = append(u.PermissionSets, m.org.Apps[name].Policies.PermissionSets...)
	}
	slices.Sort(u.PermissionSets)
	u.PermissionSets = slices.Compact(u.PermissionSets)
	m.grant(&u, field, m.byProfile(apps))
	m.org.Users[username] = u
}

// grant gives the user what admits it to its apps, as far as that is made.
func (m *maker) grant(u *fixtures.User, field string, profiles []string) {
	switch {
	case len(u.PermissionSets) > 0 && m.makes(MadePermissionSets):
		m.assume(MadePermissionSets, field+"/permissionSets", "holds "+strings.Join(u.PermissionSets, ", ")+", which the apps list")
	case len(u.PermissionSets) > 0:
		u.PermissionSets = nil
	}
	if len(profiles) > 0 && m.makes(MadeProfile) {
		u.Profile = profiles[0]
		m.assume(MadeProfile, field+"/profile", "has "+profiles[0]+", which the apps list")
		m.fromProfile(u)
	}
}

// fromProfile takes over what the project's file of the user's profile says.
func (m *maker) fromProfile(u *fixtures.User) {
	profile := m.p.Profile(u.Profile)
	if profile == nil {
		return
	}
	u.Licence = cmp.Or(profile.Text("userLicense"), u.Licence)
	u.LoginIPRanges = ranges(profile.All("loginIpRanges"), "startAddress", "endAddress")
	if granted, named := profile.Permission("ApiEnabled"); named {
		u.APIEnabled = granted
	}
}
