package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
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

const (
	cheapQuery = "SELECT Id FROM Organization LIMIT 1"
	longQuery  = "SELECT Id, Name FROM Contact LIMIT 2000"
)

// cheapCall is the cheapest call that every user may make.
func (c *client) cheapCall(ctx context.Context) error {
	_, err := c.do(ctx, call{method: http.MethodGet, path: c.queryPath(cheapQuery)})
	return err
}

func (c *client) queryPath(soql string) string {
	return "/services/data/" + c.apiVersion + "/query?q=" + url.QueryEscape(soql)
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
	return c.check(map[string]any{"calls": 1})
}

// page is an answer to a query.
type page struct {
	Done    *bool             `json:"done"`
	Next    string            `json:"nextRecordsUrl"`
	Records []json.RawMessage `json:"records"`
}

// query reads all pages.
func query(ctx context.Context, c *client, _ string) error {
	records := 0
	for next := c.queryPath(longQuery); next != ""; {
		before := c.logins()
		p, err := c.page(ctx, next)
		if err != nil {
			return err
		}
		records += len(p.Records)
		if next = p.Next; *p.Done || c.breaks("session-mid-pagination") && before > 0 && c.logins() > before {
			next = ""
		}
	}
	c.say("%d records", records)
	return c.check(map[string]any{"records": records})
}

func (c *client) page(ctx context.Context, path string) (*page, error) {
	if !strings.HasPrefix(path, "/") && !c.breaks("secret-token-right-host") {
		return nil, errors.New("the org names a next page on another host, which is not followed")
	}
	got, err := c.do(ctx, call{method: http.MethodGet, path: path})
	if err != nil {
		return nil, err
	}
	var p page
	if err := json.Unmarshal(got.body, &p); err != nil || p.Done == nil || !*p.Done && p.Next == "" {
		return nil, errors.New("the answer to the query is not a query result")
	}
	return &p, nil
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

// burst makes calls side by side.
func burst(ctx context.Context, c *client, argument string) error {
	n := 20
	if argument != "" {
		var err error
		if n, err = strconv.Atoi(argument); err != nil || n < 1 || n > 1000 {
			return settingError{"CHECK_OPERATION", fmt.Sprintf("asks for a burst of %q: use a number from 1 to 1000", argument)}
		}
	}
	failures := make([]error, n)
	var group sync.WaitGroup
	for i := range n {
		group.Go(func() { failures[i] = c.cheapCall(ctx) })
	}
	group.Wait()
	return c.tally(failures)
}

// tally tells how many calls failed; one failure fails the whole.
func (c *client) tally(failures []error) error {
	failed, first := 0, error(nil)
	for _, err := range failures {
		if err == nil {
			continue
		}
		if failed++; first == nil {
			first = err
		}
	}
	if err := c.check(map[string]any{"calls": len(failures) - failed, "failed": failed}); err != nil {
		return err
	}
	return first
}

// twice makes a call, pauses until a line comes or the time is over, and makes another.
func twice(ctx context.Context, c *client, _ string) error {
	if err := c.cheapCall(ctx); err != nil {
		return err
	}
	if err := c.check(map[string]any{"pause": true}); err != nil {
		return err
	}
	line := make(chan struct{})
	go func() {
		defer close(line)
		_, _ = bufio.NewReader(c.in).ReadString('\n') // the end of the input will do
	}()
	select {
	case <-line:
	case <-c.clock.after(c.pause):
	case <-ctx.Done():
		return ctx.Err()
	}
	if err := c.cheapCall(ctx); err != nil {
		return err
	}
	return c.check(map[string]any{"calls": 2})
}

// callsPerOrg is how many calls are made in each of two orgs.
const callsPerOrg = 3

// twoOrgs works in two orgs at once.
func twoOrgs(ctx context.Context, c *client, _ string) error {
	second, err := newClient(c.program, c.fault, "_2")
	if err != nil {
		return err
	}
	second.sessions = c.sessions
	c.about, second.about = "org 1: ", "org 2: "
	outcomes := make(chan error)
	for _, org := range []*client{c, second} {
		go func() { outcomes <- org.fewCalls(ctx) }()
	}
	err = errors.Join(<-outcomes, <-outcomes)
	second.end(ctx)
	return err
}

func (c *client) fewCalls(ctx context.Context) error {
	for range callsPerOrg {
		if err := c.cheapCall(ctx); err != nil {
			c.say("%s", c.describe(err))
			return fmt.Errorf("org %s failed: %w", hostOf(c.loginURL), err)
		}
	}
	return nil
}

// serve makes a call again and again until it is stopped. It ends by itself only
// where the first login is refused for good.
func serve(ctx context.Context, c *client, _ string) error {
	c.serving.Store(true)
	worked, last := false, ""
	for ctx.Err() == nil {
		if c.breaks("cache-login-budget") {
			c.forget()
		}
		err := c.cheapCall(ctx)
		switch {
		case err == nil:
			worked = true
		case ctx.Err() != nil:
		case !worked && isFinal(err):
			return err
		case err.Error() != last:
			last = err.Error()
			c.say("unhealthy: %s", c.describe(err))
		}
		_ = c.clock.wait(ctx, c.interval) // the loop looks at the context itself
	}
	c.say("stopped by a signal")
	return nil
}
