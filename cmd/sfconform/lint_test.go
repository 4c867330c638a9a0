package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// lintProject runs a command on a project at a time when the test certificates are valid.
func lintProject(t *testing.T, env map[string]string, args ...string) outcome {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := run(t.Context(), args, world{
		env: func(name string) string { return env[name] }, readFile: os.ReadFile,
		now:   func() time.Time { return time.Date(2027, time.June, 1, 12, 0, 0, 0, time.UTC) },
		stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr,
	})
	return outcome{code, stdout.String(), stderr.String()}
}

const developerOrg = "../../fixtures/orgs/developer.yaml"

// exportedProject is the developer org's apps as files, with texts replaced in all of them.
func exportedProject(t *testing.T, replace ...string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "project")
	if o := lintProject(t, nil, "export", "--org", developerOrg, "--out", dir); o.code != 0 {
		t.Fatalf("export: %d %s", o.code, o.stderr)
	}
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(strings.NewReplacer(replace...).Replace(string(data))), 0o600); err != nil {
			return err
		}
		return os.Chmod(path, 0o640)
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func policyFile(dir string) string {
	return filepath.Join(dir, "force-app", "main", "default", "extlClntAppOauthPolicies", "integration_oauthPlcy.ecaOauthPlcy-meta.xml")
}

func TestAnExportedProjectIsCleanAndLogsInByBothFlows(t *testing.T) {
	t.Parallel()
	dir := exportedProject(t)
	for _, flow := range []string{"client-credentials", "jwt-bearer"} {
		o := lintProject(t, nil, "lint", dir, "--flow", flow, "--prove")
		for _, want := range []string{": 0 errors, 0 warnings, 0 infos in 1 app (API version 66.0 from sfdx-project.json)", flow + `: yes: the app "integration" would log in`, "proved: logged in"} {
			if o.code != 0 || !strings.Contains(o.stdout, want) {
				t.Errorf("%s: exit code %d, no %q in\n%s%s", flow, o.code, want, o.stdout, o.stderr)
			}
		}
	}
}

func TestAFindingSaysWhatHappensAndHowToMendIt(t *testing.T) {
	t.Parallel()
	dir := exportedProject(t, "Api, RefreshToken", "api, RefreshToken")
	o := lintProject(t, nil, "lint", dir, "--flow", "jwt-bearer", "--prove")
	for _, want := range []string{
		":3:32: error ECA12 scope-unknown:", "deploy: There's a problem with your scope(s)", "    -    <commaSeparatedOauthScopes>api,",
		"(--fix makes this change)", "1 error, 0 warnings", "jwt-bearer: no:", "proved: no login at a fake org made of the project: the deploy fails: ",
	} {
		if o.code != exitDeparts || !strings.Contains(o.stdout, want) {
			t.Errorf("exit code %d, no %q in\n%s%s", o.code, want, o.stdout, o.stderr)
		}
	}
}

func TestTheFormatsForMachinesNameEachFinding(t *testing.T) {
	t.Parallel()
	dir := exportedProject(t, "<isPkceRequired>true</isPkceRequired>", "", ">Enforce<", ">Bypass<")
	if o := lintProject(t, nil, "lint", dir, "--github"); o.code != 0 || strings.Count(o.stdout, "\n") != 2 ||
		!strings.Contains(o.stdout, ",title=ECA26 ip-relaxation::IP restrictions") || !strings.Contains(o.stdout, "::notice file=") {
		t.Errorf("exit code %d\n%s", o.code, o.stdout)
	}
	var out linted
	o := lintProject(t, nil, "lint", dir, "--json")
	if err := json.Unmarshal([]byte(o.stdout), &out); err != nil || len(out.Findings) != 2 || len(out.Rules) != 2 || out.Version != 66 {
		t.Errorf("%v: %s", err, o.stdout)
	}
	var log sarif
	o = lintProject(t, nil, "lint", dir, "--sarif")
	if err := json.Unmarshal([]byte(o.stdout), &log); err != nil || log.Version != "2.1.0" || len(log.Runs[0].Results) != 2 {
		t.Fatalf("%v: %s", err, o.stdout)
	}
	for _, r := range log.Runs[0].Results {
		if rule := log.Runs[0].Tool.Driver.Rules[r.RuleIndex]; rule.ID != r.RuleID || r.Locations[0].Physical.Region.Line == 0 {
			t.Errorf("the result %+v is not of the rule %s", r, rule.ID)
		}
	}
}

func TestFixMakesTheSafeChangesAndKeepsTheMode(t *testing.T) {
	t.Parallel()
	dir := exportedProject(t, "AdminApprovedPreAuthorized", "AdminApproved", "Api, RefreshToken", "api, RefreshToken")
	o := lintProject(t, nil, "lint", dir, "--fix")
	if o.code != 0 || !strings.Contains(o.stdout, "safe changes made: 2") || !strings.Contains(o.stdout, ": 0 errors, 0 warnings") {
		t.Errorf("exit code %d\n%s%s", o.code, o.stdout, o.stderr)
	}
	info, err := os.Stat(policyFile(dir))
	if err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("the mode is %v, %v", info.Mode(), err)
	}
	entries, err := os.ReadDir(filepath.Dir(policyFile(dir)))
	if err != nil || len(entries) != 1 {
		t.Errorf("beside the file are %v", entries)
	}
}

