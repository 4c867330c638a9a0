package main

import (
	"encoding"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/spell"
	"github.com/sfconform/sfconform/suites/client/config"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/stage"
)

// clientSettings are the flags that say what sfconform.yaml can say: those of client,
// which stand above the file, and those of init, which writes it.
type clientSettings struct {
	flow, via, app, org   string
	name, version, dir    string
	operations, env, pass []string
	reports               []string
	factor                string
	giveUp                time.Duration
	seed                  uint64
	strict                bool
	driver, manual, watch bool
}

func (s *clientSettings) register(set *pflag.FlagSet) {
	set.StringVar(&s.flow, "flow", "", "the client's `flow`: client-credentials, jwt-bearer or both; found out if not given")
	set.StringArrayVar(&s.operations, "operation", nil, "an `operation` that the client has (may be repeated); those not named are not asked for")
	set.StringArrayVar(&s.env, "env", nil, "a variable of the client's own: `NAME=TEMPLATE`, as in TOKEN_URL='${SF_LOGIN_URL}/services/oauth2/token' (may be repeated)")
	set.StringArrayVar(&s.pass, "pass", nil, "pass the caller's variable `NAME` on to the client; NAME* stands for all that begin so (may be repeated)")
	set.StringVar(&s.dir, "dir", "", "the `folder` that the client works in, in place of an empty one")
	set.StringVar(&s.via, "via", "direct", "how the client reaches the fake: direct, or `proxy` for one with Salesforce's host names built in")
	set.BoolVar(&s.driver, "driver", false, "the command is one program that takes its work as JSON lines, for libraries")
	set.BoolVar(&s.manual, "manual", false, "a person does the work, for closed products: shows what to configure, waits and asks")
	set.BoolVar(&s.watch, "watch", false, "start nothing: judge what arrives until Ctrl-C, beside a test environment")
	set.StringVar(&s.app, "app", "", "the `kind` of app: external-client-app or connected-app")
	set.StringVar(&s.org, "org", "", "the `kind` of org: production, sandbox, developer or scratch")
	set.StringVar(&s.factor, "time-factor", "1", "`factor` on every time limit, for slow clients and machines")
	set.DurationVar(&s.giveUp, "give-up", 0, "`time` within which the client gives up on a server that does not answer (default 2m)")
	set.Uint64Var(&s.seed, "seed", 1, "`number` that repeats a run")
	set.StringArrayVar(&s.reports, "report", nil, "write a report into this `FILE`: .json, .xml, .md, .sarif, .html or .txt (may be repeated)")
	set.StringVar(&s.name, "name", "", "the client's `name` in reports")
	set.StringVar(&s.version, "client-version", "", "the client's `version` in reports")
	set.BoolVar(&s.strict, "strict", false, "a warning fails the run")
}

// over lays what was given over what a file says. Errors name the flag.
func (s *clientSettings) over(file config.File, changed func(string) bool, command []string) (config.File, error) {
	c := &file.Client
	if err := s.words(c, changed); err != nil {
		return file, err
	}
	take(&c.Name, s.name, changed("name"))
	take(&c.Version, s.version, changed("client-version"))
	take(&c.Dir, s.dir, changed("dir"))
	take(&c.Command, command, len(command) > 0)
	take(&file.Strict, s.strict, changed("strict"))
	take(&file.Pass, append(slices.Clone(file.Pass), s.pass...), changed("pass"))
	take(&file.Seed, &s.seed, changed("seed"))
	take(&file.Time.GiveUp, fixtures.Duration(s.giveUp), changed("give-up"))
	if s.giveUp < 0 {
		return file, usageError("--give-up: %q is below zero", s.giveUp)
	}
	if changed("time-factor") {
		if err := read("time-factor", s.factor, &file.Time.Factor); err != nil {
			return file, err
		}
	}
	if changed("report") {
		file.Reports = s.reports
	}
	for _, path := range file.Reports {
		if err := report.CheckFile(path); err != nil {
			return file, usageError("--report: %w", err)
		}
	}
	own, err := assignments(s.env)
	if err != nil {
		return file, err
	}
	all := maps.Clone(file.Env)
	if all == nil {
		all = map[string]string{}
	}
	maps.Copy(all, own)
	take(&file.Env, all, len(all) > 0)
	return file, s.mode(c, changed)
}

// take lays one value over another if it was given.
func take[T any](into *T, value T, given bool) {
	if given {
		*into = value
	}
}

// words reads what is one of several known words.
func (s *clientSettings) words(c *config.Client, changed func(string) bool) error {
	for _, w := range []struct {
		flag, given string
		known       []string
	}{
		{"flow", s.flow, append(config.Flow("").Values(), "both")},
		{"via", s.via, []string{string(stage.Direct), string(stage.Proxy)}},
		{"app", s.app, c.App.Values()},
		{"org", s.org, c.Org.Values()},
	} {
		if changed(w.flag) && !slices.Contains(w.known, w.given) {
			return notAmong(w.flag, w.given, w.known)
		}
	}
	take(&c.App, fixtures.AppKind(s.app), changed("app"))
	take(&c.Org, fixtures.OrgKind(s.org), changed("org"))
	take(&c.Flows, []config.Flow{config.Flow(s.flow)}, changed("flow"))
	if s.flow == "both" {
		c.Flows = []config.Flow{config.Flow(fixtures.ClientCredentials), config.Flow(fixtures.JWTBearer)}
	}
	if changed("operation") {
		c.Operations = make([]config.Operation, len(s.operations))
	}
	for i, name := range s.operations {
		if err := read("operation", name, &c.Operations[i]); err != nil {
			return err
		}
	}
	return nil
}

// mode finds the mode that the flags ask for; without one that of the file stays.
func (s *clientSettings) mode(c *config.Client, changed func(string) bool) error {
	var asked []string
	for _, m := range []struct {
		flag string
		on   bool
		mode config.Mode
	}{
		{"--driver", s.driver, config.Driver}, {"--manual", s.manual, config.Manual}, {"--watch", s.watch, config.Watch},
	} {
		if m.on {
			asked = append(asked, m.flag)
			c.Mode = m.mode
		}
	}
	if len(asked) > 1 {
		return usageError("%s exclude each other: choose one", strings.Join(asked, " and "))
	}
	if len(asked) == 0 && changed("via") && (c.Mode == "" || c.Mode == config.Command || c.Mode == config.Proxy) {
		c.Mode = config.Command
		if s.via == string(stage.Proxy) {
			c.Mode = config.Proxy
		}
	}
	return nil
}

// read has a text read itself.
func read(flag, text string, into encoding.TextUnmarshaler) error {
	if err := into.UnmarshalText([]byte(text)); err != nil {
		return usageError("--%s: %w", flag, err)
	}
	return nil
}

func notAmong(flag, given string, known []string) error {
	if near := spell.Nearest(given, known); near != "" {
		return usageError("--%s: there is no %q: did you mean %q?", flag, given, near)
	}
	return usageError("--%s: there is no %q: there are %s", flag, given, strings.Join(known, ", "))
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
