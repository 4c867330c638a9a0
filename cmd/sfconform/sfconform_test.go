package main

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/endpoint"
)

// outcome is what a command left behind.
type outcome struct {
	code           int
	stdout, stderr string
}

func execute(t *testing.T, env map[string]string, args ...string) outcome {
	t.Helper()
	return executeWithin(t.Context(), env, args...)
}

func executeWithin(ctx context.Context, env map[string]string, args ...string) outcome {
	var stdout, stderr bytes.Buffer
	code := run(ctx, args, world{
		env: func(name string) string { return env[name] }, readFile: os.ReadFile,
		now:   today,
		stdin: strings.NewReader(""), stdout: &stdout, stderr: &stderr,
	})
	return outcome{code, stdout.String(), stderr.String()}
}

// today is the time of every test.
func today() time.Time { return time.Date(2026, 11, 22, 7, 0, 0, 0, time.UTC) }

const aCase = "client-credentials-wrong-secret"

func TestCommandsEndInTheDocumentedCodes(t *testing.T) {
	t.Parallel()
	live := map[string]string{"SF_LOGIN_URL": "http://login.example", "SF_CLIENT_ID": "3MVG9"}
	org := map[string]string{"SF_LOGIN_URL": "https://acme.my.salesforce.com", "SF_CLIENT_ID": "3MVG9"}
	tests := map[string]struct {
		args []string
		env  map[string]string
		code int
		out  string
		err  string
	}{
		"no arguments":       {out: "Exit codes:"},
		"help":               {args: []string{"help", "run"}, out: "SFCONFORM_LIVE_LOGIN_URL"},
		"help on a typo":     {args: []string{"help", "rnu"}, code: 2, err: `did you mean "run"?`},
		"command with typo":  {args: []string{"rnu"}, code: 2, err: `unknown command "rnu": did you mean "run"?`},
		"no such command":    {args: []string{"frobnicate"}, code: 2, err: "there are"},
		"flag with typo":     {args: []string{"run", "--onyl", "x"}, code: 2, err: `did you mean "--only"?`},
		"no such flag":       {args: []string{"list", "--zzzzzz"}, code: 2, err: `unknown flag "--zzzzzz"`},
		"value of a flag":    {args: []string{"run", "--seed", "x"}, code: 2, err: `--seed: "x" is no number`},
		"argument too many":  {args: []string{"run", aCase}, code: 2, err: "takes no arguments"},
		"version":            {args: []string{"version"}, out: "sfconform "},
		"one case":           {args: []string{"run", "--only", aCase}, out: "conforms: 2 of 2 checks passed ("},
		"case with typo":     {args: []string{"run", "--only", aCase + "s"}, code: 2, err: "did you mean"},
		"bad filter":         {args: []string{"run", "--filter", "&&"}, code: 2, err: "cannot be read"},
		"filter for nothing": {args: []string{"run", "--filter", "case: containsAny nowhere"}, code: 1, out: "nothing was run", err: "no case was run"},
		"flow with typo":     {args: []string{"run", "--flow", "jwt-bearre"}, code: 2, err: `did you mean "jwt-bearer"?`},
		"flow":               {args: []string{"run", "--flow", "refresh-token"}, out: "conforms: "},
		"preset with typo":   {args: []string{"run", "--behaviour", "documentd"}, code: 2, err: "neither a preset"},
		"option with typo":   {args: []string{"run", "--behaviour", "scope-web=maybe"}, code: 2, err: "there are dropped, kept"},
		"stand-in far away":  {args: []string{"run", "--live", "--target", "https://elsewhere.example"}, env: org, code: 2, err: "would get its credentials"},
		"control of an org":  {args: []string{"run", "--live", "--target", "http://127.0.0.1:1", "--control", "http://127.0.0.1:1"}, code: 2, err: "no --live"},
		"control alone":      {args: []string{"run", "--control", "http://127.0.0.1:1"}, code: 2, err: "needs --target"},
		"target no address":  {args: []string{"run", "--target", "localhost:80"}, code: 2, err: "no http or https address"},
		"behaviour of target": {
			args: []string{"run", "--target", "http://127.0.0.1:1", "--behaviour", "documented"}, code: 2, err: "has its own",
		},
		"live without org":   {args: []string{"run", "--live"}, code: 2, err: "set SFCONFORM_LIVE_LOGIN_URL"},
		"live without tls":   {args: []string{"run", "--live"}, env: live, code: 2, err: "plain http"},
		"budget":             {args: []string{"run", "--budget", "0"}, code: 2, err: "--budget is 0"},
		"list":               {args: []string{"list"}, out: "CASE "},
		"list refusals":      {args: []string{"list", "--refusals"}, out: "client-secret-wrong"},
		"show case":          {args: []string{"show", aCase}, out: "mocksf --case " + aCase},
		"show refusal":       {args: []string{"show", "client-secret-wrong"}, out: "Consumer Secret"},
		"show switch":        {args: []string{"show", "scope-web"}, out: "(observed, documented)"},
		"show with typo":     {args: []string{"show", "client-secret-worng"}, code: 2, err: `did you mean "client-secret-wrong"?`},
		"show nothing":       {args: []string{"show"}, code: 2, err: "show takes one id"},
		"show all of a sort": {args: []string{"show", "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"}, code: 2, err: "sfconform list lists all ids"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := execute(t, test.env, test.args...)
			if got.code != test.code || !strings.Contains(got.stdout, test.out) || !strings.Contains(got.stderr, test.err) {
				t.Errorf("code %d, want %d\nstdout: %.600s\nstderr: %s", got.code, test.code, got.stdout, got.stderr)
			}
		})
	}
}

