package deploy

import (
	"maps"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata"
	"github.com/sfconform/sfconform/mocksf/metadata/schema"
	"github.com/sfconform/sfconform/mocksf/metadata/source"
)

// packaging holds zip file and manifest to each other.
func (j *judge) packaging() {
	found := j.content.alone.Source
	have := map[string]bool{}
	for _, f := range found.Files {
		have[f.Type.Name+"/"+f.Name] = true
	}
	for _, left := range found.LeftOut {
		j.failures = append(j.failures, failure{typeName: left.Type.Name, name: left.Name, path: left.Path, problem: text("not-in-package")})
	}
	for _, m := range found.Misnamed {
		j.failures = append(j.failures, failure{name: m.Path, path: m.Path, problem: text("not-in-package")})
	}
	for _, t := range schema.Types() {
		if t.Open {
			continue
		}
		members := found.Manifest.Members[t.Name]
		for _, name := range slices.Sorted(maps.Keys(members)) {
			if name != "*" && !have[t.Name+"/"+name] && !j.content.leave.components[keyOf(t.Name, name)] {
				at := members[name]
				j.failures = append(j.failures, failure{
					t.Name, name, source.ManifestFile, at.Line, at.Col, text("not-in-zip", "name", name, "type", t.Name), false,
				})
			}
		}
	}
}

// policies holds the OAuth policies of an External Client App to the org's users and
// to the app's other half (facts: metadata.md section 4.4).
func (j *judge) policies(app *metadata.App) {
	c := app.OAuthPolicies
	if !deploys(c) {
		return
	}
	if c.True("isClientCredentialsFlowEnabled") && !j.executionUser(app.RunAs()) {
		j.fail(c, c.PlaceOf("clientCredentialsFlowUser"), text("execution-user-invalid"))
	}
	jwt := app.Global.True("isNamedUserJwtEnabled")
	if before, there := j.before(app); there && !deploys(app.Global) {
		jwt = before.Settings.JWTAccessTokens
	}
	for _, name := range []string{"namedUserJwtTimeout", "namedUserJwtSessionTimeoutType"} {
		if c.Has(name) && !jwt {
			j.fail(c, c.PlaceOf(name), text("plugin-settings-invalid"))
			return
		}
	}
}

// before is the app as the org has it.
func (j *judge) before(app *metadata.App) (fixtures.App, bool) {
	name, there := j.names[strings.ToLower(app.Name)]
	return j.config.Apps[name], there
}

// executionUser says whether the org takes the user as an execution user.
func (j *judge) executionUser(username string) bool {
	for name, u := range j.config.Users {
		if strings.EqualFold(name, username) {
			return u.Active && u.APIEnabled
		}
	}
	return false
}

// rotation warns of a key pair that the deploy replaces.
func (j *judge) rotation(app *metadata.App) {
	if !deploys(app.Global) || j.options.IgnoreWarnings {
		return
	}
	for _, name := range []string{"shouldRotateConsumerKey", "shouldRotateConsumerSecret"} {
		if app.Global.True(name) {
			j.fail(app.Global, app.Global.PlaceOf(name), text("rotation-warned"))
			j.failures[len(j.failures)-1].warning = true
		}
	}
}

// connected holds a Connected App to the keys that are in use.
func (j *judge) connected(app *metadata.App) {
	const path = "oauthConfig/consumerKey"
	key := app.Connected.Text(path)
	if !deploys(app.Connected) || key == "" {
		return
	}
	at := app.Connected.PlaceOf(path)
	if before, there := j.before(app); there && before.Kind == fixtures.ConnectedApp {
		j.fail(app.Connected, at, text("consumer-key-given"))
		return
	}
	for _, other := range j.config.Apps {
		if other.ConsumerKey == key {
			j.fail(app.Connected, at, text("consumer-key-taken"))
			return
		}
	}
}

// permissions refuses a permission that comes with a licence or profile alone.
func (j *judge) permissions() {
	const apiOnly = "ApiOnlyUser"
	for _, c := range j.content.permitted {
		if granted, _ := c.Permission(apiOnly); granted && c.Type.Name == "PermissionSet" {
			j.fail(c, c.Place(), text("permission-unknown", "permission", apiOnly))
		}
	}
}

// deletions refuses to delete a part of an app alone, rather than say that it is gone.
func (j *judge) deletions() {
	deleted := map[string]bool{}
	for _, list := range j.content.destructive {
		for _, m := range list {
			deleted[m.name] = deleted[m.name] || appTypes[m.typeName] == fixtures.ExternalClientApp
		}
	}
	for _, manifest := range slices.Concat(deletedBefore, deletedAfter) {
		for _, m := range j.content.destructive[manifest] {
			part, there := j.content.had[keyOf(m.typeName, m.name)]
			if there && part.typ.IsExternalClientApp() && !deleted[part.app] {
				j.failures = append(j.failures, failure{typeName: m.typeName, name: m.name, path: manifest, problem: text("part-not-deletable", "type", m.typeName)})
			}
		}
	}
}
