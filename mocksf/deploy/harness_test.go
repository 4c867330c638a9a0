package deploy_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/deploy"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/records"
	"github.com/sfconform/sfconform/mocksf/rest"
	"github.com/sfconform/sfconform/mocksf/session"
	"github.com/sfconform/sfconform/mocksf/snapshot"
	"github.com/sfconform/sfconform/mocksf/soap"
	"github.com/sfconform/sfconform/mocksf/usage"
)

var start = time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)

const (
	runAs     = "integration@acme.example"
	namespace = `xmlns="` + fixtures.MetadataNamespace + `"`
)

// org is a fake org with its Metadata API and one token out.
type org struct {
	mu     sync.Mutex
	config fixtures.Org
	// changed are the changes of deploys so far.
	changed   []fixtures.Change
	changedAt time.Time
	service   *deploy.Service
	mux       *exchange.Mux
	token     string
	now       time.Time
}

func newOrg(tb testing.TB, changes ...fixtures.Change) *org {
	tb.Helper()
	config, err := fixtures.BuiltInOrg("production")
	if err != nil {
		tb.Fatal(err)
	}
	x := &org{config: config.MustWith(changes...), now: start}
	compiled, err := snapshot.Compile(x.config)
	if err != nil {
		tb.Fatal(err)
	}
	sessions, store, service := session.NewStore(compiled.ID, 1), records.NewStore(), deploy.New(x)
	var counted usage.Counter
	x.service = service
	x.mux = exchange.NewMux(slices.Concat(
		soap.Routes(sessions, store, &counted, service.Operations()...), rest.Routes(sessions, store, &counted, service.Places()...),
	)...)
	app := compiled.AppByName("integration")
	x.token = sessions.Opaque(sessions.New(app, compiled.User(runAs), []string{"api"}, 2000*time.Hour, start))
	return x
}

// Config is what the org is now.
func (x *org) Config() fixtures.Org {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.config
}

// Change changes it as somebody in Setup does.
func (x *org) Change(changes ...fixtures.Change) error { return x.ChangeAt(x.now, changes...) }

// ChangeAt changes it.
func (x *org) ChangeAt(at time.Time, changes ...fixtures.Change) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	next, err := x.config.With(changes...)
	if err != nil {
		return err
	}
	if _, err := snapshot.Compile(next); err != nil {
		return err
	}
	x.config, x.changed, x.changedAt = next, append(x.changed, changes...), at
	return nil
}

func (x *org) do(tb testing.TB, method, path, contentType, body string) exchange.Answer {
	tb.Helper()
	compiled, err := snapshot.Compile(x.Config())
	if err != nil {
		tb.Fatal(err)
	}
	path, query, _ := strings.Cut(path, "?")
	r := &exchange.Request{
		Method: method, Path: path, Body: []byte(body), Org: compiled, Now: x.now,
		Header: http.Header{"Content-Type": {contentType}, "Authorization": {"Bearer " + x.token}},
		Host:   exchange.Host{Role: exchange.MyDomain, Base: "https://acme.my.salesforce.com", Name: "acme.my.salesforce.com"},
	}
	if query != "" {
		if r.Query, err = url.ParseQuery(query); err != nil {
			tb.Fatal(err)
		}
	}
	return x.mux.Handle(r)
}

// call calls an operation of the Metadata API.
func (x *org) call(tb testing.TB, operation, inner string) exchange.Answer {
	tb.Helper()
	return x.do(tb, "POST", "/services/Soap/m/66.0", "text/xml", `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header>`+
		`<SessionHeader `+namespace+`><sessionId>`+x.token+`</sessionId></SessionHeader></e:Header>`+
		`<e:Body><`+operation+` `+namespace+`>`+inner+`</`+operation+`></e:Body></e:Envelope>`)
}

