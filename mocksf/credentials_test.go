package mocksf_test

import (
	"maps"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf"
)

// An assertion names its user, and no file says whom.
func TestCredentialsNameAUserThatTheAppAdmits(t *testing.T) {
	t.Parallel()
	org, err := fixtures.BuiltInOrg("developer")
	if err != nil {
		t.Fatal(err)
	}
	org.Users, org.Apps = maps.Clone(org.Users), maps.Clone(org.Apps)
	a, u := org.Apps["integration"], org.Users["integration@acme-dev.example"]
	a.Policies.RunAs, a.Policies.PermissionSets, a.Policies.Profiles = "", nil, []string{"Robots"}
	org.Apps["integration"] = a
	u.PermissionSets, u.Profile = nil, "Humans"
	org.Users = map[string]fixtures.User{"a@acme-dev.example": u}
	for name, profile := range map[string]string{"b@acme-dev.example": "Robots", "c@acme-dev.example": "Robots"} {
		u.Profile = profile
		u.Active = name != "b@acme-dev.example"
		org.Users[name] = u
	}
	server, err := mocksf.New(mocksf.Options{Orgs: []fixtures.Org{org}, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	c, err := server.Org().Credentials("integration")
	if err != nil || c.Username != "c@acme-dev.example" {
		t.Errorf("the user is %q, %v", c.Username, err)
	}
}
