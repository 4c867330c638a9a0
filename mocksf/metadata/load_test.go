package metadata_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata"
	"github.com/sfconform/sfconform/mocksf/metadata/source"
)

const (
	root     = "force-app/main/default/"
	header   = root + "externalClientApps/integration.eca-meta.xml"
	global   = root + "extlClntAppGlobalOauthSets/integration_glbloauth.ecaGlblOauth-meta.xml"
	oauth    = root + "extlClntAppOauthSettings/integration_oauth.ecaOauth-meta.xml"
	policies = root + "extlClntAppOauthPolicies/integration_oauthPlcy.ecaOauthPlcy-meta.xml"
	plugin   = root + "extlClntAppPolicies/integration_plcy.ecaPlcy-meta.xml"
)

// project is the exported developer org with texts of a file replaced: path, old, new, ...
func project(t *testing.T, edits ...string) map[string][]byte {
	t.Helper()
	files := exported(t, "developer")
	for i := 0; i < len(edits); i += 3 {
		old := string(files[edits[i]])
		if !strings.Contains(old, edits[i+1]) {
			t.Fatalf("%s has no %q:\n%s", edits[i], edits[i+1], old)
		}
		files[edits[i]] = []byte(strings.Replace(old, edits[i+1], edits[i+2], 1))
	}
	return files
}

// problems are the messages of a project that must load.
func problems(t *testing.T, files map[string][]byte, o metadata.Options) string {
	t.Helper()
	var b strings.Builder
	for _, p := range load(t, files, o).Problems {
		b.WriteString(string(p.Kind) + " " + p.String() + "\n")
	}
	return b.String()
}

func TestAProblemHasItsKindPlaceAndHint(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		path, old, text string
		want            string
	}{
		"unknown element":        {policies, "<label>", "<scopes>Api</scopes><label>", "unknown-element " + policies + ":8:5: <scopes> is no element of ExtlClntAppOauthConfigurablePolicies"},
		"near element":           {policies, "<clientCredentialsFlowUser>integration@acme-dev.example</clientCredentialsFlowUser>", "<clientCredentialFlowUser>a@b.example</clientCredentialFlowUser>", "did you mean <clientCredentialsFlowUser>?"},
		"element of other times": {policies, "<label>", "<isNamedUserJwtEnabled>true</isNamedUserJwtEnabled><label>", "wrong-version " + policies + ":8:5: <isNamedUserJwtEnabled> is not valid in API version 66.0: it was from 61.0 to 63.0"},
		"newer value":            {policies, "<label>", "<policyAction>StepUpMFA</policyAction><label>", `"StepUpMFA" is not a value of PolicyAction in API version 66.0: it came with 67.0`},
		"runtime scope":          {oauth, "Api, RefreshToken", "api, RefreshToken", `unknown-scope ` + oauth + `:3:32: "api" is not a valid value of OauthScope: did you mean "Api"?`},
		"scope of another kind":  {oauth, "Api, ", "SFAP, ", `did you mean "SFApiPlatform"?`},
		"enum":                   {policies, "AdminApprovedPreAuthorized", "AdminApproved", `unknown-value ` + policies + `:9:31: "AdminApproved" is not a valid value of PermittedUsersPolicyType: did you mean "AdminApprovedPreAuthorized"?`},
		"boolean":                {plugin, "<isEnabled>true", "<isEnabled>yes", `bad-value`},
		"number":                 {policies, ">30<", ">thirty<", `"thirty" is no number`},
		"required":               {plugin, "<isEnabled>true</isEnabled>", "", "missing " + plugin + ":2:1: <ExtlClntAppConfigurablePolicies> lacks <isEnabled>"},
		"twice":                  {plugin, "<isEnabled>", "<isEnabled>true</isEnabled><isEnabled>", "repeated"},
		"namespace":              {plugin, ` xmlns="http://soap.sforce.com/2006/04/metadata"`, "", "malformed " + plugin + ":2:1: the namespace is missing"},
		"root":                   {plugin, "ExtlClntAppConfigurablePolicies", "ExtlClntAppOauthConfigurablePolicies", "malformed"},
		"orphan":                 {plugin, ">integration<", ">integrations<", "orphan " + plugin + `:3:32: no app of the project is called "integrations": did you mean "integration"?`},
		"element in a text":      {plugin, ">integration<", "><b>integration</b><", "holds text, no elements"},
	}
	for name, test := range tests {
		if got := problems(t, project(t, test.path, test.old, test.text), metadata.Options{}); !strings.Contains(got, test.want) {
			t.Errorf("%s gives\n%swant %s", name, got, test.want)
		}
	}
}

