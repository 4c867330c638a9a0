package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/suites/client/config"
)

func TestWhatInitWritesIsReadBackAndRuns(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "sfconform.yaml")
	flags := []string{
		"init", "--out", path, "--env", asClient + "=works", "--flow", "client-credentials", "--operation", "query",
		"--report", "out/result.json", "--time-factor", "2", "--seed", "5", "--name", "nightly", "--", os.Args[0],
	}
	if o := executeNow(t.Context(), flags); o.code != exitConforms || !strings.Contains(o.stdout, "sfconform client --config "+path) {
		t.Fatalf("%+v", o)
	}
	if o := executeNow(t.Context(), flags); o.code != exitUsage || !strings.Contains(o.stderr, "is there already: say --force") {
		t.Errorf("a second time: %+v", o)
	}
	if o := executeNow(t.Context(), append([]string{"init", "--force"}, flags[1:]...)); o.code != exitConforms {
		t.Errorf("with --force: %+v", o)
	}
	o := executeNow(t.Context(), []string{"client", "--config", path, "--only", "req-grant-type-exact", "--scenario", "happy-path"})
	if o.code != exitConforms || !strings.Contains(o.stdout, "nightly") || !strings.Contains(o.stdout, "seed 5") {
		t.Errorf("%+v", o)
	}
	if _, err := os.Stat(filepath.Join(filepath.Dir(path), "out", "result.json")); err != nil {
		t.Errorf("the report stands elsewhere than beside the file: %v", err)
	}
}

func TestInitAsksWhatItIsNotTold(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "s.yaml")
	ask := func(answers string) outcome {
		var stdout, stderr strings.Builder
		code := run(t.Context(), []string{"init", "--ask", "--force", "--out", path}, world{
			readFile: os.ReadFile, now: today, stdin: strings.NewReader(answers), stdout: &stdout, stderr: &stderr,
		})
		return outcome{code, stdout.String(), stderr.String()}
	}
	o := ask("\npython3 'my sync.py' --x=\"\"\njwt\njwt-bearer\nTOKEN_URL=${SF_LOGIN_URL}/token\nA B\n\n\n\n\nCERTS\nqery\nlogin, query\n")
	if o.code != exitConforms {
		t.Fatalf("%+v", o)
	}
	for _, want := range []string{"a command is needed", `there is no "jwt"`, "no name of a variable", `did you mean "query"?`} {
		if !strings.Contains(o.stderr, want) {
			t.Errorf("no word of %q in %s", want, o.stderr)
		}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f, err := config.Read(path, data, today())
	if err != nil || strings.Join(f.Client.Command, "|") != "python3|my sync.py|--x=" || f.Env["TOKEN_URL"] != "${SF_LOGIN_URL}/token" || f.Env["CERTS"] != "${SF_CA_FILE}" || len(f.Env) != 2 ||
		len(f.Client.Operations) != 2 || len(f.Client.Flows) != 1 {
		t.Errorf("%v: %+v", err, f)
	}
	if strings.Contains(o.stderr, "--flow") {
		t.Errorf("it speaks of flags: %s", o.stderr)
	}
	if o := ask("python3\n"); o.code != exitUsage || !strings.Contains(o.stderr, "nobody answers") {
		t.Errorf("the input ends: %+v", o)
	}
}

func TestInitWritesNothingThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "s.yaml")
	for _, args := range [][]string{{"--watch", "--", "true"}, {"--flow", "x", "--", "true"}, {"--report", "a.htm"}, {"true"}} {
		o := executeNow(t.Context(), append([]string{"init", "--out", path}, args...))
		if _, err := os.Stat(path); o.code != exitUsage || err == nil {
			t.Errorf("%v: %+v, %v", args, o, err)
		}
	}
}

func TestInitSaysWhatIsStillMissing(t *testing.T) {
	t.Parallel()
	for flags, want := range map[string]string{
		"":                     "add that: sfconform client --config",
		"--manual":             "judge the client with: sfconform client --config",
		"--strict -- ./client": "judge the client with: sfconform client --config",
	} {
		path := filepath.Join(t.TempDir(), "s.yaml")
		if o := executeNow(t.Context(), append([]string{"init", "--out", path}, strings.Fields(flags)...)); !strings.Contains(o.stdout, want) {
			t.Errorf("init %s: %+v", flags, o)
		}
	}
	if o := executeNow(t.Context(), []string{"init", "--out", filepath.Join(t.TempDir(), "not", "there.yaml")}); !strings.Contains(o.stderr, "there.yaml: no such file") {
		t.Errorf("it does not name the file: %+v", o)
	}
}
