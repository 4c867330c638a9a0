//go:build unix

package drive_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/evidence"
)

// command is a driver of a client that behaves so.
func command(t *testing.T, behaviour ...string) *drive.Command {
	t.Helper()
	return commandOf(t, drive.CommandOptions{Command: client(behaviour...), Environ: os.Environ()})
}

func commandOf(t *testing.T, o drive.CommandOptions) *drive.Command {
	t.Helper()
	c, err := drive.NewCommand(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// run starts it once, with a limit that is there for a harness that hangs.
func run(t *testing.T, d drive.Driver, job drive.Job) evidence.Run {
	t.Helper()
	if job.Limit == 0 {
		job.Limit = time.Minute
	}
	r, err := d.Run(t.Context(), job)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// environment is what the client says with the behaviour "env".
func environment(r evidence.Run) map[string]string {
	all := map[string]string{}
	for line := range strings.Lines(string(r.Stdout.Head)) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		all[name] = value
	}
	return all
}

func TestAStartGetsTheContractAndNothingOfTheCallersOwnSalesforce(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	for _, dir := range []string{"go/pkg/mod", ".cargo", ".gem/ruby/3.1.0", ".gem/ruby/3.2.0"} {
		if err := os.MkdirAll(filepath.Join(home, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	c := commandOf(t, drive.CommandOptions{
		Command: client("env"), Pass: []string{"MINE", "APP_*"}, Base: "/base",
		Map: map[string]string{"TOKEN_URL": "${SF_LOGIN_URL}/services/oauth2/token", "PRICE": "$$5", "KEY": "${SF_PRIVATE_KEY_FILE}"},
		Environ: []string{
			"HOME=" + home, "PATH=bin:/usr/bin", "LC_ALL=C.UTF-8", "MINE=1", "APP_MODE=test", "OTHER_SECRET=x", "RUSTUP_HOME=/mine",
			"SF_LOGIN_URL=https://real", "SF_ANYTHING=x", "https_proxy=http://corporate", "SSL_CERT_FILE=/corporate.pem", "CHECK_RUN=x", "TMPDIR=/caller",
		},
	})
	r := run(t, c, drive.Job{
		Scenario: "happy", Operation: "query", Context: map[string]any{"n": 1},
		Env: map[string]string{"SF_LOGIN_URL": "https://fake", "SF_AUDIENCE": ""},
	})
	got := environment(r)
	for name, want := range map[string]string{
		"CHECK_SCENARIO": "happy", "CHECK_OPERATION": "query", "CHECK_CONTEXT": `{"n":1}`, "SF_LOGIN_URL": "https://fake", "SF_AUDIENCE": "",
		"TOKEN_URL": "https://fake/services/oauth2/token", "PRICE": "$5", "PATH": "/base/bin:/usr/bin", "LC_ALL": "C.UTF-8", "MINE": "1", "APP_MODE": "test",
		"GOPATH": home + "/go", "GOMODCACHE": home + "/go/pkg/mod", "CARGO_HOME": home + "/.cargo", "RUSTUP_HOME": "/mine", "GEM_HOME": home + "/.gem/ruby/3.2.0",
	} {
		if value, there := got[name]; !there || value != want {
			t.Errorf("%s is %q (%v), want %q", name, value, there, want)
		}
	}
	for _, name := range []string{"OTHER_SECRET", "SF_ANYTHING", "https_proxy", "SSL_CERT_FILE", "KEY", "NVM_DIR"} {
		if value, there := got[name]; there {
			t.Errorf("%s=%s leaks in", name, value)
		}
	}
	for _, name := range []string{"HOME", "TMPDIR", "TMP", "TEMP", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR", "PWD"} {
		if value := got[name]; !filepath.IsAbs(value) || strings.HasPrefix(value, home) || value == "/caller" {
			t.Errorf("%s is %q", name, value)
		}
	}
	if _, err := os.Stat(got["HOME"]); !os.IsNotExist(err) {
		t.Errorf("the client's HOME is left behind: %v", err)
	}
	if r.Operation != "query" || !r.Exit.Succeeded() || r.Ended.Before(r.Began) {
		t.Errorf("%+v", r)
	}
}

func TestStartsShareAFolderIfTheJobSaysSo(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	first := run(t, command(t, "leave"), drive.Job{Home: home})
	second := run(t, command(t, "env"), drive.Job{Home: home})
	if len(second.Files) != len(first.Files) || len(first.Files) == 0 {
		t.Errorf("%d files, then %d", len(first.Files), len(second.Files))
	}
	if !strings.HasPrefix(environment(second)["HOME"], home) {
		t.Errorf("HOME is %q", environment(second)["HOME"])
	}
	if fresh := run(t, command(t, "env"), drive.Job{}); len(fresh.Files) != 0 {
		t.Errorf("a fresh folder holds %v", fresh.Files)
	}
}

func TestPathsAreTakenFromTheCallersDirectoryAndTheClientWorksInAnother(t *testing.T) {
	t.Parallel()
	base := t.TempDir()
	if err := os.Symlink(os.Args[0], filepath.Join(base, "tool")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"client.js", "query"} {
		if err := os.WriteFile(filepath.Join(base, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	tool := []string{"./tool", asClient}
	c := commandOf(t, drive.CommandOptions{Command: append(tool, "args", "client.js", "query", "no.js", "--f=client.js"), Base: base})
	want := base + "/client.js\nquery\nno.js\n--f=client.js\n"
	if r := run(t, c, drive.Job{}); string(r.Stdout.Head) != want {
		t.Errorf("%q, want %q", r.Stdout.Head, want)
	}
	r := run(t, commandOf(t, drive.CommandOptions{Command: append(tool, "cwd"), Base: base}), drive.Job{})
	if cwd := string(r.Stdout.Head); cwd == base+"\n" || !strings.HasSuffix(cwd, "/work\n") {
		t.Errorf("it works in %q", cwd)
	}
	r = run(t, commandOf(t, drive.CommandOptions{Command: append(tool, "cwd"), Base: base, Dir: "."}), drive.Job{})
	if cwd := string(r.Stdout.Head); cwd != base+"\n" {
		t.Errorf("it works in %q, want %q", cwd, base)
	}
}

func TestACommandThatCannotRunIsNamedWithWhatToDo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string, mode os.FileMode) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), mode); err != nil {
			t.Fatal(err)
		}
		return file
	}
	for name, tt := range map[string]struct{ command, want string }{
		"not in PATH":    {"no-such-client", `"no-such-client" is not found in PATH: install it`},
		"here":           {filepath.Base(write("here", "", 0o700)), "write ./here"},
		"no file":        {"./bin/none", dir + "/bin/none) is not found: build the client first"},
		"directory":      {dir, "is a directory: name the program in it"},
		"not executable": {write("client.py", "print()", 0o600), "chmod +x it"},
		"no interpreter": {write("orphan", "#!/no/such/shell\n", 0o700), "look at its first line"},
		"no program":     {write("data", "\x01\x02\x03\x04", 0o700), "begin a script with #!/bin/sh"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := drive.NewCommand(drive.CommandOptions{Command: []string{tt.command}, Base: dir})
			if err == nil {
				_, err = c.Run(t.Context(), drive.Job{Limit: time.Minute})
			}
			var wrong *drive.CommandError
			if !errors.As(err, &wrong) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%v lacks %q", err, tt.want)
			}
		})
	}
}

func TestOptionsThatCannotBeMeantAreRefused(t *testing.T) {
	t.Parallel()
	for want, o := range map[string]drive.CommandOptions{
		"no command":                              {},
		"did you mean ${SF_LOGIN_URL}?":           {Map: map[string]string{"URL": "${SF_LOGINURL}"}},
		"there is no ${NONSENSE}: there are SF_L": {Map: map[string]string{"URL": "${NONSENSE}"}},
		"write $$ for the sign itself":            {Map: map[string]string{"URL": "$SF_LOGIN_URL"}},
		"SF_LOGIN_URL is set for every client":    {Map: map[string]string{"SF_LOGIN_URL": "1"}},
		"SF_USERNAME_2 is set for every client":   {Map: map[string]string{"SF_USERNAME_2": "1"}},
		`"A B" is no name`:                        {Map: map[string]string{"A B": "1"}},
		`pass on "SF_LOGIN_URL"`:                  {Pass: []string{"SF_LOGIN_URL"}},
		`pass on "https_proxy"`:                   {Pass: []string{"https_proxy"}},
		`pass on "*"`:                             {Pass: []string{"*"}},
		"name the folder that it is started in":   {Dir: "no/such/dir"},
	} {
		if want != "no command" {
			o.Command = client("env")
		}
		if _, err := drive.NewCommand(o); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v lacks %q", err, want)
		}
	}
}

