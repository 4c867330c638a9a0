package deploy_test

import (
	"maps"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
)

// A project holds more than apps: it deploys as far as the fake goes, and is told.
func TestWhatIsNoAppMetadataIsToldOfAndNotCounted(t *testing.T) {
	t.Parallel()
	x, files := newOrg(t), project("Nightly")
	files["package.xml"] = manifest("ExternalClientApplication", "*", "ExtlClntAppGlobalOauthSettings", "*", "ExtlClntAppOauthSettings", "*",
		"ExtlClntAppOauthConfigurablePolicies", "*", "ApexClass", "A", "CustomObject", "*", "PermissionSet", "Integration_API", "Settings", "Account")
	files["classes/A.cls"], files["classes/A.cls-meta.xml"] = "public class A {}", "<ApexClass "+namespace+"/>"
	files["permissionsets/Integration_API.permissionset"] = "<PermissionSet " + namespace + "><label>API</label></PermissionSet>"
	r := x.deploy(t, files)
	succeeded(t, r)
	told := map[string]string{}
	for _, m := range r.Details.Successes {
		if m.ProblemType == "Info" && m.Success && !m.Created && !m.Changed {
			told[m.ComponentType+" "+m.FullName] = m.FileName + ": " + m.Problem
		}
	}
	want := map[string]string{
		"ApexClass A":                   "classes/A.cls: " + text("component-passed-over", "type", "ApexClass"),
		"CustomObject *":                "package.xml: " + text("component-passed-over", "type", "CustomObject"),
		"Settings Account":              "package.xml: " + text("component-passed-over", "type", "Settings"),
		"PermissionSet Integration_API": "permissionsets/Integration_API.permissionset: " + text("permissions-taken-in-part"),
	}
	if !maps.Equal(told, want) || r.ComponentsTotal != 4 || r.ComponentsDeployed != 4 {
		t.Errorf("%d of %d, told %v", r.ComponentsDeployed, r.ComponentsTotal, told)
	}
}

func TestPermissionSetsAndProfilesTakeEffectForTheirUsers(t *testing.T) {
	t.Parallel()
	const admin = "admin@acme.example"
	x := newOrg(t, fixtures.Set("users/"+admin+"/apiEnabled", false), fixtures.Set("users/"+admin+"/permissionSets", []string{"Callers"}))
	succeeded(t, x.deploy(t, map[string]string{
		"package.xml": manifest("PermissionSet", "*", "Profile", "*"),
		"permissionsets/Callers.permissionset": "<PermissionSet " + namespace + "><label>Callers</label>" +
			"<userPermissions><enabled>true</enabled><name>ApiEnabled</name></userPermissions></PermissionSet>",
		"permissionsets/Integration_API.permissionset": "<PermissionSet " + namespace + "><label>API</label>" +
			"<userPermissions><enabled>false</enabled><name>ApiEnabled</name></userPermissions></PermissionSet>",
		"profiles/Admin.profile": "<Profile " + namespace + "><loginIpRanges><endAddress>10.0.0.9</endAddress>" +
			"<startAddress>10.0.0.1</startAddress></loginIpRanges></Profile>",
	}))
	users := x.Config().Users
	if !users[admin].APIEnabled || len(users[admin].LoginIPRanges) != 1 {
		t.Errorf("the admin is %+v", users[admin])
	}
	if !users[runAs].APIEnabled || len(users[runAs].LoginIPRanges) > 0 {
		t.Errorf("the other user is %+v", users[runAs])
	}
}

func TestAPermissionSetThatNoAppNamesIsJudgedToo(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	r := x.deploy(t, map[string]string{
		"package.xml": manifest("PermissionSet", "*"),
		"permissionsets/Only.permissionset": "<PermissionSet " + namespace + "><label>Only</label>" +
			"<userPermissions><enabled>true</enabled><name>ApiOnlyUser</name></userPermissions></PermissionSet>",
	})
	if r.Status != "Failed" || len(r.Details.Failures) != 1 || r.Details.Failures[0].Problem != text("permission-unknown", "permission", "ApiOnlyUser") ||
		r.Details.Failures[0].FileName != "permissionsets/Only.permissionset" || r.Details.Failures[0].Line == 0 {
		t.Errorf("%s %+v", r.Status, r.Details)
	}
}
