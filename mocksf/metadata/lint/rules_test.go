package lint_test

import (
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
)

// example is a project that trips one rule: the working one, or that of a machine
// alone, with edits.
type example struct {
	rule    fixtures.LintRuleID
	machine bool
	edits   []edit
	// near are edits in their place with which the rule finds nothing.
	near []edit
}

const (
	flowOn   = "<isClientCredentialsFlowEnabled>true</isClientCredentialsFlowEnabled>"
	flowOff  = "<isClientCredentialsFlowEnabled>false</isClientCredentialsFlowEnabled>"
	userLine = "    <clientCredentialsFlowUser>" + runAs + "</clientCredentialsFlowUser>\n"
	setLine  = "    <commaSeparatedPermissionSet>Integration_API</commaSeparatedPermissionSet>\n"
	approved = "AdminApprovedPreAuthorized"
	label    = "    <label>"
	legacy   = `<?xml version="1.0" encoding="UTF-8"?>
<ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata">
    <contactEmail>admin@acme.example</contactEmail>
    <label>Legacy</label>
    <oauthConfig>
        <callbackUrl>https://login.salesforce.com/services/oauth2/callback</callbackUrl>
        <isPkceRequired>false</isPkceRequired>
        <scopes>Api</scopes>
    </oauthConfig>
    <oauthPolicy>
        <ipRelaxation>ENFORCE</ipRelaxation>
        <refreshTokenPolicy>specific_lifetime:30:DAYS</refreshTokenPolicy>
    </oauthPolicy>
</ConnectedApp>
`
)

// replaced makes the Run As user a placeholder that sfdx-project.json replaces.
var replaced = edit{project, `"name"`, `"replacements": [{"glob": "**/*.xml", "stringToReplace": "__RUN_AS__", "replaceWithEnv": "RUN_AS"}], "name"`}

// connectedWith is the Connected App with a text in its OAuth settings.
func connectedWith(text string) []edit {
	return []edit{{connected, "", strings.Replace(legacy, "        <scopes>", "        "+text+"\n        <scopes>", 1)}}
}

