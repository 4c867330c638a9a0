package source

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/mocksf/metadata/schema"
)

// deepestRoot is how far below a folder the projects in it are looked for.
const deepestRoot = 3

// rootsBelow are the SFDX projects and the folders in metadata-API form in a folder,
// which may be one itself; nothing is looked for within them, in hidden folders and in
// node_modules.
func rootsBelow(fsys fs.FS) []string {
	var found []string
	level := []string{"."}
	for depth := 0; depth <= deepestRoot; depth++ {
		var next []string
		for _, folder := range level {
			entries, err := fs.ReadDir(fsys, folder)
			if err != nil {
				continue
			}
			if isRoot(entries) {
				found = append(found, folder)
				continue
			}
			for _, name := range folders(entries) {
				next = append(next, path.Join(folder, name))
			}
		}
		level = next
	}
	return found
}

// isRoot says whether a folder with the entries is an SFDX project, or has a manifest
// and a folder of a type beside it, which a folder of manifests has not.
func isRoot(entries []fs.DirEntry) bool {
	if holds(entries, ConfigFile) {
		return true
	}
	return holds(entries, ManifestFile) && slices.ContainsFunc(folders(entries), func(name string) bool {
		return slices.ContainsFunc(schema.Types(), func(t *schema.Type) bool { return t.Folder == name })
	})
}

func holds(entries []fs.DirEntry, name string) bool {
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == name && !e.IsDir() })
}

func folders(entries []fs.DirEntry) []string {
	var names []string
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") && e.Name() != "node_modules" {
			names = append(names, e.Name())
		}
	}
	return names
}
