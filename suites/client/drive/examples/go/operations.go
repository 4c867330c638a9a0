package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
)

const soql = "SELECT Id, Name FROM Contact LIMIT 2000"

// login proves the token with one cheap call.
func login(ctx context.Context, c *client) (int, error) {
	_, err := c.get(ctx, "/services/data/"+c.version()+"/limits")
	return 0, err
}

// query reads all pages, and counts the records.
func query(ctx context.Context, c *client) (int, error) {
	count := 0
	for path := "/services/data/" + c.version() + "/query?q=" + url.QueryEscape(soql); path != ""; {
		r, err := c.get(ctx, path)
		if err != nil {
			return count, err
		}
		var page struct {
			Records []json.RawMessage
			Next    string `json:"nextRecordsUrl"`
		}
		if err := json.Unmarshal(r.body, &page); err != nil {
			return count, fmt.Errorf("a page of %s is no JSON", c.instance)
		}
		// A path below our own instance, and no other host.
		if page.Next != "" && (!strings.HasPrefix(page.Next, "/services/") || strings.Contains(page.Next, "..")) {
			return count, fmt.Errorf("nextRecordsUrl of %s leads elsewhere", c.instance)
		}
		count, path = count+len(page.Records), page.Next
	}
	return count, nil
}