func TestTheFakeConformsToTheWholeCatalogue(t *testing.T) {
	t.Parallel()
	got := execute(t, nil, "run")
	if got.code != exitConforms || !strings.HasPrefix(got.stdout, "conforms: ") || got.stderr != "" {
		t.Errorf("code %d\n%.5000s\n%s", got.code, got.stdout, got.stderr)
	}
}

func TestTheTestDoorRunsTheCatalogueToo(t *testing.T) {
	t.Parallel()
	behaviour, err := behaviorOf(nil)
	if err != nil {
		t.Fatal(err)
	}
	endpoint.Test(t, fakeTarget(behaviour, ""))
}

func TestListJSONIsTheWholeCatalogue(t *testing.T) {
	t.Parallel()
	got := execute(t, nil, "list", "--json")
	var parsed struct {
		Cases, Refusals, Switches []struct{ ID string }
	}
	if err := json.Unmarshal([]byte(got.stdout), &parsed); err != nil {
		t.Fatal(err)
	}
	if len(parsed.Cases) != len(fixtures.Cases()) || len(parsed.Refusals) != len(fixtures.Refusals) || len(parsed.Switches) != len(fixtures.Switches) {
		t.Errorf("%d cases, %d refusals, %d switches", len(parsed.Cases), len(parsed.Refusals), len(parsed.Switches))
	}
}

func TestEveryIDCanBeShown(t *testing.T) {
	t.Parallel()
	for _, c := range fixtures.Cases() {
		if got := execute(t, nil, "show", string(c.ID)); got.code != 0 || !strings.Contains(got.stdout, "\n  curl ") || len(got.stdout) > 16<<10 {
			t.Errorf("show %s: code %d, %s", c.ID, got.code, got.stderr)
		}
	}
	for _, r := range fixtures.Refusals {
		if got := execute(t, nil, "show", "--json", string(r.ID)); got.code != 0 || !json.Valid([]byte(got.stdout)) {
			t.Errorf("show %s: code %d, %s", r.ID, got.code, got.stderr)
		}
	}
}

func TestTheIDsInTheHelpExist(t *testing.T) {
	t.Parallel()
	flags := regexp.MustCompile(`(?:--only|show) ([a-z-]+)`)
	for _, command := range []string{"run", "list", "show"} {
		for _, found := range flags.FindAllStringSubmatch(execute(t, nil, command, "--help").stdout, -1) {
			if got := execute(t, nil, "show", found[1]); strings.Contains(found[1], "-") && got.code != 0 {
				t.Errorf("%s --help: %s", command, got.stderr)
			}
		}
	}
}

func TestReportsAreWrittenWholeAndWithoutSecrets(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "new", "reports")
	if got := execute(t, nil, "run", "--flow", "jwt-bearer", "--report", dir, "--seed", "9"); got.code > exitDeparts {
		t.Fatalf("code %d: %s", got.code, got.stderr)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Fatalf("the directory holds %v, %v", entries, err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	var report endpoint.Report
	if err := json.Unmarshal(text, &report); err != nil || report.Seed != 9 || report.Counts.Total != len(report.Results) || report.Started.Year() != 2026 {
		t.Errorf("the report is %+v, %v", report.Counts, err)
	}
	junit, err := os.ReadFile(filepath.Join(dir, "junit.xml"))
	if err != nil || xml.Unmarshal(junit, new(struct{})) != nil || !bytes.Contains(junit, []byte(`tests="`)) {
		t.Errorf("the JUnit report is %.200s, %v", junit, err)
	}
	if bytes.Contains(text, []byte("eyJhbGci")) || bytes.Contains(junit, []byte("eyJhbGci")) {
		t.Error("an assertion is in a report")
	}
}

func TestRunJSONIsTheReport(t *testing.T) {
	t.Parallel()
	got := execute(t, nil, "run", "--json", "--only", aCase)
	var report endpoint.Report
	if err := json.Unmarshal([]byte(got.stdout), &report); err != nil || report.Counts.Pass != 2 || report.Schema != endpoint.SchemaVersion {
		t.Errorf("the report is %+v, %v", report.Counts, err)
	}
	if !slices.ContainsFunc(report.Results, func(r endpoint.Result) bool { return r.Check == "secret-matches" }) {
		t.Errorf("no result names the check: %+v", report.Results)
	}
}

func TestAnEndedRunReportsWhatWasDone(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	got := executeWithin(ctx, nil, "run", "--only", aCase)
	if got.code != exitHarness || !strings.HasPrefix(got.stdout, "interrupted: 0 of 0") {
		t.Errorf("code %d, %s%s", got.code, got.stdout, got.stderr)
	}
}

func TestAPanicIsAMessage(t *testing.T) {
	t.Parallel()
	var stderr bytes.Buffer
	code := run(t.Context(), []string{"run", "--live"}, world{
		env: func(string) string { panic("boom") }, stdout: &bytes.Buffer{}, stderr: &stderr,
	})
	if code != exitHarness || !strings.Contains(stderr.String(), "a fault of its own: boom") {
		t.Errorf("code %d, %s", code, stderr.String())
	}
}
