package deploy

import (
	"path"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata"
	"github.com/sfconform/sfconform/mocksf/metadata/schema"
)

// key names a component of the org, without regard to case.
type key struct{ typeName, name string }

func keyOf(typeName, name string) key { return key{typeName, strings.ToLower(name)} }

// file is a component as it was deployed last.
type file struct {
	component *metadata.Component
	user      string
	at        string
}

// deployed are the files of the org's components, as far as deploys brought them. An
// org that was booted from a configuration has none; see inventory.
type deployed map[key]file

// take remembers the files of a deploy. Beyond the bound a file is not remembered: a
// retrieve then shows what the fake knows of the component.
func (d deployed) take(c *content, o order) {
	kept := 0
	for _, f := range d {
		kept += len(f.component.File.Data)
	}
	for _, component := range c.Components {
		if kept += len(component.File.Data); deploys(component) && component.Root != nil && kept <= maxKept {
			d[keyOf(component.Type.Name, component.Name)] = file{component, o.user.ID, o.now.UTC().Format(wireTime)}
		}
	}
}

// forget drops the files of what was deleted, of an app with all that belong to it.
func (d deployed) forget(gone []Message) {
	for _, m := range gone {
		for k, f := range d {
			if m.Deleted && (k == keyOf(m.ComponentType, m.FullName) || appTypes[m.ComponentType] == fixtures.ExternalClientApp && strings.EqualFold(f.component.App(), m.FullName)) {
				delete(d, k)
			}
		}
	}
}

// same says whether the component's file is that of the last deploy.
func (d deployed) same(c *metadata.Component) bool {
	f, ok := d[keyOf(c.Type.Name, c.Name)]
	return ok && string(f.component.File.Data) == string(c.File.Data)
}

// entry is one component that the org has.
type entry struct {
	typ *schema.Type
	// name is the component's, app the API name of its app.
	name, app string
}

// parts are the types of an External Client App that every app has here, with what
// Setup puts behind the app's name (facts: metadata.md section 1.5).
var parts = []struct{ typeName, behind string }{
	{"ExternalClientApplication", ""},
	{"ExtlClntAppGlobalOauthSettings", "_glbloauth"},
	{"ExtlClntAppOauthSettings", "_oauth"},
	{"ExtlClntAppOauthConfigurablePolicies", "_oauthPlcy"},
	{"ExtlClntAppConfigurablePolicies", "_plcy"},
}

// inventory are the components that the org has in an API version: the parts of its
// apps, under the names that deploys gave them, and what else was deployed.
func inventory(config fixtures.Org, files deployed, version int) map[key]entry {
	all, named := map[key]entry{}, map[key]string{}
	for k, f := range files {
		app := f.component.App()
		if _, isApp := appTypes[k.typeName]; isApp || app == "" {
			app = f.component.Name
		}
		if _, stays := config.Apps[app]; !stays && (f.component.Type.IsExternalClientApp() || appTypes[k.typeName] != "") {
			continue
		}
		all[k] = entry{f.component.Type, f.component.Name, app}
		named[keyOf(k.typeName, app)] = f.component.Name
	}
	add := func(typeName, name, app string) {
		t := schema.ByName(typeName)
		if given := named[keyOf(typeName, app)]; given == "" && t.Versions.Has(version) {
			all[keyOf(typeName, name)] = entry{t, name, app}
		}
	}
	for name, app := range config.Apps {
		if app.Kind == fixtures.ConnectedApp {
			add("ConnectedApp", name, name)
			continue
		}
		for _, p := range parts {
			add(p.typeName, name+p.behind, name)
		}
	}
	return all
}

// path is where the component stands in a zip file.
func (e entry) path() string { return path.Join(e.typ.Folder, e.name+"."+e.typ.Suffix) }
