package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
)

// call is an API call. once says that it must not be repeated if it may have run.
type call struct {
	method, path string
	body         []byte
	once         bool
}

// reply is its answer.
type reply struct {
	status int
	header http.Header
	body   []byte
}

// do makes an API call. A session that has ended is replaced, and the call repeated,
// once.
func (c *client) do(ctx context.Context, what call) (*reply, error) {
	if c.breaks("cache-token-reused") && !c.serving.Load() {
		c.forget()
	}
	stale := ""
	for logins := 0; ; logins++ {
		t, err := c.token(ctx, stale)
		if err != nil {
			return nil, err
		}
		t = c.orLast(t)
		if logins == 0 {
			c.askOldFirst(ctx, t, what)
		}
		c.beside(ctx, t)
		got, err := c.send(ctx, t, what)
		if !c.loginMayHelp(err, what, t, logins, t.access == stale) {
			return got, err
		}
		stale = t.access
		if c.breaks("session-retry-identical") {
			what.body = nil
		}
	}
}

// loginMayHelp says whether the call is worth a new login and a repeat. same says
// that the last login gave the same token again.
func (c *client) loginMayHelp(err error, what call, t *token, logins int, same bool) bool {
	var refused *apiError
	if !errors.As(err, &refused) || t.restored {
		return false
	}
	switch ended := refused.sessionEnded(); {
	case what.method != http.MethodGet && c.breaks("session-401-reauth-once"):
		return false
	case ended && c.breaks("session-no-loop"):
		return !same || logins < 2
	case ended && c.breaks("cache-same-token-again"):
		return same || logins < 2
	case isTransient(refused.status) && c.breaks("api-limit-handling"):
	case refused.status == http.StatusForbidden && !refused.isLimit() && c.breaks("session-not-on-403"):
	case !ended:
		return false
	}
	return logins == 0
}

// send makes the call with a token, and again while that may help.
func (c *client) send(ctx context.Context, t *token, what call) (*reply, error) {
	var got *reply
	err := c.patiently(ctx, func() error {
		var err error
		got, err = c.sendOnce(ctx, t, what)
		return err
	})
	return got, err
}

func (c *client) sendOnce(ctx context.Context, t *token, what call) (*reply, error) {
	request, err := c.apiRequest(ctx, t, what)
	if err != nil {
		return nil, err
	}
	response, err := c.http.Do(request)
	if err == nil {
		response, err = c.follow(ctx, t, what, response)
	}
	if err != nil {
		return nil, c.apiFailure(request, err, what)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(response.Body, 16*mostBytes))
	if err != nil {
		return nil, c.apiFailure(request, err, what)
	}
	got := &reply{response.StatusCode, response.Header, body}
	if got.status >= http.StatusMultipleChoices {
		return nil, c.readAPIError(request, got, what)
	}
	return got, nil
}

// apiRequest goes to the host that the login named.
func (c *client) apiRequest(ctx context.Context, t *token, what call) (*http.Request, error) {
	target := t.instance + what.path
	if strings.HasPrefix(what.path, "https://") && c.breaks("secret-token-right-host") {
		target = what.path
	}
	request, err := http.NewRequestWithContext(ctx, what.method, target, bytes.NewReader(what.body))
	if err != nil {
		return nil, err
	}
	if t.access != "" {
		request.Header.Set("Authorization", "Bearer "+t.access)
	}
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", userAgent)
	request.Header.Set("Sforce-Query-Options", "batchSize=200")
	if c.breaks("secret-only-to-token-host") {
		c.addCredential(request.Header)
	}
	if len(what.body) > 0 {
		request.Header.Set("Content-Type", "application/json")
	}
	return request, nil
}
