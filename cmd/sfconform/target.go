package main

import (
	"context"
	"net/url"
	"strings"

	"github.com/sfconform/sfconform/suites/endpoint"
)

// choose makes the target that the flags name: the fake in this process, another
// endpoint, or a live org.
func (f runFlags) choose(ctx context.Context, w world) (endpoint.Target, error) {
	behaviour, err := behaviorOf(f.behaviour)
	switch {
	case err != nil:
		return endpoint.Target{}, err
	case f.control != "" && (f.target == "" || f.live):
		return endpoint.Target{}, usageError("--control needs --target and no --live: it is the control API of that target")
	case len(f.behaviour) > 0 && (f.live || f.target != ""):
		return endpoint.Target{}, usageError("--behaviour configures the fake in this process: a target has its own (mocksf --behaviour)")
	case f.live:
		return f.liveTarget(ctx, w)
	case f.target != "":
		return f.remoteTarget(ctx, w)
	}
	return fakeTarget(behaviour, strings.Join(f.behaviour, ",")), nil
}

// address reads the URL of a flag or variable: an http or https origin.
func address(setting, value string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimRight(value, "/"))
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return nil, usageError("%s is no http or https address: write for example https://acme.my.salesforce.com", setting)
	}
	if u.Path != "" || u.RawQuery != "" || u.User != nil {
		return nil, usageError("%s has more than scheme and host: write %s://%s", setting, u.Scheme, u.Host)
	}
	return u, nil
}
