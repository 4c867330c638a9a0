package source

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
)

// deepest is how many folders may lie within each other.
const deepest = 100

// bundles are folders whose content Salesforce's tools take for parts of components,
// whatever its name (source-deploy-retrieve 12.37.2, run).
var bundles = []string{"aura", "lwc", "staticresources"}

// metaSuffix ends the name of a metadata file in source form.
const metaSuffix = "-meta.xml"

// walkAll looks through the package directories, or all of a folder that has none.
func (r *reader) walkAll() error {
	folders := []string{"."}
	if r.p.Config != nil {
		folders = r.p.Config.Folders
	}
	r.seen = map[string]bool{}
	for _, folder := range folders {
		info, err := fs.Stat(r.fsys, folder)
		if errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
			return &FileError{Path: ConfigFile, Message: fmt.Sprintf("packageDirectories: there is no folder %q", folder)}
		}
		if err != nil {
			return err
		}
		if err := r.walkFolder(r.within(folder)); err != nil {
			return err
		}
	}
	slices.SortStableFunc(r.p.Files, func(a, b *File) int { return strings.Compare(a.Path, b.Path) })
	return nil
}

// walkFolder looks through a package directory, or the part of it that was asked for.
func (r *reader) walkFolder(start string) (err error) {
	if start == "" {
		return nil
	}
	// A folder in metadata-API form is deployed as it is.
	if r.p.Config != nil {
		if r.ignore, err = r.ignoreFor(start); err != nil {
			return err
		}
	}
	return r.walk(start, 0, false)
}

// within is the part of a package directory that was asked for; empty if none is.
func (r *reader) within(folder string) string {
	asked := path.Clean(r.o.Within)
	switch {
	case asked == "." || asked == folder || folder != "." && strings.HasPrefix(folder, asked+"/"):
		return folder
	case folder == "." || strings.HasPrefix(asked, folder+"/"):
		return asked
	}
	return ""
}

// walk looks through a folder. Links to folders are followed once, so that a link
// to a folder above ends.
func (r *reader) walk(folder string, depth int, linked bool) error {
	if depth > deepest {
		return &LimitError{Limit: "depth", Path: folder, Got: int64(depth), Most: deepest, what: "folders within each other"}
	}
	if r.seen[folder] {
		return nil
	}
	r.seen[folder] = true
	entries, err := fs.ReadDir(r.fsys, folder)
	if err != nil {
		return err
	}
	if r.entries += len(entries); r.entries > r.limits.Entries {
		return &LimitError{Limit: "Entries", Got: int64(r.entries), Most: int64(r.limits.Entries), what: "files and folders"}
	}
	for _, e := range entries {
		if err := r.entry(path.Join(folder, e.Name()), e, depth, linked); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) entry(name string, e fs.DirEntry, depth int, linked bool) error {
	isFolder, isLink := e.IsDir(), e.Type()&fs.ModeSymlink != 0
	if isLink {
		info, err := fs.Stat(r.fsys, name)
		if err != nil {
			// Of interest only if it would be read.
			if c, ok := classify(path.Base(name)); ok && c.typ != nil {
				return &FileError{Path: name, Message: "is a link that leads nowhere or outside the project: " + err.Error()}
			}
			r.unfollowed(name, "leads nowhere or outside the project")
			return nil
		}
		isFolder = info.IsDir()
		if isFolder && r.isAbove(name, info) {
			r.unfollowed(name, "leads to a folder that it lies in")
			return nil
		}
	}
	switch {
	case isFolder && (e.Name() == ".git" || e.Name() == "node_modules" || isLink && linked),
		isFolder && r.p.Config != nil && slices.Contains(bundles, e.Name()):
		return nil
	case isFolder && r.ignore.Leaves(name, true):
		// Lint tells of what is in it; nothing in it is read.
		return r.walkIgnored(name, depth+1)
	case isFolder:
		return r.walk(name, depth+1, linked || isLink)
	}
	return r.file(name)
}

// unfollowed notes a link, but in a folder that is no project, where it may be of
// anything.
func (r *reader) unfollowed(name, reason string) {
	if r.p.Config != nil && !r.ignore.Leaves(name, true) {
		r.p.Unfollowed = append(r.p.Unfollowed, Unfollowed{name, reason})
	}
}

// isAbove says whether a folder is one of those that the path lies in.
func (r *reader) isAbove(name string, folder fs.FileInfo) bool {
	for name != "." {
		name = path.Dir(name)
		if above, err := fs.Stat(r.fsys, name); err == nil && os.SameFile(above, folder) {
			return true
		}
	}
	return false
}

// walkIgnored notes the app files of a folder that .forceignore leaves out.
func (r *reader) walkIgnored(folder string, depth int) error {
	if strings.HasPrefix(path.Base(folder), ".") {
		return nil
	}
	return r.walk(folder, depth, true)
}

// file notes one file, if it is of interest.
func (r *reader) file(name string) error {
	c, ok := classify(path.Base(name))
	if !ok {
		return nil
	}
	left := LeftOut{Path: name, Type: c.typ, Name: c.name}
	switch {
	case r.ignore.Leaves(name, false):
		left.By = r.ignore.path
	case c.typ == nil:
		r.p.Misnamed = append(r.p.Misnamed, Misnamed{name, c.suffix, c.near})
		return nil
	case r.p.Config != nil && !c.isMeta && path.Base(path.Dir(name)) != c.typ.Folder:
		left.By = fmt.Sprintf("a name without %s in a folder other than %s", metaSuffix, c.typ.Folder)
	// Who may use an app is not asked of the manifest: the org has its users.
	case !c.typ.Open && r.p.Manifest != nil && !r.p.Manifest.Lists(c.typ, c.name):
		left.By = r.p.Manifest.Path
	default:
		r.p.Files = append(r.p.Files, &File{Path: name, Type: c.typ, Name: c.name})
		if n := len(r.p.Files); n > r.limits.Components {
			return &LimitError{Limit: "Components", Got: int64(n), Most: int64(r.limits.Components), what: "components"}
		}
		return nil
	}
	if c.typ != nil && !c.typ.Open {
		r.p.LeftOut = append(r.p.LeftOut, left)
	}
	return nil
}
