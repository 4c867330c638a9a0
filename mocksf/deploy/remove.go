package deploy

import (
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata/source"
)

// The manifests of what a deploy deletes: before it deploys anything, and after it has
// deployed everything (Metadata API guide, Deleting Components from an Organization).
var (
	deletedBefore = []string{"destructiveChangesPre.xml", "destructiveChanges.xml"}
	deletedAfter  = []string{"destructiveChangesPost.xml"}
)

// appTypes are the components that are an app: the others go with it.
var appTypes = map[string]fixtures.AppKind{
	"ExternalClientApplication": fixtures.ExternalClientApp,
	"ConnectedApp":              fixtures.ConnectedApp,
}

// removed deletes the apps of an org that destructive manifests list, and tells of
// them; the parts of an app go with it. What the org does not have is a warning (facts:
// metadata.md section 4.2).
func (c *content) removed(manifests []string, org *fixtures.Org, at string) []Message {
	var list []Message
	for _, name := range manifests {
		for _, m := range c.destructive[name] {
			message := Message{ComponentType: m.typeName, CreatedDate: at, FileName: name, FullName: m.name, Success: true}
			app, there := org.Apps[m.name]
			part, isPart := c.had[keyOf(m.typeName, m.name)]
			_, stays := org.Apps[part.app]
			switch kind, isApp := appTypes[m.typeName]; {
			case isApp && there && app.Kind == kind:
				org.Apps = maps.Clone(org.Apps)
				delete(org.Apps, m.name)
				message.Deleted = true
			case !isApp && isPart && !stays:
				message.Deleted = true
			default:
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
	for _, name := range slices.Concat(deletedBefore, deletedAfter) {
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
