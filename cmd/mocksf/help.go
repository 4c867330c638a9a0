package main

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"
)

const usage = `mocksf serves a fake Salesforce org: its token endpoint, identity and data API
answer as a real org with the same configuration would. It never talks to Salesforce.

Usage:
  mocksf [flags]               serve until ctrl-C
  mocksf exec -- COMMAND ...   run a command with a fake of its own, all settings made
  mocksf env [flags]           print what makes a runtime reach a mocksf that runs with --proxy
  mocksf check-org FILE        check an org file; the errors name line and field
  mocksf version

What it prints first is ready to be sourced by a shell:
  mocksf > fake.env &
  . ./fake.env && curl "$SF_TOKEN_URL" -d grant_type=client_credentials \
      -d "client_id=$SF_CLIENT_ID" -d "client_secret=$SF_CLIENT_SECRET"

Which org:
  --org FILE          play the org in this YAML file (see fixtures/ORGFILE.md); may be
                      repeated: each further org has an address of its own
  --project DIR       play the org to which this SFDX project was deployed (a folder, one in
                      metadata-API form, or a zip of one); with --org, to that org
  --manifest FILE     only the components of this package.xml
  --api-version V     deploy the project by this API version, in place of its own
  --without THING     do not make what files do not hold: user, active, api-enabled,
                      licence, permission-sets, profile, secret; may be repeated
  --case ID           start in the state of a case; "sfconform list" names them
  --app NAME          print the credentials of this app of the org
  --behaviour B       how to answer what Salesforce does not document: "observed" (default),
                      "documented", or SWITCH=OPTION; may be repeated (fixtures/SWITCHES.md)

Time:
  --propagation SPEC  let the app be new, so that it spreads over the org's nodes only now:
                      "10m", or kinds of change "nodes=4,new-app=10m,run-as=2m"
  --time-scale N      let N seconds pass for the org in each real one, so that a client
                      that really sleeps sees hours pass
  --seed N            repeat a run: the same nodes, ids and delays (printed at start)

Where:
  --addr ADDR         listen here (default 127.0.0.1:0, a free port)
  --control-addr ADDR listen here for the control API (default 127.0.0.1:0)

Real host names (for clients that insist on https://acme.my.salesforce.com):
  --proxy ADDR        a forward proxy whose tunnels to Salesforce's hosts end here
                      (127.0.0.1:0 for a free port); all other hosts are refused
  --allow-host HOST   let this host through the proxy for real; may be repeated
  --tls-addr ADDR     listen here for https (default 127.0.0.1:0); its authority is made
                      afresh at each start, see SF_CA_FILE
  --tls-cert FILE --tls-key FILE   a certificate of your own in its place
  --tls-fault NAME    serve https that a client must refuse: expired, not-yet-valid,
                      wrong-host, unknown-authority, self-signed, missing-intermediate,
                      weak-key, tls-1.0-only

Output:
  --json              print the variables, the curl line and the control address as JSON
  --log               a line on stderr for each request, with the check that decided

Exit codes: 0 stopped by ctrl-C or SIGTERM, 1 check-org found errors, 2 usage or
configuration, 3 mocksf itself failed.
`

func help(_ context.Context, _ []string, stdout, _ io.Writer) error {
	_, err := io.WriteString(stdout, usage)
	return err
}

func version(_ context.Context, _ []string, stdout, _ io.Writer) error {
	_, err := fmt.Fprintln(stdout, "mocksf", moduleVersion())
	return err
}

// moduleVersion is the version that the go command built in.
func moduleVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
