package source

import (
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/sfconform/sfconform/mocksf/metadata/schema"
)

// Options say how a project is read. The zero value reads all of it.
type Options struct {
	// Within is the folder to read, relative to the project; empty means all.
	Within string
	// Manifest chooses components; nil means all, but for a folder in metadata-API
	// form, which has a package.xml of its own.
	Manifest *Manifest
	// Env are the variables of replacements; nil means that none is set.
	Env    func(name string) (string, bool)
	Limits Limits
}

// Project is what was found.
type Project struct {
	// Config is sfdx-project.json; nil for a folder in metadata-API form.
	Config *Config
	// Manifest is the one that chose; nil if all was taken.
	Manifest *Manifest
	// Manifests are those found beside it, which a deploy may use.
	Manifests []*Manifest
	// Files are the app files in the order of their paths, read, then the
	// permission sets and profiles, which [Project.Load] reads.
	Files []*File
	// LeftOut are files that a deploy would not take along.
	LeftOut []LeftOut
	// Misnamed are files that look like app files and have no known suffix.
	Misnamed []Misnamed
	// Unfollowed are links among the sources behind which nothing was read.
	Unfollowed []Unfollowed

	load func(*File) error
}

// File is one metadata file.
type File struct {
	Path string
	Type *schema.Type
	// Name is the component's full name.
	Name string
	// Data is the text with replacements made, Original the text in the file.
	Data, Original []byte
	// Unset are replacements that were not made.
	Unset []Unset
	// Err is why the replacements failed; nil if they did not.
	Err error
}

// Replaced says whether the text is not that of the file.
func (f *File) Replaced() bool { return string(f.Data) != string(f.Original) }

// LeftOut is a file that is in the project and not in a deploy of it.
type LeftOut struct {
	Path string
	Type *schema.Type
	Name string
	// By is what leaves it out: the path of .forceignore or of the manifest, or the
	// form of its name.
	By string
}

// Misnamed is a file whose suffix is nearly one of an app file.
type Misnamed struct{ Path, Suffix, Near string }

// Unfollowed is a link that was not followed, and why.
type Unfollowed struct{ Path, Reason string }

// IgnoreFile is the file of paths that Salesforce's tools pass over.
const IgnoreFile = ".forceignore"

// Read finds and reads the app files of a project. Errors are of type *LimitError
// or *FileError, or are those of the file system.
func Read(fsys fs.FS, o Options) (*Project, error) {
	if o.Env == nil {
		o.Env = func(string) (string, bool) { return "", false }
	}
	r := &reader{fsys: fsys, o: o, limits: o.Limits.resolved(), p: &Project{Manifest: o.Manifest}}
	if err := r.configure(); err != nil {
		return nil, err
	}
	if err := r.walkAll(); err != nil {
		return nil, err
	}
	r.p.load = r.load
	for _, f := range r.p.Files {
		if f.Type.Open {
			continue
		}
		if err := r.load(f); err != nil {
			return nil, err
		}
		if r.total += int64(len(f.Original)); r.total > r.limits.TotalBytes {
			return nil, &LimitError{Limit: "TotalBytes", Got: r.total, Most: r.limits.TotalBytes, what: "bytes of app files"}
		}
	}
	return r.p, nil
}

// Load reads a file that was only found: a permission set or profile.
func (p *Project) Load(f *File) error { return p.load(f) }

// reader is one reading of a project.
type reader struct {
	fsys    fs.FS
	o       Options
	limits  Limits
	p       *Project
	ignore  Ignore
	entries int
	total   int64
	seen    map[string]bool
}

// configure reads the files that say what belongs to the project.
func (r *reader) configure() error {
	data, err := r.bytes(ConfigFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return r.ownManifest()
	case err != nil:
		return err
	}
	config, err := parseConfig(data)
	if err != nil {
		return err
	}
	r.p.Config = &config
	return r.otherManifests()
}

// ownManifest takes the package.xml of a folder in metadata-API form.
func (r *reader) ownManifest() error {
	data, err := r.bytes(ManifestFile)
	if errors.Is(err, fs.ErrNotExist) || r.p.Manifest != nil {
		return nil
	}
	if err != nil {
		return err
	}
	r.p.Manifest, err = ParseManifest(ManifestFile, data)
	return err
}

// otherManifests reads the manifests in their usual places. One that cannot be
// read is left for who deploys by it.
func (r *reader) otherManifests() error {
	names := []string{ManifestFile}
	more, err := fs.Glob(r.fsys, "manifest/*.xml")
	if err != nil {
		return err
	}
	for _, name := range append(names, more...) {
		data, err := r.bytes(name)
		if errors.Is(err, fs.ErrNotExist) || r.p.Manifest != nil && r.p.Manifest.Path == name {
			continue
		}
		if err != nil {
			return err
		}
		if m, err := ParseManifest(name, data); err == nil {
			r.p.Manifests = append(r.p.Manifests, m)
		}
	}
	return nil
}

// load reads a file and makes its replacements.
func (r *reader) load(f *File) error {
	data, err := r.bytes(f.Path)
	if err != nil {
		return err
	}
	f.Original, f.Data = data, data
	if r.p.Config != nil {
		rep := replacer{read: r.bytes, env: r.o.Env, rules: r.p.Config.Replacements}
		f.Data, f.Unset, f.Err = rep.apply(f.Path, data)
	}
	return nil
}

// bytes reads a file up to the limit.
func (r *reader) bytes(name string) ([]byte, error) {
	f, err := r.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, &FileError{Path: name, Message: "is no file"}
	}
	data, err := io.ReadAll(io.LimitReader(f, r.limits.FileBytes+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if got := max(info.Size(), int64(len(data))); got > r.limits.FileBytes {
		return nil, &LimitError{Limit: "FileBytes", Path: name, Got: got, Most: r.limits.FileBytes, what: "bytes"}
	}
	return data, nil
}
