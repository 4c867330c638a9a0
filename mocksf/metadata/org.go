package metadata

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
)

// OrgOptions say how an org is made of a project.
type OrgOptions struct {
	// Base is the org to which the project is deployed; nil means a new production
	// org with the My Domain "acme".
	Base *fixtures.Org
	// Without names what is not made; empty means that everything is.
	Without []Made
}

// Org makes the org that a deploy of the project leads to: the base with the
// project's apps. The error is a *ProblemsError: what Salesforce would refuse.
func (p *Project) Org(o OrgOptions) (fixtures.Org, []Assumption, error) {
	if bad := failures(p.Problems); len(bad) > 0 {
		return fixtures.Org{}, nil, &ProblemsError{bad}
	}
	m := &maker{p: p, without: o.Without, place: map[string]Place{}}
	m.base(o.Base)
	for _, app := range p.Apps {
		if app.Connected != nil {
			m.connectedApp(app)
		} else {
			m.externalClientApp(app)
		}
	}
	m.settings()
	m.users()
	if bad := m.check(); len(bad) > 0 {
		return fixtures.Org{}, nil, &ProblemsError{bad}
	}
	return m.org, m.assumed, nil
}

// maker makes one org.
type maker struct {
	p       *Project
	without []Made
	org     fixtures.Org
	assumed []Assumption
	// place is where the project speaks of an app of the org, by its name there.
	place map[string]Place
	// wanted are the users that the apps need.
	wanted []*wanted
}

// makes says whether the thing is made.
func (m *maker) makes(what Made) bool { return !slices.Contains(m.without, what) }

func (m *maker) assume(made Made, field, text string) {
	m.assumed = append(m.assumed, Assumption{made, field, text})
}

// base is the org without the project's apps.
func (m *maker) base(given *fixtures.Org) {
	if given != nil {
		m.org = *given
		m.org.Users, m.org.Apps = maps.Clone(given.Users), maps.Clone(given.Apps)
	} else {
		m.org.Defaults()
		m.org.Name, m.org.MyDomain = cmp.Or(m.p.Name, "Acme"), "acme"
		m.assume("", "myDomain", `a new production org, "acme": an org file names another (--org)`)
	}
	if m.org.Users == nil {
		m.org.Users = map[string]fixtures.User{}
	}
	if m.org.Apps == nil {
		m.org.Apps = map[string]fixtures.App{}
	}
}

// settings are the org-wide ones (facts: metadata.md section 1.8).
func (m *maker) settings() {
	for _, c := range m.p.Components {
		switch c.Type.Name {
		case "ConnectedAppSettings":
			m.org.Settings.APIAccessControl = c.Flag("enableAdminApprovedAppsOnly", m.org.Settings.APIAccessControl)
		case "OauthOidcSettings":
			m.org.Settings.AllowUsernamePasswordFlows = !c.Flag("blockOAuthUnPwFlow", !m.org.Settings.AllowUsernamePasswordFlows)
		}
	}
}

// check holds the org to what an org must be, and says it at the app's place.
func (m *maker) check() []Problem {
	var bad []Problem
	for _, f := range fixtures.Validate(m.org) {
		place := Place{Path: cmp.Or(m.org.Name, "the org")}
		if rest, ok := strings.CutPrefix(f.Field, "apps/"); ok {
			name, _, _ := strings.Cut(rest, "/")
			if at, ok := m.place[name]; ok {
				place = at
			}
		}
		switch {
		case !f.Warning:
			bad = append(bad, Problem{Kind: BadOrg, Place: place, Message: f.Field + ": " + f.Message})
		case strings.HasPrefix(f.Field, "apps/") && strings.HasSuffix(f.Field, "/policies/runAs"):
			m.assume("", f.Field, f.Message)
		}
	}
	return bad
}

// add puts an app into the org under its name, or a name of its own if both kinds
// of apps have one of that name.
func (m *maker) add(app *App, a fixtures.App) {
	name := app.Name
	if _, taken := m.org.Apps[name]; taken && m.place[name] != (Place{}) {
		name += "_" + app.First().Type.Suffix
		m.assume("", "apps/"+name, "another kind of app is called "+app.Name+" as well")
	}
	m.org.Apps[name] = a
	m.place[name] = app.First().Place()
}
