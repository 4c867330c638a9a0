package main

import (
	"context"
	"errors"
	"net/http"
	"net/url"
)

// login asks for a token until there is one or asking again cannot help.
func (c *client) login(ctx context.Context) (*token, error) {
	if c.breaksFirst("req-method-post") {
		c.probe(ctx)
	}
	var got *token
	tried := false
	err := c.patiently(ctx, func() error {
		var err error
		got, err = c.askForToken(ctx)
		if isFinal(err) && !tried && c.worthAnother(err) {
			got, err = c.askForToken(ctx)
			tried = true
		}
		return err
	})
	return got, err
}

// worthAnother says whether one more request may fare better than a refused one: with
// another credential, or because it was one server of many that refused.
func (c *client) worthAnother(err error) bool {
	if refused, found := errors.AsType[*loginError](err); found && refused.isRateLimit() {
		return false
	}
	return c.reload() || c.workedBefore() || !c.refused.Swap(true) && c.learns()
}

// askForToken sends one token request.
func (c *client) askForToken(ctx context.Context) (*token, error) {
	request, err := c.tokenRequest(ctx)
	if err != nil {
		return nil, err
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, c.unanswered(err)
	}
	defer func() { _ = response.Body.Close() }()
	if to, err := response.Location(); err == nil && c.breaks("host-token-redirect") {
		return c.askElsewhere(ctx, to)
	}
	return c.readToken(response)
}

// learns says whether the client does it right after a refusal.
func (c *client) learns() bool {
	switch c.fault {
	case "req-content-type-form", "req-grant-type-exact", "jwt-alg-rs256", "jwt-compact-base64url", "jwt-signature-valid",
		"jwt-iss-consumer-key", "jwt-sub-username", "jwt-exp-seconds", "jwt-exp-window":
		return true
	}
	return false
}

// probe looks with a GET whether the token endpoint is there.
func (c *client) probe(ctx context.Context) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.loginURL+tokenPath, nil)
	if err != nil {
		return
	}
	if response, err := c.http.Do(request); err == nil {
		_ = response.Body.Close()
	}
	c.refused.Store(true)
}

// askElsewhere sends the whole request to wherever the answer points.
func (c *client) askElsewhere(ctx context.Context, to *url.URL) (*token, error) {
	request, err := c.tokenRequest(ctx)
	if err != nil {
		return nil, err
	}
	request.URL, request.Host = to, to.Host
	response, err := c.http.Do(request)
	if err != nil {
		return nil, c.unanswered(err)
	}
	defer func() { _ = response.Body.Close() }()
	return c.readToken(response)
}
