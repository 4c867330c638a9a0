package main

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"
)

// client is one identity at work.
type client struct {
	program
	settings
	// fault is the requirement that is broken; empty for none.
	fault string
	// identity is what the session is kept by.
	identity string
	// about is put before messages where there are two orgs.
	about    string
	http     *http.Client
	sessions *sessions
	// refused says that a login was refused, serving that the client is a service.
	refused, serving atomic.Bool
	// sent is the last assertion.
	sent atomic.Pointer[string]
	// replaced is the token that the last one has taken the place of.
	replaced atomic.Pointer[token]
}

// newClient reads the settings; suffix is that of the org's variables. The client is
// good for messages even if they are wrong.
func newClient(p program, fault, suffix string) (*client, error) {
	c := &client{program: p, fault: fault, sessions: &sessions{}}
	if err := c.readSettings(suffix); err != nil {
		return c, err
	}
	c.identity = c.identityOf()
	transport, err := c.transport()
	if err != nil {
		return c, err
	}
	c.http = &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	c.http.Timeout = c.timeout
	if c.breaks("err-timeouts-finite") {
		c.http.Timeout = 0
	}
	return c, nil
}

// breaks says whether the client is to break the requirement.
func (c *client) breaks(id string) bool { return c.fault == id }

// breaksFirst is breaks until the org has refused a login: a client that never gets
// in would break nothing else, but show nothing else either.
func (c *client) breaksFirst(id string) bool { return c.breaks(id) && !c.refused.Load() }

// end is what a client does when its work is done: nothing, because others may hold
// the same session.
func (c *client) end(ctx context.Context) {
	if c.http == nil {
		return
	}
	if c.breaks("end-no-revoke-shared") || c.breaks("end-revoke-shape") {
		c.revoke(ctx)
	}
	c.http.CloseIdleConnections()
}

// isFinal says that asking again cannot help.
func isFinal(err error) bool {
	var login *loginError
	return errors.As(err, &login) && !login.temporary()
}
