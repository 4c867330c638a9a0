package records

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// administrator is the profile whose users own the seeded records.
const administrator = "System Administrator"

// scratchEnds marks a scratch org: tools take an org with a trial date in a
// sandbox for one. It lies far ahead, so that no clock of a test reaches it.
var scratchEnds = time.Date(2049, 12, 31, 0, 0, 0, 0, time.UTC)

// seedSetup adds the rows that follow from the org's configuration.
func (t *tables) seedSetup(org *snapshot.Org, owner any) {
	t.add("Organization", owner, organization(org), 0)
	for i, name := range profileNames(org) {
		t.add("Profile", owner, Row{"Id": profileID(org, name), "Name": name, "UserType": "Standard"}, i)
	}
	for i, username := range usernames(org) {
		t.add("User", owner, user(org, org.User(username)), i)
	}
}

func organization(org *snapshot.Org) Row {
	r := Row{
		"Id": org.ID, "Name": org.Name, "Country": "DE", "LanguageLocaleKey": "en_US",
		"TimeZoneSidKey": "Europe/Berlin", "DefaultLocaleSidKey": "en_US",
		"OrganizationType": org.Edition, "InstanceName": "DEU42", "IsSandbox": false,
	}
	switch org.Kind {
	case fixtures.Sandbox, fixtures.Scratch:
		r["InstanceName"], r["IsSandbox"] = "DEU4S", true
	case fixtures.Production, fixtures.Developer:
	}
	if org.Kind == fixtures.Scratch {
		r["TrialExpirationDate"] = scratchEnds
	}
	return r
}

func user(org *snapshot.Org, u *snapshot.User) Row {
	return Row{
		"Id": u.ID, "Username": u.Username, "FirstName": orNull(u.FirstName), "LastName": u.LastName, "Name": FullName(u),
		"Alias": alias(u), "CommunityNickname": Nickname(u),
		"Email": orNull(u.Email), "IsActive": u.Active, "UserType": "Standard", "TimeZoneSidKey": u.TimeZone,
		"LocaleSidKey": "en_US", "EmailEncodingKey": "UTF-8", "LanguageLocaleKey": "en_US",
		"ProfileId": profileID(org, u.Profile),
	}
}

// alias is the first letter of the first name and what of the last name fits into eight.
func alias(u *snapshot.User) string {
	first, last := []rune(u.FirstName), []rune(u.LastName)
	all := slices.Concat(first[:min(1, len(first))], last)
	return strings.ToLower(string(all[:min(8, len(all))]))
}

// FullName is the user's name as the org writes it.
func FullName(u *snapshot.User) string { return strings.TrimSpace(u.FirstName + " " + u.LastName) }

// Nickname is the user's nickname, unique in the org: the username before the @ and a number.
func Nickname(u *snapshot.User) string {
	before, _, _ := strings.Cut(u.Username, "@")
	return before + fixtures.ID15(u.ID)[11:]
}

func profileID(org *snapshot.Org, name string) string {
	return fixtures.DeriveID("00e", "Ak", org.Host+"/"+name)
}

func profileNames(org *snapshot.Org) []string {
	names := map[string]bool{administrator: true, "Standard User": true}
	for _, u := range org.Users {
		names[u.Profile] = true
	}
	delete(names, "")
	return slices.Sorted(maps.Keys(names))
}

func usernames(org *snapshot.Org) []string { return slices.Sorted(maps.Keys(org.Users)) }

// ownerID is the id of the user who owns the seeded records; nil in an org without users.
func ownerID(org *snapshot.Org) any {
	names := usernames(org)
	if len(names) == 0 {
		return nil
	}
	owner := names[0]
	if i := slices.IndexFunc(names, func(n string) bool { return org.Users[n].Profile == administrator }); i >= 0 {
		owner = names[i]
	}
	return org.UserID(owner)
}

func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}
