package timeline_test

import (
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
)

var newApp = fixtures.Set("apps/fresh", map[string]any{
	"label": "Fresh", "consumerKey": "3MVG9.FRESH",
	"policies": map[string]any{
		"runAs": "ada@acme.example", "permittedUsers": "admin-approved-users-are-pre-authorized",
		"profiles": []any{"Integration"}, "permissionSets": []any{"Integration_API"},
	},
})

func TestANewAppBecomesKnownThenInstalledThenItsUsersAreLetIn(t *testing.T) {
	t.Parallel()
	tl := newTimeline(t, spread(1, 1, map[fixtures.ChangeKind]time.Duration{
		"new-app": 10 * time.Minute, "install": 20 * time.Minute, "permitted-users": 30 * time.Minute,
	}))
	apply(t, tl, start, newApp)
	for _, step := range []struct {
		after                    time.Duration
		known, installed, letsIn bool
	}{
		{9 * time.Minute, false, false, false},
		{10 * time.Minute, true, false, false},
		{20 * time.Minute, true, true, false},
		{30 * time.Minute, true, true, true},
	} {
		app, known := tl.At(start.Add(step.after), 0).Apps["fresh"]
		letsIn := app.Policies.PermittedUsers == fixtures.AdminApprovedUsers &&
			len(app.Policies.Profiles) == 1 && len(app.Policies.PermissionSets) == 1
		if known != step.known || app.Installed != step.installed || letsIn != step.letsIn {
			t.Errorf("%v after: known %v, installed %v, lets users in %v; want %+v", step.after, known, app.Installed, letsIn, step)
		}
		if known && app.Policies.RunAs != "ada@acme.example" {
			t.Errorf("%v after: the app has no Run As user", step.after)
		}
	}
}

func TestTheDelaysOfANewAppsPiecesDefaultToItsOwn(t *testing.T) {
	t.Parallel()
	tl := newTimeline(t, spread(3, 9, map[fixtures.ChangeKind]time.Duration{"new-app": 10 * time.Minute}))
	apply(t, tl, start, newApp)
	pending := tl.Pending(start)
	if len(pending) != 5 {
		t.Fatalf("a new app spreads in %d pieces: %+v", len(pending), pending)
	}
	for _, p := range pending[1:] {
		for node, at := range p.Visible {
			if !at.Equal(pending[0].Visible[node]) {
				t.Errorf("node %d sees %s at %v, the app itself at %v", node, p.Path, at, pending[0].Visible[node])
			}
		}
	}
}

func TestAPieceWaitsForTheAppItBelongsTo(t *testing.T) {
	t.Parallel()
	tl := newTimeline(t, spread(1, 1, map[fixtures.ChangeKind]time.Duration{
		"new-app": time.Hour, "install": time.Minute, "permitted-users": time.Minute,
	}))
	apply(t, tl, start, newApp, fixtures.Set("apps/fresh/policies/runAs", "bob@acme.example"))
	if _, known := tl.At(start.Add(30*time.Minute), 0).Apps["fresh"]; known {
		t.Error("a piece brought the app with it")
	}
	app := tl.At(start.Add(time.Hour), 0).Apps["fresh"]
	if !app.Installed || app.Policies.PermittedUsers != fixtures.AdminApprovedUsers || app.Policies.RunAs != "bob@acme.example" {
		t.Errorf("once the app is there, its pieces are not: %+v", app)
	}
}

func TestReplacingAndDeletingAnAppIsOnePiece(t *testing.T) {
	t.Parallel()
	for _, c := range []fixtures.Change{
		fixtures.Set("apps/integration", map[string]any{"label": "Other", "consumerKey": "k"}),
		fixtures.Remove("apps/integration"),
	} {
		tl := newTimeline(t, spread(2, 1, map[fixtures.ChangeKind]time.Duration{"new-app": time.Hour}))
		apply(t, tl, start, c)
		if p := tl.Pending(start); len(p) != 1 || p[0].Kind != "new-app" || p[0].Path != c.Path {
			t.Errorf("%+v spreads as %+v", c, p)
		}
	}
}

func TestAnAppThatIsNotInstalledAndHasNoPoliciesIsOnePiece(t *testing.T) {
	t.Parallel()
	tl := newTimeline(t, spread(2, 1, map[fixtures.ChangeKind]time.Duration{"new-app": time.Hour}))
	apply(t, tl, start, fixtures.Set("apps/plain", map[string]any{"label": "Plain", "installed": false}))
	if p := tl.Pending(start); len(p) != 1 {
		t.Errorf("it spreads as %+v", p)
	}
}
