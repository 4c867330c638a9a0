package source_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/sfconform/sfconform/mocksf/metadata/source"
)

const config = `{"packageDirectories": [{"path": "force-app", "default": true}, {"path": "more"}], "sourceApiVersion": "66.0"}`

func files(pairs ...string) fstest.MapFS {
	m := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return m
}

func found(p *source.Project) string {
	var names []string
	for _, f := range p.Files {
		names = append(names, f.Path)
	}
	return strings.Join(names, " ")
}

func TestPackageDirectoriesAndForceignoreDecideWhatIsRead(t *testing.T) {
	t.Parallel()
	fsys := files(source.ConfigFile, config, source.IgnoreFile, "**/old/**\n",
		"force-app/a.eca-meta.xml", "A", "more/deep/extlClntAppPolicies/b.ecaPlcy", "B", "unpackaged/c.eca-meta.xml", "C",
		"more/old/d.eca-meta.xml", "D", "more/deep/extlClntAppPolicies/er/k.ecaPlcy", "K", "force-app/.hidden/e.eca-meta.xml", "E", "more/server.crt", "F",
		"more/g.ecaGlobalOauth-meta.xml", "G", "more/h.ecaplcy-meta.xml", "H", "more/i.externalClientApp-meta.xml", "I",
		"more/notes.ecaNotes", "J", "more/lwc/card/__tests__/l.eca-meta.xml", "L", "more/staticresources/sample/m.eca-meta.xml", "M",
		"more/aura/n.eca-meta.xml", "N")
	p, err := source.Read(fsys, source.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := found(p); got != "force-app/a.eca-meta.xml more/deep/extlClntAppPolicies/b.ecaPlcy" {
		t.Errorf("found %s", got)
	}
	if len(p.LeftOut) != 2 || p.LeftOut[1].Path != "more/old/d.eca-meta.xml" || p.LeftOut[1].By != source.IgnoreFile ||
		p.LeftOut[0].By != "a name without -meta.xml in a folder other than extlClntAppPolicies" {
		t.Errorf("left out are %+v", p.LeftOut)
	}
	if got := fmt.Sprint(p.Misnamed); got != "[{more/g.ecaGlobalOauth-meta.xml ecaGlobalOauth ecaGlblOauth} "+
		"{more/h.ecaplcy-meta.xml ecaplcy ecaPlcy} {more/i.externalClientApp-meta.xml externalClientApp eca}]" {
		t.Errorf("misnamed are %s", got)
	}
	if p, err = source.Read(fsys, source.Options{Within: "more/deep"}); err != nil || found(p) != "more/deep/extlClntAppPolicies/b.ecaPlcy" {
		t.Errorf("within a folder: %v, %v", found(p), err)
	}
}

func TestAFolderInMetadataFormIsReadByItsManifest(t *testing.T) {
	t.Parallel()
	manifest := `<Package xmlns="http://soap.sforce.com/2006/04/metadata"><types><members>*</members><name>ExternalClientApplication</name></types>` +
		`<types><members>x</members><name>ApexClass</name></types><version>65.0</version></Package>`
	p, err := source.Read(files("package.xml", manifest, "externalClientApps/a.eca", "A", "extlClntAppPolicies/a.ecaPlcy", "B"), source.Options{})
	if err != nil || found(p) != "externalClientApps/a.eca" || p.Manifest.Version != 65 || len(p.LeftOut) != 1 {
		t.Errorf("found %+v, %v", p, err)
	}
}

func TestEachLimitIsNamedWhenItIsHit(t *testing.T) {
	t.Parallel()
	fsys := files("a.eca", strings.Repeat("x", 100), "b.eca", strings.Repeat("x", 100), "c.txt", "x")
	for want, limits := range map[string]source.Limits{
		"FileBytes":  {FileBytes: 99},
		"TotalBytes": {TotalBytes: 150},
		"Components": {Components: 1},
		"Entries":    {Entries: 2},
	} {
		_, err := source.Read(fsys, source.Options{Limits: limits})
		var limit *source.LimitError
		if !errors.As(err, &limit) || limit.Limit != want || !strings.Contains(err.Error(), "more than the limit of") {
			t.Errorf("%s gives %v", want, err)
		}
	}
}

func TestALinkThatLeadsOutsideIsRefused(t *testing.T) {
	t.Parallel()
	dir, outside := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(outside, "secret"), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(outside, "secret"), filepath.Join(dir, "a.eca-meta.xml")); err != nil {
		t.Skip("no links on this system")
	}
	o, err := source.Open(dir, source.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	if _, err := source.Read(o, source.Options{}); err == nil || !strings.Contains(err.Error(), "outside the project") {
		t.Errorf("got %v", err)
	}
}

// archive is a zip of the entries; a name that ends with "@" becomes a link.
func archive(t *testing.T, pairs ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		h := &zip.FileHeader{Name: strings.TrimSuffix(pairs[i], "@"), Method: zip.Deflate}
		if strings.HasSuffix(pairs[i], "@") {
			h.SetMode(fs.ModeSymlink | 0o777)
		}
		f, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(pairs[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAHostileZipIsRefused(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		data   []byte
		limits source.Limits
		want   string
	}{
		"dots":      {archive(t, "../../etc/x.eca", "x"), source.Limits{}, "leads outside"},
		"absolute":  {archive(t, "/etc/x.eca", "x"), source.Limits{}, "leads outside"},
		"backslash": {archive(t, `..\x.eca`, "x"), source.Limits{}, "leads outside"},
		"link":      {archive(t, "x.eca@", "/etc/passwd"), source.Limits{}, "symbolic link"},
		"twice":     {archive(t, "x.eca", "1", "x.eca", "2"), source.Limits{}, "in it twice"},
		"ratio":     {archive(t, "x.eca", strings.Repeat("a", 8<<20)), source.Limits{}, "times its size in the zip"},
		"total":     {archive(t, "x.eca", strings.Repeat("ab", 500)), source.Limits{ZipTotal: 900}, "more than the limit of 900"},
		"packed":    {archive(t, "x.eca", "x"), source.Limits{ZipBytes: 20}, "more than the limit of 20"},
		"entries":   {archive(t, "a", "x", "b", "x"), source.Limits{Entries: 1}, "more than the limit of 1"},
	} {
		file := filepath.Join(t.TempDir(), "project.zip")
		if err := os.WriteFile(file, test.data, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := source.Open(file, test.limits); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s gives %v, want %q", name, err, test.want)
		}
	}
}

func TestAZipIsReadWithAndWithoutAFolderAroundIt(t *testing.T) {
	t.Parallel()
	manifest := `<Package xmlns="http://soap.sforce.com/2006/04/metadata"><types><members>a</members><name>ExternalClientApplication</name></types></Package>`
	for _, top := range []string{"", "unpackaged/"} {
		file := filepath.Join(t.TempDir(), "project.zip")
		if err := os.WriteFile(file, archive(t, top+"package.xml", manifest, top+"externalClientApps/a.eca", "A"), 0o600); err != nil {
			t.Fatal(err)
		}
		o, err := source.Open(file, source.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		p, err := source.Read(o, source.Options{})
		if err != nil || found(p) != "externalClientApps/a.eca" {
			t.Errorf("with %q around it: %v, %v", top, found(p), err)
		}
		if err := o.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestTheProjectIsFoundFromAFolderInIt(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "force-app", "main"), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, source.ConfigFile), []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	o, err := source.Open(filepath.Join(dir, "force-app", "main"), source.Limits{})
	if err != nil || o.Within != "force-app/main" {
		t.Fatalf("within is %q, %v", o.Within, err)
	}
	_ = o.Close()
	if _, err := source.Open(filepath.Join(dir, source.ConfigFile), source.Limits{}); err == nil || !strings.Contains(err.Error(), "neither a folder nor a zip") {
		t.Errorf("a JSON file gives %v", err)
	}
}
