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
  sfclient burst:50
  SF_INTERVAL=5s sfclient run-until-killed

two-orgs takes the second org's settings from variables that end in _2: SF_LOGIN_URL_2, SF_CLIENT_ID_2,
SF_CLIENT_SECRET_2 or SF_CLIENT_SECRET_FILE_2, SF_CREDENTIALS_FILE_2, SF_USERNAME_2, SF_PRIVATE_KEY_FILE_2,
SF_CERTIFICATE_FILE_2, SF_AUDIENCE_2, SF_ORG_ID_2, and SF_FLOW_2 (default: SF_FLOW). All else is shared.

For a harness: CHECK_OPERATION names the operation (burst:20, query:SOQL), and where it or CHECK_SCENARIO is set a line
  CHECK {"records":450,"writes":2,"calls":20,"failed":0}
at the end counts what was done, each member only where it was counted. twice-with-pause prints CHECK {"pause":true}
between its calls in any case.

Secrets are taken from variables and files only, and no output holds one, --verbose included; token --show-token is
the exception. Plain http is refused; for a fake on a loopback address SF_ALLOW_LOOPBACK_HTTP=true permits it.
HTTPS_PROXY and NO_PROXY are obeyed. No token is stored, and none is revoked: others may hold the same session.
`

func printHelp(w io.Writer) error {
	text := &strings.Builder{}
	text.WriteString(helpHead)
	for _, known := range operations() {
		name := known.name
		if known.argument != "" {
			name += " [" + known.argument + "]"
		}
		_, _ = fmt.Fprintf(text, "  %-17s %s\n", name, known.summary)
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
