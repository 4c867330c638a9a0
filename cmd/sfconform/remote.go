package main

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/request"
	"github.com/sfconform/sfconform/suites/endpoint"
)

// errNoControl: the suite asked for what the target's capabilities rule out.
var errNoControl = errors.New("the target has no control API")

// remoteTarget is the endpoint at --target. Its app is the one of the built-in
// set-up, as a mocksf has it, unless SF_* variables name another one.
func (f runFlags) remoteTarget(ctx context.Context, w world) (endpoint.Target, error) {
	base, err := address("--target", f.target)
	if err != nil {
		return endpoint.Target{}, err
	}
	if f.control != "" {
		return f.controlledTarget(ctx, base)
	}
	creds, err := environment(w, plainPrefix)
	if err != nil {
		return endpoint.Target{}, err
	}
	if err := reachTarget(ctx, base); err != nil {
		return endpoint.Target{}, err
	}
	t := endpoint.Target{Name: base.Host}
	if creds.ClientID != "" {
		creds.LoginURL = base.String()
		t.Open = opener(liveSession{transport(), creds, w.now})
		return t, nil
	}
	if creds, err = builtInCredentials(fixtures.Setups[0]); err != nil {
		return endpoint.Target{}, harnessError(err)
	}
	t.Capabilities.GenericHosts, t.Capabilities.RealHost = true, true
	t.Open = opener(liveSession{rerouted{transport(), base}, creds, w.now})
	return t, nil
}

func opener(s endpoint.Session) func(context.Context, fixtures.Case) (endpoint.Session, error) {
	return func(context.Context, fixtures.Case) (endpoint.Session, error) { return s, nil }
}

func builtInCredentials(setup fixtures.Setup) (request.Credentials, error) {
	org, err := setup.Org()
	if err != nil {
		return request.Credentials{}, err
	}
	return request.FromSetup(org, setup)
}

// rerouted sends requests for Salesforce's host names to another address. The
// name stays in the Host header.
type rerouted struct {
	next http.RoundTripper
	to   *url.URL
}

// RoundTrip implements http.RoundTripper.
func (t rerouted) RoundTrip(r *http.Request) (*http.Response, error) {
	if !strings.HasSuffix(r.URL.Hostname(), "salesforce.com") && !strings.HasSuffix(r.URL.Hostname(), "force.com") &&
		!strings.HasSuffix(r.URL.Hostname(), "salesforce-setup.com") {
		return t.next.RoundTrip(r)
	}
	r = r.Clone(r.Context())
	r.Host = r.URL.Host
	r.URL.Scheme, r.URL.Host = t.to.Scheme, t.to.Host
	return t.next.RoundTrip(r)
}
