package metadata

import (
	"slices"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata/xmltree"
)

// externalClientApp makes the app of its files; what they leave out is as the org
// makes it (facts: metadata.md sections 1.3 to 1.6 and 10).
func (m *maker) externalClientApp(app *App) {
	var a fixtures.App
	a.Defaults()
	a.Label, a.ContactEmail = app.Header.Text("label"), app.Header.Text("contactEmail")
	if a.Label == "" {
		a.Label = app.Name
	}
	a.Enabled = app.Policies.Flag("isEnabled", true)
	a.OAuthPlugin = app.Policies.Flag("isOauthPluginEnabled", true) && app.Global != nil
	a.ConsumerKey, a.ConsumerSecret = app.Global.Text("consumerKey"), app.Global.Text("consumerSecret")
	if app.Global.True("shouldRotateConsumerKey") {
		a.ConsumerKey = ""
	}
	if app.Global.True("shouldRotateConsumerSecret") {
		a.ConsumerSecret = ""
	}
	a.Certificate = app.Certificate()
	a.Settings = m.externalSettings(app)
	m.oauthPolicies(app, &a.Policies)
	m.credentials(app, &a)
	m.add(app, a)
}

func (m *maker) externalSettings(app *App) fixtures.AppSettings {
	return fixtures.AppSettings{
		Scopes:                 m.scopes(app),
		CallbackURLs:           app.Global.Lines("callbackUrl"),
		ClientCredentialsFlow:  app.Global.True("isClientCredentialsFlowEnabled"),
		JWTAccessTokens:        app.Global.True("isNamedUserJwtEnabled"),
		IntrospectAllTokens:    app.Global.True("isIntrospectAllTokens"),
		PKCERequired:           app.Global.Flag("isPkceRequired", true),
		SecretForWebServerFlow: !app.Global.True("isConsumerSecretOptional"),
		SecretForRefreshToken:  app.Global.Flag("isSecretRequiredForRefreshToken", true),
		RefreshTokenRotation:   app.Global.True("isRefreshTokenRotationEnabled"),
		TrustedIPRanges:        ranges(app.OAuth.All("trustedIpRanges"), "startIpAddress", "endIpAddress"),
	}
}

// oauthPolicies are those of .ecaOauthPlcy, where the app has one.
func (m *maker) oauthPolicies(app *App, p *fixtures.AppPolicies) {
	c := app.OAuthPolicies
	p.ClientCredentialsFlow, p.RunAs = c.True("isClientCredentialsFlowEnabled"), app.RunAs()
	p.Profiles, p.PermissionSets = app.Profiles(), app.PermissionSets()
	if app.AdminApproved() {
		p.PermittedUsers = fixtures.AdminApprovedUsers
	}
	if relaxation, ok := ipRelaxations[c.Text("ipRelaxationPolicyType")]; ok {
		p.IPRelaxation = relaxation
	}
	refreshToken(c, p)
	p.SessionTimeout = minutes(c.Number("sessionTimeoutInMinutes"))
	if n := c.Number("namedUserJwtTimeout"); n > 0 && c.Text("namedUserJwtSessionTimeoutType") != "UserSession" {
		p.JWTTokenLifetime = minutes(n)
	}
}

// ipRelaxations are the policy's names in both kinds of files.
var ipRelaxations = map[string]fixtures.IPRelaxation{
	"Enforce": fixtures.EnforceIPRestrictions, "ENFORCE": fixtures.EnforceIPRestrictions,
	"Enforce_RelaxRefresh": fixtures.EnforceButRelaxOnRenewal, "ENFORCE_RELAXREFRESH": fixtures.EnforceButRelaxOnRenewal,
	"Bypass_2factor": fixtures.RelaxForActivatedDevices, "BYPASS_2FACTOR": fixtures.RelaxForActivatedDevices,
	"Bypass": fixtures.RelaxIPRestrictions, "BYPASS": fixtures.RelaxIPRestrictions,
}

