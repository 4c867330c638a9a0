package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata"
	"github.com/sfconform/sfconform/mocksf/metadata/source"
)

// projectSettings are the flags of serve that speak of an SFDX project.
type projectSettings struct {
	dir, manifest, version string
	without                []string
}

// check refuses flags that mean nothing without --project.
func (p projectSettings) check() error {
	if p.dir == "" && p.manifest != "" {
		return usageError("--manifest chooses from a project: give --project DIR as well")
	}
	if p.dir == "" && p.version != "" {
		return usageError("--api-version is that of a project's deploy: give --project DIR as well")
	}
	if p.dir == "" && len(p.without) > 0 {
		return usageError("--without leaves out what a project does not hold: give --project DIR as well")
	}
	for _, name := range p.without {
		if _, err := metadata.ParseMade(name); err != nil {
			return usageError("--without: %v", err)
		}
	}
	return nil
}

// deployed is the org after a deploy of the project, if one is given: to the org of
// --org, else to a new one.
func (s settings) deployed(org fixtures.Org, stderr io.Writer) (fixtures.Org, error) {
	switch {
	case s.project.dir == "":
		return org, nil
	case len(s.orgFiles) == 0:
		return s.project.org(nil, stderr)
	}
	return s.project.org(&org, stderr)
}

// org is the org that a deploy of the project to the base leads to; no base means a
// new org. What was assumed goes to stderr; what is wrong is the error, a line each
// that begins with the file's place.
func (p projectSettings) org(base *fixtures.Org, stderr io.Writer) (fixtures.Org, error) {
	options, err := p.options()
	if err != nil {
		return fixtures.Org{}, err
	}
	files, err := source.Open(p.dir, source.Limits{})
	if err != nil {
		return fixtures.Org{}, usageError("--project: %v", err)
	}
	defer func() { _ = files.Close() }()
	options.Within = files.Within
	if warning := files.Warning(); warning != "" {
		_, _ = fmt.Fprintln(stderr, "mocksf: warning:", warning)
	}
	project, err := metadata.LoadProject(files, options)
	if err != nil {
		return fixtures.Org{}, usageError("--project %s: %v", p.dir, err)
	}
	return p.make(project, files.Root, base, stderr)
}

// options are how the flags say to read the project.
func (p projectSettings) options() (o metadata.Options, err error) {
	o.Env = os.LookupEnv
	if p.version != "" {
		if o.Version, err = source.ParseVersion(p.version); err != nil {
			return o, usageError("--api-version: %v", err)
		}
	}
	if p.manifest != "" {
		data, err := os.ReadFile(p.manifest)
		if err != nil {
			return o, usageError("--manifest: %v", err)
		}
		if o.Manifest, err = source.ParseManifest(p.manifest, data); err != nil {
			return o, codedError{code: exitUsage, err: err, inFile: true}
		}
	}
	return o, nil
}

func (p projectSettings) make(project *metadata.Project, root string, base *fixtures.Org, stderr io.Writer) (fixtures.Org, error) {
	o := metadata.OrgOptions{Base: base}
	for _, name := range p.without {
		o.Without = append(o.Without, metadata.Made(name))
	}
	for _, w := range project.Problems {
		if w.Warning {
			_, _ = fmt.Fprintln(stderr, "mocksf: warning:", within(root, w))
		}
	}
	org, assumed, err := project.Org(o)
	if bad, ok := errors.AsType[*metadata.ProblemsError](err); ok {
		p.hintVersion(bad.Problems, project, stderr)
		for i, problem := range bad.Problems {
			bad.Problems[i] = within(root, problem)
		}
		return org, codedError{code: exitUsage, err: bad, inFile: true}
	}
	if err != nil {
		return org, err
	}
	if len(project.Apps) == 0 {
		return org, usageError("--project %s: it holds no External Client App and no Connected App", p.dir)
	}
	for _, a := range assumed {
		_, _ = fmt.Fprintln(stderr, "mocksf: assumed:", a)
	}
	return org, nil
}

// hintVersion tells what to do about files of a newer API version than the project
// names: often they were retrieved in one.
func (p projectSettings) hintVersion(problems []metadata.Problem, project *metadata.Project, stderr io.Writer) {
	newest := 0
	for _, b := range problems {
		newest = max(newest, b.Since)
	}
	if newest == 0 {
		return
	}
	from := ""
	if project.VersionFrom != "" {
		from = " of " + project.VersionFrom
	}
	_, _ = fmt.Fprintf(stderr, "mocksf: the project is held to API version %d.0%s, as a deploy is: raise it there, or give --api-version %d.0\n", project.Version, from, newest)
}

// within puts the project's folder before the path, so that editors find the place.
func within(root string, p metadata.Problem) metadata.Problem {
	p.Path = filepath.Join(root, filepath.FromSlash(p.Path))
	return p
}
