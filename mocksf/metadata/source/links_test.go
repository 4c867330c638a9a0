package source_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/sfconform/sfconform/mocksf/metadata/source"
)

// linked is a project on disk with a file and links, by their names and targets.
func linked(t *testing.T, links map[string]string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "project")
	for name, text := range map[string]string{
		source.ConfigFile: `{"packageDirectories":[{"path":"force-app"}]}`, "shared/a.eca-meta.xml": "A", "force-app/b.eca-meta.xml": "B",
		source.IgnoreFile: "kept-out\n", "../outside/c.eca-meta.xml": "C",
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, target := range links {
		if err := os.Symlink(target, filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			t.Skip(err)
		}
	}
	return dir
}

func TestLinksAreFollowedWithinTheProjectAndToldOfElsewhere(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		link, target, found string
		want                []source.Unfollowed
	}{
		"inside":  {"force-app/x", "../shared", "force-app/b.eca-meta.xml force-app/x/a.eca-meta.xml", nil},
		"outside": {"force-app/x", "../../outside", "force-app/b.eca-meta.xml", []source.Unfollowed{{Path: "force-app/x", Reason: "leads nowhere or outside the project"}}},
		"nowhere": {"force-app/x", "gone", "force-app/b.eca-meta.xml", []source.Unfollowed{{Path: "force-app/x", Reason: "leads nowhere or outside the project"}}},
		"above":   {"force-app/x", "..", "force-app/b.eca-meta.xml", []source.Unfollowed{{Path: "force-app/x", Reason: "leads to a folder that it lies in"}}},
		"itself":  {"force-app/x", "x", "force-app/b.eca-meta.xml", []source.Unfollowed{{Path: "force-app/x", Reason: "leads nowhere or outside the project"}}},
		"ignored": {"force-app/kept-out", "gone", "force-app/b.eca-meta.xml", nil},
	} {
		opened, err := source.Open(linked(t, map[string]string{test.link: test.target}), source.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		p, err := source.Read(opened, source.Options{})
		if err != nil || found(p) != test.found || !slices.Equal(p.Unfollowed, test.want) {
			t.Errorf("%s: found %s, not followed %v, %v", name, found(p), p.Unfollowed, err)
		}
		if err := opened.Close(); err != nil {
			t.Error(err)
		}
	}
}
