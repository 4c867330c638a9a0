package deploy

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/mocksf/metadata"
	"github.com/sfconform/sfconform/mocksf/metadata/schema"
	"github.com/sfconform/sfconform/mocksf/metadata/source"
)

// others tell of the components of a deploy that are no app metadata: that they were
// passed over, or what was taken of them. They count neither as deployed nor as failed.
func others(fsys fs.FS, alone *metadata.Project, at string) ([]Message, error) {
	var list []Message
	say := func(typeName, name, file, problem string) {
		list = append(list, Message{
			ComponentType: typeName, CreatedDate: at, FileName: file, FullName: name, Problem: problem, ProblemType: typeInfo, Success: true,
		})
	}
	for _, f := range alone.Source.Files {
		if f.Type.Open {
			say(f.Type.Name, f.Name, f.Path, text("permissions-taken-in-part"))
		}
	}
	files, err := paths(fsys)
	if err != nil {
		return nil, err
	}
	members := alone.Source.Manifest.Members
	for _, typeName := range slices.Sorted(maps.Keys(members)) {
		for _, name := range slices.Sorted(maps.Keys(members[typeName])) {
			if served(typeName, name) {
				continue
			}
			file := files[name]
			if file == "" {
				file = source.ManifestFile
			}
			say(typeName, name, file, text("component-passed-over", "type", typeName))
		}
	}
	return list, nil
}

// served says whether the fake's org has components of the type.
func served(typeName, name string) bool {
	if typeName == "Settings" {
		return name == "*" || schema.ForSettings(name) != nil
	}
	return schema.ByName(typeName) != nil
}

// paths are the files of a zip by the names of their components.
func paths(fsys fs.FS) (map[string]string, error) {
	all := map[string]string{}
	err := fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		base := path.Base(name)
		if !strings.HasSuffix(base, "-meta.xml") {
			all[strings.TrimSuffix(base, path.Ext(base))] = name
		}
		return nil
	})
	return all, err
}
