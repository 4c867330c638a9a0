package flows_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jarcoal/httpmock"

	"github.com/sfconform/sfconform/flows"
)

const (
	loginURL    = "https://acme.my.salesforce.com"
	tokenURL    = loginURL + "/services/oauth2/token"
	instanceURL = "https://acme-instance.my.salesforce.com"
	limitsURL   = instanceURL + "/services/data/v66.0/limits"

	canaryID     = "3MVG9canaryConsumerKeyThatIsLongEnoughToShorten"
	canarySecret = "aA+b/c=d&e%f g~:canary-secret"
	canaryToken  = "00D000000000001!AQ.canary_access_token-1"
)

var clockStart = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// org is a scripted token endpoint and data API, with a clock that moves only when somebody sleeps.
type org struct {
	*httpmock.MockTransport

	mu       sync.Mutex
	now      time.Time
	sleeps   []time.Duration
	requests []tokenRequest
}

type tokenRequest struct {
	header http.Header
	query  string
	form   url.Values
	at     time.Time
}

func newOrg() *org { return &org{MockTransport: httpmock.NewMockTransport(), now: clockStart} }

func (o *org) options() flows.Options {
	return flows.Options{Transport: o, Now: o.clock, Sleep: o.sleep, Rand: &counter{}}
}

func (o *org) clock() time.Time {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.now
}

func (o *org) advance(d time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.now = o.now.Add(d)
}

func (o *org) sleep(ctx context.Context, d time.Duration) error {
	o.mu.Lock()
	o.sleeps = append(o.sleeps, d)
	o.now = o.now.Add(d)
	o.mu.Unlock()
	return ctx.Err()
}

func (o *org) asked() []tokenRequest {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.requests
}

// onToken answers the n-th token request (from 1) with what the script says.
func (o *org) onToken(script func(n int) *http.Response) {
	o.RegisterResponder(http.MethodPost, tokenURL, func(r *http.Request) (*http.Response, error) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return nil, err
		}
		o.mu.Lock()
		o.requests = append(o.requests, tokenRequest{header: r.Header.Clone(), query: r.URL.RawQuery, form: form, at: o.now})
		n := len(o.requests)
		o.mu.Unlock()
		return script(n), nil
	})
}

// always answers every token request alike.
func always(status int, body string) func(int) *http.Response {
	return func(int) *http.Response { return answer(status, body) }
}

// sequence answers with one after the other, and with the last for ever.
func sequence(answers ...func(int) *http.Response) func(int) *http.Response {
	return func(n int) *http.Response { return answers[min(n, len(answers))-1](n) }
}

// numbered grants token-1, token-2, ...
func numbered(n int) *http.Response {
	return answer(http.StatusOK, granted(fmt.Sprintf("token-%d", n), instanceURL))
}

func granted(token, instance string) string {
	return fmt.Sprintf(`{"access_token":%q,"instance_url":%q,"token_type":"Bearer","scope":"api id"}`, token, instance)
}

func refusal(code, description string) string {
	return fmt.Sprintf(`{"error":%q,"error_description":%q}`, code, description)
}

func answer(status int, body string) *http.Response {
	response := httpmock.NewStringResponse(status, body)
	response.Header.Set("Content-Type", "application/json;charset=UTF-8")
	return response
}

func clientCredentials() flows.ClientCredentials {
	return flows.ClientCredentials{LoginURL: loginURL, ClientID: canaryID, ClientSecret: canarySecret}
}

func jwtBearer(t *testing.T) flows.JWTBearer {
	t.Helper()
	return flows.JWTBearer{LoginURL: loginURL, ClientID: canaryID, Username: "integration@example.test", PrivateKey: testKey(t)}
}

func newSource(t *testing.T, flow flows.Flow, options flows.Options) *flows.TokenSource {
	t.Helper()
	source, err := flows.NewTokenSource(flow, options)
	if err != nil {
		t.Fatalf("NewTokenSource: %v", err)
	}
	return source
}

func testdata(tb testing.TB, name string) []byte {
	tb.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		tb.Fatal(err)
	}
	return content
}

func testKey(t *testing.T) *flows.PrivateKey {
	t.Helper()
	key, err := flows.ParsePrivateKey(testdata(t, "test-key.pkcs8.pem"))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// counter is a source of "chance" that never repeats and never runs out.
type counter struct {
	mu sync.Mutex
	n  byte
}

func (c *counter) Read(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := range p {
		p[i] = c.n
		c.n++
	}
	return len(p), nil
}
