package lint_test

import (
	"bytes"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata"
	"github.com/sfconform/sfconform/mocksf/metadata/lint"
	"github.com/sfconform/sfconform/mocksf/metadata/source"
)

// Facts: metadata.md section 8: which rules mend themselves.
func TestASafeFixMendsItsFinding(t *testing.T) {
	t.Parallel()
	files, _ := working(t)
	safe := map[fixtures.LintRuleID]bool{}
	for _, e := range append(examples, connectedExamples...) {
		base := files
		if e.machine {
			base = edited(t, files, machine(t, files))
		}
		broken := edited(t, base, e.edits)
		_, found := linted(t, broken, nil)
		mended, made := lint.Apply(found)
		maps.Copy(broken, mended)
		_, after := linted(t, broken, nil)
		if made > 0 && strings.Contains(ids(after), string(e.rule)) {
			t.Errorf("%s: %d fixes leave\n%s", e.rule, made, described(after))
		}
		for _, f := range found {
			rule, err := fixtures.LintRuleByID(f.Rule)
			if err != nil || f.Fix != nil && !rule.Fixable {
				t.Errorf("%s offers a fix and its table says otherwise (%v)", f.Rule, err)
			}
			safe[f.Rule] = safe[f.Rule] || f.Fix != nil
		}
	}
	for _, r := range fixtures.LintRules {
		if r.Fixable && !safe[r.ID] && r.ID != "ECA37" && r.ID != "ECA01" {
			t.Errorf("%s is said to be fixable, and no example offers a fix", r.ID)
		}
	}
}

func TestAFixIsAUnifiedDiff(t *testing.T) {
	t.Parallel()
	files, _ := working(t)
	_, found := linted(t, edited(t, files, []edit{{oauth, "Api, RefreshToken", "api, RefreshToken"}}), nil)
	want := "--- a/" + oauth + "\n+++ b/" + oauth + `
@@ -1,6 +1,6 @@
 <?xml version="1.0" encoding="UTF-8"?>
 <ExtlClntAppOauthSettings xmlns="http://soap.sforce.com/2006/04/metadata">
-    <commaSeparatedOauthScopes>api, RefreshToken</commaSeparatedOauthScopes>
+    <commaSeparatedOauthScopes>Api, RefreshToken</commaSeparatedOauthScopes>
     <externalClientApplication>integration</externalClientApplication>
     <label>integration_oauth</label>
 </ExtlClntAppOauthSettings>
`
	if len(found) != 1 || found[0].Fix == nil || found[0].Fix.Diff != want {
		t.Errorf("found %s: %+v", described(found), found)
	}
}

func TestAnAddedElementIsALineOfADiff(t *testing.T) {
	t.Parallel()
	files, _ := working(t)
	_, found := linted(t, edited(t, files, []edit{{global, "    <isPkceRequired>true</isPkceRequired>\n", ""}}), nil)
	if len(found) != 1 || !strings.Contains(found[0].Fix.Diff, "\n+    <isPkceRequired>true</isPkceRequired>\n </ExtlClntAppGlobalOauthSettings>\n") {
		t.Errorf("found %s %+v", described(found), found)
	}
	_, found = linted(t, edited(t, files, []edit{{header, label, "    <orgScopedExternalApp>00DQy00000ELR0T:x</orgScopedExternalApp>\n" + label}}), nil)
	if len(found) != 1 || !strings.Contains(found[0].Fix.Diff, "@@ -3,6 +3,5 @@\n") || !strings.Contains(found[0].Fix.Diff, "\n-    <orgScopedExternalApp>") {
		t.Errorf("found %s %+v", described(found), found[0].Fix)
	}
}

func TestATextThatAReplacementChangesHasNoFix(t *testing.T) {
	t.Parallel()
	files, _ := working(t)
	_, found := linted(t, edited(t, files, []edit{{policies, ">" + runAs, ">__RUN_AS__"}, replaced, {policies, flowOn, flowOff}}), nil)
	if ids(found) != "ECA03" || found[0].Fix != nil {
		t.Errorf("found\n%s", described(found))
	}
	env := func(string) (string, bool) { return runAs, true }
	p, err := metadata.LoadProject(fileSystem(edited(t, files, []edit{{policies, ">" + runAs, ">__RUN_AS__"}, replaced, {policies, flowOn, flowOff}})),
		metadata.Options{Options: source.Options{Env: env}})
	if err != nil {
		t.Fatal(err)
	}
	if found = lint.Run(p, lint.Options{Now: now}); ids(found) != "ECA03" || found[0].Fix != nil {
		t.Errorf("with the variable found\n%s", described(found))
	}
}

