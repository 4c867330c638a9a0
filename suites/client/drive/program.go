package drive

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// CommandError is a command that cannot be started. It is the user's mistake, or a
// client that is not built; never a verdict.
type CommandError struct {
	// Name is the program as the user wrote it, Path where it was looked for.
	Name, Path string
	// Problem says what is wrong, Fix what to do.
	Problem, Fix string
	// Err is the system's own error.
	Err error
}

func (e *CommandError) Error() string {
	at := ""
	if e.Path != "" && e.Path != e.Name {
		at = fmt.Sprintf(" (%s)", e.Path)
	}
	return fmt.Sprintf("drive: command %q%s %s: %s", e.Name, at, e.Problem, e.Fix)
}

func (e *CommandError) Unwrap() error { return e.Err }

// findProgram is the absolute path of the command.
func findProgram(base, name string) (string, error) {
	path := name
	if strings.ContainsRune(name, filepath.Separator) || strings.Contains(name, "/") {
		if !filepath.IsAbs(path) {
			path = filepath.Join(base, path)
		}
	}
	found, err := exec.LookPath(path)
	if err == nil {
		return filepath.Abs(found)
	}
	if filepath.IsAbs(path) {
		return "", cannotRun(name, path, err)
	}
	if _, missing := os.Stat(filepath.Join(base, name)); missing == nil {
		return "", &CommandError{Name: name, Problem: "is not in PATH, and there is a file of that name here", Fix: "write ./" + name, Err: err}
	}
	return "", cannotRun(name, "", err)
}

// cannotRun says why a command does not start.
func cannotRun(name, path string, err error) *CommandError {
	e := &CommandError{Name: name, Path: path, Err: err}
	info, missing := os.Stat(path)
	switch {
	case path == "":
		e.Problem, e.Fix = "is not found in PATH", "install it, or write the path of the program, ./"+name
	case errors.Is(missing, fs.ErrNotExist):
		e.Problem, e.Fix = "is not found", "build the client first, and write its path as seen from here"
	case missing == nil && info.IsDir():
		e.Problem, e.Fix = "is a directory", "name the program in it"
	case errors.Is(err, fs.ErrPermission):
		e.Problem, e.Fix = "is not executable", "chmod +x it, or start it with its interpreter: python3 "+name
	case errors.Is(err, fs.ErrNotExist):
		e.Problem, e.Fix = "names an interpreter that is not found", "look at its first line (#!)"
	case strings.Contains(err.Error(), "exec format error"):
		e.Problem, e.Fix = "is no program of this system", "begin a script with #!/bin/sh, or build it for this system"
	default:
		e.Problem, e.Fix = "cannot be started", err.Error()
	}
	return e
}

// arguments makes those absolute that are the path of something in base. A plain word
// stays as it is, though a file may have that name: it may be an operation.
func arguments(base string, o CommandOptions) []string {
	args := make([]string, 0, len(o.Command))
	for _, arg := range o.Command[1:] {
		if o.Dir == "" && isPath(arg) && !filepath.IsAbs(arg) {
			if _, err := os.Stat(filepath.Join(base, arg)); err == nil {
				arg = filepath.Join(base, arg)
			}
		}
		args = append(args, arg)
	}
	return args
}

func isPath(arg string) bool {
	return !strings.HasPrefix(arg, "-") && (strings.ContainsAny(arg, `/\`) || strings.Trim(filepath.Ext(arg), ".") != "")
}
