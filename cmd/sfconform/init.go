package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/sfconform/sfconform/suites/client/config"
	sheet "github.com/sfconform/sfconform/suites/report"
)

const initHelp = `Write sfconform.yaml, which says once what sfconform client has to know of a client:
its command, flows, operations and variables, the reports to write, and the requirements
that are waived until a day. What flags leave open stands there as a comment.

On a terminal, without flags, it asks a few questions.`

const initExamples = `  sfconform init
  sfconform init --flow jwt-bearer --report result.html -- python3 sync.py
  sfconform init --env TOKEN_URL='${SF_LOGIN_URL}/services/oauth2/token' -- node sync.js`

// initFlags are the flags of init, as they were given.
type initFlags struct {
	clientSettings
	out        string
	force, ask bool
}

func newInit(w world) *cobra.Command {
	var f initFlags
	cmd := &cobra.Command{
		Use: "init [flags] [-- COMMAND [ARG...]]", Short: "Write sfconform.yaml for a client", Long: initHelp, Example: initExamples,
		Args: afterDashes,
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, w, args) },
	}
	f.register(cmd.Flags())
	cmd.Flags().StringVar(&f.out, "out", config.Name, "the `FILE` to write")
	cmd.Flags().BoolVar(&f.force, "force", false, "write over a file that is there")
	cmd.Flags().BoolVar(&f.ask, "ask", false, "ask also if the input is no terminal")
	return cmd
}

// run settles the file, and writes it whole or not at all.
func (f *initFlags) run(cmd *cobra.Command, w world, args []string) error {
	if _, err := os.Lstat(f.out); err == nil && !f.force {
		return usageError("%q is there already: say --force to write over it, or --out for another file", f.out)
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return usageError("--out: %w", err)
	}
	file, err := f.over(config.File{}, cmd.Flags().Changed, args)
	if err != nil {
		return err
	}
	if f.ask || len(args) == 0 && cmd.Flags().NFlag() == 0 && typedIn(w) {
		if err := newQuestions(w).ask(&file); err != nil {
			return err
		}
	}
	text := config.Text(file)
	// Flags can say what a file must not: a command beside --watch.
	if _, err := config.Read(f.out, []byte(text), w.now()); err != nil {
		return &exitError{exitUsage, err}
	}
	if err := sheet.Replace(f.out, []byte(text)); err != nil {
		return usageError("--out: %w", err)
	}
	_, err = fmt.Fprintf(w.stdout, "wrote %s; %s\n", f.out, f.next(file))
	return err
}

// next is the command that uses the file.
func (f *initFlags) next(file config.File) string {
	command := "sfconform client"
	if f.out != config.Name {
		command += " --config " + f.out
	}
	if c := file.Client; len(c.Command) == 0 && c.Mode != config.Manual && c.Mode != config.Watch {
		return "say in it how the client is started (client: command), or add that: " + command + " -- COMMAND"
	}
	return "judge the client with: " + command
}

// typedIn says whether somebody can be asked.
func typedIn(w world) bool {
	f, ok := w.stdin.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
