package main

import (
	"fmt"
	"io"
	"strings"
)

const helpHead = `sfclient logs in to Salesforce as a machine and uses the token it gets.

Usage:
  sfclient [flags] OPERATION [ARGUMENT]

Operations:
`

const helpTail = `
Exit codes:
  0    done
  1    refused or failed; standard error has the org's own words and what to change
  2    wrong usage or configuration; nothing was sent (1 where CHECK_SCENARIO or CHECK_OPERATION is set)
  127  CHECK_OPERATION asks for an operation that this client does not have

Examples:
  export SF_LOGIN_URL=https://acme.my.salesforce.com SF_CLIENT_ID=3MVG9...
  SF_CLIENT_SECRET_FILE=secret.txt sfclient token
  SF_PRIVATE_KEY_FILE=server.key SF_USERNAME=integration@acme.com sfclient whoami
  sfclient query "SELECT Id, Name FROM Contact LIMIT 5" --json

Plain http is taken for loopback addresses only. HTTPS_PROXY and NO_PROXY are obeyed.
`

func printHelp(w io.Writer) error {
	text := &strings.Builder{}
	text.WriteString(helpHead)
	for _, known := range operations() {
		name := known.name
		if known.argument != "" {
			name += " [" + known.argument + "]"
		}
		_, _ = fmt.Fprintf(text, "  %-14s %s\n", name, known.summary)
	}
	text.WriteString("\nSettings, by environment variable or flag; the flag wins:\n")
	for _, s := range allSettings {
		flag := "(environment only)"
		if s.flag != "" {
			flag = "--" + s.flag
		}
		_, _ = fmt.Fprintf(text, "  %-22s %-22s %s\n", s.env, flag, s.help)
	}
	text.WriteString(helpTail)
	if _, err := io.WriteString(w, text.String()); err != nil {
		return fmt.Errorf("%w: %w", errNotWritten, err)
	}
	return nil
}
