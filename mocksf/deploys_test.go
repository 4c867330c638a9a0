package mocksf_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf"
)

// switchesOff asks for a deploy after which the app's policies allow no login.
func switchesOff(t *testing.T, server *mocksf.Server) {
	t.Helper()
	const namespace = ` xmlns="` + fixtures.MetadataNamespace + `"`
	var archive bytes.Buffer
	w := zip.NewWriter(&archive)
	for name, text := range map[string]string{
		"package.xml": "<Package" + namespace + "><types><members>*</members><name>ExtlClntAppOauthConfigurablePolicies</name></types><version>66.0</version></Package>",
		"p/integration_oauthPlcy.ecaOauthPlcy": "<ExtlClntAppOauthConfigurablePolicies" + namespace +
			"><externalClientApplication>integration</externalClientApplication></ExtlClntAppOauthConfigurablePolicies>",
	} {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	token, _ := clientCredentials(t, server.Client(), server.Org().URL(), server.Org()).fields["access_token"].(string)
	resp, err := server.Client().Post(server.Org().URL()+"/services/Soap/m/66.0", "text/xml", strings.NewReader(
		`<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><SessionHeader`+namespace+`><sessionId>`+token+
			`</sessionId></SessionHeader></e:Header><e:Body><deploy`+namespace+`><ZipFile>`+base64.StdEncoding.EncodeToString(archive.Bytes())+
			`</ZipFile><DeployOptions><rollbackOnError>true</rollbackOnError><singlePackage>true</singlePackage></DeployOptions></deploy></e:Body></e:Envelope>`))
	if err != nil {
		t.Fatal(err)
	}
	if a := readAnswer(t, resp); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.text)
	}
}

// A deploy of four minutes whose change takes ten minutes to the nodes: nobody asks for
// it in the meantime, and it is done and spreads from its own end on.
func TestADeployDecidesLoginsFromItsEndAndItsSpreadingOn(t *testing.T) {
	t.Parallel()
	server := mocksf.Serve(t, mocksf.Options{Frozen: true, Orgs: []fixtures.Org{builtIn(t, "production",
		fixtures.Set("settings/deployDuration", "4m"), fixtures.Set("propagation/delays/policy", "10m"))}})
	org := server.Org()
	start := org.Now()
	switchesOff(t, server)
	if settles := org.SettlesAt().Sub(start); settles != 14*time.Minute {
		t.Errorf("it settles after %s", settles)
	}
	at := start
	for _, step := range []struct {
		after   time.Duration
		changed bool
		status  int
	}{
		{4*time.Minute - 1, false, http.StatusOK},
		{4 * time.Minute, true, http.StatusOK},
		{14*time.Minute - 1, true, http.StatusOK},
		{14 * time.Minute, true, http.StatusBadRequest},
	} {
		if err := org.Advance(start.Add(step.after).Sub(at)); err != nil {
			t.Fatal(err)
		}
		at = start.Add(step.after)
		a := clientCredentials(t, server.Client(), org.URL(), org)
		if off := !org.Config().Apps["integration"].Policies.ClientCredentialsFlow; a.status != step.status || off != step.changed {
			t.Errorf("after %s: changed %t, %d %s", step.after, off, a.status, a.text)
		}
	}
}

// The clock leaps over the deploy and over most of its spreading.
func TestADeployThatTheClockLeapsOverSpreadsFromItsEnd(t *testing.T) {
	t.Parallel()
	server := mocksf.Serve(t, mocksf.Options{Frozen: true, Orgs: []fixtures.Org{builtIn(t, "production",
		fixtures.Set("settings/deployDuration", "4m"), fixtures.Set("propagation/delays/policy", "10m"))}})
	switchesOff(t, server)
	c, err := server.Org().Credentials("integration")
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Org().Advance(14 * time.Minute); err != nil {
		t.Fatal(err)
	}
	a := post(t, server.Client(), c.TokenURL, url.Values{"grant_type": {"client_credentials"}, "client_id": {c.ClientID}, "client_secret": {c.ClientSecret}})
	if a.status != http.StatusBadRequest {
		t.Errorf("%d %s", a.status, a.text)
	}
}
