package source

import (
	"archive/zip"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Opened is a project's files, rooted at the project.
type Opened struct {
	fs.FS
	// Root is the folder or zip file in the words of the caller; Within is the
	// part of it that was asked for, "." for all.
	Root, Within string
	// Several are the projects in a folder that is none, which are read as one;
	// empty unless there are two or more.
	Several []string
	close   func() error
}

// Warning says that several projects are read as one; empty if they are not.
func (o *Opened) Warning() string {
	if len(o.Several) == 0 {
		return ""
	}
	return fmt.Sprintf("%s holds several projects, which are read as one, without what their own %s and %s say: give one of %s",
		o.Root, ConfigFile, IgnoreFile, strings.Join(o.Several, ", "))
}

// Close lets go of the folder or zip file.
func (o *Opened) Close() error { return o.close() }

// Open opens an SFDX project by its folder or one in it, a folder in metadata-API
// form, a folder that has one of them some way below, or a zip file. Links that lead
// outside the project are not followed.
func Open(name string, limits Limits) (*Opened, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, fmt.Errorf("the project: %w", err)
	}
	if !info.IsDir() {
		return openZip(name, info.Size(), limits.resolved())
	}
	root, within := projectRoot(name)
	o, err := openRoot(root, within)
	if err != nil || within != "." {
		return o, err
	}
	switch roots := rootsBelow(o.FS); {
	case len(roots) > 1:
		o.Several = roots
	case len(roots) == 1 && roots[0] != ".":
		if err := o.Close(); err != nil {
			return nil, err
		}
		return openRoot(filepath.Join(root, filepath.FromSlash(roots[0])), ".")
	}
	return o, nil
}

func openRoot(root, within string) (*Opened, error) {
	dir, err := os.OpenRoot(root)
	if err != nil {
		return nil, fmt.Errorf("the project: %w", err)
	}
	return &Opened{FS: dir.FS(), Root: root, Within: within, close: dir.Close}, nil
}

// projectRoot looks upwards for sfdx-project.json, as Salesforce's CLI does.
func projectRoot(name string) (root, within string) {
	full, err := filepath.Abs(name)
	if err != nil {
		return name, "."
	}
	up := name
	for at := full; ; {
		if _, err := os.Stat(filepath.Join(at, ConfigFile)); err == nil {
			rel, err := filepath.Rel(at, full)
			if err != nil {
				return name, "."
			}
			return filepath.Clean(up), filepath.ToSlash(rel)
		}
		parent := filepath.Dir(at)
		if parent == at {
			return name, "."
		}
		at, up = parent, filepath.Join(up, "..")
	}
}

func openZip(name string, size int64, limits Limits) (*Opened, error) {
	if size > limits.ZipBytes {
		return nil, &LimitError{Limit: "ZipBytes", Path: name, Got: size, Most: limits.ZipBytes, what: "bytes of the zip file"}
	}
	archive, err := zip.OpenReader(name)
	if errors.Is(err, zip.ErrFormat) {
		return nil, fmt.Errorf("the project %q is neither a folder nor a zip file", name)
	}
	if err != nil {
		return nil, fmt.Errorf("the project %q: %w", name, err)
	}
	o := &Opened{Root: name, Within: ".", close: archive.Close}
	if o.FS, err = ZipFS(&archive.Reader, size, limits); err != nil {
		return nil, errors.Join(err, archive.Close())
	}
	return o, nil
}

// ZipFS is the content of an archive of the size in bytes, once it is known to be
// harmless. A single folder around all of it is taken off, as Salesforce does for
// a deploy with singlePackage false.
func ZipFS(archive *zip.Reader, size int64, limits Limits) (fs.FS, error) {
	if err := checkZip(archive, size, limits.resolved()); err != nil {
		return nil, err
	}
	top := ""
	for _, f := range archive.File {
		first, rest, _ := strings.Cut(f.Name, "/")
		if rest == "" && !strings.HasSuffix(f.Name, "/") || top != "" && top != first {
			return archive, nil
		}
		top = first
	}
	if top == "" {
		return archive, nil
	}
	if _, err := fs.Stat(archive, top+"/"+ManifestFile); err != nil {
		if _, err := fs.Stat(archive, top+"/"+ConfigFile); err != nil {
			return archive, nil
		}
	}
	return fs.Sub(archive, top)
}
