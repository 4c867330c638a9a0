package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAFixThatCannotBeWrittenSaysWhereAndChangesNothing(t *testing.T) {
	t.Parallel()
	dir := exportedProject(t, ">Enforce<", ">ENFORCE<")
	policy, file := policyFile(dir), filepath.Join(dir, "real")
	if err := os.Rename(policy, file); err != nil {
		t.Fatal(err)
	}
	target, err := filepath.Rel(filepath.Dir(policy), file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(target, policy); err != nil {
		t.Skip(err)
	}
	before, _ := os.ReadFile(file)
	o := lintProject(t, nil, "lint", dir, "--fix")
	if after, _ := os.ReadFile(file); o.code != exitUsage || !strings.Contains(o.stderr, policy+" cannot be changed, and nothing was: ") || !bytes.Equal(before, after) {
		t.Errorf("exit code %d\n%s%s", o.code, o.stdout, o.stderr)
	}
}

func TestAProjectWithoutAppsIsSaidToHaveNone(t *testing.T) {
	t.Parallel()
	project := t.TempDir()
	if err := os.Mkdir(filepath.Join(project, "src"), 0o750); err != nil {
		t.Fatal(err)
	}
	config := []byte(`{"packageDirectories":[{"path":"src"}]}`)
	if err := os.WriteFile(filepath.Join(project, "sfdx-project.json"), config, 0o600); err != nil {
		t.Fatal(err)
	}
	for dir, want := range map[string]string{
		t.TempDir(): "is in this folder (it has no sfdx-project.json)", project: "is in src (packageDirectories of sfdx-project.json)",
		filepath.Join(project, "src"): "Connected App is in src\n",
	} {
		if o := lintProject(t, nil, "lint", dir); o.code != 0 || !strings.Contains(o.stdout, "nothing to lint: ") || !strings.Contains(o.stdout, want) {
			t.Errorf("%s: exit code %d\n%s%s", dir, o.code, o.stdout, o.stderr)
		}
	}
}

// RFC 3986: a URI holds neither spaces nor letters beyond ASCII.
func TestPlacesInSARIFAreURIs(t *testing.T) {
	t.Parallel()
	dir := exportedProject(t, "<isEnabled>", "<enabled>", "</isEnabled>", "</enabled>")
	odd := filepath.Join(filepath.Dir(dir), "my Projekt é 100%")
	if err := os.Rename(dir, odd); err != nil {
		t.Fatal(err)
	}
	var log sarif
	o := lintProject(t, nil, "lint", odd, "--sarif")
	if err := json.Unmarshal([]byte(o.stdout), &log); err != nil || len(log.Runs) != 1 || len(log.Runs[0].Results) == 0 {
		t.Fatalf("%v %s %s", err, o.stdout, o.stderr)
	}
	for _, r := range log.Runs[0].Results {
		if uri := r.Locations[0].Physical.Artifact.URI; !strings.Contains(uri, "/my%20Projekt%20%C3%A9%20100%25/force-app/") {
			t.Errorf("the place is %q", uri)
		}
	}
}
