package flows

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// oldestAPIVersion is the first that Salesforce has not retired.
const oldestAPIVersion = 31

// ParseAPIVersion accepts "66", "66.0" and "v66.0" and returns the form that stands in paths, "v66.0".
func ParseAPIVersion(value string) (string, error) {
	number, _ := strings.CutPrefix(strings.ToLower(trimStray(value)), "v")
	number = strings.TrimSuffix(number, ".0")
	version, err := strconv.Atoi(number)
	switch {
	case err != nil || version < 1 || version > 999:
		return "", &ConfigError{Setting: "APIVersion", Problem: fmt.Sprintf("is %q", value), Fix: "write it as v66.0"}
	case version < oldestAPIVersion:
		return "", &ConfigError{Setting: "APIVersion", Problem: fmt.Sprintf("is %q, which is retired", value), Fix: "use a version from the last three years"}
	}
	return fmt.Sprintf("v%d.0", version), nil
}

// QueryResult counts what a query returned.
type QueryResult struct {
	Records   int // records handed to the caller
	TotalSize int // records that the org announced
	Pages     int
}

// page is one answer of the query resource.
type page struct {
	TotalSize      int               `json:"totalSize"`
	Done           *bool             `json:"done"`
	NextRecordsURL string            `json:"nextRecordsUrl"`
	Records        []json.RawMessage `json:"records"`
}

// Query runs a SOQL query and hands every record of every page to each, in order. The version is in any form that
// [ParseAPIVersion] accepts. An error of each ends the query and is returned as it is; the result counts what each got.
func (c *Client) Query(ctx context.Context, version, soql string, each func(json.RawMessage) error) (QueryResult, error) {
	var result QueryResult
	version, err := ParseAPIVersion(version)
	if err != nil {
		return result, err
	}
	next := "/services/data/" + version + "/query?q=" + url.QueryEscape(soql)
	seen := map[string]bool{}
	for next != "" {
		if seen[next] {
			return result, fmt.Errorf("flows: the query does not end: its nextRecordsUrl %q came twice", next)
		}
		seen[next] = true
		var p page
		if err := c.getJSON(ctx, next, c.queryHeader(), &p); err != nil {
			return result, err
		}
		if result.Pages++; result.Pages == 1 {
			result.TotalSize = p.TotalSize
		}
		for _, record := range p.Records {
			if err := each(record); err != nil {
				return result, err
			}
			result.Records++
		}
		if next, err = p.next(); err != nil {
			return result, err
		}
	}
	return result, nil
}

func (p page) next() (string, error) {
	switch {
	case p.Done == nil:
		return "", fmt.Errorf("flows: the answer to the query is not a query result: it has no done")
	case *p.Done:
		return "", nil
	case p.NextRecordsURL == "":
		return "", fmt.Errorf("flows: the query is not done, but the answer has no nextRecordsUrl")
	}
	return p.NextRecordsURL, nil
}

// queryHeader asks for pages of the configured size; the org keeps to it for the pages that follow the first.
func (c *Client) queryHeader() http.Header {
	size := c.transport.source.options.QueryBatch
	if size == 0 {
		return nil
	}
	return http.Header{"Sforce-Query-Options": {fmt.Sprintf("batchSize=%d", size)}}
}
