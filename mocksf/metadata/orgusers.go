package metadata

import (
	"cmp"
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
	// The JWT bearer flow names its user in the assertion: mocksf prints the first.
	switch users := slices.Sorted(maps.Keys(needed)); {
	case len(signIn) > 0 && len(users) > 0:
		needed[users[0]] = append(needed[users[0]], signIn...)
	case len(signIn) > 0 && len(m.org.Users) == 0:
		needed["integration@"+m.org.MyDomain+".example"] = signIn
	}
	for _, username := range slices.Sorted(maps.Keys(needed)) {
		if !m.exists(username) {
			m.user(username, needed[username])
		}
	}
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
	var profiles []string
	for _, name := range apps {
		policies := m.org.Apps[name].Policies
		profiles = append(profiles, policies.Profiles...)
		u.PermissionSets = append(u.PermissionSets, policies.PermissionSets...)
	}
	slices.Sort(u.PermissionSets)
	u.PermissionSets = slices.Compact(u.PermissionSets)
	m.grant(&u, field, profiles)
	m.org.Users[username] = u
}

// grant gives the user what admits it to its apps, as far as that is made.
func (m *maker) grant(u *fixtures.User, field string, profiles []string) {
	switch {
	case len(u.PermissionSets) > 0 && m.makes(MadePermissionSets):
		m.assume(MadePermissionSets, field+"/permissionSets", "holds "+strings.Join(u.PermissionSets, ", ")+", which the apps list")
	case len(u.PermissionSets) > 0:
		u.PermissionSets = nil
	case len(profiles) > 0 && m.makes(MadeProfile):
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
