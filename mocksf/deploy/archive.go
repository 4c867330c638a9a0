package deploy

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/sfconform/sfconform/mocksf/metadata/source"
)

// limits are those of a deploy: the defaults are Salesforce's own.
var limits = source.Limits{Entries: 20_000}

// errNoPackage says that the zip file has no manifest where one must be.
var errNoPackage = errors.New("deploy: the zip file has no package.xml")

// decode reads the zip file of a SOAP call.
func decode(text string) ([]byte, error) {
	clean := strings.Map(func(r rune) rune {
		if r == ' ' || r == '\n' || r == '\r' || r == '\t' {
			return -1
		}
		return r
	}, text)
	data, err := base64.StdEncoding.DecodeString(clean)
	if err != nil {
		return nil, fmt.Errorf("deploy: ZipFile is no base64 text: %w", err)
	}
	return data, nil
}

// open is the content of a zip file, once it is known to be harmless, and the folder
// around it if there is one. The error is a *source.LimitError, errNoPackage, or says
// what is wrong with the archive.
func open(data []byte, singlePackage bool) (content fs.FS, folder string, err error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, "", fmt.Errorf("deploy: the zip file cannot be read: %w", err)
	}
	if content, err = source.ZipFS(archive, int64(len(data)), limits); err != nil {
		return nil, "", err
	}
	if _, err := fs.Stat(content, source.ManifestFile); err != nil {
		return nil, "", errNoPackage
	}
	// With singlePackage the manifest stands at the root, without it in the one folder.
	if _, err := fs.Stat(archive, source.ManifestFile); err != nil {
		if singlePackage {
			return nil, "", errNoPackage
		}
		folder, _, _ = strings.Cut(archive.File[0].Name, "/")
		folder += "/"
	}
	return projectless{content}, folder, nil
}

// projectless is a deploy's content without what would make it a project of
// Salesforce's CLI: the org knows nothing of such files.
type projectless struct{ fs.FS }

// Open opens all files but those of a project.
func (p projectless) Open(name string) (fs.File, error) {
	if name == source.ConfigFile || name == source.IgnoreFile {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return p.FS.Open(name)
}