// connectedApp makes the app of its one file (facts: metadata.md section 2).
func (m *maker) connectedApp(app *App) {
	c := app.Connected
	var a fixtures.App
	a.Defaults()
	a.Kind = fixtures.ConnectedApp
	a.Label, a.ContactEmail = c.Text("label"), c.Text("contactEmail")
	a.OAuthPlugin = c.Find("oauthConfig") != nil
	a.ConsumerKey, a.ConsumerSecret = c.Text("oauthConfig/consumerKey"), c.Text("oauthConfig/consumerSecret")
	a.Certificate = app.Certificate()
	a.Settings = m.connectedSettings(app, c)
	m.connectedPolicies(app, c, &a.Policies)
	m.credentials(app, &a)
	m.add(app, a)
}

func (m *maker) connectedSettings(app *App, c *Component) fixtures.AppSettings {
	return fixtures.AppSettings{
		Scopes:                 m.scopes(app),
		CallbackURLs:           c.Lines("oauthConfig/callbackUrl"),
		ClientCredentialsFlow:  c.True("oauthConfig/isClientCredentialEnabled"),
		JWTAccessTokens:        c.True("oauthConfig/isNamedUserJwtEnabled"),
		IntrospectAllTokens:    c.True("oauthConfig/isIntrospectAllTokens"),
		PKCERequired:           c.True("oauthConfig/isPkceRequired"),
		SecretForWebServerFlow: !c.True("oauthConfig/isConsumerSecretOptional"),
		SecretForRefreshToken:  c.Flag("oauthConfig/isSecretRequiredForRefreshToken", true),
		RefreshTokenRotation:   c.True("oauthConfig/isRefreshTokenRotationEnabled"),
		TrustedIPRanges:        ranges(c.All("ipRanges"), "start", "end"),
	}
}

func (m *maker) connectedPolicies(app *App, c *Component, p *fixtures.AppPolicies) {
	p.RunAs = app.RunAs()
	p.Profiles = app.Profiles()
	for _, name := range app.PermissionSets() {
		if set := m.p.PermissionSet(name); set != nil {
			name = set.Name
		}
		p.PermissionSets = append(p.PermissionSets, name)
	}
	if app.AdminApproved() {
		p.PermittedUsers = fixtures.AdminApprovedUsers
	}
	if relaxation, ok := ipRelaxations[c.Text("oauthPolicy/ipRelaxation")]; ok {
		p.IPRelaxation = relaxation
	}
	connectedRefreshToken(c.Text("oauthPolicy/refreshTokenPolicy"), p)
	p.SessionTimeout = minutes(c.Number("sessionPolicy/sessionTimeout"))
}

// scopes are the app's by their runtime names; one without a known runtime name is left out.
func (m *maker) scopes(app *App) []string {
	var names []string
	for _, scope := range app.Scopes() {
		// The one scope whose name differs between the kinds of apps.
		if scope == "SFAP" {
			scope = "SFApiPlatform"
		}
		i := slices.IndexFunc(fixtures.Scopes, func(s fixtures.Scope) bool { return s.Metadata == scope })
		if i < 0 {
			m.assume("", "apps/"+app.Name+"/settings/scopes", "the scope "+scope+" is left out: its name at runtime is not known")
			continue
		}
		if !slices.Contains(names, fixtures.Scopes[i].Name) {
			names = append(names, fixtures.Scopes[i].Name)
		}
	}
	return names
}

// ranges reads IP ranges; one that is none is left out, as a range that holds nobody.
func ranges(elements []*xmltree.Element, start, end string) []fixtures.IPRange {
	var list []fixtures.IPRange
	for _, e := range elements {
		text := e.Find(start).Value() + "-" + e.Find(end).Value()
		var r fixtures.IPRange
		if r.UnmarshalText([]byte(text)) == nil {
			list = append(list, r)
		}
	}
	return list
}

func minutes(n int) fixtures.Duration { return fixtures.Duration(time.Duration(n) * time.Minute) }
