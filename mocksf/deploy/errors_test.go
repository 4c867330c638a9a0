package deploy_test

import (
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
)

func text(id fixtures.DeployErrorID, values ...string) string {
	return fixtures.Answer{Description: fixtures.MustDeployError(id).Text}.With(values...).Description
}

func TestErrorsStandAtTheComponentAndTheLine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		// file, old and instead are the edit that breaks the project; no old: the file is gone.
		file, old, instead string
		typeName, fullName string
		line               int
		problem            string
	}{
		{
			"an execution user whom the org does not have", policyFile, runAs, "someone@else.example",
			"ExtlClntAppOauthConfigurablePolicies", "Nightly_oauthPlcy", 3, text("execution-user-invalid"),
		},
		{
			"no execution user", policyFile, "<clientCredentialsFlowUser>" + runAs + "</clientCredentialsFlowUser>", "",
			"ExtlClntAppOauthConfigurablePolicies", "Nightly_oauthPlcy", 1, text("execution-user-invalid"),
		},
		{
			"an unknown element", policyFile, "<isClient", "<runAs>x</runAs><isClient", "ExtlClntAppOauthConfigurablePolicies", "Nightly_oauthPlcy", 4,
			text("element-invalid", "element", "{"+fixtures.MetadataNamespace+"}runAs", "type", "ExtlClntAppOauthConfigurablePolicies"),
		},
		{
			"an element of another version", policyFile, "<isClient", "<isNamedUserJwtEnabled>true</isNamedUserJwtEnabled><isClient",
			"ExtlClntAppOauthConfigurablePolicies", "Nightly_oauthPlcy", 4, text("property-not-in-version", "element", "isNamedUserJwtEnabled", "version", "66.0"),
		},
		{
			"a value in other words", policyFile, "<isClient", "<permittedUsersPolicyType>AdminApproved</permittedUsersPolicyType><isClient",
			"ExtlClntAppOauthConfigurablePolicies", "Nightly_oauthPlcy", 4, text("enum-value-invalid", "value", "AdminApproved", "enum", "PermittedUsersPolicyType"),
		},
		{
			"a scope that is none", "extlClntAppOauthSettings/Nightly_oauth.ecaOauth", ">Api<", ">Api, McpApi<", "ExtlClntAppOauthSettings", "Nightly_oauth", 3,
			text("scope-unknown", "scopes", "McpApi"),
		},
		{
			"an app that is not there", policyFile, ">Nightly<", ">Daily<", "ExtlClntAppOauthConfigurablePolicies", "Nightly_oauthPlcy", 2,
			text("cross-reference-unknown"),
		},
		{
			"no OAuth settings", "extlClntAppOauthSettings/Nightly_oauth.ecaOauth", "", "", "ExtlClntAppGlobalOauthSettings", "Nightly_glbl", 1,
			text("oauth-settings-missing"),
		},
		{
			"time-outs of tokens that the app does not issue", policyFile, "<isClient",
			"<namedUserJwtSessionTimeoutType>UserSession</namedUserJwtSessionTimeoutType><isClient",
			"ExtlClntAppOauthConfigurablePolicies", "Nightly_oauthPlcy", 4, text("plugin-settings-invalid"),
		},
		{
			"a component that no file holds", "package.xml", "</Package>", "<types><members>Gone</members><name>ConnectedApp</name></types></Package>",
			"ConnectedApp", "Gone", 8, text("not-in-zip", "name", "Gone", "type", "ConnectedApp"),
		},
		{
			"a file that the manifest does not list", "package.xml", "<members>*</members><name>ExternalClientApplication</name>",
			"<members>Nightly</members><name>ConnectedApp</name>", "ExternalClientApplication", "Nightly", 0, text("not-in-package"),
		},
		{"no manifest", "package.xml", "", "", "", "package.xml", 0, text("package-missing")},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			x, files := newOrg(t), project("Nightly")
			if !strings.Contains(files[c.file], c.old) {
				t.Fatalf("%s has no %q", c.file, c.old)
			}
			if files[c.file] = strings.Replace(files[c.file], c.old, c.instead, 1); c.old == "" {
				delete(files, c.file)
			}
			r := x.deploy(t, files)
			for _, m := range r.Details.Failures {
				if strings.HasPrefix(m.Problem, c.problem) && m.ComponentType == c.typeName && m.FullName == c.fullName && m.Line == c.line {
					return
				}
			}
			t.Errorf("%s: %s %+v\nwant %s %s:%d: %s", r.Status, r.ErrorMessage, r.Details, c.typeName, c.fullName, c.line, c.problem)
		})
	}
}

