package flows

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
)

// maxResult bounds one page of API data.
const maxResult = 64 << 20

// Client makes API calls on a [Transport] and reads their answers.
type Client struct {
	transport *Transport
	limitInfo atomic.Value // string
}

// NewClient returns a Client for the source's org.
func NewClient(source *TokenSource) *Client { return &Client{transport: NewTransport(source)} }

// Format prints the source's String for every verb.
func (c *Client) Format(state fmt.State, verb rune) { c.transport.Format(state, verb) }

// LimitInfo is the last Sforce-Limit-Info seen, for example "api-usage=18/15000"; empty before the first.
func (c *Client) LimitInfo() string {
	text, _ := c.limitInfo.Load().(string)
	return text
}

// Do sends a request whose URL may be a path under instance_url. An answer of 400 or above is returned as an
// [*APIError]; otherwise the caller closes the body.
func (c *Client) Do(request *http.Request) (*http.Response, error) {
	response, refusal, err := c.transport.call(request)
	if err != nil {
		return nil, err
	}
	if info := response.Header.Get("Sforce-Limit-Info"); info != "" {
		c.limitInfo.Store(foreignText(info, nil))
	}
	if refusal != nil {
		_ = response.Body.Close()
		return nil, refusal
	}
	return response, nil
}

// Get reads JSON from a path under instance_url into the value.
func (c *Client) Get(ctx context.Context, path string, into any) error {
	return c.getJSON(ctx, path, nil, into)
}

func (c *Client) getJSON(ctx context.Context, path string, header http.Header, into any) error {
	body, from, err := c.read(ctx, path, header)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(body, into); err != nil {
		return fmt.Errorf("flows: the answer of %s%s is not the JSON that was expected: %w", from.Host, from.Path, err)
	}
	return nil
}

// read repeats a GET whose answer broke off, too; the Transport can only see the failures before it.
func (c *Client) read(ctx context.Context, path string, header http.Header) (body []byte, from *url.URL, err error) {
	options := c.transport.source.options
	patience := options.patience(options.Retry.Budget)
	for {
		response, err := c.get(ctx, path, header)
		if err != nil {
			return nil, nil, err
		}
		from = response.Request.URL
		body, err = readLimited(response.Body, maxResult)
		_ = response.Body.Close()
		if err == nil {
			return body, from, nil
		}
		if ctx.Err() != nil {
			return nil, nil, fmt.Errorf("flows: reading %s%s stopped: %w", from.Host, from.Path, ctx.Err())
		}
		found := diagnose(err, from.Host)
		broken := &APIError{Status: response.StatusCode, Host: from.Host, Path: from.Path, Message: found.problem, Hint: found.hint, Err: err}
		wait, again := patience.next(0)
		if !found.transient || !again {
			return nil, nil, broken
		}
		if err := options.Sleep(ctx, wait); err != nil {
			return nil, nil, fmt.Errorf("flows: reading stopped: %w; last failure: %w", err, broken)
		}
	}
}

func (c *Client) get(ctx context.Context, path string, header http.Header) (*http.Response, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, path, http.NoBody)
	if err != nil {
		path, _, _ = strings.Cut(path, "?") // the query may hold data
		return nil, fmt.Errorf("flows: the path of the API call is malformed: %q", path)
	}
	maps.Copy(request.Header, header)
	request.Header.Set("Accept", "application/json")
	return c.Do(request)
}

// UserInfo is who the access token acts as, from the userinfo endpoint of the org.
type UserInfo struct {
	UserID         string `json:"user_id"`
	OrganizationID string `json:"organization_id"`
	Username       string `json:"preferred_username"`
	Name           string `json:"name"`
	Email          string `json:"email"`
	UserType       string `json:"user_type"`
	Active         bool   `json:"active"`
}

// UserInfo asks who the access token acts as. It is the cheapest proof that the token works.
func (c *Client) UserInfo(ctx context.Context) (*UserInfo, error) {
	var info UserInfo
	if err := c.Get(ctx, "/services/oauth2/userinfo", &info); err != nil {
		return nil, err
	}
	return &info, nil
}
