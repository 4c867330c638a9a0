package deploy

import (
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata/source"
)

// destructiveFiles are the manifests of what a deploy deletes.
var destructiveFiles = []string{"destructiveChangesPre.xml", "destructiveChanges.xml", "destructiveChangesPost.xml"}

// appTypes are the components that are an app: the others go with it.
var appTypes = map[string]fixtures.AppKind{
	"ExternalClientApplication": fixtures.ExternalClientApp,
	"ConnectedApp":              fixtures.ConnectedApp,
}

// removed deletes the apps that a deploy's destructive manifests list, and tells of
// them. What the org does not have is a warning (facts: metadata.md section 4.2).
func (r *run) removed(c *content, after *fixtures.Org) []Message {
	var list []Message
	for _, name := range destructiveFiles {
		for _, m := range c.destructive[name] {
			message := Message{ComponentType: m.typeName, CreatedDate: r.result.CreatedDate, FileName: name, FullName: m.name, Success: true}
			app, there := after.Apps[m.name]
			if kind, isApp := appTypes[m.typeName]; isApp && there && app.Kind == kind {
				delete(after.Apps, m.name)
				message.Deleted = true
			} else {
				message.Problem, message.ProblemType = text("nothing-to-delete", "type", m.typeName, "name", m.name), "Warning"
			}
			list = append(list, message)
		}
	}
	return list
}

// member is one component that a manifest lists.
type member struct{ typeName, name string }

// destructions reads the destructive manifests of a deploy. The error is a *source.FileError.
func destructions(fsys fs.FS) (map[string][]member, error) {
	all := map[string][]member{}
	for _, name := range destructiveFiles {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			continue
		}
		m, err := source.ParseManifest(name, data)
		if err != nil {
			return nil, err
		}
		for _, typeName := range slices.Sorted(maps.Keys(m.Members)) {
			for _, listed := range slices.SortedFunc(maps.Keys(m.Members[typeName]), strings.Compare) {
				all[name] = append(all[name], member{typeName, listed})
			}
		}
	}
	return all, nil
}
