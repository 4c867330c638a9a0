package metadata_test

import (
	"io/fs"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata"
)

// fileSystem is a project's files as a file system.
func fileSystem(files map[string][]byte) fs.FS {
	m := fstest.MapFS{}
	for name, data := range files {
		m[name] = &fstest.MapFile{Data: data}
	}
	return m
}

// exported is the files of a built-in org's External Client Apps.
func exported(t *testing.T, org string) map[string][]byte {
	t.Helper()
	files, err := metadata.Export(builtIn(t, org))
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func builtIn(t *testing.T, name string) fixtures.Org {
	t.Helper()
	org, err := fixtures.BuiltInOrg(name)
	if err != nil {
		t.Fatal(err)
	}
	for app, a := range org.Apps {
		if a.Kind == fixtures.ConnectedApp {
			delete(org.Apps, app)
		}
	}
	return org
}

func load(t *testing.T, files map[string][]byte, o metadata.Options) *metadata.Project {
	t.Helper()
	p, err := metadata.LoadProject(fileSystem(files), o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestAnExportedOrgComesBack(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"production", "sandbox", "developer", "scratch"} {
		want := builtIn(t, name)
		p := load(t, exported(t, name), metadata.Options{})
		if len(p.Problems) > 0 {
			t.Fatalf("%s: %v", name, p.Problems)
		}
		base := want
		base.Apps = nil
		got, _, err := p.Org(metadata.OrgOptions{Base: &base})
		if err != nil {
			t.Fatal(err)
		}
		for app, a := range want.Apps {
			back := got.Apps[app]
			if back.ConsumerKey == a.ConsumerKey || len(back.ConsumerKey) != 85 || len(back.ConsumerSecret) != 64 {
				t.Errorf("%s/%s: key %q and a secret of %d letters", name, app, back.ConsumerKey, len(back.ConsumerSecret))
			}
			wantCert, gotCert := certificate(t, a), certificate(t, back)
			if wantCert != gotCert {
				t.Errorf("%s/%s: another certificate came back", name, app)
			}
			back.ConsumerKey, back.ConsumerSecret, back.Certificate, back.Staged = a.ConsumerKey, a.ConsumerSecret, a.Certificate, a.Staged
			// Nobody gets a refresh token for life by an export.
			a.Policies.RefreshTokenPolicy, a.Policies.RefreshTokenValidity = fixtures.ExpireAfter, fixtures.Duration(30*24*time.Hour)
			if diff := cmp.Diff(a, back); diff != "" {
				t.Errorf("%s/%s (-want +got):\n%s", name, app, diff)
			}
		}
	}
}

func certificate(t *testing.T, a fixtures.App) string {
	t.Helper()
	if a.Certificate == "" {
		return ""
	}
	cert, err := fixtures.ParseCertificate(a.Certificate)
	if err != nil {
		t.Fatal(err)
	}
	return string(cert.Raw)
}