// result reads the result of a call.
func result[T any](tb testing.TB, a exchange.Answer) T {
	tb.Helper()
	var envelope struct {
		Body struct {
			Response struct {
				Result T `xml:"result"`
			} `xml:",any"`
		}
	}
	if err := xml.Unmarshal(a.Body, &envelope); err != nil || a.Status != http.StatusOK {
		tb.Fatalf("%d %s: %v", a.Status, a.Body, err)
	}
	return envelope.Body.Response.Result
}

const defaults = "<rollbackOnError>true</rollbackOnError><singlePackage>true</singlePackage>"

// deploy deploys files with the default options and those given, and says what became of it.
func (x *org) deploy(tb testing.TB, files map[string]string, options ...string) deploy.Result {
	tb.Helper()
	return x.deployZip(tb, packed(tb, files), defaults+strings.Join(options, ""))
}

func (x *org) deployZip(tb testing.TB, archive []byte, options string) deploy.Result {
	tb.Helper()
	a := x.call(tb, "deploy", "<ZipFile>"+base64.StdEncoding.EncodeToString(archive)+"</ZipFile><DeployOptions>"+options+"</DeployOptions>")
	return x.status(tb, result[struct {
		ID string `xml:"id"`
	}](tb, a).ID)
}

func (x *org) status(tb testing.TB, id string) deploy.Result {
	tb.Helper()
	a := x.call(tb, "checkDeployStatus", "<asyncProcessId>"+id+"</asyncProcessId><includeDetails>true</includeDetails>")
	return result[deploy.Result](tb, a)
}

func packed(tb testing.TB, files map[string]string) []byte {
	tb.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range files {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err == nil && !strings.HasSuffix(name, "/") { // archive/zip refuses to write into a folder
			_, err = f.Write([]byte(text))
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// project is an app in metadata-API form, by path.
func project(app string) map[string]string {
	part := func(typeName, inner string) string {
		return "<" + typeName + " " + namespace + ">\n<externalClientApplication>" + app + "</externalClientApplication>\n" + inner + "</" + typeName + ">\n"
	}
	return map[string]string{
		"package.xml": everything,
		"externalClientApps/" + app + ".eca": "<ExternalClientApplication " + namespace + "><contactEmail>admin@acme.example</contactEmail>" +
			"<description>kept as it is</description><label>" + app + "</label></ExternalClientApplication>",
		"extlClntAppGlobalOauthSets/" + app + "_glbl.ecaGlblOauth": part("ExtlClntAppGlobalOauthSettings",
			"<isClientCredentialsFlowEnabled>true</isClientCredentialsFlowEnabled><isDeviceFlowEnabled>true</isDeviceFlowEnabled>\n"),
		"extlClntAppOauthSettings/" + app + "_oauth.ecaOauth": part("ExtlClntAppOauthSettings", "<commaSeparatedOauthScopes>Api</commaSeparatedOauthScopes>\n"),
		"extlClntAppOauthPolicies/" + app + "_oauthPlcy.ecaOauthPlcy": part("ExtlClntAppOauthConfigurablePolicies",
			"<clientCredentialsFlowUser>"+runAs+"</clientCredentialsFlowUser>\n<isClientCredentialsFlowEnabled>true</isClientCredentialsFlowEnabled>\n"),
	}
}

// everything is a manifest that lists all components of an app.
var everything = manifest("ExternalClientApplication", "*", "ExtlClntAppGlobalOauthSettings", "*", "ExtlClntAppOauthSettings", "*",
	"ExtlClntAppOauthConfigurablePolicies", "*", "ExtlClntAppConfigurablePolicies", "*", "ConnectedApp", "*")

func manifest(typesAndMembers ...string) string {
	var b strings.Builder
	b.WriteString("<Package " + namespace + ">\n")
	for pair := range slices.Chunk(typesAndMembers, 2) {
		fmt.Fprintf(&b, "<types><members>%s</members><name>%s</name></types>\n", pair[1], pair[0])
	}
	b.WriteString("<version>66.0</version></Package>")
	return b.String()
}
