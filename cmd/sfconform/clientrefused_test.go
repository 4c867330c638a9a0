package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWhatCannotBeReadOrWrittenIsSaidBeforeTheRun(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		args []string
		err  string
	}{
		"report below a file": {[]string{"--report", filepath.Join(file, "deep", "r.json")}, "cannot be written"},
		"folder as file":      {[]string{"--config", dir}, "is a directory"},
		"no such file":        {[]string{"--config", filepath.Join(dir, "none")}, "sfconform init writes one"},
		"seed":                {[]string{"--seed", "-1"}, `"-1" is no number of 0 or more`},
		"time without a unit": {[]string{"--give-up", "5"}, "such as 90s"},
		"short flag":          {[]string{"-v"}, `"-v": flags are written in full`},
	} {
		got := execute(t, nil, append(append([]string{"client"}, c.args...), "--", "go")...)
		if got.code != exitUsage || !strings.Contains(got.stderr, c.err) || got.stdout != "" {
			t.Errorf("%s: code %d, stderr %s", name, got.code, got.stderr)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*")); len(left) != 1 {
		t.Errorf("there are %v now", left)
	}
}

func TestACommandWrittenAsAFlagIsFound(t *testing.T) {
	t.Parallel()
	if got := execute(t, nil, "--version"); got.code != exitUsage || !strings.Contains(got.stderr, `did you mean "sfconform version"?`) {
		t.Errorf("code %d, %s", got.code, got.stderr)
	}
}

func TestAClientThatNeverCallsIsShownWithoutWhatSteers(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		flags []string
		want  string
	}{
		"command": {nil, "--env SALESFORCE_TOKEN_URL="},
		"driver":  {[]string{"--driver"}, "flush the standard output"},
	} {
		args := append([]string{"client"}, c.flags...)
		got := execute(t, nil, append(args, "--time-factor", "0.1", "--env", asClient+"=steers", "--", os.Args[0])...)
		if got.code != exitUsage || !strings.Contains(got.stderr, c.want) {
			t.Errorf("%s: code %d, %s", name, got.code, got.stderr)
		}
		if strings.Contains(got.stderr, "\x1b") || strings.Contains(got.stderr, "##[") || strings.Contains(got.stderr, "\n::") {
			t.Errorf("%s: it steers: %q", name, got.stderr)
		}
		if !strings.Contains(got.stderr, "\n  | : :error::y\n  | # #[error]z\n") {
			t.Errorf("%s: what it printed is not shown: %q", name, got.stderr)
		}
	}
}
