package lint_test

import (
	"io/fs"
	"maps"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata"
	"github.com/sfconform/sfconform/mocksf/metadata/lint"
	"github.com/sfconform/sfconform/mocksf/metadata/source"
)

const (
	root      = "force-app/main/default/"
	header    = root + "externalClientApps/integration.eca-meta.xml"
	global    = root + "extlClntAppGlobalOauthSets/integration_glbloauth.ecaGlblOauth-meta.xml"
	oauth     = root + "extlClntAppOauthSettings/integration_oauth.ecaOauth-meta.xml"
	policies  = root + "extlClntAppOauthPolicies/integration_oauthPlcy.ecaOauthPlcy-meta.xml"
	plugin    = root + "extlClntAppPolicies/integration_plcy.ecaPlcy-meta.xml"
	set       = root + "permissionsets/Integration_API.permissionset-meta.xml"
	connected = root + "connectedApps/legacy.connectedApp-meta.xml"
	project   = "sfdx-project.json"
	manifest  = "manifest/package.xml"
	runAs     = "integration@acme-dev.example"
)

// edit changes the text of a file: all of old becomes text; with no old the file is
// made, with no text either it is taken away.
type edit struct{ path, old, text string }

// now lies within the validity of the test certificates.
var now = time.Date(2027, time.June, 1, 12, 0, 0, 0, time.UTC)

// working is the developer org's External Client App as files, which log in by both flows.
func working(t *testing.T) (map[string][]byte, fixtures.Org) {
	t.Helper()
	org, err := fixtures.BuiltInOrg("developer")
	if err != nil {
		t.Fatal(err)
	}
	files, err := metadata.Export(org)
	if err != nil {
		t.Fatal(err)
	}
	org.Apps = nil
	return files, org
}

// machine takes the JWT bearer flow out, so that the app is for client credentials alone.
func machine(t *testing.T, files map[string][]byte) []edit {
	t.Helper()
	text := string(files[global])
	_, rest, _ := strings.Cut(text, "    <certificate>")
	certificate, _, _ := strings.Cut(rest, "</certificate>\n")
	return []edit{
		{global, "    <certificate>" + certificate + "</certificate>\n", ""},
		{oauth, "Api, RefreshToken", "Api"},
	}
}

func edited(t *testing.T, files map[string][]byte, edits []edit) map[string][]byte {
	t.Helper()
	files = maps.Clone(files)
	for _, e := range edits {
		switch old := string(files[e.path]); {
		case e.old == "" && e.text == "":
			delete(files, e.path)
		case e.old == "":
			files[e.path] = []byte(e.text)
		case !strings.Contains(old, e.old):
			t.Fatalf("%s has no %q:\n%s", e.path, e.old, old)
		default:
			files[e.path] = []byte(strings.ReplaceAll(old, e.old, e.text))
		}
	}
	return files
}

func fileSystem(files map[string][]byte) fs.FS {
	m := fstest.MapFS{}
	for name, data := range files {
		m[name] = &fstest.MapFile{Data: data}
	}
	return m
}

// linted is a project of the files and what the linter finds in it.
func linted(t *testing.T, files map[string][]byte, org *fixtures.Org) (*metadata.Project, []lint.Finding) {
	t.Helper()
	fsys := fileSystem(files)
	p, err := metadata.LoadProject(fsys, metadata.Options{AllowUnset: true, Options: source.Options{}})
	if err != nil {
		t.Fatal(err)
	}
	clients, err := lint.ClientFiles(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return p, lint.Run(p, lint.Options{Org: org, Now: now, CertDays: 30, Clients: clients})
}

// ids are the rules of the findings, each once, in order.
func ids(findings []lint.Finding) string {
	seen := map[fixtures.LintRuleID]bool{}
	var list []string
	for _, r := range fixtures.LintRules {
		for _, f := range findings {
			if f.Rule == r.ID && !seen[r.ID] {
				seen[r.ID] = true
				list = append(list, string(r.ID))
			}
		}
	}
	return strings.Join(list, " ")
}

func described(findings []lint.Finding) string {
	var b strings.Builder
	for _, f := range findings {
		b.WriteString(string(f.Rule) + " " + f.String() + ": " + f.Message + "\n")
	}
	return b.String()
}
