package metadata

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/mocksf/metadata/schema"
	"github.com/sfconform/sfconform/mocksf/metadata/source"
)

// Options say how a project is loaded. The zero value loads all of it.
type Options struct {
	source.Options
	// Version is the major number of the API version by which the project is
	// deployed; 0 means that of the manifest, else sourceApiVersion, else the newest.
	Version int
	// AllowUnset lets texts stand whose replacement waits for a variable that is
	// not set. Without it that is an error, as for `sf project deploy`.
	AllowUnset bool
}

// Project is the apps of a project, with everything that is wrong with them.
type Project struct {
	// Name is that of sfdx-project.json; empty if it has none.
	Name string
	// Version is the API version that the project was held to, and VersionFrom
	// what says so; empty if nothing does.
	Version     int
	VersionFrom string
	// Apps in the order of their names, External Client Apps first.
	Apps []*App
	// Components are all that were read, apps' and others, in the order of their paths.
	Components []*Component
	// Problems in the order of their places.
	Problems []Problem
	// Source is what was found before it was read as metadata.
	Source *source.Project
}

// LoadProject reads the app metadata of a project. The error says that the project
// cannot be read at all: a *source.LimitError, a *source.FileError, or one of the
// file system. What is wrong with single files is in Problems.
func LoadProject(fsys fs.FS, o Options) (*Project, error) {
	found, err := source.Read(fsys, o.Options)
	if err != nil {
		return nil, err
	}
	p := &Project{Source: found}
	if found.Config != nil {
		p.Name = found.Config.Name
	}
	p.Version, p.VersionFrom = version(found, o.Version)
	l := &loader{p: p, o: o}
	for _, m := range found.Misnamed {
		l.add(Problem{
			Kind: Misnamed, Place: Place{Path: m.Path}, Near: m.Near,
			Message: fmt.Sprintf("no metadata type has the suffix .%s: did you mean .%s-meta.xml?", m.Suffix, m.Near),
		})
	}
	for _, u := range found.Unfollowed {
		l.add(Problem{
			Kind: Unfollowed, Place: Place{Path: u.Path}, Warning: true,
			Message: fmt.Sprintf("this link %s: what is behind it is not read", u.Reason),
		})
	}
	for _, f := range found.Files {
		if !f.Type.Open {
			l.component(f)
		}
	}
	l.join()
	if err := l.permissions(); err != nil {
		return nil, err
	}
	l.manifest()
	slices.SortStableFunc(p.Problems, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), a.Line-b.Line, a.Col-b.Col)
	})
	return p, nil
}

// version is the API version of the project, and who says so.
func version(found *source.Project, asked int) (version int, from string) {
	switch {
	case asked != 0:
		return asked, "--api-version"
	case found.Manifest != nil && found.Manifest.Version != 0:
		return found.Manifest.Version, found.Manifest.Path
	case found.Config != nil && found.Config.Version != 0:
		return found.Config.Version, source.ConfigFile
	}
	return schema.Newest, ""
}

// loader gathers a project.
type loader struct {
	p *Project
	o Options
}

func (l *loader) add(p Problem) { l.p.Problems = append(l.p.Problems, p) }

// component reads one file and holds it to its type.
func (l *loader) component(f *source.File) {
	c := &Component{Type: f.Type, Name: f.Name, File: f}
	l.p.Components = append(l.p.Components, c)
	if f.Err != nil {
		_, unsupported := errors.AsType[*source.UnsupportedError](f.Err)
		l.add(Problem{Kind: Unreplaced, Place: Place{Path: f.Path}, Component: c, Message: f.Err.Error(), Warning: unsupported})
	}
	l.unset(c)
	l.parse(c)
	if c.Root != nil {
		v := &validation{c: c, version: l.p.Version, add: l.add}
		v.run()
	}
}

// unset tells of texts whose variables are not set or files not there.
func (l *loader) unset(c *Component) {
	if l.o.AllowUnset {
		return
	}
	for _, u := range c.File.Unset {
		line, col := 1, 1
		if i := bytes.Index(c.File.Data, []byte(u.Text)); i >= 0 {
			line = bytes.Count(c.File.Data[:i], []byte("\n")) + 1
			col = i - bytes.LastIndexByte(c.File.Data[:i], '\n')
		}
		l.add(Problem{
			Kind: Unreplaced, Place: Place{c.File.Path, line, col}, Component: c,
			Message: fmt.Sprintf("%.80q is to be replaced by %s", u.Text, u),
		})
	}
}
