package lint_test

import (
	"maps"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata"
	"github.com/sfconform/sfconform/mocksf/metadata/lint"
)

// Whatever stands in a file, the linter answers: it finds, mends and judges, and
// what it calls a project that logs in makes an org.
func FuzzLint(f *testing.F) {
	org, err := fixtures.BuiltInOrg("developer")
	if err != nil {
		f.Fatal(err)
	}
	base, err := metadata.Export(org)
	if err != nil {
		f.Fatal(err)
	}
	paths := []string{header, global, oauth, policies, plugin, set, connected, manifest, ".env"}
	for i, path := range paths {
		f.Add(uint8(i), base[path])
	}
	f.Add(uint8(6), []byte(legacy))
	f.Add(uint8(2), []byte("<ExtlClntAppOauthSettings><externalClientApplication>integrations</externalClientApplication></ExtlClntAppOauthSettings>"))
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		files := maps.Clone(base)
		files[paths[int(which)%len(paths)]] = data
		fsys := fileSystem(files)
		p, err := metadata.LoadProject(fsys, metadata.Options{})
		if err != nil {
			return
		}
		clients, err := lint.ClientFiles(fsys)
		if err != nil {
			t.Fatal(err)
		}
		found := lint.Run(p, lint.Options{Now: now, Clients: clients})
		lint.Apply(found)
		for _, flow := range []fixtures.Flow{fixtures.ClientCredentials, fixtures.JWTBearer} {
			if v := lint.Judge(p, found, flow); v.Works {
				if _, _, err := p.Org(metadata.OrgOptions{}); err != nil {
					t.Errorf("%s, and no org is made: %v", v, err)
				}
			}
		}
	})
}
