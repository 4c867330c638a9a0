package deploy

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata"
	"github.com/sfconform/sfconform/mocksf/metadata/schema"
	"github.com/sfconform/sfconform/mocksf/metadata/source"
)

// content is what a deploy holds, beside what the org has of the same apps.
type content struct {
	// Project is read from the files of both, each in a folder of its own.
	*metadata.Project
	// alone is the project of the zip file's own files.
	alone *metadata.Project
	// destructive are what its destructive manifests list, by the manifests' names.
	destructive map[string][]member
	leave       leftOut
	// base is the org without what the deploy deletes first, gone tells of that.
	base fixtures.Org
	gone []Message
	// had are the components of the org before the deploy.
	had map[key]entry
	// others tell of components that are no app metadata, permitted are those of them
	// that say what users may do.
	others    []Message
	permitted []*metadata.Component
}

// leftOut is what a deploy without rollback goes on without.
type leftOut struct {
	// paths are the files, components what they are files of.
	paths      map[string]bool
	components map[key]bool
}

// add leaves the failure's file out; false if it was left out before.
func (l leftOut) add(f failure) bool {
	if l.paths[f.path] {
		return false
	}
	l.paths[f.path] = true
	l.components[keyOf(f.typeName, f.name)] = true
	return true
}

// The folders of the second reading.
const (
	ownFolder     = "zip/"
	standInFolder = "org/"
)

// ownPath is the path in the zip file; own is false for a stand-in.
func ownPath(path string) (name string, own bool) { return strings.CutPrefix(path, ownFolder) }

// deploys says whether the zip file holds the component; false for nil.
func deploys(c *metadata.Component) bool {
	return c != nil && strings.HasPrefix(c.File.Path, ownFolder)
}

// load reads the files of a deploy twice: alone, for what they are, and with
// stand-ins for the parts that the org has of their apps and the deploy has not. The
// second reading finds what no part can tell alone.
func load(fsys fs.FS, config fixtures.Org, had map[key]entry, leave leftOut, at string) (*content, error) {
	alone, err := metadata.LoadProject(without{fsys, leave.paths}, metadata.Options{Options: source.Options{Limits: limits}})
	if err != nil {
		return nil, err
	}
	c := &content{alone: alone, leave: leave, base: config, had: had}
	if c.destructive, err = destructions(fsys); err != nil {
		return nil, err
	}
	c.gone = c.removed(deletedBefore, &c.base, at)
	if c.others, err = others(fsys, alone, at); err != nil {
		return nil, err
	}
	if c.permitted, err = permitted(alone); err != nil {
		return nil, err
	}
	both, err := joined(alone, c.base)
	if err != nil {
		return nil, err
	}
	c.Project, err = metadata.LoadProject(both, metadata.Options{Options: source.Options{Limits: limits}, Version: alone.Version})
	return c, err
}

// without is a file system that lacks some files.
type without struct {
	fs.FS
	leave map[string]bool
}

// ReadDir lists a folder without those files.
func (w without) ReadDir(name string) ([]fs.DirEntry, error) {
	list, err := fs.ReadDir(w.FS, name)
	prefix := strings.TrimPrefix(name+"/", "./")
	return slices.DeleteFunc(list, func(e fs.DirEntry) bool { return w.leave[prefix+e.Name()] }), err
}

// joined are the components of a deploy with stand-ins, in one archive: the reader
// takes any file system, and this one never touches the disk.
func joined(alone *metadata.Project, config fixtures.Org) (fs.FS, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	add := func(name string, data []byte) error {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			return err
		}
		_, err = f.Write(data)
		return err
	}
	for _, f := range alone.Source.Files {
		if f.Type.Open && alone.Source.Load(f) != nil {
			continue
		}
		if err := add(ownFolder+f.Path, f.Data); err != nil {
			return nil, fmt.Errorf("deploy: %s: %w", f.Path, err)
		}
	}
	for name, text := range standIns(alone, config) {
		if err := add(name, []byte(text)); err != nil {
			return nil, fmt.Errorf("deploy: %s: %w", name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("deploy: %w", err)
	}
	return zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
}

// standIns are files for the parts of External Client Apps that the org has and the
// deploy lacks, by path. They hold what the reader asks for and no more: what the
// org has stays as it is, see merge.
func standIns(alone *metadata.Project, config fixtures.Org) map[string]string {
	files := map[string]string{}
	names := namesOf(config)
	for _, app := range alone.Apps {
		name, there := names[strings.ToLower(app.Name)]
		if !there || app.Connected != nil || config.Apps[name].Kind != fixtures.ExternalClientApp {
			continue
		}
		stand := func(present bool, typeName string) {
			if !present {
				t := schema.ByName(typeName)
				files[standInFolder+t.Folder+"/"+name+"."+t.Suffix] = standIn(t, name)
			}
		}
		stand(app.Header != nil, "ExternalClientApplication")
		stand(app.Global != nil, "ExtlClntAppGlobalOauthSettings")
		stand(app.OAuth != nil, "ExtlClntAppOauthSettings")
	}
	return files
}

func standIn(t *schema.Type, app string) string {
	inner := "<externalClientApplication>" + app + "</externalClientApplication>"
	if !t.IsExternalClientApp() {
		inner = ""
	}
	return fmt.Sprintf("<%s xmlns=%q>%s</%[1]s>", t.Name, schema.Namespace, inner)
}

// namesOf are the names of the org's apps without regard to case.
func namesOf(config fixtures.Org) map[string]string {
	names := make(map[string]string, len(config.Apps))
	for name := range config.Apps {
		names[strings.ToLower(name)] = name
	}
	return names
}
