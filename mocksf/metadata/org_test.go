package metadata_test

import (
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata"
)

const (
	connected = root + "connectedApps/legacy.connectedApp-meta.xml"
	labelTag  = "    <label>"
	namespace = ` xmlns="http://soap.sforce.com/2006/04/metadata"`
)

// connectedApp is a Connected App whose elements stand where the arguments say.
func connectedApp(inConfig, policy, after string) string {
	return "<ConnectedApp" + namespace + "><contactEmail>a@acme.example</contactEmail><label>Legacy</label><oauthConfig>" +
		"<callbackUrl>https://a.example/cb</callbackUrl><consumerKey>LegacyKeyLegacyKey</consumerKey>" + inConfig + "</oauthConfig>" +
		"<oauthPolicy><ipRelaxation>BYPASS_2FACTOR</ipRelaxation><refreshTokenPolicy>" + policy + "</refreshTokenPolicy></oauthPolicy>" + after + "</ConnectedApp>"
}

// Facts: metadata.md sections 1.3 to 1.8 and 2: what the elements mean, and what it
// means that they are left out.
func TestElementsBecomeTheOrgsSettings(t *testing.T) {
	t.Parallel()
	app := func(check func(fixtures.App) bool) func(fixtures.Org) bool {
		return func(o fixtures.Org) bool { return check(o.Apps["integration"]) }
	}
	legacy := func(check func(fixtures.App) bool) func(fixtures.Org) bool {
		return func(o fixtures.Org) bool { return check(o.Apps["legacy"]) }
	}
	days := func(n int) fixtures.Duration { return fixtures.Duration(time.Duration(n) * 24 * time.Hour) }
	tests := map[string]struct {
		path, old, text string
		want            func(fixtures.Org) bool
	}{
		"PKCE left out":      {global, "    <isPkceRequired>true</isPkceRequired>\n", "", app(func(a fixtures.App) bool { return a.Settings.PKCERequired })},
		"no secret":          {global, "<isConsumerSecretOptional>false", "<isConsumerSecretOptional>true", app(func(a fixtures.App) bool { return !a.Settings.SecretForWebServerFlow })},
		"JWT tokens":         {global, "<isNamedUserJwtEnabled>false", "<isNamedUserJwtEnabled>true", app(func(a fixtures.App) bool { return a.Settings.JWTAccessTokens })},
		"callback URLs":      {global, "oauth2/callback<", "oauth2/callback\nmyapp://done<", app(func(a fixtures.App) bool { return len(a.Settings.CallbackURLs) == 2 })},
		"key":                {global, labelTag, "<consumerKey>GivenKeyGivenKey</consumerKey>" + labelTag, app(func(a fixtures.App) bool { return a.ConsumerKey == "GivenKeyGivenKey" })},
		"secret":             {global, labelTag, "<consumerSecret>given</consumerSecret>" + labelTag, app(func(a fixtures.App) bool { return a.ConsumerSecret == "given" })},
		"rotated key":        {global, labelTag, "<consumerKey>GivenKeyGivenKey</consumerKey><shouldRotateConsumerKey>true</shouldRotateConsumerKey>" + labelTag, app(func(a fixtures.App) bool { return len(a.ConsumerKey) == 85 })},
		"rotated secret":     {global, labelTag, "<consumerSecret>given</consumerSecret><shouldRotateConsumerSecret>true</shouldRotateConsumerSecret>" + labelTag, app(func(a fixtures.App) bool { return len(a.ConsumerSecret) == 64 })},
		"trusted range":      {oauth, labelTag, "<trustedIpRanges><startIpAddress>192.0.2.1</startIpAddress><endIpAddress>192.0.2.9</endIpAddress></trustedIpRanges>" + labelTag, app(func(a fixtures.App) bool { return len(a.Settings.TrustedIPRanges) == 1 })},
		"unknown at runtime": {oauth, "Api, ", "Api, Eclair, CDPSegment, ", app(func(a fixtures.App) bool { return len(a.Settings.Scopes) == 4 })},
		"for ever":           {policies, "SpecificLifetime", "Infinite", app(func(a fixtures.App) bool { return a.Policies.RefreshTokenPolicy == fixtures.ValidUntilRevoked })},
		"at once":            {policies, "SpecificLifetime", "Zero", app(func(a fixtures.App) bool { return a.Policies.RefreshTokenPolicy == fixtures.ImmediatelyExpire })},
		"if not used": {policies, "SpecificLifetime", "SpecificInactivity", app(func(a fixtures.App) bool {
			return a.Policies.RefreshTokenPolicy == fixtures.ExpireIfNotUsedFor && a.Policies.RefreshTokenValidity == days(30)
		})},
		"months": {policies, ">Days<", ">Months<", app(func(a fixtures.App) bool { return a.Policies.RefreshTokenValidity == days(900) })},
		"no policy": {policies, "", "", app(func(a fixtures.App) bool {
			return a.Policies.PermittedUsers == fixtures.AllUsersMaySelfAuthorize && a.Policies.IPRelaxation == fixtures.EnforceIPRestrictions && a.Policies.RefreshTokenValidity == days(365)
		})},
		"relaxed":       {policies, ">Enforce<", ">Bypass<", app(func(a fixtures.App) bool { return a.Policies.IPRelaxation == fixtures.RelaxIPRestrictions })},
		"session":       {policies, labelTag, "<sessionTimeoutInMinutes>15</sessionTimeoutInMinutes>" + labelTag, app(func(a fixtures.App) bool { return a.Policies.SessionTimeout == fixtures.Duration(15*time.Minute) })},
		"JWT life":      {policies, labelTag, "<namedUserJwtSessionTimeoutType>Custom</namedUserJwtSessionTimeoutType><namedUserJwtTimeout>5</namedUserJwtTimeout>" + labelTag, app(func(a fixtures.App) bool { return a.Policies.JWTTokenLifetime == fixtures.Duration(5*time.Minute) })},
		"off":           {plugin, "<isEnabled>true", "<isEnabled>false", app(func(a fixtures.App) bool { return !a.Enabled && a.OAuthPlugin })},
		"plug-in off":   {plugin, "<isOauthPluginEnabled>true", "<isOauthPluginEnabled>0", app(func(a fixtures.App) bool { return a.Enabled && !a.OAuthPlugin })},
		"no plug-ins":   {plugin, "", "", app(func(a fixtures.App) bool { return a.Enabled && a.OAuthPlugin })},
		"access":        {root + "settings/ConnectedApp.settings-meta.xml", "", "<ConnectedAppSettings" + namespace + "><enableAdminApprovedAppsOnly>true</enableAdminApprovedAppsOnly><newer>x</newer></ConnectedAppSettings>", func(o fixtures.Org) bool { return o.Settings.APIAccessControl }},
		"password flow": {root + "settings/OauthOidc.settings-meta.xml", "", "<OauthOidcSettings" + namespace + "><blockOAuthUnPwFlow>false</blockOAuthUnPwFlow></OauthOidcSettings>", func(o fixtures.Org) bool { return o.Settings.AllowUsernamePasswordFlows }},
		"connected app": {connected, "", connectedApp("<scopes>Api</scopes><scopes>SFAP</scopes>", "specific_inactivity:2:DAYS", "<ipRanges><start>192.0.2.1</start><end>192.0.2.2</end></ipRanges>"), legacy(func(a fixtures.App) bool {
			return a.Kind == fixtures.ConnectedApp && strings.Join(a.Settings.Scopes, " ") == "api sfap_api" && !a.Settings.PKCERequired &&
				a.Policies.RefreshTokenPolicy == fixtures.ExpireIfNotUsedFor && a.Policies.RefreshTokenValidity == days(2) &&
				a.Policies.IPRelaxation == fixtures.RelaxForActivatedDevices && len(a.Settings.TrustedIPRanges) == 1
		})},
		"connected app's set": {connected, "", connectedApp("<isAdminApproved>true</isAdminApproved>", "zero", "<permissionSetName>Integration API</permissionSetName>"), legacy(func(a fixtures.App) bool {
			return a.Policies.PermittedUsers == fixtures.AdminApprovedUsers && strings.Join(a.Policies.PermissionSets, " ") == "Integration_API" && a.Policies.RefreshTokenPolicy == fixtures.ImmediatelyExpire
		})},
		"connected app's life": {connected, "", connectedApp("", "specific_lifetime:3:MONTHS", "<sessionPolicy><sessionTimeout>30</sessionTimeout></sessionPolicy>"), legacy(func(a fixtures.App) bool {
			return a.Policies.RefreshTokenPolicy == fixtures.ExpireAfter && a.Policies.RefreshTokenValidity == days(90) && a.Policies.SessionTimeout == fixtures.Duration(30*time.Minute)
		})},
	}
	for name, test := range tests {
		files := project(t)
		switch {
		case test.old == "" && test.text == "":
			delete(files, test.path)
		case test.old == "":
			files[test.path] = []byte(test.text)
		default:
			files = project(t, test.path, test.old, test.text)
		}
		org, _, err := load(t, files, metadata.Options{}).Org(metadata.OrgOptions{})
		if err != nil || !test.want(org) {
			t.Errorf("%s: %v\n%+v", name, err, org.Apps)
		}
	}
}

