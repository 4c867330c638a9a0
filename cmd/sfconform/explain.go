package main

import (
	"github.com/spf13/cobra"

	"github.com/sfconform/sfconform/suites/explain"
)

const explainHelp = `Explain a pasted error: what causes it, what in the text says so, what would tell
the causes apart, whether waiting helps, and what to change in Setup or in the
metadata. It takes whatever was pasted: a JSON answer, a log, an exception of any
language, the output of curl, a redirect, a page, a SOAP fault, a LOGIN_STATUS.
Secrets in the text are not repeated. It needs no network.

The text is the argument, the file of --file, or what stands on the standard input.

With --org the configuration of the org is compared with the error, with --project
that which an SFDX project deploys (to the org of --org, or to a new one). With --control
the journal of a running mocksf is read, which knows the check that decided.

Exit codes:
  0  answered, if only that the text does not decide
  2  usage: no text, or a file that cannot be read
  3  the control API failed`

const explainExamples = `  sfconform explain 'app_not_found' --login-url https://test.salesforce.com
  kubectl logs deploy/sync | sfconform explain -
  sfconform explain --file crash.log --json
  sfconform explain --file crash.log --org acme.yaml --login-url https://login.salesforce.com`

// explainFlags are the flags of the explain command.
type explainFlags struct {
	file, clientID, loginURL, org, project, control string
	json                                            bool
}

func newExplain(w world) *cobra.Command {
	var f explainFlags
	cmd := &cobra.Command{
		Use: "explain [TEXT|-]", Short: "Say what causes a pasted error, and how to fix it", Long: explainHelp, Example: explainExamples,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := f.text(w, args)
			if err != nil {
				return err
			}
			known, err := f.context(cmd.Context(), w)
			if err != nil {
				return err
			}
			known.GuideSteps = guideSteps()
			return f.print(w, explain.Explain(text, known))
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.file, "file", "", "read the text from this file")
	flags.BoolVar(&f.json, "json", false, "print one JSON object: causes, best first")
	flags.StringVar(&f.clientID, "client-id", "", "the Consumer Key that the client uses")
	flags.StringVar(&f.loginURL, "login-url", "", "the URL that the client logs in at")
	flags.StringVar(&f.org, "org", "", "compare with the configuration in this org file")
	flags.StringVar(&f.project, "project", "", "compare with what the SFDX project in this folder deploys")
	flags.StringVar(&f.control, "control", "", "read the journal of the mocksf whose control API is here")
	return cmd
}
