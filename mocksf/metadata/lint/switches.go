package lint

import (
	"regexp"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata"
)

const (
	flowFlag = "isClientCredentialsFlowEnabled"
	flowUser = "clientCredentialsFlowUser"
)

// ECA02.
func flowOffInSettings(r *run) {
	r.external(func(app *metadata.App) {
		if app.Global != nil && app.OAuthPolicies.True(flowFlag) && !app.Global.True(flowFlag) {
			r.at(app.Global, flowFlag, "the OAuth policy (%s) turns the client credentials flow on, and %s is not true here",
				app.OAuthPolicies.File.Path, flowFlag).Fix = fix(true, setFlag(app.Global, flowFlag, true))
		}
	})
}

// ECA03, unless ECA01 has said where the other half went.
func flowOffInPolicy(r *run) {
	r.external(func(app *metadata.App) {
		if !app.Global.True(flowFlag) || app.OAuthPolicies.True(flowFlag) || r.hasRule("ECA01", app.Name) {
			return
		}
		if app.OAuthPolicies == nil {
			r.at(app.Global, flowFlag, "the flow is on here, and the app %q has no .ecaOauthPlcy file to turn it on as well", app.Name)
			return
		}
		f := r.at(app.OAuthPolicies, flowFlag, "%s turns the client credentials flow on, and %s is not true here", app.Global.File.Path, flowFlag)
		if app.RunAs() != "" {
			f.Fix = fix(true, setFlag(app.OAuthPolicies, flowFlag, true))
		}
	})
}

// ECA04.
func runAsMissing(r *run) {
	r.external(func(app *metadata.App) {
		if app.OAuthPolicies.True(flowFlag) && app.RunAs() == "" {
			r.at(app.OAuthPolicies, flowFlag, "the client credentials flow is on, and no %s says whom it runs as", flowUser)
		}
	})
}

// runAsOf is the Run As user of an app and the place that names it.
func runAsOf(app *metadata.App) (c *metadata.Component, path, user string) {
	if app.Connected != nil {
		c, path = app.Connected, "oauthConfig/oauthClientCredentialUser"
	} else {
		c, path = app.OAuthPolicies, flowUser
	}
	return c, path, app.RunAs()
}

// ECA05.
func runAsNoUsername(r *run) {
	for _, app := range r.p.Apps {
		c, path, user := runAsOf(app)
		switch {
		case user == "" || c.Unset(path):
		case !metadata.IsUsername(user):
			r.at(c, path, "%q has not the shape of a username, name@host.tld", user)
		case r.o.Org != nil && userOf(r.o.Org, user) == nil:
			r.at(c, path, "the org has no user %q", user)
		}
	}
}

// userOf is the org's user, whose name is not case-sensitive; nil if there is none.
func userOf(org *fixtures.Org, username string) *fixtures.User {
	for name, u := range org.Users {
		if strings.EqualFold(name, username) {
			return &u
		}
	}
	return nil
}

// oneOrg are usernames of sandboxes, by their usual names, and of trial orgs.
var oneOrg = regexp.MustCompile(`(?i)(\.(qa\w*|uat\w*|dev\w*|sit|int|test\w*|sandbox\w*|sbx\w*|stag\w*|stg|full\w*|partial\w*|preprod|hotfix)|@orgfarm\.salesforce\.com|^test-\w+@example\.com)$`)

// ECA06.
func runAsOfOneOrg(r *run) {
	for _, app := range r.p.Apps {
		c, path, user := runAsOf(app)
		if oneOrg.MatchString(user) && !parametrised(c, user) {
			r.at(c, path, "%q looks like a user of one sandbox or trial org, and no replacement changes it for others", user)
		}
	}
}
