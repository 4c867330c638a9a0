package lint

import (
	"net/mail"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata"
	"github.com/sfconform/sfconform/mocksf/metadata/xmltree"
)

// ECA22. Secrets are never repeated.
func secretInSource(r *run) {
	r.leaves(func(c *metadata.Component, e *xmltree.Element) {
		if parametrised(c, e.Value()) {
			return
		}
		place := metadata.Place{Path: c.File.Path, Line: e.TextPlace.Line, Col: e.TextPlace.Col}
		switch {
		case e.Name == "consumerSecret":
			r.report(place, r.apps[c], "a consumer secret is in the project: rotate it, it has been read")
		case strings.Contains(e.Value(), "PRIVATE KEY-----"):
			r.report(place, r.apps[c], "a private key is in the project: make a new pair, it has been read")
		case e.Name == "consumerKey" && c.Type.Name != "ConnectedApp":
			r.report(place, r.apps[c], "the consumer key is in the project: it is no secret, but it belongs to one org").Severity = fixtures.LintInfo
		}
	})
}

// ECA23.
func rotates(r *run) {
	r.external(func(app *metadata.App) {
		for _, name := range []string{"shouldRotateConsumerKey", "shouldRotateConsumerSecret"} {
			if app.Global.True(name) {
				r.at(app.Global, name, "every deploy of this file makes a new one: the clients of the app %q end", app.Name).Fix = fix(true, setFlag(app.Global, name, false))
			}
		}
	})
}

// jwtTokensAt is the component and path of the switch for JWT-format access tokens.
func jwtTokensAt(app *metadata.App) (*metadata.Component, string) {
	if app.Connected != nil {
		return app.Connected, "oauthConfig/isNamedUserJwtEnabled"
	}
	return app.Global, "isNamedUserJwtEnabled"
}

// soapTakesJWT is the API version from which SOAP takes JWT-format tokens (facts: metadata.md section 4.2).
const soapTakesJWT = 68

// ECA24.
func jwtTokensAndSOAP(r *run) {
	for _, app := range r.p.Apps {
		if c, path := jwtTokensAt(app); c.True(path) && r.p.Version < soapTakesJWT {
			r.at(c, path, "the app %q issues JWT-format access tokens, which SOAP, and so `sf` and jsforce, refuse in API version %d.0", app.Name, r.p.Version)
		}
	}
}

// ECA25.
func agentAPI(r *run) {
	for _, app := range r.p.Apps {
		if c, path := jwtTokensAt(app); c != nil && !c.True(path) && hasScope(app, "MCP", "Chatbot", "SFApiPlatform", "SFAP") {
			f := r.at(c, path, "the app %q has scopes of APIs that take JWT-format access tokens only", app.Name)
			if app.Connected == nil {
				f.Fix = fix(false, setFlag(c, path, true))
			}
		}
	}
}

// ECA26.
func ipRelaxation(r *run) {
	for _, app := range r.p.Apps {
		c, path, ranges := app.OAuthPolicies, "ipRelaxationPolicyType", app.OAuth.All("trustedIpRanges")
		if app.Connected != nil {
			c, path, ranges = app.Connected, "oauthPolicy/ipRelaxation", app.Connected.All("ipRanges")
		}
		policy := strings.ToLower(c.Text(path))
		switch {
		case len(ranges) > 0:
		case policy == "bypass":
			r.at(c, path, "IP restrictions are relaxed, and the app %q names no trusted ranges: a stolen secret works from anywhere", app.Name)
		case policy == "enforce":
			if limited := r.limited(app.Profiles()); limited != "" {
				r.at(c, path, "IP restrictions are enforced, and addresses are limited by %s: a caller in the cloud is outside", limited)
			}
		}
	}
}

