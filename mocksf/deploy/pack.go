package deploy

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"maps"
	"slices"

	"github.com/sfconform/sfconform/mocksf/metadata/schema"
)

// manifest is the package.xml of a retrieve.
func manifest(listed map[string][]string, version int) []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header + `<Package xmlns="` + schema.Namespace + "\">\n")
	for _, typeName := range slices.Sorted(maps.Keys(listed)) {
		b.WriteString("    <types>\n")
		for _, name := range listed[typeName] {
			b.WriteString("        <members>" + name + "</members>\n")
		}
		b.WriteString("        <name>" + typeName + "</name>\n    </types>\n")
	}
	b.WriteString("    <version>" + versionText(version) + "</version>\n</Package>\n")
	return b.Bytes()
}

// pack is a zip file of the files, in base64.
func pack(files map[string][]byte) (string, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		f, err := w.Create(name)
		if err != nil {
			return "", err
		}
		if _, err := f.Write(files[name]); err != nil {
			return "", err
		}
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(b.Bytes()), nil
}
