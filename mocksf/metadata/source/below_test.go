package source_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/mocksf/metadata/source"
)

func TestTheOneProjectOfARepositoryIsOpened(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		files, several []string
		// root is where the project is found, below the folder.
		root string
	}{
		"at the top":            {[]string{"sfdx-project.json", "examples/one/sfdx-project.json"}, nil, ""},
		"in a folder":           {[]string{"README.md", "crm/sfdx-project.json", "crm/unpackaged/pre/package.xml", "crm/unpackaged/pre/settings/x"}, nil, "crm"},
		"metadata form":         {[]string{"build.xml", "src/package.xml", "src/connectedApps/x"}, nil, "src"},
		"a folder of manifests": {[]string{"manifest/package.xml", "manifest/old/package.xml", "force-app/x"}, nil, ""},
		"not in dependencies":   {[]string{"node_modules/p/sfdx-project.json", ".hidden/sfdx-project.json", "a/b/c/d/sfdx-project.json"}, nil, ""},
		"several":               {[]string{"a/sfdx-project.json", "b/c/sfdx-project.json"}, []string{"a", "b/c"}, ""},
		"none":                  {[]string{"force-app/x"}, nil, ""},
	} {
		dir := t.TempDir()
		for _, file := range test.files {
			path := filepath.Join(dir, filepath.FromSlash(file))
			if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		o, err := source.Open(dir, source.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		if o.Root != filepath.Join(dir, test.root) || !slices.Equal(o.Several, test.several) {
			t.Errorf("%s: opened %s, several %v", name, o.Root, o.Several)
		}
		if warning := o.Warning(); (warning != "") != (test.several != nil) || !strings.Contains(warning, strings.Join(test.several, ", ")) {
			t.Errorf("%s: warned by %q", name, warning)
		}
		if err := o.Close(); err != nil {
			t.Error(err)
		}
	}
}