// Facts: metadata.md section 10: an app that lists profiles alone gets a user with the first.
func TestAUserIsMadeOfTheProjectsProfile(t *testing.T) {
	t.Parallel()
	files := project(t, policies, "<commaSeparatedPermissionSet>Integration_API</commaSeparatedPermissionSet>", "<commaSeparatedProfile>API: Only, Other</commaSeparatedProfile>")
	files[root+"profiles/API%3A Only.profile-meta.xml"] = []byte("<Profile" + namespace + "><unread><x/></unread><userLicense>Salesforce Platform</userLicense>" +
		"<userPermissions><enabled>false</enabled><name>ApiEnabled</name></userPermissions>" +
		"<loginIpRanges><startAddress>192.0.2.1</startAddress><endAddress>192.0.2.9</endAddress></loginIpRanges></Profile>")
	p := load(t, files, metadata.Options{})
	org, _, err := p.Org(metadata.OrgOptions{})
	u := org.Users["integration@acme-dev.example"]
	if err != nil || u.Profile != "API: Only" || u.Licence != "Salesforce Platform" || u.APIEnabled || len(u.LoginIPRanges) != 1 {
		t.Errorf("%v: the user is %+v", err, u)
	}
	org, _, err = p.Org(metadata.OrgOptions{Without: []metadata.Made{metadata.MadeProfile}})
	if err != nil || org.Users["integration@acme-dev.example"].Profile == "API: Only" {
		t.Errorf("%v: without profile the user has it", err)
	}
}

