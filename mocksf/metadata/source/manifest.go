package source

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures/spell"
	"github.com/sfconform/sfconform/mocksf/metadata/schema"
	"github.com/sfconform/sfconform/mocksf/metadata/xmltree"
)

// ManifestFile is the name that a manifest usually has.
const ManifestFile = "package.xml"

// Manifest is a package.xml: which components a deploy takes along.
type Manifest struct {
	Path string
	// Version is the major number of its API version; 0 if it names none.
	Version int
	// Members are the listed names by type, "*" among them, with their places.
	Members map[string]map[string]xmltree.Place
}

// ParseManifest reads a package.xml. The error is a *FileError.
func ParseManifest(path string, data []byte) (*Manifest, error) {
	root, err := xmltree.Parse(data, xmltree.Limits{}, nil)
	if err != nil {
		return nil, fileError(path, err)
	}
	if root.Name != "Package" || root.Space != schema.Namespace {
		return nil, &FileError{path, root.Place, fmt.Sprintf(`the root element is <%s>: want <Package xmlns=%q>`, root.Name, schema.Namespace)}
	}
	m := &Manifest{Path: path, Members: map[string]map[string]xmltree.Place{}}
	if v := root.Find("version"); v != nil {
		if m.Version, err = ParseVersion(v.Value()); err != nil {
			return nil, &FileError{path, v.TextPlace, err.Error()}
		}
	}
	for _, types := range root.All("types") {
		name := types.Find("name")
		if problem := checkTypeName(name.Value()); problem != "" {
			place := types.Place
			if name != nil {
				place = name.TextPlace
			}
			return nil, &FileError{path, place, problem}
		}
		listed := m.Members[name.Value()]
		if listed == nil {
			listed = map[string]xmltree.Place{}
			m.Members[name.Value()] = listed
		}
		for _, member := range types.All("members") {
			listed[member.Value()] = member.TextPlace
		}
	}
	return m, nil
}

// checkTypeName refuses a name that is meant for an app type and is none; the
// hundreds of types that have nothing to do with apps are passed over.
func checkTypeName(name string) string {
	var known []string
	for _, t := range schema.Types() {
		known = append(known, t.Name)
	}
	known = append(known, "Settings")
	if name == "" {
		return "<types> without <name>: name the metadata type"
	}
	if slices.Contains(known, name) {
		return ""
	}
	lower := strings.ToLower(name)
	same := slices.IndexFunc(known, func(k string) bool { return strings.EqualFold(k, name) })
	switch {
	case same >= 0:
		return fmt.Sprintf("unknown metadata type %q: did you mean %q?", name, known[same])
	case strings.HasPrefix(lower, "extlclnt") || strings.HasPrefix(lower, "externalclient"):
		if near := spell.Nearest(name, known); near != "" {
			return fmt.Sprintf("unknown metadata type %q: did you mean %q?", name, near)
		}
		return fmt.Sprintf("unknown metadata type %q", name)
	}
	return ""
}

// Lists says whether a component is deployed by the manifest.
func (m *Manifest) Lists(t *schema.Type, name string) bool {
	typeName := t.Name
	if t.Suffix == "settings" {
		typeName = "Settings"
	}
	listed := m.Members[typeName]
	_, star := listed["*"]
	_, named := listed[name]
	return star || named
}

// fileError puts a document's error into its file.
func fileError(path string, err error) *FileError {
	if x, ok := errors.AsType[*xmltree.Error](err); ok {
		return &FileError{path, x.Place, x.Message}
	}
	return &FileError{Path: path, Message: err.Error()}
}
