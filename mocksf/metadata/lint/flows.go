package lint

import (
	"crypto/rsa"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata"
)

// hasScope says whether one of the scopes is among the app's, by their names in metadata.
func hasScope(app *metadata.App, scopes ...string) bool {
	return slices.ContainsFunc(app.Scopes(), func(s string) bool { return slices.Contains(scopes, s) })
}

// scopesAt is the component that holds the app's scopes, and the path to them.
func scopesAt(app *metadata.App) (*metadata.Component, string) {
	if app.Connected != nil {
		return app.Connected, "oauthConfig/scopes"
	}
	return app.OAuth, "commaSeparatedOauthScopes"
}

// certificateAt is the component that holds the app's certificate, and the path to it.
func certificateAt(app *metadata.App) (*metadata.Component, string) {
	if app.Connected != nil {
		return app.Connected, "oauthConfig/certificate"
	}
	return app.Global, "certificate"
}

// policyAt is the component that holds Permitted Users, and the path to it; the
// first file of the app if no file does.
func policyAt(app *metadata.App) (*metadata.Component, string) {
	switch {
	case app.Connected != nil:
		return app.Connected, "oauthConfig/isAdminApproved"
	case app.OAuthPolicies != nil:
		return app.OAuthPolicies, "permittedUsersPolicyType"
	}
	return app.First(), "label"
}

// ECA14. Without the scope the flow works only for a user that the admin approved.
func refreshTokenScope(r *run) {
	for _, app := range r.p.Apps {
		c, path := scopesAt(app)
		if app.Certificate() == "" || c == nil || hasScope(app, "RefreshToken", "OfflineAccess") {
			continue
		}
		f := r.at(c, path, "the app %q has a certificate and not the scope RefreshToken", app.Name)
		if app.AdminApproved() {
			f.Flows = nil
		}
		if e := c.Find(path); e != nil && app.Connected == nil {
			f.Fix = fix(true, setText(c, e, strings.TrimSuffix(e.Value(), ",")+", RefreshToken"))
		} else if app.Connected != nil {
			f.Fix = fix(true, addElement(c, "scopes", "RefreshToken", "oauthConfig"))
		}
	}
}

// ECA15.
func jwtSelfAuthorized(r *run) {
	for _, app := range r.p.Apps {
		if app.Certificate() == "" || app.AdminApproved() {
			continue
		}
		c, path := policyAt(app)
		if app.Connected == nil && app.OAuthPolicies == nil {
			r.at(app.Global, "certificate", "the app %q has a certificate and no OAuth policy: by default its users authorize themselves", app.Name)
			continue
		}
		r.at(c, path, "the app %q has a certificate, and its users authorize themselves: nobody does in a server's login", app.Name)
	}
}

// ECA16.
func nobodyApproved(r *run) {
	for _, app := range r.p.Apps {
		if app.AdminApproved() && len(app.Profiles()) == 0 && len(app.PermissionSets()) == 0 {
			c, path := policyAt(app)
			r.at(c, path, "users have to be approved by the admin, and no permission set and no profile of the app %q is listed", app.Name)
		}
	}
}

// ECA17, where the users of the org are known.
func runAsNotApproved(r *run) {
	for _, app := range r.p.Apps {
		c, path, user := runAsOf(app)
		if r.o.Org == nil || !app.AdminApproved() || !app.ClientCredentials() || len(app.Profiles())+len(app.PermissionSets()) == 0 {
			continue
		}
		u := userOf(r.o.Org, user)
		if u == nil || slices.Contains(app.Profiles(), u.Profile) ||
			slices.ContainsFunc(app.PermissionSets(), func(s string) bool { return slices.Contains(u.PermissionSets, s) }) {
			continue
		}
		r.at(c, path, "the user %q holds none of the permission sets and profiles that the app %q lists", user, app.Name).Flows = []fixtures.Flow{fixtures.ClientCredentials}
	}
}

// ECA18. The text is never repeated: it may be a private key.
func certificateUnreadable(r *run) {
	for _, app := range r.p.Apps {
		c, path := certificateAt(app)
		text := app.Certificate()
		if text == "" || parametrised(c, text) && len(c.File.Unset) > 0 {
			continue
		}
		cert, err := fixtures.ParseCertificate(text)
		if err != nil {
			f := r.at(c, path, "%v", err)
			// A text that cannot be read is refused where an org is made of it.
			f.fatal = true
			continue
		}
		if _, ok := cert.PublicKey.(*rsa.PublicKey); !ok {
			r.at(c, path, "the certificate holds a %s key: Salesforce verifies RSA signatures only", cert.PublicKeyAlgorithm)
		}
	}
}

// ECA19.
func certificateExpiry(r *run) {
	for _, app := range r.p.Apps {
		cert, err := fixtures.ParseCertificate(app.Certificate())
		if app.Certificate() == "" || err != nil {
			continue
		}
		c, path := certificateAt(app)
		day := func(t interface{ Format(string) string }) string { return t.Format("2006-01-02") }
		switch {
		case r.o.Now.After(cert.NotAfter):
			r.at(c, path, "the certificate of the app %q ended on %s", app.Name, day(cert.NotAfter))
		case r.o.Now.Before(cert.NotBefore):
			r.at(c, path, "the certificate of the app %q is not valid before %s", app.Name, day(cert.NotBefore))
		case r.o.Now.AddDate(0, 0, r.o.CertDays).After(cert.NotAfter):
			r.at(c, path, "the certificate of the app %q ends on %s, within %d days", app.Name, day(cert.NotAfter), r.o.CertDays)
		}
	}
}

// ECA20.
func certificateCleared(r *run) {
	r.external(func(app *metadata.App) {
		g := app.Global
		if g == nil || app.Certificate() != "" || !app.AdminApproved() || !hasScope(app, "RefreshToken", "OfflineAccess") {
			return
		}
		others := []string{flowFlag, "isCodeCredFlowEnabled", "isDeviceFlowEnabled", "isTokenExchangeEnabled"}
		if slices.ContainsFunc(others, g.True) || slices.ContainsFunc(g.Lines("callbackUrl"), isUsed) {
			return
		}
		r.at(g, "label", "the app %q is set up for the JWT bearer flow but for its certificate: a deploy of this file clears the one in the org", app.Name)
	})
}

// isUsed says whether a callback URL is more than what people enter where Setup wants one.
func isUsed(url string) bool {
	return !strings.HasPrefix(url, "https://login.salesforce.com/services/oauth2/") && !strings.HasPrefix(url, "http://localhost:1717/")
}

// ECA21.
func idOfOneOrg(r *run) {
	r.external(func(app *metadata.App) {
		for c, path := range map[*metadata.Component]string{app.Header: "orgScopedExternalApp", app.OAuth: "oauthLink"} {
			text := c.Text(path)
			if text == "" || r.o.Org != nil && strings.HasPrefix(text, fixtures.ID15(r.o.Org.OrgID())) {
				continue
			}
			f := r.at(c, path, "<%s> holds the id of the org from which the file was retrieved", path)
			f.Fix = fix(true, removeElement(c, c.Find(path)))
		}
	})
}