// examples has one project for each rule that any edit of the working one can trip.
var examples = []example{
	{rule: "ECA00", edits: []edit{{plugin, "<isEnabled>true", "<isEnabled>yes"}}, near: []edit{{plugin, "<isEnabled>true", "<isEnabled> 1 "}}},
	{rule: "ECA01", edits: []edit{{plugin, label, "    " + flowOn + "\n" + label}}},
	{rule: "ECA02", edits: []edit{{global, flowOn, flowOff}}, near: []edit{{global, flowOn, flowOff}, {policies, flowOn, flowOff}}},
	{rule: "ECA03", edits: []edit{{policies, flowOn, flowOff}}, near: []edit{{policies, flowOn, "<isClientCredentialsFlowEnabled>1</isClientCredentialsFlowEnabled>"}}},
	{rule: "ECA04", edits: []edit{{policies, userLine, ""}}, near: []edit{{policies, userLine, ""}, {policies, flowOn, flowOff}}},
	{rule: "ECA05", edits: []edit{{policies, ">" + runAs, ">EverestCRM"}}, near: []edit{{policies, ">" + runAs, ">INTEGRATION@acme-dev.example"}}},
	{rule: "ECA06", edits: []edit{{policies, ">" + runAs, ">api@acme.example.uat"}}, near: []edit{{policies, ">" + runAs, ">__RUN_AS__"}, replaced}},
	{rule: "ECA07", edits: []edit{{plugin, ">integration<", ">integrations<"}}, near: []edit{{plugin, ">integration<", ">Integration<"}}},
	{rule: "ECA08", edits: []edit{{path: oauth}, {manifest, "<members>integration_oauth</members>", "<members>*</members>"}}},
	{rule: "ECA09", edits: []edit{{root + "x.ecaGlobalOauth-meta.xml", "", "<a/>"}}, near: []edit{{root + "x.object-meta.xml", "", "<a/>"}}},
	{rule: "ECA10", edits: []edit{{oauth, label, "    <scopes>Api</scopes>\n" + label}}},
	{rule: "ECA11", edits: []edit{{policies, label, "    <isNamedUserJwtEnabled>true</isNamedUserJwtEnabled>\n" + label}}, near: []edit{
		{policies, label, "    <isNamedUserJwtEnabled>true</isNamedUserJwtEnabled>\n" + label}, {project, "66.0", "63.0"}, {manifest, "66.0", "63.0"},
	}},
	{rule: "ECA12", edits: []edit{{oauth, "Api, RefreshToken", "api, RefreshToken"}}, near: []edit{{oauth, "Api, RefreshToken", "Api,RefreshToken,MCP"}}},
	{rule: "ECA13", edits: []edit{{policies, ">Enforce<", ">ENFORCE<"}}},
	{rule: "ECA14", edits: []edit{{oauth, "Api, RefreshToken", "Api"}}, near: []edit{{oauth, "Api, RefreshToken", "Api, OfflineAccess"}}},
	{rule: "ECA15", edits: []edit{{policies, approved, "AllSelfAuthorized"}}},
	{rule: "ECA16", edits: []edit{{policies, setLine, ""}}, near: []edit{{policies, setLine, "    <commaSeparatedProfile>Minimum Access - API Only Integrations</commaSeparatedProfile>\n"}}},
	{rule: "ECA17", edits: []edit{{policies, ">Integration_API<", ">Other_Set<"}}},
	{rule: "ECA18", machine: true, edits: []edit{{global, "    <externalClientApplication>", "    <certificate>My_Certificate</certificate>\n    <externalClientApplication>"}, {oauth, ">Api<", ">Api, RefreshToken<"}}},
	{rule: "ECA20", machine: true, edits: []edit{{global, flowOn, flowOff}, {policies, flowOn, flowOff}, {policies, userLine, ""}, {oauth, ">Api<", ">Api, RefreshToken<"}}},
	{rule: "ECA21", edits: []edit{{header, label, "    <orgScopedExternalApp>00DQy00000ELR0T:integration</orgScopedExternalApp>\n" + label}}},
	{rule: "ECA22", edits: []edit{{global, label, "    <consumerSecret>0123456789</consumerSecret>\n" + label}}},
	{rule: "ECA23", edits: []edit{{global, label, "    <shouldRotateConsumerSecret>true</shouldRotateConsumerSecret>\n" + label}}, near: []edit{{global, label, "    <shouldRotateConsumerSecret>false</shouldRotateConsumerSecret>\n" + label}}},
	{rule: "ECA24", edits: []edit{{global, "<isNamedUserJwtEnabled>false", "<isNamedUserJwtEnabled>true"}}, near: []edit{
		{global, "<isNamedUserJwtEnabled>false", "<isNamedUserJwtEnabled>true"}, {project, "66.0", "68.0"}, {manifest, "66.0", "68.0"},
	}},
	{rule: "ECA25", edits: []edit{{oauth, "Api, ", "Api, Chatbot, "}}, near: []edit{{oauth, "Api, ", "Api, Chatter, "}}},
	{rule: "ECA26", edits: []edit{{policies, ">Enforce<", ">Bypass<"}}, near: []edit{
		{policies, ">Enforce<", ">Bypass<"}, {oauth, label, "    <trustedIpRanges><endIpAddress>192.0.2.9</endIpAddress><startIpAddress>192.0.2.1</startIpAddress></trustedIpRanges>\n" + label},
	}},
	{rule: "ECA27", machine: true, edits: []edit{{oauth, ">Api<", ">Api, Web<"}}, near: []edit{{oauth, ">Api<", ">Api, Chatter<"}}},
	{rule: "ECA28", edits: []edit{{policies, ">30<", ">365<"}}, near: []edit{{policies, "SpecificLifetime", "SpecificInactivity"}}},
	{rule: "ECA29", edits: []edit{{policies, label, "    <commaSeparatedProfile>System Administrator</commaSeparatedProfile>\n" + label}}},
	{rule: "ECA30", edits: []edit{
		{root + "externalClientApps/my__app.eca-meta.xml", "", `<ExternalClientApplication xmlns="http://soap.sforce.com/2006/04/metadata"><contactEmail>a@acme.example</contactEmail><label>A</label></ExternalClientApplication>`},
	}},
	{rule: "ECA31", edits: []edit{{header, "<contactEmail>admin@acme.example</contactEmail>", ""}}},
	{rule: "ECA32", edits: []edit{{global, "oauth2/callback", "oauth2/token"}}, near: []edit{{global, "https://login.salesforce.com/services/oauth2/callback", "http://localhost:1717/OauthRedirect\nmyapp://done"}}},
	{rule: "ECA33", edits: []edit{{plugin, "<isOauthPluginEnabled>true", "<isOauthPluginEnabled>false"}}},
	{rule: "ECA34", edits: []edit{{global, label, "    <isTokenExchangeEnabled>true</isTokenExchangeEnabled>\n" + label}}},
	{rule: "ECA35", edits: []edit{{root + "second.ecaPlcy-meta.xml", "", `<ExtlClntAppConfigurablePolicies xmlns="http://soap.sforce.com/2006/04/metadata"><externalClientApplication>integration</externalClientApplication><isEnabled>true</isEnabled></ExtlClntAppConfigurablePolicies>`}, {manifest, "<members>integration_plcy</members>", "<members>*</members>"}}},
	{rule: "ECA36", edits: []edit{{manifest, "<members>integration_oauthPlcy</members>", ""}}, near: []edit{{manifest, "<members>integration_oauthPlcy</members>", "<members>*</members>"}}},
	{rule: "ECA37", edits: []edit{{path: manifest}, {root + "x.ecaCanvas-meta.xml", "", "<ExtlClntAppCanvasSettings>"}}},
	{rule: "ECA41", edits: connectedWith("<isAdminApproved>false</isAdminApproved>")},
	{rule: "ECA42", edits: []edit{{".env", "", "SF_CLIENT_SECRET=x\nSF_LOGIN_URL=https://login.salesforce.com\n"}}, near: []edit{
		{".env", "", "# https://login.salesforce.com\nSF_CLIENT_SECRET=x\nSF_LOGIN_URL=https://acme.my.salesforce.com\nSF_CALLBACK=https://login.salesforce.com/x\n"},
		{"scripts/login.sh", "", "curl https://login.salesforce.com/services/oauth2/token -d grant_type=password -d client_secret=$CLIENT_SECRET\n"},
	}},
	{rule: "ECA43", edits: []edit{{project, `"default"`, `"package": "acme", "default"`}}, near: []edit{{project, `"default"`, `"package": "acme", "default"`}, {header, "Local", "Packaged"}, {path: global}}},
	{rule: "ECA44", edits: []edit{{set, label, "    <userPermissions><enabled>true</enabled><name>ApiOnlyUser</name></userPermissions>\n" + label}}, near: []edit{{set, label, "    <userPermissions><enabled>true</enabled><name>ApiEnabled</name></userPermissions>\n" + label}}},
	{rule: "ECA45", edits: []edit{{global, "    <isPkceRequired>true</isPkceRequired>\n", ""}}},
	{rule: "ECA46", edits: []edit{{header, label, "    <infoUrl>https://{{HOST}}/</infoUrl>\n" + label}}, near: []edit{{header, label, "    <infoUrl>https://acme.example/</infoUrl>\n" + label}}},
}