// A user has one profile: found in a public project, whose second app no user could use.
func TestAppsThatAdmitUnlikeProfilesGetUsersOfTheirOwn(t *testing.T) {
	t.Parallel()
	app := func(label string, admits string) []byte {
		return []byte("<ConnectedApp" + namespace + "><contactEmail>a@b.example</contactEmail><label>" + label + "</label><oauthConfig><callbackUrl>https://x.example</callbackUrl>" +
			"<certificate>test:integration</certificate><isAdminApproved>true</isAdminApproved><scopes>Api</scopes><scopes>RefreshToken</scopes></oauthConfig>" + admits + "</ConnectedApp>")
	}
	p := load(t, map[string][]byte{
		"connectedApps/A.connectedApp": app("A", "<profileName>One</profileName>"),
		"connectedApps/B.connectedApp": app("B", "<profileName>Two</profileName>"),
		"connectedApps/C.connectedApp": app("C", "<profileName>Three</profileName><profileName>Two</profileName>"),
		"connectedApps/D.connectedApp": app("D", "<permissionSetName>Set</permissionSetName>"),
	}, metadata.Options{})
	org, _, err := p.Org(metadata.OrgOptions{})
	if err != nil || len(org.Users) != 2 {
		t.Fatalf("%v: the users are %+v", err, org.Users)
	}
	first, second := org.Users["integration@acme.example"], org.Users["integration2@acme.example"]
	if first.Profile != "One" || strings.Join(first.PermissionSets, " ") != "Set" || second.Profile != "Two" || len(second.PermissionSets) > 0 {
		t.Errorf("the users are %+v and %+v", first, second)
	}
}

func TestABaseKeepsItsUsersAndApps(t *testing.T) {
	t.Parallel()
	base, err := fixtures.BuiltInOrg("developer")
	if err != nil {
		t.Fatal(err)
	}
	org, assumed, err := load(t, project(t), metadata.Options{}).Org(metadata.OrgOptions{Base: &base})
	if err != nil || len(org.Users) != len(base.Users) || org.Apps["legacy"].Label == "" || org.MyDomain != base.MyDomain {
		t.Errorf("%v: %+v", err, org)
	}
	for _, a := range assumed {
		if strings.HasPrefix(a.Field, "users/") || a.Field == "myDomain" {
			t.Errorf("assumed %s, which the base holds", a)
		}
	}
	before, after := base.Apps["integration"], org.Apps["integration"]
	if before.ConsumerKey != after.ConsumerKey || before.ConsumerSecret != after.ConsumerSecret {
		t.Error("a deploy of an app that is there changed its key or secret")
	}
	rotating := project(t, global, labelTag, "<shouldRotateConsumerSecret>true</shouldRotateConsumerSecret>"+labelTag)
	org, _, err = load(t, rotating, metadata.Options{}).Org(metadata.OrgOptions{Base: &base})
	if err != nil || org.Apps["integration"].ConsumerSecret == before.ConsumerSecret {
		t.Errorf("%v: a file that rotates the secret left it", err)
	}
}
