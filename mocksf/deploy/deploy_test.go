package deploy_test

import (
	"maps"
	"reflect"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/deploy"
)

const (
	policyFile = "extlClntAppOauthPolicies/Nightly_oauthPlcy.ecaOauthPlcy"
	globalFile = "extlClntAppGlobalOauthSets/Nightly_glbl.ecaGlblOauth"
)

func succeeded(t *testing.T, r deploy.Result) {
	t.Helper()
	if r.Status != "Succeeded" || !r.Success || !r.Done || r.ComponentErrors != 0 {
		t.Fatalf("%s: %s %s %+v", r.Status, r.ErrorStatusCode, r.ErrorMessage, r.Details)
	}
}

func TestADeployMakesAnApp(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	r := x.deploy(t, project("Nightly"))
	succeeded(t, r)
	app, there := x.Config().Apps["Nightly"]
	if !there || app.Policies.RunAs != runAs || !app.Settings.ClientCredentialsFlow || !strings.HasPrefix(app.ConsumerKey, "3MVG9") || app.ConsumerSecret == "" {
		t.Errorf("the app is %+v", app)
	}
	if r.ComponentsTotal != 4 || r.ComponentsDeployed != 4 || len(r.Details.Successes) != 5 {
		t.Errorf("%d of %d components, %d messages", r.ComponentsDeployed, r.ComponentsTotal, len(r.Details.Successes))
	}
	for _, m := range r.Details.Successes[1:] {
		if !m.Created || m.Changed || !m.Success {
			t.Errorf("%s: %+v", m.FullName, m)
		}
	}
	for _, m := range x.deploy(t, project("Nightly")).Details.Successes[1:] {
		if m.Created || m.Changed {
			t.Errorf("deployed again: %+v", m)
		}
	}
}

func TestUsersAreNotDeployed(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	before := x.Config().Users
	succeeded(t, x.deploy(t, project("Nightly")))
	if !maps.EqualFunc(before, x.Config().Users, func(a, b fixtures.User) bool { return reflect.DeepEqual(a, b) }) {
		t.Error("a deploy changed the users")
	}
}

func TestADeployThatFailsOrChecksChangesNothing(t *testing.T) {
	t.Parallel()
	broken := project("Nightly")
	broken[policyFile] = strings.ReplaceAll(broken[policyFile], runAs, "nobody@acme.example")
	for _, c := range []struct {
		name, option, status string
		files                map[string]string
	}{
		{"fails", "", "Failed", broken},
		{"checks", "<checkOnly>true</checkOnly>", "Succeeded", project("Nightly")},
		{"checks what fails", "<checkOnly>true</checkOnly>", "Failed", broken},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			x := newOrg(t)
			if r := x.deploy(t, c.files, c.option); r.Status != c.status || len(x.changed) > 0 {
				t.Errorf("%s, changes %v", r.Status, x.changed)
			}
			if a := x.call(t, "listMetadata", "<queries><type>ExternalClientApplication</type></queries>"); strings.Contains(string(a.Body), "Nightly") {
				t.Errorf("it is listed: %s", a.Body)
			}
		})
	}
}

func TestWithoutRollbackTheRestIsDeployed(t *testing.T) {
	t.Parallel()
	x, files := newOrg(t), project("Nightly")
	files[policyFile] = strings.ReplaceAll(files[policyFile], runAs, "nobody@acme.example")
	r := x.deployZip(t, packed(t, files), "<singlePackage>true</singlePackage>")
	if r.Status != "SucceededPartial" || r.Success || r.ComponentErrors != 1 || r.ComponentsDeployed != 3 {
		t.Errorf("%s, %d errors, %d deployed: %+v", r.Status, r.ComponentErrors, r.ComponentsDeployed, r.Details)
	}
	if app := x.Config().Apps["Nightly"]; !app.Settings.ClientCredentialsFlow || app.Policies.RunAs != "" {
		t.Errorf("the app is %+v", app)
	}
}

// The CLI lists each component by its name, also those that are left out.
func TestWithoutRollbackAFailedComponentFailsOnce(t *testing.T) {
	t.Parallel()
	x, files := newOrg(t), project("Nightly")
	files[policyFile] = strings.ReplaceAll(files[policyFile], runAs, "nobody@acme.example")
	files["package.xml"] = manifest("ExternalClientApplication", "Nightly", "ExtlClntAppGlobalOauthSettings", "Nightly_glbl",
		"ExtlClntAppOauthSettings", "Nightly_oauth", "ExtlClntAppOauthConfigurablePolicies", "Nightly_oauthPlcy")
	r := x.deployZip(t, packed(t, files), "<singlePackage>true</singlePackage>")
	if r.Status != "SucceededPartial" || r.ComponentErrors != 1 || r.ComponentsDeployed != 3 {
		t.Errorf("%s, %d errors, %d deployed: %+v", r.Status, r.ComponentErrors, r.ComponentsDeployed, r.Details)
	}
}

