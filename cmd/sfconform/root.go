package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/sfconform/sfconform/fixtures/spell"
)

const rootHelp = `sfconform plays the logins of machines to Salesforce on your own computer: the OAuth 2.0
client credentials and JWT bearer flows, and what follows the token. It needs no network.

  client     judges your client, in any language, before go-live
  explain    says what causes an error that you paste
  lint       checks the app metadata of an SFDX project
  guide      follows a set-up guide, and leaves out its steps
  reproduce  starts a fake org in which an error shows
  run        runs every known way in which a login succeeds or fails, against the
             fake org of this program, another endpoint or a real org

Each says more with --help.

Exit codes:
  0  conforms
  1  does not conform
  2  usage or configuration
  3  the harness itself failed`

const rootExamples = `  sfconform client -- ./my-client      is it ready to go live?
  sfconform explain app_not_found      what causes it, and what to change
  sfconform run                        every case, against the fake
  sfconform list --requirements        what a client is held to
  sfconform show client-secret-wrong   the exact answer, its cause, what to change in Setup`

// newRoot is the command tree; each subcommand has a file of its own.
func newRoot(w world) *cobra.Command {
	root := &cobra.Command{
		Use:           "sfconform",
		Short:         "Conformance harness for Salesforce machine logins",
		Long:          rootHelp,
		Example:       rootExamples,
		Args:          knownCommand,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetIn(w.stdin)
	root.SetOut(w.stdout)
	root.SetErr(w.stderr)
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(newClient(w), newRun(w), newList(w), newShow(w), newVersion(w))
	root.AddCommand(newExplain(w))
	root.AddCommand(newLint(w), newExport(w), newInit(w))
	root.AddCommand(newGuide(w), newReproduce(w))
	root.SetHelpCommand(newHelp(root))
	return root
}

// knownCommand refuses a word that is no command.
func knownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range cmd.Root().Commands() {
		names = append(names, c.Name())
	}
	if near := spell.Nearest(args[0], names); near != "" {
		return usageError("unknown command %q: did you mean %q? (sfconform --help lists the commands)", args[0], near)
	}
	return usageError("unknown command %q: there are %s (sfconform --help says what they do)", args[0], strings.Join(names, ", "))
}

// noArguments refuses arguments, for commands that take none.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError("%s takes no arguments, not %q (see %s --help)", cmd.CommandPath(), args[0], cmd.CommandPath())
	}
	return nil
}

// flagError names the nearest flag for one that is unknown.
func flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if unread, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		f := unread.GetFlag()
		return usageError("--%s: %q is no %s (see %s --help)", f.Name, unread.GetValue(), kindOf(f), cmd.CommandPath())
	}
	if !errors.As(err, &unknown) {
		return usageError("%w (see %s --help)", err, cmd.CommandPath())
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	name := unknown.GetSpecifiedName()
	if short := unknown.GetSpecifiedShortnames(); short != "" {
		return usageError("unknown flag %q: flags are written in full, with two dashes (see %s --help)", "-"+short, cmd.CommandPath())
	}
	if sub, _, err := cmd.Find([]string{name}); err == nil && sub != cmd {
		return usageError("unknown flag %q: did you mean %q?", "--"+name, sub.CommandPath())
	}
	if near := spell.Nearest(name, names); near != "" {
		return usageError("unknown flag %q: did you mean %q? (see %s --help)", "--"+name, "--"+near, cmd.CommandPath())
	}
	return usageError("unknown flag %q (see %s --help)", "--"+name, cmd.CommandPath())
}

// kindOf is what the flag takes, in words.
func kindOf(f *pflag.Flag) string {
	kind := f.Value.Type()
	switch {
	case kind == "duration":
		return "time, such as 90s or 2m"
	case strings.HasPrefix(kind, "uint"):
		return "number of 0 or more"
	case strings.HasPrefix(kind, "int"):
		return "number"
	}
	return kind
}

func newHelp(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [command]",
		Short: "Say what a command does",
		RunE: func(_ *cobra.Command, args []string) error {
			cmd, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return knownCommand(root, args)
			}
			return cmd.Help()
		},
	}
}
