package lint

import (
	"regexp"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/mocksf/metadata"
	"github.com/sfconform/sfconform/mocksf/metadata/source"
	"github.com/sfconform/sfconform/mocksf/metadata/xmltree"
)

// ECA36. A manifest beside the project counts if it lists a part of the same app:
// most manifests of a project have nothing to do with apps.
func leftOut(r *run) {
	for _, f := range r.p.Source.LeftOut {
		deploy := "every deploy"
		if m := r.p.Source.Manifest; m != nil && m.Path == f.By {
			deploy = "a deploy by it"
		}
		r.report(metadata.Place{Path: f.Path}, "", "%s leaves %s %q out of %s", f.By, f.Type.Name, f.Name, deploy)
	}
	for _, m := range r.p.Source.Manifests {
		for _, app := range r.p.Apps {
			missing := unlisted(m, app)
			if len(missing) == len(app.Parts()) {
				continue
			}
			for _, c := range missing {
				r.report(metadata.Place{Path: c.File.Path}, app.Name, "%s lists other files of the app %q and not %s %q", m.Path, app.Name, c.Type.Name, c.Name)
			}
		}
	}
}

func unlisted(m *source.Manifest, app *metadata.App) []*metadata.Component {
	return slices.DeleteFunc(app.Parts(), func(c *metadata.Component) bool { return m.Lists(c.Type, c.Name) })
}

// ECA43.
func distributionState(r *run) {
	if r.p.Source.Config == nil {
		return
	}
	r.external(func(app *metadata.App) {
		state, path := app.Header.Text("distributionState"), "distributionState"
		inPackage := packageOf(r, app.Header)
		switch {
		case state == "Packaged" && inPackage != "" && inPackage == packageOf(r, app.Global):
			r.report(app.Global.Place(), app.Name, "the global OAuth settings lie in the package %q, which they cannot be part of", inPackage)
		case state == "Local" && inPackage != "":
			r.at(app.Header, path, "the app %q is Local and lies in the package %q", app.Name, inPackage)
		}
	})
}

// packageOf is the folder of the package in which the component lies; empty if in none.
func packageOf(r *run, c *metadata.Component) string {
	if c == nil {
		return ""
	}
	for _, folder := range r.p.Source.Config.Packages {
		if folder == "." || strings.HasPrefix(c.File.Path, folder+"/") {
			return folder
		}
	}
	return ""
}

// placeholders are the forms in which templates leave what is to be filled in.
var placeholders = regexp.MustCompile(`\$\{?[A-Z][A-Z0-9_]+\}?|\{\{?[A-Za-z_][A-Za-z0-9_ ]*\}?\}|__[A-Z][A-Z0-9_]*__|<[A-Z][A-Z0-9_]+>|%[A-Z][A-Z0-9_]+%|` +
	`(?i:\byour[-_][a-z0-9_-]+|\breplace[-_]?me\b|\bchange[-_]?me\b|\bauto_generated\b|(?:^|[@./])example\.(?:com|org|net)\b)`)

// ECA46.
func placeholder(r *run) {
	r.leaves(func(c *metadata.Component, e *xmltree.Element) {
		// A certificate is thousands of letters that hold none.
		if e.Name == "certificate" {
			return
		}
		found := placeholders.FindString(e.Value())
		if found == "" || e.Name == "description" || parametrised(c, e.Value()) || parametrised(c, found) {
			return
		}
		place := metadata.Place{Path: c.File.Path, Line: e.TextPlace.Line, Col: e.TextPlace.Col}
		r.report(place, r.apps[c], "%q in <%s> looks like a placeholder", strings.Trim(found, "@./"), e.Name)
	})
}
