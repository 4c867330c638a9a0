package main

import (
	"context"
	"net/http"
	"strings"
)

// operation is one thing that the client can be asked for.
type operation func(ctx context.Context, c *client, argument string) error

// operations are those of the contract (facts: client requirements, section 3.1).
var operations = map[string]operation{
	"login": login, "query": query, "write": write, "burst": burst,
	"twice-with-pause": twice, "two-orgs": twoOrgs, "run-until-killed": serve,
}

// chosenOperation is what CHECK_OPERATION asks for; a query if it asks for nothing.
func chosenOperation(asked string) (name, argument string, known bool) {
	if asked == "" {
		asked = "query"
	}
	name, argument, _ = strings.Cut(asked, ":")
	_, known = operations[name]
	return name, argument, known
}

// cheapCall is the cheapest call that every user may make.
func (c *client) cheapCall(ctx context.Context) error {
	_, err := c.do(ctx, call{method: http.MethodGet, path: c.queryPath(cheapQuery)})
	return err
}

// login logs in and proves the token.
func login(ctx context.Context, c *client, _ string) error {
	if err := c.cheapCall(ctx); err != nil {
		return err
	}
	t, err := c.token(ctx, "")
	if err != nil {
		return err
	}
	c.say("logged in: org %s, instance %s, scope %s", orgOf(t.identity), t.instance, t.scope)
	if c.flow == jwtBearer {
		c.say("signed with the key %s", c.fingerprint())
	}
	return c.check(map[string]any{"calls": 1})
}

// write inserts a record, once, and upserts another, which may be repeated.
func write(ctx context.Context, c *client, _ string) error {
	fields := []byte(`{"Name":"broken client"}`)
	path := "/services/data/" + c.apiVersion + "/sobjects/Account"
	if _, err := c.do(ctx, call{method: http.MethodPost, path: path, body: fields, once: true}); err != nil {
		return err
	}
	if _, err := c.do(ctx, call{method: http.MethodPatch, path: path + "/ExternalId__c/broken-client", body: fields}); err != nil {
		return err
	}
	return c.check(map[string]any{"writes": 2})
}
