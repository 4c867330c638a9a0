package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/mocksf/reach"
)

// awkward are values that a shell would read as something else than themselves.
var awkward = []reach.Variable{
	{Name: "PLAIN", Value: "http://127.0.0.1:4711"},
	{Name: "EMPTY", Value: ""},
	{Name: "BLANKS", Value: "  two  blanks\tand a tab "},
	{Name: "QUOTES", Value: `it's "quoted" ’typographically‘`},
	{Name: "BACKSLASH", Value: `C:\new\temp\'\\`},
	{Name: "EXPANDED", Value: "$HOME ${HOME} `id` $(id) %PATH% !! ~ * ? [a]"},
	{Name: "OPERATORS", Value: "a; b & c | d > e < f # g"},
	{Name: "JAVA", Value: "-Dhttp.nonProxyHosts=localhost|127.*|[::1] '-Da=b c'"},
	{Name: "EQUALS", Value: "=a=b"},
	{Name: "LINES", Value: "one\ntwo\n\n'three' \"four\"\\n"},
}

// reader runs a program that reads what a shell's rendering sets, and prints the variable $1.
type reader struct {
	shell, program string
	args           func(file, name string) []string
	// bare values only: this reader of .env files removes no quotes.
	skip func(value string) bool
}

var readers = map[string]reader{
	"sh":   {shell: "sh", program: "sh", args: posixArgs},
	"dash": {shell: "sh", program: "dash", args: posixArgs},
	"bash": {shell: "sh", program: "bash", args: posixArgs},
	"zsh":  {shell: "sh", program: "zsh", args: posixArgs},
	"unquoted eval": {
		shell: "sh", program: "sh",
		args: func(file, name string) []string {
			return []string{"-fc", `eval $(cat "$1"); exec printenv "$2"`, "sh", file, name}
		},
		skip: func(value string) bool { return strings.Join(strings.Fields(value), " ") != value },
	},
	"fish": {shell: "fish", program: "fish", args: func(file, name string) []string {
		return []string{"--no-config", "-c", `cat $argv[1] | source; exec printenv $argv[2]`, file, name}
	}},
	"powershell": {shell: "powershell", program: "pwsh", args: func(file, name string) []string {
		return []string{"-NoProfile", "-Command", "& { param($f, $n) Get-Content -Raw $f | Invoke-Expression; [Console]::WriteLine([Environment]::GetEnvironmentVariable($n)) }", file, name}
	}},
	"node's own reader of .env files": {
		shell: "dotenv", program: "node", args: func(file, name string) []string {
			return []string{"--env-file=" + file, "-p", "process.env." + name}
		},
		// It knows no escapes but \n.
		skip: func(value string) bool { return strings.Contains(value, "'") },
	},
	// The reader of the GitHub runner is not to be had; this one follows its FileCommandManager.
	"github": {shell: "github", program: "python3", args: func(file, name string) []string {
		return []string{"-c", `
import sys
lines, found = iter(open(sys.argv[1]).read().split("\n")), {}
for line in lines:
    if not line: continue
    equals, heredoc = line.find("="), line.find("<<")
    if equals >= 0 and (heredoc < 0 or equals < heredoc):
        found[line[:equals]] = line[equals + 1:]
    elif heredoc >= 0:
        name, end, text = line[:heredoc], line[heredoc + 2:], []
        for line in lines:
            if line == end: break
            text.append(line)
        else: sys.exit("no end of " + name)
        found[name] = "\n".join(text)
    else: sys.exit("invalid: " + line)
print(found[sys.argv[2]])`, file, name}
	}},
}

func posixArgs(file, name string) []string {
	return []string{"-c", `eval "$(cat "$1")"; exec printenv "$2"`, "sh", file, name}
}

func TestEachShellReadsEveryValueAsItIs(t *testing.T) {
	t.Parallel()
	for name, r := range readers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := exec.LookPath(r.program); err != nil {
				t.Skipf("%s is not installed", r.program)
			}
			wanted := slices.DeleteFunc(slices.Clone(awkward), func(v reach.Variable) bool { return r.skip != nil && r.skip(v.Value) })
			if len(wanted) < 5 {
				t.Fatalf("only %d values are left to read", len(wanted))
			}
			file := writeShell(t, r.shell, wanted)
			for _, v := range wanted {
				out, err := exec.Command(r.program, r.args(file, v.Name)...).CombinedOutput()
				if got := strings.TrimSuffix(string(out), "\n"); err != nil || got != v.Value {
					t.Errorf("%s is read as %q, want %q (%v)", v.Name, got, v.Value, err)
				}
			}
		})
	}
}

func writeShell(t *testing.T, name string, variables []reach.Variable) (file string) {
	t.Helper()
	s, err := shellByName(name)
	if err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(t.TempDir(), "variables")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := s.write(f, variables, []string{"it's a note; exit 1", "another"}); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestPowershellAndDotenvQuotes(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ shell, value, want string }{
		{"powershell", "plain", "$env:V = 'plain'"},
		{"powershell", "it's $home `n", "$env:V = 'it''s $home `n'"},
		{"powershell", "\u2018\u2019\u201a\u201b", "$env:V = '\u2018\u2018\u2019\u2019\u201a\u201a\u201b\u201b'"},
		{"dotenv", "http://127.0.0.1:1", "V=http://127.0.0.1:1"},
		{"dotenv", "a b # c", "V='a b # c'"},
		{"dotenv", "it's $home\\\n", `V="it's \$home\\\n"`},
		{"github", "a b", "V=a b"},
		{"github", "a\nMOCKSF_END", "V<<MOCKSF_END_\na\nMOCKSF_END\nMOCKSF_END_"},
	} {
		s, err := shellByName(tt.shell)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.line("V", tt.value); got != tt.want {
			t.Errorf("%s writes %q as\n%s, want\n%s", tt.shell, tt.value, got, tt.want)
		}
	}
}

func TestAVariableThatWouldBeACommandIsRefused(t *testing.T) {
	t.Parallel()
	for _, v := range []reach.Variable{{Name: "", Value: "a"}, {Name: "A B", Value: "a"}, {Name: "A;id", Value: "a"}, {Name: "1A", Value: "a"}, {Name: "A\nB", Value: "a"}, {Name: "A=B", Value: "a"}, {Name: "Ä", Value: "a"}, {Name: "A", Value: "a\x00b"}} {
		for _, s := range shells {
			var b strings.Builder
			if err := s.write(&b, []reach.Variable{{Name: "GOOD", Value: "1"}, v}, nil); err == nil || b.Len() > 0 {
				t.Errorf("%s takes %q=%q: %q", s.name, v.Name, v.Value, b.String())
			}
		}
	}
}
