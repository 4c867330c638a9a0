package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/sfconform/sfconform/fixtures/spell"
	"github.com/sfconform/sfconform/mocksf/reach"
)

// shell is one way to write variables down.
type shell struct {
	name string
	// line sets one variable.
	line func(name, value string) string
	// comment begins a comment line. Empty: the format has none.
	comment string
}

// shells are the values of --shell.
var shells = []shell{
	{"sh", func(name, value string) string { return "export " + name + "=" + shellQuote(value) }, "#"},
	{"fish", func(name, value string) string { return "set -gx " + name + " " + fishQuote(value) }, "#"},
	{"powershell", func(name, value string) string { return "$env:" + name + " = " + powershellQuote(value) }, "#"},
	{"dotenv", func(name, value string) string { return name + "=" + dotenvQuote(value) }, "#"},
	// A line with a # in a GITHUB_ENV file is refused as invalid.
	{"github", githubLine, ""},
}

func shellByName(name string) (shell, error) {
	var known []string
	for _, s := range shells {
		if s.name == name {
			return s, nil
		}
		known = append(known, s.name)
	}
	return shell{}, unknownValue("--shell", name, known)
}

// unknownValue is the error of a flag with a value that is not one of the known.
func unknownValue(flag, value string, known []string) error {
	if near := spell.Nearest(value, known); near != "" {
		return usageError("%s %q: did you mean %q?", flag, value, near)
	}
	return usageError("%s %q: there are %s", flag, value, strings.Join(known, ", "))
}

// write writes the variables and, behind them, the notes: where a shell reads all
// in one line (an unquoted eval), a comment hides what follows it.
func (s shell) write(w io.Writer, variables []reach.Variable, notes []string) error {
	var b strings.Builder
	for _, v := range variables {
		if err := checkVariable(v); err != nil {
			return err
		}
		fmt.Fprintln(&b, s.line(v.Name, v.Value))
	}
	for _, note := range notes {
		if s.comment != "" {
			fmt.Fprintln(&b, s.comment, strings.Join(strings.Fields(note), " "))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// checkVariable refuses what no environment holds, and a name that would be more
// than a name to the shell that reads it.
func checkVariable(v reach.Variable) error {
	if v.Name == "" || strings.Trim(v.Name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != "" || v.Name[0] <= '9' {
		return fmt.Errorf("mocksf: %q is no name of a variable: want letters, digits and _", v.Name)
	}
	if strings.ContainsRune(v.Value, 0) {
		return fmt.Errorf("mocksf: the value of %s holds a NUL byte, which no environment can", v.Name)
	}
	return nil
}

// fishQuote: inside of single quotes fish knows two escapes
// (fishshell.com/docs/current/language.html "Quotes").
func fishQuote(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(s) + "'"
}

// powershellQuote doubles all that PowerShell takes for a single quotation mark,
// the typographic ones included (about_Quoting_Rules; PowerShell's CharTraits.cs).
func powershellQuote(s string) string {
	for _, mark := range []string{"'", "\u2018", "\u2019", "\u201a", "\u201b"} {
		s = strings.ReplaceAll(s, mark, mark+mark)
	}
	return "'" + s + "'"
}

// dotenvQuote writes what the readers of .env files agree on: plain words bare (docker
// --env-file removes no quotes), all else literal in single quotes, and in double
// quotes with escapes only what single ones cannot hold.
func dotenvQuote(s string) string {
	switch {
	case shellQuote(s) == s:
		return s
	case strings.ContainsAny(s, "'\r\n"):
		return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, `$`, `\$`, "\n", `\n`, "\r", `\r`).Replace(s) + `"`
	}
	return "'" + s + "'"
}

// githubLine is for a file that $GITHUB_ENV names; a value of several lines needs a
// delimiter that is none of them (docs.github.com "Workflow commands", multiline strings).
func githubLine(name, value string) string {
	if !strings.ContainsAny(value, "\r\n") {
		return name + "=" + value
	}
	end := "MOCKSF_END"
	for strings.Contains(value, end) {
		end += "_"
	}
	return name + "<<" + end + "\n" + value + "\n" + end
}
