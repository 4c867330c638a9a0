package source_test

import (
	"strings"
	"testing"

	"github.com/sfconform/sfconform/mocksf/metadata/source"
)

// What npm's "ignore" 5.3.2 answers, which Salesforce's tools use; it alone reads
// [!12] as a class of three, gitignore(5) and this package as all but two.
func TestForceignoreHasTheRulesOfGitignore(t *testing.T) {
	t.Parallel()
	tests := []struct {
		rules, path string
		want        bool
	}{
		{"**", "force-app/x.eca-meta.xml", true},
		{"**/eslintrc.json", "a/b/eslintrc.json", true},
		{"*.ecaGlblOauth-meta.xml", "a/b/X.ecaGlblOauth-meta.xml", true},
		{"/x.eca", "a/x.eca", false},
		{"/x.eca", "x.eca", true},
		{"a/b", "a/b/c", true},
		{"a/b", "z/a/b/c", false},
		{"**/a/b", "z/a/b/c", true},
		{"extlClntAppPolicies/", "m/extlClntAppPolicies/x.ecaPlcy-meta.xml", true},
		{"x.ecaPlcy/", "m/x.ecaPlcy", false},
		{"*.xml\n!keep.xml", "a/keep.xml", false},
		{"a/\n!a/keep.xml", "a/keep.xml", true},
		{"a/*\n!a/keep.xml", "a/keep.xml", false},
		{"# comment\n\n  ", "a", false},
		{"\\#a", "#a", true},
		{"\\!a", "!a", true},
		{"a/**/z", "a/z", true},
		{"a/**/z", "a/b/c/z", true},
		{"a/**", "a", false},
		{"a/**", "a/b", true},
		{"foo[12].eca", "foo1.eca", true},
		{"foo[!12].eca", "foo1.eca", false},
		{"foo?.eca", "foo12.eca", false},
		{"trailing.eca   \r", "trailing.eca", true},
		{"", "a/.hidden/x.eca", true},
		{"", "a/x.eca.dup", true},
		{"", "a/x.eca", false},
		{"force-app\\main", "force-app/main/x", false},
		{"a**b", "a/b", false},
		{"**foo", "x/foo", true},
		{"/*\n!/a", "a/b", false},
		{"*\n!*/\n!*.xml", "a/b.xml", false},
		{"/", "a", false},
		{"a b", "a b", true},
		{"UPPER.eca", "upper.eca", true},
	}
	for _, test := range tests {
		if got := source.ParseIgnore(test.rules).Leaves(test.path, false); got != test.want {
			t.Errorf("%q leaves out %q: %v, want %v", test.rules, test.path, got, test.want)
		}
	}
}

// As source-deploy-retrieve 12.37.2 resolves the same files.
func TestTheNearestForceignoreCountsAndNoOther(t *testing.T) {
	t.Parallel()
	const two = `{"packageDirectories": [{"path": "one", "default": true}, {"path": "two/src"}]}`
	all := []string{source.ConfigFile, two, "one/a.eca-meta.xml", "A", "one/.hidden/b.eca-meta.xml", "B", "two/src/c.eca-meta.xml", "C", "two/src/d.eca-meta.xml", "D", "two/src/e.eca.dup", "E"}
	for name, test := range map[string]struct {
		files      []string
		want, left string
	}{
		"none":          {nil, "one/.hidden/b.eca-meta.xml one/a.eca-meta.xml two/src/c.eca-meta.xml two/src/d.eca-meta.xml", ""},
		"of all":        {[]string{".forceignore", "c.eca-meta.xml\n"}, "one/a.eca-meta.xml two/src/d.eca-meta.xml", "two/src/c.eca-meta.xml by .forceignore"},
		"between":       {[]string{"two/.forceignore", "/src/c.eca-meta.xml\n"}, "one/.hidden/b.eca-meta.xml one/a.eca-meta.xml two/src/d.eca-meta.xml", "two/src/c.eca-meta.xml by two/.forceignore"},
		"of one folder": {[]string{".forceignore", "*.eca-meta.xml", "two/src/.forceignore", "/c.eca-meta.xml"}, "two/src/d.eca-meta.xml", "one/a.eca-meta.xml by .forceignore two/src/c.eca-meta.xml by two/src/.forceignore"},
	} {
		p, err := source.Read(files(append(test.files, all...)...), source.Options{})
		if err != nil || found(p) != test.want {
			t.Errorf("%s: found %v, %v", name, found(p), err)
			continue
		}
		var left []string
		for _, l := range p.LeftOut {
			left = append(left, l.Path+" by "+l.By)
		}
		if got := strings.Join(left, " "); got != test.left {
			t.Errorf("%s: left out are %s", name, got)
		}
	}
}
