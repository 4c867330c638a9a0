package metadata_test

import (
	"archive/zip"
	"bytes"
	"maps"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata"
	"github.com/sfconform/sfconform/mocksf/metadata/source"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// seedFiles are a working app's files and some that attack the reader.
func seedFiles(f *testing.F) [][]byte {
	f.Helper()
	org, err := fixtures.BuiltInOrg("developer")
	if err != nil {
		f.Fatal(err)
	}
	files, err := metadata.Export(org)
	if err != nil {
		f.Fatal(err)
	}
	seeds := [][]byte{[]byte("<!DOCTYPE a><a/>"), []byte("\xff\xfe<"), []byte("<a xmlns='http://soap.sforce.com/2006/04/metadata'>" + "<b>")}
	for _, data := range files {
		seeds = append(seeds, data)
	}
	return seeds
}

// What any text in the place of each file of an app leads to is problems or an org
// that can be played, never a panic.
func FuzzProject(f *testing.F) {
	for _, data := range seedFiles(f) {
		f.Add(uint8(0), data)
		f.Add(uint8(3), data)
	}
	paths := []string{header, global, oauth, policies, plugin, root + "connectedApps/x.connectedApp", "sfdx-project.json", "manifest/package.xml", ".forceignore"}
	org, err := fixtures.BuiltInOrg("developer")
	if err != nil {
		f.Fatal(err)
	}
	base, err := metadata.Export(org)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		files := maps.Clone(base)
		files[paths[int(which)%len(paths)]] = data
		p, err := metadata.LoadProject(fileSystem(files), metadata.Options{})
		if err != nil {
			return
		}
		org, _, err := p.Org(metadata.OrgOptions{})
		if err != nil {
			return
		}
		if _, err := snapshot.Compile(org); err != nil {
			t.Errorf("a project without problems makes an org that cannot be played: %v", err)
		}
	})
}

// No zip makes the reader panic.
func FuzzZip(f *testing.F) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range []string{"unpackaged/package.xml", "unpackaged/externalClientApps/a.eca"} {
		if _, err := w.Create(name); err != nil {
			f.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(_ *testing.T, data []byte) {
		archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		if fsys, err := source.ZipFS(archive, int64(len(data)), source.Limits{}); err == nil {
			_, _ = metadata.LoadProject(fsys, metadata.Options{})
		}
	})
}
