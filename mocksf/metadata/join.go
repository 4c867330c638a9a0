package metadata

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures/spell"
	"github.com/sfconform/sfconform/mocksf/metadata/schema"
)

// join makes apps of the components. The parts of an External Client App name it
// in externalClientApplication; file names say nothing (facts: metadata.md section 0.1).
func (l *loader) join() {
	j := &joiner{l: l, external: map[string]*App{}, connected: map[string]*App{}}
	for _, c := range l.p.Components {
		switch c.Type.Name {
		case "ExternalClientApplication":
			j.header(c, j.external)
		case "ConnectedApp":
			j.header(c, j.connected)
		}
	}
	for _, c := range l.p.Components {
		if c.Type.IsExternalClientApp() && c.Root != nil {
			j.part(c)
		}
	}
	for _, apps := range []map[string]*App{j.external, j.connected} {
		for _, key := range slices.Sorted(maps.Keys(apps)) {
			l.p.Apps = append(l.p.Apps, apps[key])
			l.complete(apps[key])
		}
	}
}

// joiner keeps the apps by their names without regard to case, as the org does.
type joiner struct {
	l                   *loader
	external, connected map[string]*App
}

func (j *joiner) header(c *Component, apps map[string]*App) {
	key := strings.ToLower(c.Name)
	if apps[key] == nil {
		apps[key] = &App{Name: c.Name}
	}
	j.fill(apps[key], c)
}

func (j *joiner) part(c *Component) {
	name := c.App()
	app := j.external[strings.ToLower(name)]
	if app == nil {
		j.orphan(c, name)
		if name == "" {
			return
		}
		app = &App{Name: name}
		j.external[strings.ToLower(name)] = app
	}
	j.fill(app, c)
}

// fill puts a component into its place of the app. A second file of the same name
// is the same component, of which the last one counts; of another name, one too many.
func (j *joiner) fill(app *App, c *Component) {
	slot := app.slot(c.Type.Name)
	switch {
	case slot == nil:
		app.Others = append(app.Others, c)
	case *slot == nil:
		*slot = c
	case strings.EqualFold((*slot).Name, c.Name):
		j.l.add(Problem{
			Kind: Twice, Place: c.Place(), Component: c, Warning: true,
			Message: fmt.Sprintf("%s %q is in %s as well: a deploy takes one of them", c.Type.Name, c.Name, (*slot).File.Path),
		})
		*slot = c
	default:
		app.Others = append(app.Others, c)
		j.l.add(Problem{
			Kind: Extra, Place: c.Place(), Component: c, Warning: true,
			Message: fmt.Sprintf("a second .%s file for the app %q beside %s: keep one", c.Type.Suffix, app.Name, (*slot).File.Path),
		})
	}
}

func (j *joiner) orphan(c *Component, name string) {
	// Without an element there is a problem of its own: it is required.
	element := c.Find("externalClientApplication")
	if element == nil {
		return
	}
	var known []string
	for _, app := range j.external {
		if app.Header != nil {
			known = append(known, app.Name)
		}
	}
	slices.Sort(known)
	hint := "the project has no .eca file"
	if near := spell.Nearest(name, known); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	} else if len(known) > 0 {
		hint = "there are " + strings.Join(known[:min(len(known), 8)], ", ")
	}
	j.l.add(Problem{
		Kind: Orphan, Place: c.PlaceOf("externalClientApplication"), Component: c, Element: element, Near: spell.Nearest(name, known),
		Message: fmt.Sprintf("no app of the project is called %q: %s", name, hint),
	})
}

// complete asks for the halves of the OAuth settings, which a deploy wants
// together (facts: metadata.md section 4.4).
func (l *loader) complete(app *App) {
	switch {
	case app.Global != nil && app.OAuth == nil:
		l.add(Problem{
			Kind: Incomplete, Place: app.Global.Place(), Component: app.Global,
			Message: fmt.Sprintf("the app %q has no .ecaOauth file beside this one", app.Name),
		})
	case app.OAuth != nil && app.Global == nil:
		l.add(Problem{
			Kind: Incomplete, Place: app.OAuth.Place(), Component: app.OAuth, Warning: true,
			Message: fmt.Sprintf("the app %q has no .ecaGlblOauth file beside this one: without it a new app has no Consumer Key", app.Name),
		})
	}
}

// manifest tells of components that the manifest lists and no file holds.
func (l *loader) manifest() {
	m := l.p.Source.Manifest
	if m == nil {
		return
	}
	have := map[string]bool{}
	for _, c := range l.p.Components {
		have[c.Type.Name+"/"+c.Name] = true
	}
	for _, t := range schema.Types() {
		members := m.Members[t.Name]
		if t.Open || t.Name == "Certificate" {
			continue
		}
		for _, name := range slices.Sorted(maps.Keys(members)) {
			if name == "*" || have[t.Name+"/"+name] {
				continue
			}
			l.add(Problem{
				Kind: NotFound, Place: at(m.Path, members[name]), Warning: true,
				Message: fmt.Sprintf("%s %q is listed and no file of the project holds it", t.Name, name),
			})
		}
	}
}