// connectedExamples trip their rule and ECA41, which finds every Connected App.
var connectedExamples = []example{
	{rule: "ECA38", edits: connectedWith("<consumerKey>3MVG9abcdefgh</consumerKey>")},
	{rule: "ECA39", edits: connectedWith("<isClientCredentialEnabled>true</isClientCredentialEnabled>")},
	{rule: "ECA40", edits: []edit{{connected, "", strings.Replace(legacy, "        <ipRelaxation>ENFORCE</ipRelaxation>\n", "", 1)}}},
}

func TestTheWorkingProjectIsClean(t *testing.T) {
	t.Parallel()
	files, org := working(t)
	if _, found := linted(t, files, &org); len(found) > 0 {
		t.Errorf("found\n%s", described(found))
	}
	if _, found := linted(t, edited(t, files, machine(t, files)), &org); len(found) > 0 {
		t.Errorf("for a machine alone found\n%s", described(found))
	}
}

// Facts: metadata.md section 4.4: a consumer key belongs to one app.
func TestWhatNoOrgCanBeMadeOfIsFound(t *testing.T) {
	t.Parallel()
	files, _ := working(t)
	key := "    <consumerKey>TheSameKeyTheSameKey</consumerKey>\n"
	second := []byte(strings.ReplaceAll(string(files[global]), ">integration<", ">second<"))
	_, found := linted(t, edited(t, files, []edit{
		{root + "second.eca-meta.xml", "", strings.ReplaceAll(string(files[header]), "integration", "second")},
		{root + "second.ecaGlblOauth-meta.xml", "", strings.Replace(string(second), label, key+label, 1)},
		{root + "second.ecaOauth-meta.xml", "", strings.ReplaceAll(string(files[oauth]), ">integration<", ">second<")},
		{root + "second.ecaOauthPlcy-meta.xml", "", strings.ReplaceAll(string(files[policies]), ">integration<", ">second<")},
		{global, label, key + label},
	}), nil)
	if ids(found) != "ECA00 ECA22" || !strings.Contains(described(found), "never share a Consumer Key") {
		t.Errorf("found\n%s", described(found))
	}
}

func TestEachRuleIsTrippedByItsProjectAlone(t *testing.T) {
	t.Parallel()
	files, org := working(t)
	seen := map[fixtures.LintRuleID]bool{}
	for _, e := range append(examples, connectedExamples...) {
		seen[e.rule] = true
		base := files
		if e.machine {
			base = edited(t, files, machine(t, files))
		}
		want := string(e.rule)
		if e.rule == "ECA38" || e.rule == "ECA39" || e.rule == "ECA40" {
			want = strings.Join([]string{want, "ECA41"}, " ")
		}
		var known *fixtures.Org
		if e.rule == "ECA17" {
			known = &org
		}
		if _, found := linted(t, edited(t, base, e.edits), known); ids(found) != want {
			t.Errorf("%s: found %q\n%s", e.rule, ids(found), described(found))
		}
		if e.near == nil {
			continue
		}
		if _, found := linted(t, edited(t, base, e.near), known); strings.Contains(ids(found), string(e.rule)) {
			t.Errorf("%s is found where it is not\n%s", e.rule, described(found))
		}
	}
	for _, r := range fixtures.LintRules {
		// The dates of ECA19 have a test of their own.
		if !seen[r.ID] && r.ID != "ECA19" {
			t.Errorf("%s has no example", r.ID)
		}
	}
}
