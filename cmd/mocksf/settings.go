package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/spell"
)

// settings are the flags of serve.
type settings struct {
	orgFiles          []string
	project           projectSettings
	caseID, app       string
	behaviour         []string
	propagation       string
	timeScale         float64
	seed              uint64
	seedSet           bool
	addr, controlAddr string
	tlsAddr           string
	tlsCert, tlsKey   string
	tlsFault          string
	proxy             string
	allowHosts        []string
	json, log         bool
}

func parseSettings(args []string, stdout io.Writer) (settings, error) {
	var s settings
	set := flag.NewFlagSet("mocksf", flag.ContinueOnError)
	set.Func("org", "", func(file string) error {
		s.orgFiles = append(s.orgFiles, file)
		return nil
	})
	set.StringVar(&s.project.dir, "project", "", "")
	set.StringVar(&s.project.manifest, "manifest", "", "")
	set.StringVar(&s.project.version, "api-version", "", "")
	set.Func("without", "", func(name string) error {
		s.project.without = append(s.project.without, name)
		return nil
	})
	set.StringVar(&s.caseID, "case", "", "")
	set.StringVar(&s.app, "app", "", "")
	set.Func("behaviour", "", func(text string) error {
		s.behaviour = append(s.behaviour, text)
		return nil
	})
	set.StringVar(&s.propagation, "propagation", "", "")
	set.Float64Var(&s.timeScale, "time-scale", 1, "")
	set.Func("seed", "", func(text string) (err error) {
		s.seedSet = true
		if s.seed, err = strconv.ParseUint(text, 10, 64); err != nil {
			return errors.New("want a whole number of 0 or more")
		}
		return nil
	})
	set.StringVar(&s.addr, "addr", "", "")
	set.StringVar(&s.controlAddr, "control-addr", "", "")
	set.StringVar(&s.tlsAddr, "tls-addr", "", "")
	set.StringVar(&s.tlsCert, "tls-cert", "", "")
	set.StringVar(&s.tlsKey, "tls-key", "", "")
	set.StringVar(&s.tlsFault, "tls-fault", "", "")
	set.StringVar(&s.proxy, "proxy", "", "")
	set.Func("allow-host", "", func(host string) error {
		s.allowHosts = append(s.allowHosts, host)
		return nil
	})
	set.BoolVar(&s.json, "json", false, "")
	set.BoolVar(&s.log, "log", false, "")
	if err := parseFlags(set, args, usage, stdout); err != nil {
		return s, err
	}
	return s, s.check(set.Args())
}

func (s settings) check(rest []string) error {
	switch {
	case len(rest) > 0:
		return usageError("%q: mocksf takes no arguments here (mocksf --help)", rest[0])
	case len(s.orgFiles) > 0 && s.caseID != "":
		return usageError("--org and --case name two orgs: give one of them")
	case s.project.dir != "" && s.caseID != "":
		return usageError("--project and --case name two orgs: give one of them")
	case (s.tlsCert == "") != (s.tlsKey == ""):
		return usageError("--tls-cert and --tls-key go together: give both or neither")
	case s.tlsCert != "" && s.tlsFault != "":
		return usageError("--tls-fault is wrong with mocksf's own authority: leave --tls-cert and --tls-key out")
	case len(s.allowHosts) > 0 && s.proxy == "":
		return usageError("--allow-host lets hosts through the proxy: give --proxy 127.0.0.1:0 as well")
	case s.timeScale <= 0:
		return usageError("--time-scale %v: want a number above 0; 3600 lets an hour pass in a second", s.timeScale)
	}
	return s.project.check()
}

// loadOrg reads an org file. Warnings go to stderr, problems are the error.
func loadOrg(file string, stderr io.Writer) (fixtures.Org, error) {
	data, err := os.ReadFile(file) //nolint:gosec // the user names the file
	if err != nil {
		return fixtures.Org{}, usageError("the org file: %v", err)
	}
	org, warnings, err := fixtures.LoadOrg(file, data, os.ReadFile)
	for _, w := range warnings {
		_, _ = fmt.Fprintln(stderr, "mocksf: warning:", w)
	}
	if err != nil {
		return fixtures.Org{}, codedError{code: exitUsage, err: err, inFile: true}
	}
	return org, nil
}

// applyBehaviour sets a preset or single switches.
func applyBehaviour(org fixtures.Org, choices []string) (fixtures.Org, error) {
	for _, choice := range choices {
		name, option, isSwitch := strings.Cut(choice, "=")
		path, value := "behaviour/preset", name
		if isSwitch {
			if err := checkOption(name, option); err != nil {
				return org, err
			}
			path, value = "behaviour/switches/"+name, option
		}
		var err error
		if org, err = org.With(fixtures.Set(path, value)); err != nil {
			return org, usageError("--behaviour %s: %v", choice, err)
		}
	}
	return org, nil
}

func checkOption(name, option string) error {
	sw, err := fixtures.SwitchByID(fixtures.SwitchID(name))
	if err != nil {
		return usageError("--behaviour %s=%s: %v", name, option, err)
	}
	var known []string
	for _, o := range sw.Options {
		if o.Name == option {
			return nil
		}
		known = append(known, o.Name)
	}
	if near := spell.Nearest(option, known); near != "" {
		return usageError("--behaviour %s=%s: no such option: did you mean %q?", name, option, near)
	}
	return usageError("--behaviour %s=%s: no such option: there are %s", name, option, strings.Join(known, ", "))
}
