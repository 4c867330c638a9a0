package deploy

import (
	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata"
)

// failure is why one component cannot be deployed.
type failure struct {
	// typeName, name and path are the component's; the type is empty for a file that is none.
	typeName, name, path string
	line, column         int
	problem              string
	warning              bool
}

// judge is one look at a deploy, for everything by which the org refuses it.
type judge struct {
	content *content
	config  fixtures.Org
	// names are those of the org's apps without regard to case.
	names    map[string]string
	options  Options
	failures []failure
}

// judged are the failures of a deploy to an org, in the order of the rules.
func judged(c *content, config fixtures.Org, o Options) []failure {
	j := &judge{content: c, config: config, names: namesOf(config), options: o}
	j.packaging()
	for _, p := range c.Problems {
		if !p.Warning && deploys(p.Component) {
			j.reader(p)
		}
	}
	for _, app := range c.Apps {
		if app.Connected != nil {
			j.connected(app)
		} else {
			j.policies(app)
			j.rotation(app)
		}
	}
	j.permissions()
	j.deletions()
	return j.failures
}

// fail adds a failure at a component's place.
func (j *judge) fail(c *metadata.Component, at metadata.Place, problem string) {
	path, _ := ownPath(c.File.Path)
	j.failures = append(j.failures, failure{c.Type.Name, c.Name, path, at.Line, at.Col, problem, false})
}

// text is a deploy error's text with its blanks filled in.
func text(id fixtures.DeployErrorID, values ...string) string {
	return fixtures.Answer{Description: fixtures.MustDeployError(id).Text}.With(values...).Description
}

// reader is a problem that the reader found, in the org's words where they are known.
func (j *judge) reader(p metadata.Problem) {
	problem := p.DeployText(j.content.Version)
	if problem == "" {
		problem = p.Message
	}
	j.fail(p.Component, p.Place, problem)
}
