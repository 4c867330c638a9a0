package main

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/request"
	"github.com/sfconform/sfconform/suites/endpoint"
)

const (
	livePrefix  = "SFCONFORM_LIVE_"
	plainPrefix = "SF_"
)

// liveTarget is the org that the environment names; with --target something on
// this machine stands in for it, under the org's own name.
func (f runFlags) liveTarget(ctx context.Context, w world) (endpoint.Target, error) {
	creds, err := environment(w, livePrefix, plainPrefix)
	if err != nil {
		return endpoint.Target{}, err
	}
	if creds.LoginURL == "" || creds.ClientID == "" {
		return endpoint.Target{}, usageError("--live needs an org: set %sLOGIN_URL and %sCLIENT_ID (see sfconform run --help)", livePrefix, livePrefix)
	}
	login, err := address(livePrefix+"LOGIN_URL", creds.LoginURL)
	if err != nil {
		return endpoint.Target{}, err
	}
	if login.Scheme == "http" && !loopback(login) {
		return endpoint.Target{}, usageError("%sLOGIN_URL is plain http: it would show the secret to the network: write https://%s", livePrefix, login.Host)
	}
	through, err := f.wayTo(ctx, login)
	if err != nil {
		return endpoint.Target{}, err
	}
	named := strings.HasSuffix(login.Hostname(), ".salesforce.com")
	return endpoint.Target{
		Name:         login.Host,
		Capabilities: endpoint.Capabilities{Live: true, GenericHosts: named, RealHost: named},
		Open:         opener(liveSession{through, creds, w.now}),
	}, nil
}

// wayTo is the way to the org, once something answers there: by its name, or to what
// stands in for it at --target. Credentials of a live org go to no other machine.
func (f runFlags) wayTo(ctx context.Context, login *url.URL) (http.RoundTripper, error) {
	if f.target == "" {
		const fix = "see that this machine reaches the org, or correct " + livePrefix + "LOGIN_URL"
		return transport(), reach(ctx, "--live", login, fix)
	}
	to, err := address("--target", f.target)
	if err != nil {
		return nil, err
	}
	if !loopback(to) {
		return nil, usageError("--target: only a loopback address can stand in for a live org: %q would get its credentials", to.Host)
	}
	return rerouted{transport(), to}, reachTarget(ctx, to)
}

// environment reads credentials, each variable under the first prefix that has it.
func environment(w world, prefixes ...string) (request.Credentials, error) {
	get := func(name string) string {
		for _, p := range prefixes {
			if value := strings.TrimSpace(w.env(p + name)); value != "" {
				return value
			}
		}
		return ""
	}
	c := request.Credentials{
		ClientID: get("CLIENT_ID"), ClientSecret: get("CLIENT_SECRET"), Username: get("USERNAME"),
		LoginURL: strings.TrimRight(get("LOGIN_URL"), "/"), Audience: get("AUDIENCE"),
	}
	c.GenericURL = genericURL(c.LoginURL)
	file := get("PRIVATE_KEY_FILE")
	if file == "" {
		return c, nil
	}
	key, err := w.readFile(file)
	if err != nil {
		return c, usageError("%sPRIVATE_KEY_FILE: %w", prefixes[0], err)
	}
	c.PrivateKeyPEM = string(key)
	return c, nil
}

// genericURL is the address of the login host of the org behind a My Domain address.
// What stands in for an org on this machine is its own login host.
func genericURL(login string) string {
	if u, err := url.Parse(login); err == nil && loopback(u) {
		return login
	}
	for _, kind := range []string{".sandbox.", ".scratch.", "//" + fixtures.TestHost} {
		if strings.Contains(login, kind) {
			return "https://" + fixtures.TestHost
		}
	}
	return "https://" + fixtures.LoginHost
}

func loopback(u *url.URL) bool {
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || (ip != nil && ip.IsLoopback())
}

// transport is for round trips without redirects, which would carry credentials elsewhere.
func transport() *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.ResponseHeaderTimeout = 8 * time.Second
	return t
}

// liveSession sends requests as they are and can do nothing else.
type liveSession struct {
	http.RoundTripper
	creds request.Credentials
	now   func() time.Time
}

func (s liveSession) Credentials() request.Credentials     { return s.creds }
func (s liveSession) Now() time.Time                       { return s.now() }
func (s liveSession) Close() error                         { return nil }
func (s liveSession) Change(...fixtures.Change) error      { return errNoControl }
func (s liveSession) Advance(time.Duration) error          { return errNoControl }
func (s liveSession) Decision() (endpoint.Decision, error) { return endpoint.Decision{}, errNoControl }
