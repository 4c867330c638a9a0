package source_test

import (
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
