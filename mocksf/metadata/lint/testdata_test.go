package lint_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata"
	"github.com/sfconform/sfconform/mocksf/metadata/lint"
	"github.com/sfconform/sfconform/mocksf/metadata/source"
)

// The projects of testdata have the shapes of public ones: as retrieved, as written
// by hand, in metadata form, of several packages, of a template that cannot work.
func TestProjectsInTheShapesOfPublicOnes(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		apps     string
		findings string
		cc, jwt  bool
		// refused: a deploy fails, and no org is made.
		refused bool
	}{
		"pipeline":         {apps: "Ship_It", findings: "ECA15 ECA21 ECA22 ECA24 ECA28"},
		"several-packages": {apps: "Order_Sync", findings: "ECA36", cc: true, jwt: true},
		"metadata-form":    {apps: "Box_Feed", findings: "ECA02 ECA26 ECA36"},
		"connected-apps":   {apps: "Panel Warehouse", findings: "ECA26 ECA27 ECA29 ECA38 ECA39 ECA41", cc: true, jwt: true},
		"template":         {apps: "FieldMobile", findings: "ECA08 ECA09 ECA10 ECA13 ECA46", refused: true},
	}
	dirs, err := os.ReadDir("testdata")
	if err != nil || len(dirs) != len(tests) {
		t.Fatalf("there are %d projects and %d tests, %v", len(dirs), len(tests), err)
	}
	for name, test := range tests {
		p := open(t, filepath.Join("testdata", name))
		var apps []string
		for _, app := range p.Apps {
			apps = append(apps, app.Name)
		}
		found := lint.Run(p, lint.Options{Now: now, CertDays: 30})
		if strings.Join(apps, " ") != test.apps || ids(found) != test.findings {
			t.Errorf("%s: apps %v, found %s\n%s", name, apps, ids(found), described(found))
		}
		org, _, err := p.Org(metadata.OrgOptions{})
		if (err != nil) != test.refused {
			t.Errorf("%s: the org: %v", name, err)
		}
		for flow, want := range map[fixtures.Flow]bool{fixtures.ClientCredentials: test.cc, fixtures.JWTBearer: test.jwt} {
			v := lint.Judge(p, found, flow)
			works := err == nil && v.App != "" && login(t, org, v.App, flow)
			if v.Works != want || works != want {
				t.Errorf("%s: %s, the login works: %v, want %v", name, v, works, want)
			}
		}
	}
}

// open loads a project with the variable that one of them needs.
func open(t *testing.T, dir string) *metadata.Project {
	t.Helper()
	files, err := source.Open(dir, source.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer files.Close()
	env := func(name string) (string, bool) { return "runs.as@shop.example", name == "SF_RUN_AS_USER" }
	p, err := metadata.LoadProject(files, metadata.Options{Options: source.Options{Env: env, Within: files.Within}})
	if err != nil {
		t.Fatal(err)
	}
	return p
}
