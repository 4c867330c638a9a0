package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/flows"
)

const (
	secondSuffix = "_2" // SF_LOGIN_URL_2 and so on
	callsPerOrg  = 3
)

// runTwoOrgs makes calls as two identities at once. They share the pool, the transport and nothing else: each has its
// own login, token and pace.
func runTwoOrgs(ctx context.Context, s *session) error {
	version, err := s.apiVersion()
	if err != nil {
		return err
	}
	orgs, err := s.bothOrgs()
	if err != nil {
		return err
	}
	type outcome struct {
		org *session
		err error
	}
	outcomes := make(chan outcome, len(orgs))
	for _, org := range orgs {
		go func() { outcomes <- outcome{org, org.fewCalls(ctx, version)} }()
	}
	calls, failed := 0, []string{}
	for range orgs {
		got := <-outcomes
		if got.err == nil {
			calls += callsPerOrg
			say(s.err, "%s%d calls answered", got.org.about, callsPerOrg)
			continue
		}
		if ctx.Err() != nil {
			return got.err
		}
		got.org.explain(got.err)
		failed = append(failed, strings.TrimSuffix(got.org.about, ": "))
	}
	if err := s.check(tally{Calls: &calls}); err != nil {
		return err
	}
	if len(failed) > 0 {
		slices.Sort(failed)
		return fmt.Errorf("%d of %d orgs failed: %s", len(failed), len(orgs), strings.Join(failed, ", "))
	}
	return nil
}

// bothOrgs are sessions on one pool; nothing is sent yet.
func (s *session) bothOrgs() ([]*session, error) {
	options, err := s.settings.buildOptions(s.err)
	if err != nil {
		return nil, err
	}
	first := &session{streams: s.streams, settings: s.settings, flow: s.flow, checked: s.checked}
	second := &session{streams: s.streams, settings: s.settings.second(), checked: s.checked, rename: secondNames}
	if len(options.AllowedHosts) > 0 {
		options.AllowedHosts = append(options.AllowedHosts, second.settings.allowedHosts()...)
	}
	pool := flows.NewPool(options)
	if second.flow, err = second.settings.buildFlow(s.err); err != nil {
		return nil, secondsError(err)
	}
	for i, org := range []*session{first, second} {
		if org.source, err = pool.Source(org.flow); err != nil {
			return nil, secondsError(err) // the first one's flow has been checked already
		}
		org.client = flows.NewClient(org.source)
		org.about = fmt.Sprintf("org %d (%s): ", i+1, printable(org.settings.get("login-url")))
	}
	return []*session{first, second}, nil
}

func (s *session) fewCalls(ctx context.Context, version string) error {
	for range callsPerOrg {
		if err := s.call(ctx, version); err != nil {
			return err
		}
	}
	return nil
}

// second are the settings of the second org: its own where a setting belongs to one org, else the first one's. Its flow
// is the first one's unless it is set.
func (s *settings) second() *settings {
	other := &settings{values: maps.Clone(s.values), env: s.env}
	for _, known := range allSettings {
		if !known.own {
			continue
		}
		value := s.env(known.env + secondSuffix)
		if value != "" || known.flag != "flow" {
			other.values[known.key()] = value
		}
	}
	return other
}

// secondNames replaces the names of the first org's settings by those of the second's.
func secondNames(text string) string {
	var pairs, names []string
	for _, known := range allSettings {
		if !known.own {
			continue
		}
		names = append(names, known.env)
		if known.flag != "" {
			pairs = append(pairs, known.label(), known.env+secondSuffix)
		}
	}
	slices.SortFunc(names, func(a, b string) int { return len(b) - len(a) }) // SF_CLIENT_SECRET_FILE before SF_CLIENT_SECRET
	for _, name := range names {
		pairs = append(pairs, name, name+secondSuffix)
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// secondsError is a mistake in the second org's settings, told in their names.
func secondsError(err error) error {
	if config, found := errors.AsType[*flows.ConfigError](err); found {
		return usageError{secondNames(fieldNames(config.Setting + " " + config.Problem)), secondNames(fieldNames(config.Fix))}
	}
	if usage, found := errors.AsType[usageError](err); found {
		return usageError{secondNames(usage.problem), secondNames(usage.fix)}
	}
	return err
}
