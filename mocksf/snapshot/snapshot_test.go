package snapshot_test

import (
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

func production(t *testing.T, changes ...fixtures.Change) fixtures.Org {
	t.Helper()
	o, err := fixtures.BuiltInOrg("production")
	if err != nil {
		t.Fatal(err)
	}
	return o.MustWith(changes...)
}

func compile(t *testing.T, changes ...fixtures.Change) *snapshot.Org {
	t.Helper()
	org, err := snapshot.Compile(production(t, changes...))
	if err != nil {
		t.Fatal(err)
	}
	return org
}

func TestAppsAreFoundByNameAndByEachKeyThatCounts(t *testing.T) {
	t.Parallel()
	staged := func(state fixtures.StagedState) fixtures.Change {
		return fixtures.Set("apps/integration/staged", map[string]any{
			"consumerKey": "staged-key", "consumerSecret": "staged-secret", "state": string(state),
		})
	}
	for state, want := range map[fixtures.StagedState]bool{
		fixtures.StagedActive: true, fixtures.StagedRotated: true, fixtures.StagedExpired: false,
	} {
		org := compile(t, staged(state))
		app := org.AppByName("integration")
		if app == nil || org.AppByKey(app.ConsumerKey) != app {
			t.Fatalf("%s: the app is not found by its own key", state)
		}
		if got := org.AppByKey("staged-key") == app; got != want {
			t.Errorf("%s: found by the staged key: %v", state, got)
		}
	}
	org := compile(t)
	if org.AppByKey("") != nil || org.AppByKey("nope") != nil || org.AppByName("nope") != nil {
		t.Error("an app is found by a name or key that none has")
	}
}

func TestEachKeyOfARotationHasItsOwnSecret(t *testing.T) {
	t.Parallel()
	org := compile(t, fixtures.Set("apps/integration/staged", map[string]any{"consumerKey": "new", "consumerSecret": "new-secret"}))
	app := org.AppByName("integration")
	for _, c := range []struct {
		key, secret string
		want        bool
	}{
		{app.ConsumerKey, app.ConsumerSecret, true},
		{"new", "new-secret", true},
		{"new", app.ConsumerSecret, false},
		{app.ConsumerKey, "new-secret", false},
		{app.ConsumerKey, "", false},
		{app.ConsumerKey, strings.ToLower(app.ConsumerSecret), false},
	} {
		if got := app.SecretMatches(c.key, c.secret); got != c.want {
			t.Errorf("key %.6s with secret %.6s: %v", c.key, c.secret, got)
		}
	}
	bare := compile(t, fixtures.Set("apps/integration/consumerSecret", "")).AppByName("integration")
	if bare.SecretMatches(bare.ConsumerKey, "") {
		t.Error("an app without a secret takes an empty one")
	}
}

func TestUsersAreFoundByNameInAnyCaseAndByIDInBothLengths(t *testing.T) {
	t.Parallel()
	org := compile(t)
	u := org.User("ADMIN@acme.Example")
	if u == nil || u.Username != "admin@acme.example" {
		t.Fatalf("user %+v", u)
	}
	if org.UserByID(u.ID) != u || org.UserByID(u.ID[:15]) != u {
		t.Error("not found by id")
	}
	if org.User("nobody") != nil || org.UserByID("005") != nil || org.UserByID("") != nil {
		t.Error("a user is found that does not exist")
	}
}

func TestAdmissionFollowsFromProfileOrPermissionSet(t *testing.T) {
	t.Parallel()
	org := compile(t, fixtures.Set("apps/legacy/approvedUsers", []any{"Admin@ACME.example"}))
	eca, legacy := org.AppByName("integration"), org.AppByName("legacy")
	integration, admin := org.User("integration@acme.example"), org.User("admin@acme.example")
	for _, c := range []struct {
		what      string
		got, want bool
	}{
		{"by permission set", eca.Admits(integration), true},
		{"by profile", legacy.Admits(integration), true},
		{"neither", eca.Admits(admin), false},
		{"approved himself", legacy.ApprovedBy(admin), true},
		{"did not approve", legacy.ApprovedBy(integration), false},
		{"scope", eca.HasScope("full", "api"), true},
		{"no such scope", eca.HasScope("full", "web"), false},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v", c.what, c.got)
		}
	}
}

func TestOptionsFollowFromPresetAndChoice(t *testing.T) {
	t.Parallel()
	limited := fixtures.Reading{Switch: "exp-upper-bound", Option: "three-minutes"}
	if compile(t).Answers(limited) {
		t.Error("observed: exp is limited")
	}
	documented := compile(t, fixtures.Set("behaviour/preset", "documented"))
	if !documented.Answers(limited) || documented.Option("exp-upper-bound") != "three-minutes" {
		t.Error("documented: exp is not limited")
	}
	chosen := compile(t, fixtures.Set("behaviour/preset", "documented"), fixtures.Set("behaviour/switches/exp-upper-bound", "unlimited"))
	if chosen.Answers(limited) {
		t.Error("a choice does not stand above the preset")
	}
}

func TestOrgsThatCannotAnswerAreRefusedWithThePlaceAtFault(t *testing.T) {
	t.Parallel()
	key := production(t).Apps["legacy"].ConsumerKey
	for _, c := range []struct {
		change fixtures.Change
		want   []string
	}{
		{fixtures.Set("apps/integration/consumerKey", key), []string{"apps/legacy/consumerKey", `"integration"`}},
		{fixtures.Set("apps/integration/certificate", "garbage!"), []string{"apps/integration/certificate"}},
		{fixtures.Set("id", "00D1"), []string{"id:", "00D1"}},
		{fixtures.Set("id", "00D!00000000001"), []string{"id:"}},
		{fixtures.Set("users/admin@acme.example/id", "001000000000001"), []string{"users/admin@acme.example/id", "005"}},
		{fixtures.Set("users/Admin@acme.example", map[string]any{"lastName": "Twin"}), []string{"same username"}},
		{fixtures.Set("users/admin@acme.example/id", compile(t).User("integration@acme.example").ID), []string{"same one"}},
	} {
		_, err := snapshot.Compile(production(t, c.change))
		for _, want := range c.want {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s = %v: error %v, want %q in it", c.change.Path, c.change.Value, err, want)
			}
		}
	}
}

func TestCertificatesOfOtherKindsLeaveNoKey(t *testing.T) {
	t.Parallel()
	for certificate, want := range map[string]bool{"test:integration": true, "test:ec": false, "": false} {
		app := compile(t, fixtures.Set("apps/integration/certificate", certificate)).AppByName("integration")
		if got := app.PublicKey != nil; got != want {
			t.Errorf("certificate %q: a key: %v", certificate, got)
		}
	}
}
