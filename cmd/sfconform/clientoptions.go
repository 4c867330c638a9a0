package main

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/spell"
	"github.com/sfconform/sfconform/suites/client"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/stage"
)

const clientHelp = `Start a client, in any language, in one situation after another, and say by what it
does there whether it is ready for production. Nothing of Salesforce is needed: each
situation has a fake org of its own.

The client reads its settings from the environment:
  SF_LOGIN_URL, SF_CLIENT_ID, SF_CLIENT_SECRET           client credentials
  SF_LOGIN_URL, SF_CLIENT_ID, SF_USERNAME,
  SF_PRIVATE_KEY_FILE, SF_AUDIENCE                       JWT bearer
  SF_CA_FILE, SF_API_VERSION                             both
and what to do from CHECK_OPERATION: login, query, write, burst:N, twice-with-pause,
two-orgs or run-until-killed. It ends with exit code 0 when the work is done, 1 when
it has failed and said so, 127 for an operation that it does not have. A client with
other variables is served by --env; one that knows no operations does what it does.

Exit codes:
  0  conforms
  1  does not conform
  2  usage or configuration
  3  the harness itself failed`

const clientExamples = `  sfconform client -- ./my-client
  sfconform client --flow jwt-bearer -- python3 client.py
  sfconform client --env TOKEN_URL='${SF_LOGIN_URL}/services/oauth2/token' -- node sync.js
  sfconform client --only session-no-loop --scenario session-stays-refused -- ./my-client
  sfconform client --report result.html --report junit.xml -- ./my-client`

// options are the flags as the suite takes them. Errors name the flag.
func (f *clientFlags) options(w world, args []string) (client.Options, error) {
	flows, err := f.flows()
	if err != nil {
		return client.Options{}, err
	}
	driver, err := f.driver(args)
	if err != nil {
		return client.Options{}, err
	}
	o := client.Options{
		Driver: driver, Name: f.name, Version: f.version, Command: args, Mode: "command",
		Flows: flows, Scenarios: f.scenarios, Operations: f.operations, Via: stage.Via(f.via), Insecure: f.insecure,
		AppKind: fixtures.AppKind(f.app), OrgKind: fixtures.OrgKind(f.org), TimeFactor: f.factor, GiveUp: f.giveUp,
		Parallel: f.parallel, Seed: f.seed, Strict: f.strict, Final: f.final, Harness: moduleVersion(), Now: w.now,
	}
	for _, id := range f.only {
		o.Only = append(o.Only, fixtures.RequirementID(id))
	}
	if o.Name == "" {
		o.Name = filepath.Base(args[0])
	}
	return o, f.check(o)
}

// check refuses words that are none of those known.
func (f *clientFlags) check(o client.Options) error {
	words := []struct {
		flag, given string
		known       []string
	}{
		{"via", f.via, []string{string(stage.Direct), string(stage.Proxy)}},
		{"app", f.app, o.AppKind.Values()},
		{"org", f.org, o.OrgKind.Values()},
	}
	for _, w := range words {
		if w.given != "" && !slices.Contains(w.known, w.given) {
			return notAmong(w.flag, w.given, w.known)
		}
	}
	for _, name := range f.operations {
		if known := scenario.Operations(); !slices.ContainsFunc(known, func(k string) bool { return sameOperation(k, name) }) {
			return notAmong("operation", name, known)
		}
	}
	return nil
}

func sameOperation(a, b string) bool {
	a, _, _ = strings.Cut(a, ":")
	b, _, _ = strings.Cut(b, ":")
	return a == b
}

func notAmong(flag, given string, known []string) error {
	if near := spell.Nearest(given, known); near != "" {
		return usageError("--%s: there is no %q: did you mean %q?", flag, given, near)
	}
	return usageError("--%s: there is no %q: there are %s", flag, given, strings.Join(known, ", "))
}

func (f *clientFlags) flows() ([]fixtures.Flow, error) {
	both := []fixtures.Flow{fixtures.ClientCredentials, fixtures.JWTBearer}
	switch f.flow {
	case "":
		return nil, nil
	case "both":
		return both, nil
	case string(fixtures.ClientCredentials), string(fixtures.JWTBearer):
		return []fixtures.Flow{fixtures.Flow(f.flow)}, nil
	}
	return nil, notAmong("flow", f.flow, []string{string(both[0]), string(both[1]), "both"})
}

// assignments reads NAME=TEMPLATE.
func assignments(given []string) (map[string]string, error) {
	all := map[string]string{}
	for _, one := range given {
		name, template, found := strings.Cut(one, "=")
		if !found || name == "" {
			return nil, usageError("--env: %q is no NAME=TEMPLATE", one)
		}
		all[name] = template
	}
	return all, nil
}