func TestAFileReplacesWhatItSpeaksOfAndNothingElse(t *testing.T) {
	t.Parallel()
	certificate, err := fixtures.TestCertificate("integration")
	if err != nil {
		t.Fatal(err)
	}
	full := project("Nightly")
	full[globalFile] = strings.Replace(full[globalFile], "<isDevice", "<certificate>"+certificate+"</certificate><isDevice", 1)
	x := newOrg(t)
	succeeded(t, x.deploy(t, full))
	made := x.Config().Apps["Nightly"]
	if made.Certificate == "" {
		t.Fatal("the certificate was not deployed")
	}
	policies := map[string]string{"package.xml": everything, policyFile: strings.ReplaceAll(full[policyFile], "Enabled>true", "Enabled>false")}
	succeeded(t, x.deploy(t, policies))
	after := x.Config().Apps["Nightly"]
	if after.Policies.ClientCredentialsFlow {
		t.Error("the policies were not deployed")
	}
	after.Policies = made.Policies
	if !reflect.DeepEqual(after, made) {
		t.Errorf("a deploy of policies made\n%+v of\n%+v", after, made)
	}
	succeeded(t, x.deploy(t, map[string]string{"package.xml": everything, globalFile: project("Nightly")[globalFile]}))
	made.Certificate, made.Policies.ClientCredentialsFlow = "", false
	if after = x.Config().Apps["Nightly"]; !reflect.DeepEqual(after, made) {
		t.Errorf("a deploy of global settings made\n%+v of\n%+v", after, made)
	}
}

func TestEachFieldSpreadsAsItsOwnKind(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	succeeded(t, x.deploy(t, project("Nightly")))
	x.changed = nil
	files := project("Nightly")
	files[policyFile] = strings.Replace(files[policyFile], "<isClient", "<permittedUsersPolicyType>AdminApprovedPreAuthorized</permittedUsersPolicyType><isClient", 1)
	succeeded(t, x.deploy(t, files))
	if len(x.changed) != 1 || x.changed[0].Path != "apps/Nightly/policies/permittedUsers" {
		t.Errorf("the changes are %v", x.changed)
	}
}

func TestWithoutSinglePackageFilesStandInTheirFolder(t *testing.T) {
	t.Parallel()
	x, files := newOrg(t), map[string]string{}
	for name, text := range project("Nightly") {
		files["mdapi/"+name] = text
	}
	r := x.deployZip(t, packed(t, files), "<rollbackOnError>true</rollbackOnError>")
	succeeded(t, r)
	for _, m := range r.Details.Successes {
		if !strings.HasPrefix(m.FileName, "mdapi/") {
			t.Errorf("%s stands in no folder", m.FileName)
		}
	}
	if r := x.deployZip(t, packed(t, files), defaults); r.Status != "Failed" || r.Details.Failures[0].Problem != text("package-missing") {
		t.Errorf("as a single package: %s %+v", r.Status, r.Details)
	}
	if r := x.deployZip(t, packed(t, nil), ""); r.Status != "Failed" {
		t.Errorf("an empty archive: %s", r.Status)
	}
}

func TestADestructiveManifestDeletesApps(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	succeeded(t, x.deploy(t, project("Nightly")))
	r := x.deploy(t, map[string]string{
		"package.xml": manifest(), "destructiveChanges.xml": manifest("ExternalClientApplication", "Nightly", "ConnectedApp", "Nowhere"),
	})
	succeeded(t, r)
	if _, there := x.Config().Apps["Nightly"]; there {
		t.Error("the app is still there")
	}
	var deleted, warned bool
	for _, m := range r.Details.Successes {
		deleted = deleted || m.Deleted && m.FullName == "Nightly"
		warned = warned || m.FullName == "Nowhere" && m.ProblemType == "Warning"
	}
	if !deleted || !warned {
		t.Errorf("deleted %t, warned %t: %+v", deleted, warned, r.Details.Successes)
	}
}

func TestAKeyPairIsRotatedOnlyIfWarningsAreIgnored(t *testing.T) {
	t.Parallel()
	x, files := newOrg(t), project("Nightly")
	succeeded(t, x.deploy(t, files))
	before := x.Config().Apps["Nightly"]
	files[globalFile] = strings.Replace(files[globalFile], "<isDevice", "<shouldRotateConsumerSecret>true</shouldRotateConsumerSecret><isDevice", 1)
	if r := x.deploy(t, files); r.Status != "Failed" || r.Details.Failures[0].ProblemType != "Warning" {
		t.Errorf("%s %+v", r.Status, r.Details)
	}
	succeeded(t, x.deploy(t, files, "<ignoreWarnings>true</ignoreWarnings>"))
	after := x.Config().Apps["Nightly"]
	if after.ConsumerKey != before.ConsumerKey || after.ConsumerSecret == before.ConsumerSecret || len(after.ConsumerSecret) != 64 {
		t.Error("the secret was not rotated, or the key was")
	}
}

func TestAValidationIsDeployedLaterByItsID(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	checked := x.deploy(t, project("Nightly"), "<checkOnly>true</checkOnly>")
	succeeded(t, checked)
	id := result[string](t, x.call(t, "deployRecentValidation", "<validationId>"+checked.ID+"</validationId>"))
	succeeded(t, x.status(t, id))
	if _, there := x.Config().Apps["Nightly"]; !there || id == checked.ID {
		t.Errorf("not deployed, or under the same id %q", id)
	}
	x.now = start.AddDate(0, 0, 11)
	if a := x.call(t, "deployRecentValidation", "<validationId>"+checked.ID+"</validationId>"); a.Note.Refusal != "soap-deploy-id-invalid" {
		t.Errorf("after eleven days: %d %s", a.Status, a.Body)
	}
}