func TestAnExecutionUserIsActiveAndAPIEnabled(t *testing.T) {
	t.Parallel()
	for _, field := range []string{"active", "apiEnabled"} {
		x := newOrg(t, fixtures.Set("users/second@acme.example", fixtures.User{Active: true, APIEnabled: true, LastName: "Second", Profile: "Standard User"}))
		files := project("Nightly")
		files[policyFile] = strings.ReplaceAll(files[policyFile], runAs, "Second@acme.example")
		succeeded(t, x.deploy(t, files))
		if err := x.Change(fixtures.Set("users/second@acme.example/"+field, false)); err != nil {
			t.Fatal(err)
		}
		if r := x.deploy(t, files); r.Status != "Failed" || r.Details.Failures[0].Problem != text("execution-user-invalid") {
			t.Errorf("%s: %s %+v", field, r.Status, r.Details)
		}
	}
}

func TestTheManifestStandsAtTheRootOfASinglePackageOnly(t *testing.T) {
	t.Parallel()
	x, inside := newOrg(t), map[string]string{}
	for name, content := range project("Nightly") {
		inside["unpackaged/"+name] = content
	}
	archive := packed(t, inside)
	if r := x.deployZip(t, archive, defaults); r.Status != "Failed" || r.Details.Failures[0].Problem != text("package-missing") {
		t.Errorf("a folder in a single package: %s %+v", r.Status, r.Details)
	}
	succeeded(t, x.deployZip(t, archive, "<rollbackOnError>true</rollbackOnError>"))
}

const connected = `<ConnectedApp ` + namespace + `><label>Old</label><contactEmail>a@acme.example</contactEmail>
<oauthConfig><callbackUrl>https://acme.example</callbackUrl><consumerKey>KEY</consumerKey><consumerSecret>abcdefgh12345678</consumerSecret><scopes>Api</scopes></oauthConfig>
<oauthPolicy><ipRelaxation>ENFORCE</ipRelaxation><refreshTokenPolicy>infinite</refreshTokenPolicy></oauthPolicy></ConnectedApp>`

func TestTheKeyOfAConnectedAppIsGivenOnceAndToNobodyElse(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	files := func(key string) map[string]string {
		return map[string]string{"package.xml": everything, "connectedApps/Old.connectedApp": strings.Replace(connected, "KEY", key, 1)}
	}
	for _, c := range []struct{ key, problem string }{
		{x.Config().Apps["integration"].ConsumerKey, text("consumer-key-taken")},
		{"AnotherKey0123456789", ""},
		{"AnotherKey0123456789", text("consumer-key-given")},
	} {
		r := x.deploy(t, files(c.key))
		problem := ""
		if len(r.Details.Failures) > 0 {
			problem = r.Details.Failures[0].Problem
		}
		if problem != c.problem || r.Success != (c.problem == "") {
			t.Errorf("%s: %s %q, want %q", c.key, r.Status, problem, c.problem)
		}
	}
	a := x.retrieve(t, "ConnectedApp", "Old")
	if text := a["unpackaged/connectedApps/Old.connectedApp"]; !strings.Contains(text, "AnotherKey0123456789") || strings.Contains(text, "abcdefgh12345678") {
		t.Errorf("retrieved:\n%s", text)
	}
}
