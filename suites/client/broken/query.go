package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
)

const (
	cheapQuery = "SELECT Id FROM Organization LIMIT 1"
	longQuery  = "SELECT Id, Name FROM Contact LIMIT 2000"
)

func (c *client) queryPath(soql string) string {
	return "/services/data/" + c.apiVersion + "/query?q=" + url.QueryEscape(soql)
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
		if t := c.atHand(); t != nil && t.expires.IsZero() && c.breaks("resp-no-expires-in") {
			c.forget()
		}
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