func TestExitsAreToldApart(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		command []string
		want    evidence.Exit
	}{
		{client("exit", "0"), evidence.Exit{}},
		{client("exit", "1"), evidence.Exit{Code: 1}},
		{client("exit", "127"), evidence.Exit{Code: 127, Unsupported: true}},
		{client("signal", "9"), evidence.Exit{Code: -1, Signal: "SIGKILL"}},
		{[]string{"sh", "-c", "kill -ABRT $$"}, evidence.Exit{Code: -1, Signal: "SIGABRT"}},
	} {
		if r := run(t, commandOf(t, drive.CommandOptions{Command: tt.command}), drive.Job{}); r.Exit != tt.want {
			t.Errorf("%v: %+v, want %+v", tt.command, r.Exit, tt.want)
		}
	}
}

func TestStandardInputIsEmpty(t *testing.T) {
	t.Parallel()
	if r := run(t, command(t, "stdin"), drive.Job{}); string(r.Stdout.Head) != `"" <nil>` {
		t.Errorf("%s", r.Stdout.Head)
	}
}

func TestProbeTellsWhetherTheClientHeedsOperations(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		command    []string
		operations bool
		err        string
	}{
		"heeds":          {command: client("heeds"), operations: true},
		"heeds and says": {command: []string{"sh", "-c", `echo "operation not found" >&2; [ "$CHECK_OPERATION" = login ] || exit 127`}, operations: true},
		"does its work":  {command: client("exit", "0")},
		"fails":          {command: client("exit", "1")},
		"shell":          {command: []string{"sh", "-c", "no-such-client"}, err: "a shell does so when a command is not found"},
	} {
		c := commandOf(t, drive.CommandOptions{Command: tt.command, Environ: os.Environ()})
		operations, err := c.Probe(t.Context())
		if operations != tt.operations || (err == nil) != (tt.err == "") || err != nil && !strings.Contains(err.Error(), tt.err) {
			t.Errorf("%s: %v, %v", name, operations, err)
		}
		if got := c.Traits(); got.Operations != tt.operations || !got.Output || !got.Files || !got.Process || got.Manual {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestParallelStartsDoNotMix(t *testing.T) {
	t.Parallel()
	c := command(t, "env")
	homes := make(chan string, 8)
	for range cap(homes) {
		go func() {
			r, err := c.Run(t.Context(), drive.Job{Limit: time.Minute})
			if err != nil || len(r.Left) > 0 {
				t.Errorf("%v, left %v", err, r.Left)
			}
			homes <- environment(r)["HOME"]
		}()
	}
	var all []string
	for range cap(homes) {
		all = append(all, <-homes)
	}
	slices.Sort(all)
	if n := len(slices.Compact(all)); n != cap(homes) {
		t.Errorf("%d folders for %d starts", n, cap(homes))
	}
}
