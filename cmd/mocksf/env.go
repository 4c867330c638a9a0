package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/mocksf/reach"
)

const envUsage = `mocksf env [flags] prints what makes a client reach a running mocksf under
Salesforce's own host names: the proxy, the authority, and the org's credentials.
The mocksf must run with --proxy.

  eval "$(mocksf env)"                                        sh, bash, zsh
  mocksf env --shell fish | source                            fish
  mocksf env --shell powershell | Out-String | iex            PowerShell
  mocksf env --shell github >> "$GITHUB_ENV"                  GitHub Actions
  mocksf env --shell dotenv > .env

Flags:
  --shell S     sh (default), fish, powershell, dotenv or github
  --for NAME    only for this runtime: curl, go, node, python, java, ruby, php, perl or dotnet;
                may be repeated, or a list with commas (default: all)
  --control URL the control API of the mocksf (default: $MOCKSF_CONTROL_URL)
  --from FILE   take the address from what mocksf printed there; - is standard input

Exit codes: 0, 2 usage, or no mocksf with a proxy answers, 3 mocksf itself failed.
`

// controlVariable is the variable that mocksf prints its control API's address in.
const controlVariable = "MOCKSF_CONTROL_URL"

// envCommand is `mocksf env`.
type envCommand struct {
	// environ is the caller's environment.
	environ []string
	stdin   io.Reader
}

// envSettings are the flags of env.
type envSettings struct {
	shell         shell
	runtimes      []string
	control, from string
}

func (c envCommand) run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	s, err := parseEnv(args, stdout)
	if err != nil {
		return err
	}
	control, err := c.controlURL(s)
	if err != nil {
		return err
	}
	r, err := fetchReach(ctx, control)
	if err != nil {
		return err
	}
	notes := notesFor(s.runtimes)
	if s.shell.comment == "" {
		for _, note := range notes {
			_, _ = fmt.Fprintln(stderr, "mocksf:", note)
		}
	}
	return s.shell.write(stdout, r.VariablesFor(s.runtimes, reach.In(c.environ)), notes)
}

func parseEnv(args []string, stdout io.Writer) (envSettings, error) {
	var s envSettings
	set := flag.NewFlagSet("env", flag.ContinueOnError)
	name := set.String("shell", "sh", "")
	set.Func("for", "", func(list string) error {
		s.runtimes = append(s.runtimes, strings.Split(list, ",")...)
		return nil
	})
	set.StringVar(&s.control, "control", "", "")
	set.StringVar(&s.from, "from", "", "")
	if err := parseFlags(set, args, envUsage, stdout); err != nil {
		return s, err
	}
	switch {
	case set.NArg() > 0:
		return s, usageError("%q: env takes no arguments (mocksf env --help)", set.Arg(0))
	case s.control != "" && s.from != "":
		return s, usageError("--control and --from name two servers: give one of them")
	}
	for _, runtime := range s.runtimes {
		if !slices.Contains(reach.Runtimes(), runtime) {
			return s, unknownValue("--for", runtime, reach.Runtimes())
		}
	}
	var err error
	s.shell, err = shellByName(*name)
	return s, err
}

// controlURL is the address from the flags, or else from the caller's environment.
func (c envCommand) controlURL(s envSettings) (string, error) {
	switch {
	case s.control != "":
		return s.control, nil
	case s.from == "-":
		return controlURLIn("standard input", c.stdin)
	case s.from != "":
		f, err := os.Open(s.from)
		if err != nil {
			return "", usageError("--from: %v", err)
		}
		defer func() { _ = f.Close() }()
		return controlURLIn(s.from, f)
	}
	if control := reach.In(c.environ)(controlVariable); control != "" {
		return control, nil
	}
	return "", usageError("which mocksf? Give --control URL or --from FILE (what mocksf printed), or set %s", controlVariable)
}

// reachNotes are printed as comments: what the variables cannot say.
var reachNotes = []struct {
	runtimes []string
	text     string
}{
	{reach.Runtimes(), "SSL_CERT_FILE, CURL_CA_BUNDLE, REQUESTS_CA_BUNDLE and Java's trust store name the fake's authority in place of " +
		"the system's, since the proxy leads nowhere else: a real host that --allow-host lets through may not be trusted"},
	{[]string{"node"}, "node: NODE_USE_ENV_PROXY is read by 22.21 and 24.5 and later ones; before them the client needs a proxy agent"},
	{[]string{"java"}, "java: every JVM reports on stderr that it picked up JAVA_TOOL_OPTIONS"},
	{[]string{"php"}, "php: ext-curl and Guzzle heed the proxy, PHP's own streams (file_get_contents) need a stream context"},
	{[]string{"go", "dotnet"}, "go, dotnet: SSL_CERT_FILE is read on Linux; macOS and Windows ask the system's key store alone"},
}

func notesFor(chosen []string) []string {
	var notes []string
	for _, n := range reachNotes {
		if len(chosen) == 0 || slices.ContainsFunc(n.runtimes, func(name string) bool { return slices.Contains(chosen, name) }) {
			notes = append(notes, n.text)
		}
	}
	return notes
}