func TestWhatSalesforceTakesIsTaken(t *testing.T) {
	t.Parallel()
	files := project(t)
	tests := map[string]func(map[string][]byte){
		"any folder": func(m map[string][]byte) { m["force-app/x/y/integration.eca-meta.xml"] = m[header]; delete(m, header) },
		"without -meta.xml": func(m map[string][]byte) {
			m["force-app/externalClientApps/integration.eca"] = m[header]
			delete(m, header)
		},
		"a byte order mark": func(m map[string][]byte) { m[header] = append([]byte("\ufeff"), m[header]...) },
		"carriage returns": func(m map[string][]byte) {
			m[global] = []byte(strings.ReplaceAll(string(m[global]), "\n", "\r\n"))
		},
		"another prefix": func(m map[string][]byte) {
			text := strings.NewReplacer("xmlns=", "xmlns:m=", "<?", "<?", "</", "</m:", "<", "<m:").Replace(string(m[plugin]))
			m[plugin] = []byte(text)
		},
		"comments": func(m map[string][]byte) {
			m[policies] = []byte(strings.Replace(string(m[policies]), "<label>", "<!-- why --><label>", 1))
		},
		"other metadata": func(m map[string][]byte) {
			m[root+"classes/A.cls"] = []byte("class A {}")
			m[root+"objects/Account/fields/X__c.field-meta.xml"] = []byte("\xff not read")
			m[root+"settings/Account.settings-meta.xml"] = []byte("not read")
			m["README.md"] = []byte("x")
		},
		"fullName": func(m map[string][]byte) {
			m[header] = []byte(strings.Replace(string(m[header]), "<label>", "<fullName>integration</fullName><label>", 1))
		},
	}
	for name, edit := range tests {
		edited := maps.Clone(files)
		edit(edited)
		p := load(t, edited, metadata.Options{})
		if _, _, err := p.Org(metadata.OrgOptions{}); err != nil || len(p.Problems) > 0 || len(p.Apps) != 1 {
			t.Errorf("%s: %d apps, problems %v, error %v", name, len(p.Apps), p.Problems, err)
		}
	}
}

func TestPartsAreJoinedByTheNameInThemAlone(t *testing.T) {
	t.Parallel()
	files := project(t)
	files[root+"any.ecaPlcy-meta.xml"] = []byte(strings.ReplaceAll(string(files[plugin]), ">integration<", ">INTEGRATION<"))
	delete(files, plugin)
	p := load(t, files, metadata.Options{})
	if len(p.Apps) != 1 || p.Apps[0].Policies == nil || p.Apps[0].Policies.Name != "any" || len(p.Problems) > 0 {
		t.Errorf("the apps are %+v, problems %v", p.Apps, p.Problems)
	}
}

func TestTheManifestChooses(t *testing.T) {
	t.Parallel()
	files := project(t)
	m, err := source.ParseManifest("manifest/package.xml", []byte(strings.Replace(
		string(files["manifest/package.xml"]), "<members>integration_oauthPlcy</members>", "<members>integration_policy</members>", 1)))
	if err != nil {
		t.Fatal(err)
	}
	p := load(t, files, metadata.Options{Options: source.Options{Manifest: m}})
	if p.Apps[0].OAuthPolicies != nil || len(p.Source.LeftOut) != 1 || p.Source.LeftOut[0].Path != policies {
		t.Errorf("left out are %v", p.Source.LeftOut)
	}
	if len(p.Problems) != 1 || p.Problems[0].Kind != metadata.NotFound || !p.Problems[0].Warning {
		t.Errorf("problems are %v", p.Problems)
	}
	if p.VersionFrom != "manifest/package.xml" || p.Version != 66 {
		t.Errorf("the version is %d from %q", p.Version, p.VersionFrom)
	}
}

