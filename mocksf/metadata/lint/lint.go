// Package lint finds in the app metadata of a project what would not work, or work
// differently than was meant, before anybody deploys it. The rules are
// fixtures.LintRules; here is one small check for each.
package lint

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata"
	"github.com/sfconform/sfconform/mocksf/metadata/xmltree"
)

// Options are what the linter knows beside the project.
type Options struct {
	// Org is the org to which the project goes; nil if it is not known.
	Org *fixtures.Org
	// Now is the time to which certificates are held.
	Now time.Time
	// CertDays is how many days before its end a certificate is warned of.
	CertDays int
	// Clients are files of the project that configure clients: see [ClientFiles].
	Clients []ClientFile
}

// Finding is one place at which a rule found something.
type Finding struct {
	Rule     fixtures.LintRuleID   `json:"rule"`
	Severity fixtures.LintSeverity `json:"severity"`
	metadata.Place
	// App is the API name of the app; empty if the finding belongs to none.
	App     string `json:"app,omitempty"`
	Message string `json:"message"`
	// Deploys are what a deploy says of it, as far as the catalogue has the words.
	Deploys []string `json:"deploys,omitempty"`
	// Flows are those that cannot log in because of it.
	Flows []fixtures.Flow `json:"flows,omitempty"`
	// Fix is a change that mends it; nil if there is none to offer.
	Fix *Fix `json:"fix,omitempty"`
	// fatal says that the whole deploy fails on it.
	fatal bool
}

// Run holds the project to all rules. The findings come in the order of their
// places, those of one place in the order of the rules.
func Run(p *metadata.Project, o Options) []Finding {
	r := &run{p: p, o: o, apps: map[*metadata.Component]string{}}
	for _, app := range p.Apps {
		for _, c := range app.Parts() {
			r.apps[c] = app.Name
		}
	}
	for _, rule := range fixtures.LintRules {
		if check := checks[rule.ID]; check != nil {
			r.rule = rule
			check(r)
		}
	}
	r.unplayable()
	slices.SortStableFunc(r.found, func(a, b Finding) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), a.Line-b.Line, a.Col-b.Col, strings.Compare(string(a.Rule), string(b.Rule)))
	})
	return r.found
}

// unplayable reports, as ECA00, for what no org can be made of the project, where no
// rule has said it.
func (r *run) unplayable() {
	if slices.ContainsFunc(r.found, func(f Finding) bool { return f.fatal }) {
		return
	}
	_, _, err := r.p.Org(metadata.OrgOptions{Base: r.o.Org})
	bad, ok := errors.AsType[*metadata.ProblemsError](err)
	if !ok {
		return
	}
	r.rule = fixtures.LintRules[0]
	for _, p := range bad.Problems {
		r.report(p.Place, "", "%s", p.Message).fatal = true
	}
}

// run is one pass over a project.
type run struct {
	p     *metadata.Project
	o     Options
	apps  map[*metadata.Component]string
	rule  fixtures.LintRule
	found []Finding
}

// report notes a finding of the current rule and returns it for what is special about it.
func (r *run) report(place metadata.Place, app, format string, args ...any) *Finding {
	r.found = append(r.found, Finding{
		Rule: r.rule.ID, Severity: r.rule.Severity, Place: place, App: app,
		Message: fmt.Sprintf(format, args...), Flows: r.rule.Flows, Deploys: constantTexts(r.rule),
	})
	return &r.found[len(r.found)-1]
}

// constantTexts are the deploy errors of the rule that name nothing of the project.
func constantTexts(rule fixtures.LintRule) []string {
	var texts []string
	for _, id := range rule.Deploys {
		if text := fixtures.MustDeployError(id).Text; !strings.Contains(text, "${") {
			texts = append(texts, text)
		}
	}
	return texts
}

// at reports at the element on the path, or at the component if it has none.
func (r *run) at(c *metadata.Component, path, format string, args ...any) *Finding {
	return r.report(c.PlaceOf(path), r.apps[c], format, args...)
}

// external runs a check on every External Client App.
func (r *run) external(check func(*metadata.App)) {
	for _, app := range r.p.Apps {
		if app.Connected == nil {
			check(app)
		}
	}
}

// connected runs a check on every Connected App.
func (r *run) connected(check func(*metadata.Component)) {
	for _, app := range r.p.Apps {
		if app.Connected != nil && app.Connected.Root != nil {
			check(app.Connected)
		}
	}
}

// hasRule says whether another rule found something in the app.
func (r *run) hasRule(id fixtures.LintRuleID, app string) bool {
	return slices.ContainsFunc(r.found, func(f Finding) bool { return f.Rule == id && f.App == app })
}

// leaves runs a check on every element of the app files that holds text.
func (r *run) leaves(check func(*metadata.Component, *xmltree.Element)) {
	for _, c := range r.p.Components {
		if c.Root != nil && !c.Type.Open {
			leavesOf(c.Root, func(e *xmltree.Element) { check(c, e) })
		}
	}
}

func leavesOf(e *xmltree.Element, check func(*xmltree.Element)) {
	if len(e.Children) == 0 && e.Value() != "" {
		check(e)
	}
	for _, child := range e.Children {
		leavesOf(child, check)
	}
}

// parametrised says whether a text comes, or will come, from a replacement of sfdx-project.json.
func parametrised(c *metadata.Component, text string) bool {
	for _, u := range c.File.Unset {
		if strings.Contains(text, u.Text) {
			return true
		}
	}
	return c.File.Replaced() && !strings.Contains(string(c.File.Original), text)
}
