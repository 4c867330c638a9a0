package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// control speaks to the control API of a mocksf.
type control struct {
	client *http.Client
	base   *url.URL
	// seen is the number of the last exchange that was read of the journal.
	seen uint64
}

func newControl(base *url.URL) *control {
	return &control{client: &http.Client{Transport: transport(), Timeout: 10 * time.Second}, base: base}
}

// greet finds out whether a control API is there: it is what knows the org's time.
func (c *control) greet(ctx context.Context) error {
	var clock struct {
		Now time.Time `json:"now"`
	}
	err := c.call(ctx, http.MethodGet, "/clock", nil, &clock)
	if failed, ok := errors.AsType[*url.Error](err); ok {
		return unreachable(ctx, "--control", c.base, failed.Err, startAt("mocksf --control-addr", c.base)+", or correct --control")
	}
	if err == nil && clock.Now.IsZero() {
		err = errors.New("GET /clock tells no time")
	}
	if err != nil {
		return harnessError(fmt.Errorf("--control: %s is no control API of a mocksf (%w): give the address after mocksf --control-addr", c.base, err))
	}
	return nil
}

// call makes one request; an error of the way there is a [*url.Error].
func (c *control) call(ctx context.Context, method, path string, in, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, method, c.base.String()+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	resp, err := c.client.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, 16<<20))
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s is answered %d%s", method, path, resp.StatusCode, problemOf(answer))
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(answer, out); err != nil {
		return fmt.Errorf("%s %s is not answered in JSON as expected: %w", method, path, err)
	}
	return nil
}

// problemOf is what a refusal of the control API says, or the beginning of what something else said.
func problemOf(answer []byte) string {
	var p struct {
		Error string `json:"error"`
	}
	_ = json.Unmarshal(answer, &p)
	if text := cmp.Or(p.Error, shortened(string(bytes.TrimSpace(answer)))); text != "" {
		return fmt.Sprintf(": %q", text)
	}
	return ""
}
