package lint

import (
	"net/url"
	"strings"

	"github.com/sfconform/sfconform/mocksf/metadata"
)

// ECA32. A Connected App's callbackUrl is required by its type (ECA40).
func callbackURL(r *run) {
	for _, app := range r.p.Apps {
		c, path := app.Global, "callbackUrl"
		if app.Connected != nil {
			c, path = app.Connected, "oauthConfig/callbackUrl"
		}
		switch {
		case c == nil || app.Connected != nil && c.Find(path) == nil || c.Unset(path):
		case !c.Has(path):
			r.at(c, path, "the app %q has no callbackUrl", app.Name)
		default:
			for line := range strings.Lines(c.Text(path)) {
				if problem := callbackProblem(strings.TrimSpace(line)); problem != "" {
					r.at(c, path, "%s", problem)
				}
			}
		}
	}
}

// callbackProblem says what is wrong with one line of callbackUrl; empty if nothing is.
func callbackProblem(line string) string {
	if strings.ContainsAny(line, " \t,;") {
		return "several callback URLs stand on one line: write each on a line of its own"
	}
	u, err := url.Parse(line)
	switch {
	case line == "":
		return ""
	case err != nil || u.Scheme == "":
		return "a callback URL is no URL: begin it with https://"
	case u.Scheme == "http" && u.Hostname() != "localhost" && u.Hostname() != "127.0.0.1" && u.Hostname() != "::1":
		return "a callback URL is http: only localhost may be"
	case strings.HasSuffix(u.Path, "/services/oauth2/token"):
		return "the callback URL is the token endpoint: the flows of machines do not use it, and no browser can"
	}
	return ""
}

// ECA33.
func switchedOff(r *run) {
	r.external(func(app *metadata.App) {
		for _, name := range []string{"isEnabled", "isOauthPluginEnabled"} {
			if !app.Policies.Flag(name, true) {
				r.at(app.Policies, name, "%s is false: no client of the app %q can log in", name, app.Name).Fix = fix(false, setFlag(app.Policies, name, true))
			}
		}
	})
}

// ECA34.
func tokenExchangeHalves(r *run) {
	r.external(func(app *metadata.App) {
		settings, policy := app.Global.True("isTokenExchangeEnabled"), app.OAuthPolicies.True("isTokenExchangeFlowEnabled")
		switch {
		case app.Global == nil || app.OAuthPolicies == nil || settings == policy:
		case settings:
			r.at(app.OAuthPolicies, "isTokenExchangeFlowEnabled", "token exchange is on in %s and not here", app.Global.File.Path)
		default:
			r.at(app.Global, "isTokenExchangeEnabled", "token exchange is on in %s and not here", app.OAuthPolicies.File.Path)
		}
	})
}

// ECA38.
func connectedAppKey(r *run) {
	r.connected(func(c *metadata.Component) {
		const path = "oauthConfig/consumerKey"
		if c.Has(path) && !parametrised(c, c.Text(path)) {
			r.at(c, path, "the consumer key can be given when the app is made and never again").Fix = fix(false, removeElement(c, c.Find(path)))
		}
	})
}

// ECA39.
func connectedAppRunAs(r *run) {
	r.connected(func(c *metadata.Component) {
		const flag = "oauthConfig/isClientCredentialEnabled"
		if !c.True(flag) {
			return
		}
		switch {
		case !c.Has("oauthConfig/oauthClientCredentialUser"):
			r.at(c, flag, "the client credentials flow is on, and no oauthClientCredentialUser says whom it runs as")
		case !c.Has("oauthConfig/consumerKey"):
			r.at(c, flag, "the guide asks for a consumerKey beside oauthClientCredentialUser when the app is made").Flows = nil
		}
	})
}

// ECA41.
func connectedApp(r *run) {
	r.connected(func(c *metadata.Component) {
		r.report(c.Place(), r.apps[c], "%q is a Connected App", c.Name)
	})
}

// ECA45.
func pkceLeftOut(r *run) {
	for _, app := range r.p.Apps {
		switch {
		case app.Connected.Find("oauthConfig") != nil && !app.Connected.Has("oauthConfig/isPkceRequired"):
			r.at(app.Connected, "oauthConfig", "isPkceRequired is left out: in a Connected App that means false").Fix = fix(true, addElement(app.Connected, "isPkceRequired", "false", "oauthConfig"))
		case app.Global != nil && app.Global.Root != nil && !app.Global.Has("isPkceRequired"):
			r.at(app.Global, "isPkceRequired", "isPkceRequired is left out: in an External Client App that means true").Fix = fix(true, setFlag(app.Global, "isPkceRequired", true))
		}
	}
}

// ECA44.
func apiOnlyPermission(r *run) {
	for _, c := range r.p.Components {
		if c.Type.Name != "PermissionSet" {
			continue
		}
		for _, e := range c.All("userPermissions") {
			if e.Find("name").Value() == "ApiOnlyUser" && e.Find("enabled").Value() == "true" {
				place := metadata.Place{Path: c.File.Path, Line: e.Line, Col: e.Col}
				r.report(place, "", "the permission set %q grants ApiOnlyUser, which not every org has", c.Name).Fix = fix(false, removeElement(c, e))
			}
		}
	}
}