func TestAVariableThatIsNotSetIsAnErrorUnlessAllowed(t *testing.T) {
	t.Parallel()
	files := project(t, policies, "integration@acme-dev.example", "__RUN_AS__",
		"sfdx-project.json", `"name"`, `"replacements": [{"glob": "force-app/**/*.xml", "stringToReplace": "__RUN_AS__", "replaceWithEnv": "RUN_AS"}], "name"`)
	if got := problems(t, files, metadata.Options{}); !strings.Contains(got, "unreplaced "+policies+":3:32:") || !strings.Contains(got, "the variable RUN_AS") {
		t.Errorf("without the variable: %s", got)
	}
	if got := problems(t, files, metadata.Options{AllowUnset: true}); got != "" {
		t.Errorf("with AllowUnset: %s", got)
	}
	env := func(name string) (string, bool) { return "run.as@acme.example", name == "RUN_AS" }
	org, _, err := load(t, files, metadata.Options{Options: source.Options{Env: env}}).Org(metadata.OrgOptions{})
	if err != nil || org.Apps["integration"].Policies.RunAs != "run.as@acme.example" {
		t.Errorf("the Run As user is %q, %v", org.Apps["integration"].Policies.RunAs, err)
	}
}

func TestWhatIsMissingIsMadeAndSaidAndCanBeSwitchedOff(t *testing.T) {
	t.Parallel()
	p := load(t, project(t), metadata.Options{})
	const user = "integration@acme-dev.example"
	org, assumed, err := p.Org(metadata.OrgOptions{})
	if err != nil {
		t.Fatal(err)
	}
	u := org.Users[user]
	if !u.Active || !u.APIEnabled || !u.APIOnly || u.Licence != "Salesforce Integration" || len(u.PermissionSets) != 1 {
		t.Errorf("the user is %+v", u)
	}
	tests := map[metadata.Made]func(fixtures.Org) bool{
		metadata.MadeUser:           func(o fixtures.Org) bool { return len(o.Users) == 0 },
		metadata.MadeActive:         func(o fixtures.Org) bool { return !o.Users[user].Active },
		metadata.MadeAPIEnabled:     func(o fixtures.Org) bool { return !o.Users[user].APIEnabled },
		metadata.MadeLicence:        func(o fixtures.Org) bool { return o.Users[user].Licence == "Salesforce" },
		metadata.MadePermissionSets: func(o fixtures.Org) bool { return len(o.Users[user].PermissionSets) == 0 },
		metadata.MadeSecret:         func(o fixtures.Org) bool { return o.Apps["integration"].ConsumerSecret == "" },
	}
	for made, want := range tests {
		if org, _, err := p.Org(metadata.OrgOptions{Without: []metadata.Made{made}}); err != nil || !want(org) {
			t.Errorf("--without %s changes nothing: %v", made, err)
		}
	}
	said := ""
	for _, a := range assumed {
		said += a.String() + "\n"
	}
	for _, want := range []string{"users/" + user, "--without user", "--without licence", "--without permission-sets", "--without secret", "consumerKey", "myDomain"} {
		if !strings.Contains(said, want) {
			t.Errorf("the assumptions lack %q:\n%s", want, said)
		}
	}
}

func TestAProjectWithErrorsMakesNoOrg(t *testing.T) {
	t.Parallel()
	_, _, err := load(t, project(t, plugin, "<isEnabled>true</isEnabled>", ""), metadata.Options{}).Org(metadata.OrgOptions{})
	if err == nil || !strings.HasPrefix(err.Error(), plugin+":2:1: ") {
		t.Errorf("the error is %v", err)
	}
}