// limited names those of the profiles that limit the addresses of a login; empty if
// none does.
func (r *run) limited(profiles []string) string {
	const most = 3
	var names []string
	for _, name := range profiles {
		if len(r.p.Profile(name).All("loginIpRanges")) > 0 {
			names = append(names, strconv.Quote(name))
		}
	}
	switch {
	case len(names) == 0:
		return ""
	case len(names) == 1:
		return "the profile " + names[0]
	case len(names) > most+1:
		names = append(names[:most], strconv.Itoa(len(names)-most)+" more")
	}
	return "the profiles " + strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// machineOnly says whether the app is for client credentials alone.
func machineOnly(app *metadata.App) bool { return app.ClientCredentials() && app.Certificate() == "" }

// ECA27.
func scopeTooWide(r *run) {
	for _, app := range r.p.Apps {
		c, path := scopesAt(app)
		var idle, rest []string
		for _, s := range app.Scopes() {
			if slices.Contains([]string{"RefreshToken", "OfflineAccess", "Web"}, s) {
				idle = append(idle, s)
			} else {
				rest = append(rest, s)
			}
		}
		useless := app.ClientCredentials() && (len(rest) == 0 || len(rest) == 1 && rest[0] == "Full")
		switch {
		case c == nil:
			continue
		case useless:
			r.at(c, path, "the app %q has no scope that the client credentials flow can use", app.Name).Flows = []fixtures.Flow{fixtures.ClientCredentials}
		case hasScope(app, "Full"):
			r.at(c, path, "the app %q has the scope Full", app.Name)
		}
		if machineOnly(app) && len(idle) > 0 && !useless {
			f := r.at(c, path, "%s is of no use to an app for client credentials alone", strings.Join(idle, ", "))
			if app.Connected == nil {
				f.Fix = fix(true, setText(c, c.Find(path), strings.Join(rest, ", ")))
			}
		}
	}
}

// ECA28.
func refreshTokenLifetime(r *run) {
	r.external(func(app *metadata.App) {
		c := app.OAuthPolicies
		if c == nil {
			return
		}
		const path = "refreshTokenPolicyType"
		period, unit := c.Number("refreshTokenValidityPeriod"), c.Text("refreshTokenValidityUnit")
		days := map[string]int{"Days": 1, "Months": 30}[unit] * period
		switch kind := c.Text(path); {
		case kind == "":
			r.at(c, path, "without %s the org's default counts: 365 days", path)
		case kind == "Infinite":
			r.at(c, path, "refresh tokens never end")
		case kind == "Zero" && period > 0:
			r.at(c, path, "refresh tokens end at once, and a period of %d is given", period)
		case strings.HasPrefix(kind, "Specific") && (period <= 0 || unit == ""):
			r.at(c, path, "%s needs refreshTokenValidityPeriod and refreshTokenValidityUnit", kind)
		case days >= 360:
			r.at(c, "refreshTokenValidityPeriod", "refresh tokens live for a year or more")
		}
	})
}

// ECA29.
func adminProfile(r *run) {
	for _, app := range r.p.Apps {
		if !slices.Contains(app.Profiles(), "System Administrator") && !slices.Contains(app.Profiles(), "Admin") {
			continue
		}
		c, path := app.OAuthPolicies, "commaSeparatedProfile"
		if app.Connected != nil {
			c, path = app.Connected, "profileName"
		}
		r.at(c, path, "every system administrator is approved for the app %q", app.Name)
	}
}

var apiNameLetters = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]{0,79}$`)

// ECA30. An org cannot be made of such an app.
func apiName(r *run) {
	for _, app := range r.p.Apps {
		if !apiNameLetters.MatchString(app.Name) || strings.HasSuffix(app.Name, "_") || strings.Contains(app.Name, "__") {
			r.report(app.First().Place(), app.Name, "%q is no API name", app.Name).fatal = true
		}
	}
}

// ECA31.
func headerIncomplete(r *run) {
	r.external(func(app *metadata.App) {
		if app.Header == nil {
			return
		}
		email := app.Header.Text("contactEmail")
		if _, err := mail.ParseAddress(email); err != nil && !parametrised(app.Header, email) {
			r.at(app.Header, "contactEmail", "the app %q has no contactEmail that is an address", app.Name)
		}
		if !app.Header.Has("label") {
			r.at(app.Header, "label", "the app %q has no label", app.Name)
		}
	})
}