func TestNothingIsWrittenWithoutFix(t *testing.T) {
	t.Parallel()
	dir := exportedProject(t, "Api, RefreshToken", "api, RefreshToken")
	before := projectText(t, dir)
	if o := lintProject(t, nil, "lint", dir); o.code != exitDeparts || projectText(t, dir) != before {
		t.Errorf("exit code %d, or a file changed", o.code)
	}
}

func projectText(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		b.WriteString(path + "\n" + string(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWhatTheOrgKnowsIsHeldAgainstTheProject(t *testing.T) {
	t.Parallel()
	dir := exportedProject(t, ">integration@acme-dev.example<", ">nobody@acme-dev.example<")
	if o := lintProject(t, nil, "lint", dir); o.code != 0 {
		t.Errorf("without the org: %d\n%s", o.code, o.stdout)
	}
	o := lintProject(t, nil, "lint", dir, "--org", developerOrg, "--flow", "client-credentials", "--prove")
	if o.code != exitDeparts || !strings.Contains(o.stdout, `ECA05 run-as-no-username: the org has no user "nobody@acme-dev.example"`) || !strings.Contains(o.stdout, "proved: no login") {
		t.Errorf("with the org: %d\n%s%s", o.code, o.stdout, o.stderr)
	}
}

func TestVariablesOfReplacementsComeFromTheEnvironment(t *testing.T) {
	t.Parallel()
	dir := exportedProject(t, ">integration@acme-dev.example<", ">__RUN_AS__<",
		`"name"`, `"replacements": [{"glob": "**/*.xml", "stringToReplace": "__RUN_AS__", "replaceWithEnv": "RUN_AS"}], "name"`)
	if o := lintProject(t, nil, "lint", dir); o.code != 0 || !strings.Contains(o.stdout, "0 infos") {
		t.Errorf("without the variable: %d\n%s", o.code, o.stdout)
	}
	if o := lintProject(t, nil, "lint", dir, "--flow", "client-credentials", "--prove"); o.code != exitUsage || !strings.Contains(o.stderr, "the variable RUN_AS") {
		t.Errorf("a proof without the variable: %d\n%s%s", o.code, o.stdout, o.stderr)
	}
	if o := lintProject(t, map[string]string{"RUN_AS": "EverestCRM"}, "lint", dir); o.code != exitDeparts || !strings.Contains(o.stdout, "ECA05") {
		t.Errorf("with it: %d\n%s", o.code, o.stdout)
	}
}

func TestLintIsUsedRightlyOrSaysSo(t *testing.T) {
	t.Parallel()
	dir := exportedProject(t)
	archive := filepath.Join(t.TempDir(), "project.zip")
	file, err := os.Create(archive)
	if err != nil {
		t.Fatal(err)
	}
	w := zip.NewWriter(file)
	if err := w.AddFS(os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if o := lintProject(t, nil, "lint", archive); o.code != 0 || !strings.Contains(o.stdout, "in 1 app") {
		t.Errorf("a zip: %d\n%s%s", o.code, o.stdout, o.stderr)
	}
	manifest := filepath.Join(dir, "manifest", "package.xml")
	if o := lintProject(t, nil, "lint", dir, "--manifest", manifest, "--api-version", "61"); o.code != exitDeparts && o.code != 0 {
		t.Errorf("a manifest: %d\n%s%s", o.code, o.stdout, o.stderr)
	}
	for want, args := range map[string][]string{
		`did you mean "jwt-bearer"?`: {"lint", dir, "--flow", "jwt-bearers"},
		"say by which --flow":        {"lint", dir, "--prove"},
		"three formats":              {"lint", dir, "--json", "--sarif"},
		"lint takes one project":     {"lint"},
		"no such file":               {"lint", filepath.Join(dir, "x")},
		"is no API version":          {"lint", dir, "--api-version", "new"},
		"--manifest:":                {"lint", dir, "--manifest", policyFile(dir)},
		"is a zip file":              {"lint", archive, "--fix"},
		"--org:":                     {"lint", dir, "--org", manifest},
		"is below 0":                 {"lint", dir, "--cert-days", "-1"},
		"is not empty":               {"export", "--org", developerOrg, "--out", dir},
		"export needs":               {"export"},
		"neither a folder nor a zip": {"lint", manifest},
	} {
		if o := lintProject(t, nil, args...); o.code != exitUsage || !strings.Contains(o.stderr, want) {
			t.Errorf("%v: exit code %d, %s, want %q", args, o.code, o.stderr, want)
		}
	}
}
