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

// liveTarget is the org that the environment names.
func liveTarget(w world) (endpoint.Target, error) {
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
	real := strings.HasSuffix(login.Hostname(), ".salesforce.com")
	return endpoint.Target{
		Name:         login.Host,
		Capabilities: endpoint.Capabilities{Live: true, GenericHosts: real},
		Open: func(context.Context, fixtures.Case) (endpoint.Session, error) {
			return liveSession{transport(), creds, w.now}, nil
		},
	}, nil
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
	c.GenericURL = "https://" + genericHost(c.LoginURL)
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

// genericHost is the login host of the org behind a My Domain address.
func genericHost(login string) string {
	for _, kind := range []string{".sandbox.", ".scratch.", "//" + fixtures.TestHost} {
		if strings.Contains(login, kind) {
			return fixtures.TestHost
		}
	}
	return fixtures.LoginHost
}

func loopback(u *url.URL) bool {
	ip := net.ParseIP(u.Hostname())
	return u.Hostname() == "localhost" || (ip != nil && ip.IsLoopback())
}

// transport is for round trips without redirects, which would carry credentials elsewhere.
func transport() http.RoundTripper {
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
