package deploy

import (
	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata"
	"github.com/sfconform/sfconform/mocksf/metadata/source"
)

// problems are those of the org that the deploy would make, at the app's component.
func (r *run) problems(c *content, list []metadata.Problem) {
	for _, p := range list {
		f := failure{name: p.Path, path: p.Path, line: p.Line, column: p.Col, problem: p.Message}
		for _, component := range c.Components {
			if component.File.Path == p.Path {
				f.typeName, f.name = component.Type.Name, component.Name
			}
		}
		f.path, _ = ownPath(f.path)
		r.add(f)
	}
}

// add tells of a failure.
func (r *run) add(f failure) {
	kind := "Error"
	if f.warning {
		kind = "Warning"
	}
	r.result.Details.Failures = append(r.result.Details.Failures, Message{
		Column: f.column, ComponentType: f.typeName, CreatedDate: r.result.CreatedDate, FileName: f.path,
		FullName: f.name, Line: f.line, Problem: f.problem, ProblemType: kind,
	})
}

// successes tell of the manifest and of each component: new, changed, or as it was.
func (r *run) successes(c *content, before fixtures.Org) []Message {
	have := inventory(before, r.service.files, c.Version)
	list := []Message{{Changed: true, CreatedDate: r.result.CreatedDate, FileName: source.ManifestFile, FullName: source.ManifestFile, Success: true}}
	for _, component := range c.Components {
		path, own := ownPath(component.File.Path)
		if !own {
			continue
		}
		_, there := have[keyOf(component.Type.Name, component.Name)]
		same := there && r.service.files.same(component)
		list = append(list, Message{
			Changed: there && !same, ComponentType: component.Type.Name, Created: !there, CreatedDate: r.result.CreatedDate,
			FileName: path, FullName: component.Name, Success: true,
		})
	}
	return list
}
