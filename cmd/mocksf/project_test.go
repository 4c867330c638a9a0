package main

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/metadata"
)

// projectDir writes the developer org's apps as an SFDX project, with texts replaced.
func projectDir(t *testing.T, replace ...string) string {
	t.Helper()
	org, err := fixtures.BuiltInOrg("developer")
	if err != nil {
		t.Fatal(err)
	}
	files, err := metadata.Export(org)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, data := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		text := strings.NewReplacer(replace...).Replace(string(data))
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestAnOrgIsBootedFromAProject(t *testing.T) {
	t.Parallel()
	s := startMocksf(t, "--project", projectDir(t))
	if status, body := token(t, s); status != http.StatusOK {
		t.Errorf("token request: %d %s", status, body)
	}
	if s.env["SF_USERNAME"] != "integration@acme-dev.example" {
		t.Errorf("the user is %q", s.env["SF_USERNAME"])
	}
	if code := s.stop(); code != exitOK {
		t.Errorf("exit code %d", code)
	}
}

func TestAProjectIsPlayedByTheAPIVersionOfTheFlag(t *testing.T) {
	t.Parallel()
	s := startMocksf(t, "--project", projectDir(t, "66.0", "59.0"), "--api-version", "66.0")
	if status, body := token(t, s); status != http.StatusOK {
		t.Errorf("token request: %d %s", status, body)
	}
	s.stop()
}

// Facts: metadata.md section 10: each thing that is made can be left out.
func TestWithoutAMadeThingTheOrgRefuses(t *testing.T) {
	t.Parallel()
	dir := projectDir(t)
	for made, want := range map[string]fixtures.RefusalID{
		"user": "run-as-unknown-user", "permission-sets": "run-as-not-admin-approved", "secret": "client-secret-wrong",
	} {
		s := startMocksf(t, "--project", dir, "--without", made)
		s.env["SF_CLIENT_SECRET"] += "x"
		if made != "secret" {
			s.env["SF_CLIENT_SECRET"] = strings.TrimSuffix(s.env["SF_CLIENT_SECRET"], "x")
		}
		answer := fixtures.MustRefusal(want).Answer
		if status, body := token(t, s); status != answer.Status || !answer.Matches([]byte(body)) {
			t.Errorf("without %s: %d %s, want %s", made, status, body, want)
		}
		s.stop()
	}
}

func TestAProjectThatCannotBePlayedIsRefusedAtItsPlace(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		args []string
		want string
	}{
		"element":    {[]string{"--project", projectDir(t, "<isEnabled>", "<enabled>", "</isEnabled>", "</enabled>")}, "integration_plcy.ecaPlcy-meta.xml:4:5: <enabled> is no element"},
		"no apps":    {[]string{"--project", t.TempDir()}, "holds no External Client App"},
		"missing":    {[]string{"--project", filepath.Join(t.TempDir(), "x")}, "no such file"},
		"manifest":   {[]string{"--manifest", "package.xml"}, "give --project DIR as well"},
		"version":    {[]string{"--project", projectDir(t, "66.0", "59.0")}, "is held to API version 59.0 of sfdx-project.json, as a deploy is: raise it there, or give --api-version 61.0"},
		"no number":  {[]string{"--project", ".", "--api-version", "new"}, `--api-version: "new" is no API version`},
		"no project": {[]string{"--api-version", "66.0"}, "give --project DIR as well"},
		"without":    {[]string{"--project", ".", "--without", "users"}, `did you mean "user"?`},
		"alone":      {[]string{"--without", "user"}, "give --project DIR as well"},
		"case":       {[]string{"--project", ".", "--case", "x"}, "--project and --case"},
		"unlisted":   {[]string{"--project", projectDir(t), "--manifest", filepath.Join(t.TempDir(), "x")}, "--manifest: "},
	}
	for name, test := range tests {
		var stderr bytes.Buffer
		code := run(t.Context(), test.args, caller{}, &bytes.Buffer{}, &stderr)
		if code != exitUsage || !strings.Contains(stderr.String(), test.want) {
			t.Errorf("%s: exit code %d, %s, want %q", name, code, stderr.String(), test.want)
		}
	}
}
