package deploy_test

import (
	"testing"

	"github.com/sfconform/sfconform/fixtures"
)

func TestAPartOfAnAppIsDeletedWithTheAppAlone(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		manifest, status string
		deleted          int
	}{
		"alone":         {manifest("ExtlClntAppOauthSettings", "Nightly_oauth"), "Failed", 0},
		"with the app":  {manifest("ExtlClntAppOauthSettings", "Nightly_oauth", "ExternalClientApplication", "Nightly"), "Succeeded", 2},
		"not there":     {manifest("ExtlClntAppOauthSettings", "Nowhere_oauth"), "Succeeded", 0},
		"of other kind": {manifest("ApexClass", "A"), "Succeeded", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := newOrg(t)
			succeeded(t, x.deploy(t, project("Nightly")))
			r := x.deploy(t, map[string]string{"package.xml": manifest(), "destructiveChangesPost.xml": c.manifest})
			deleted := 0
			for _, m := range r.Details.Successes {
				if m.Deleted {
					deleted++
				}
			}
			if _, there := x.Config().Apps["Nightly"]; r.Status != c.status || deleted != c.deleted || there != (c.deleted == 0) {
				t.Errorf("%s, %d deleted, there %t: %+v", r.Status, deleted, there, r.Details)
			}
		})
	}
}

func TestAnAppThatIsDeletedFirstIsDeployedAnew(t *testing.T) {
	t.Parallel()
	for manifestName, stays := range map[string]bool{"destructiveChangesPre.xml": true, "destructiveChanges.xml": true, "destructiveChangesPost.xml": false} {
		x, files := newOrg(t), project("Nightly")
		succeeded(t, x.deploy(t, files))
		if err := x.Change(fixtures.Set("apps/Nightly/approvedUsers", []string{runAs})); err != nil {
			t.Fatal(err)
		}
		files[manifestName] = manifest("ExternalClientApplication", "Nightly")
		succeeded(t, x.deploy(t, files))
		app, there := x.Config().Apps["Nightly"]
		if there != stays || len(app.ApprovedUsers) > 0 {
			t.Errorf("%s: there %t, %+v", manifestName, there, app)
		}
	}
}