// A file of one line without a line break at its end.
func TestADiffOfOneLineSaysThatNoLineBreakFollows(t *testing.T) {
	t.Parallel()
	files, _ := working(t)
	one := `<ExtlClntAppConfigurablePolicies xmlns="http://soap.sforce.com/2006/04/metadata"><externalClientApplication>integration</externalClientApplication><isEnabled>false</isEnabled></ExtlClntAppConfigurablePolicies>`
	_, found := linted(t, edited(t, files, []edit{{plugin, "", one}}), nil)
	want := "@@ -1,1 +1,1 @@\n-" + one + "\n\\ No newline at end of file\n+" + strings.Replace(one, "false", "true", 1) + "\n\\ No newline at end of file\n"
	if ids(found) != "ECA33" || !strings.HasSuffix(found[0].Fix.Diff, want) {
		t.Errorf("found\n%s%+v", described(found), found)
	}
}

func TestCertificatesAreHeldToTheTime(t *testing.T) {
	t.Parallel()
	files, _ := working(t)
	p, err := metadata.LoadProject(fileSystem(files), metadata.Options{})
	if err != nil {
		t.Fatal(err)
	}
	cert, err := fixtures.ParseCertificate(p.Apps[0].Certificate())
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		now  time.Time
		want string
	}{
		"before":   {cert.NotBefore.AddDate(0, 0, -1), "is not valid before"},
		"at first": {cert.NotBefore, ""},
		"soon":     {cert.NotAfter.AddDate(0, 0, -29), "within 30 days"},
		"not soon": {cert.NotAfter.AddDate(0, 0, -31), ""},
		"after":    {cert.NotAfter.Add(time.Second), "ended on"},
	} {
		found := lint.Run(p, lint.Options{Now: test.now, CertDays: 30})
		if test.want == "" && len(found) > 0 || test.want != "" && (ids(found) != "ECA19" || !strings.Contains(found[0].Message, test.want)) {
			t.Errorf("%s: found\n%s", name, described(found))
		}
	}
}

func TestSecretsAreNeverRepeated(t *testing.T) {
	t.Parallel()
	files, _ := working(t)
	key, err := fixtures.TestKey("other")
	if err != nil {
		t.Fatal(err)
	}
	base := edited(t, files, machine(t, files))
	_, found := linted(t, edited(t, base, []edit{
		{global, label, "    <consumerSecret>9876543210FEDCBA</consumerSecret>\n    <certificate>" + key + "</certificate>\n" + label},
	}), nil)
	if ids(found) != "ECA14 ECA18 ECA22" {
		t.Errorf("found\n%s", described(found))
	}
	for _, f := range found {
		if text := fmt.Sprintf("%+v %+v", f, f.Fix); strings.Contains(text, "9876543210FEDCBA") || strings.Contains(text, strings.Split(key, "\n")[1]) {
			t.Errorf("%s repeats a secret", f.Rule)
		}
	}
}

// A thousand apps, each of five files, are linted in one run: the number of findings
// shows that each was looked at.
func TestAThousandAppsAreLinted(t *testing.T) {
	t.Parallel()
	files, _ := working(t)
	many := map[string][]byte{project: files[project]}
	for i := range 1000 {
		name := fmt.Sprintf("app%d", i)
		for _, path := range []string{header, global, oauth, policies, plugin} {
			text := bytes.ReplaceAll(files[path], []byte(">integration<"), []byte(">"+name+"<"))
			many[strings.ReplaceAll(path, "integration", name)] = bytes.ReplaceAll(text, []byte("Api, Refresh"), []byte("api, Refresh"))
		}
	}
	if _, found := linted(t, many, nil); ids(found) != "ECA12" || len(found) != 1000 {
		t.Errorf("there are %d findings of %s", len(found), ids(found))
	}
}
