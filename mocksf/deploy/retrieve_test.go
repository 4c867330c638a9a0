package deploy_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"io"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
)

type retrieved struct {
	ID       string `xml:"id"`
	Done     bool   `xml:"done"`
	Status   string `xml:"status"`
	Messages []struct {
		Problem string `xml:"problem"`
	} `xml:"messages"`
	ZipFile string `xml:"zipFile"`
}

func (x *org) retrieveResult(tb testing.TB, typeName, member, version string) retrieved {
	tb.Helper()
	r := result[retrieved](tb, x.call(tb, "retrieve", "<request><apiVersion>66.0</apiVersion><unpackaged><types><members>"+member+
		"</members><name>"+typeName+"</name></types><version>"+version+"</version></unpackaged></request>"))
	return result[retrieved](tb, x.call(tb, "checkRetrieveStatus", "<asyncProcessId>"+r.ID+"</asyncProcessId>"))
}

// retrieve is the content of the zip file, by name.
func (x *org) retrieve(tb testing.TB, typeName, member string) map[string]string {
	tb.Helper()
	return unpacked(tb, x.retrieveResult(tb, typeName, member, "66.0").ZipFile)
}

func unpacked(tb testing.TB, text string) map[string]string {
	tb.Helper()
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		tb.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		tb.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			tb.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			tb.Fatal(err)
		}
		files[f.Name] = string(data)
	}
	return files
}

func TestARetrieveShowsTheKeyAndNeverTheSecret(t *testing.T) {
	t.Parallel()
	x, files := newOrg(t), project("Nightly")
	files[globalFile] = strings.Replace(files[globalFile], "<isDevice", "<!-- a remark --><consumerSecret>0123456789abcdef</consumerSecret><isDevice", 1)
	succeeded(t, x.deploy(t, files))
	app := x.Config().Apps["Nightly"]
	if app.ConsumerSecret != "0123456789abcdef" {
		t.Fatalf("the secret is %q", app.ConsumerSecret)
	}
	text := x.retrieve(t, "ExtlClntAppGlobalOauthSettings", "Nightly_glbl")["unpackaged/"+globalFile]
	for _, want := range []string{app.ConsumerKey, "<isDeviceFlowEnabled>true</isDeviceFlowEnabled>", "<shouldRotateConsumerKey>false<"} {
		if !strings.Contains(text, want) {
			t.Errorf("%s\nlacks %s", text, want)
		}
	}
	if strings.Contains(text, app.ConsumerSecret) || strings.Contains(text, "remark") {
		t.Errorf("it shows the secret or a comment:\n%s", text)
	}
}

func TestAnOrgFromAConfigurationCanBeRetrievedAndDeployedAgain(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	files := map[string]string{"package.xml": everything}
	for _, typeName := range []string{
		"ExternalClientApplication", "ExtlClntAppGlobalOauthSettings", "ExtlClntAppOauthSettings", "ExtlClntAppOauthConfigurablePolicies", "ExtlClntAppConfigurablePolicies",
	} {
		for name, text := range x.retrieve(t, typeName, "*") {
			if !strings.HasSuffix(name, "package.xml") {
				files[strings.TrimPrefix(name, "unpackaged/")] = text
			}
		}
	}
	if len(files) < 6 {
		t.Fatalf("retrieved only %v", files)
	}
	succeeded(t, x.deploy(t, files))
	if len(x.changed) != 0 {
		t.Errorf("what was retrieved and deployed again changed the org: %v", x.changed)
	}
}

func TestARetrieveFollowsWhatChangedBesideDeploys(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	succeeded(t, x.deploy(t, project("Nightly")))
	if err := x.Change(fixtures.Set("apps/Nightly/policies/clientCredentialsFlow", false)); err != nil {
		t.Fatal(err)
	}
	text := x.retrieve(t, "ExtlClntAppOauthConfigurablePolicies", "Nightly_oauthPlcy")["unpackaged/"+policyFile]
	if !strings.Contains(text, "<isClientCredentialsFlowEnabled>false<") {
		t.Errorf("it shows what was deployed, not what the org has:\n%s", text)
	}
	if text := x.retrieve(t, "ExternalClientApplication", "Nightly")["unpackaged/externalClientApps/Nightly.eca"]; !strings.Contains(text, "kept as it is") {
		t.Errorf("it lost what no answer depends on:\n%s", text)
	}
}

func TestARetrieveLeavesOutWhatItsVersionDoesNotKnow(t *testing.T) {
	t.Parallel()
	x := newOrg(t, fixtures.Set("apps/integration/policies/profiles", []string{"System Administrator"}))
	for version, want := range map[string]bool{"66.0": true, "61.0": false} {
		files := unpacked(t, x.retrieveResult(t, "ExtlClntAppOauthConfigurablePolicies", "integration_oauthPlcy", version).ZipFile)
		text := files["unpackaged/extlClntAppOauthPolicies/integration_oauthPlcy.ecaOauthPlcy"]
		if strings.Contains(text, "commaSeparatedProfile") != want {
			t.Errorf("%s:\n%s", version, text)
		}
	}
}

func TestARetrieveSaysWhatItCannotFind(t *testing.T) {
	t.Parallel()
	r := newOrg(t).retrieveResult(t, "ExternalClientApplication", "Nowhere", "66.0")
	want := text("entity-not-found", "type", "ExternalClientApplication", "name", "Nowhere")
	if r.Status != "Succeeded" || len(r.Messages) != 1 || r.Messages[0].Problem != want {
		t.Errorf("%+v, want %q", r, want)
	}
}

func TestTheTypesAreDescribed(t *testing.T) {
	t.Parallel()
	a := newOrg(t).call(t, "describeMetadata", "<asOfVersion>66.0</asOfVersion>")
	if !strings.Contains(string(a.Body), "<suffix>ecaOauthPlcy</suffix><xmlName>ExtlClntAppOauthConfigurablePolicies</xmlName>") {
		t.Errorf("%s", a.Body)
	}
}

func TestNoPackageIsRetrieved(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	id := result[struct {
		ID string `xml:"id"`
	}](t, x.call(t, "retrieve", "<retrieveRequest><packageNames>Foo</packageNames><apiVersion>66.0</apiVersion></retrieveRequest>")).ID
	a := x.call(t, "checkRetrieveStatus", "<asyncProcessId>"+id+"</asyncProcessId>")
	for _, want := range []string{"<status>Failed</status>", "<success>false</success>", "<errorStatusCode>INVALID_CROSS_REFERENCE_KEY</errorStatusCode>"} {
		if !strings.Contains(string(a.Body), want) {
			t.Errorf("%s\nhas no %s", a.Body, want)
		}
	}
}
