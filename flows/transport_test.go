package flows_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/jarcoal/httpmock"

	"github.com/sfconform/sfconform/flows"
)

const (
	expired   = `[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]`
	limitBody = `{"DailyApiRequests":{"Max":15000}}`
)

// call is one API request as it arrived.
type call struct{ method, url, authorization, body string }

// api answers API calls by their access token, and records them.
func (o *org) api(url string, script func(c call) *http.Response) *[]call {
	var calls []call
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodHead} {
		o.RegisterResponder(method, url, func(r *http.Request) (*http.Response, error) {
			c := call{method: r.Method, url: r.URL.String(), authorization: r.Header.Get("Authorization")}
			if r.Body != nil {
				body, err := io.ReadAll(r.Body)
				if err != nil {
					return nil, err
				}
				c.body = string(body)
			}
			o.mu.Lock()
			calls = append(calls, c)
			o.mu.Unlock()
			return script(c), nil
		})
	}
	return &calls
}

// only accepts one access token and answers the others with the body and status given.
func only(token string, status int, body string) func(call) *http.Response {
	return func(c call) *http.Response {
		if c.authorization == "Bearer "+token {
			return answer(200, limitBody)
		}
		return answer(status, body)
	}
}

func get(t *testing.T, client *flows.Client, path string) error {
	t.Helper()
	var into any
	return client.Get(t.Context(), path, &into)
}

func TestCallsGoToInstanceURLWithBearer(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(always(200, `{"access_token":"token-1","instance_url":"`+instanceURL+`/","token_type":"bearer","api_instance_url":"https://api.salesforce.com"}`))
	calls := o.api(limitsURL, only("token-1", 401, expired))
	client := flows.NewClient(newSource(t, clientCredentials(), o.options()))
	for _, path := range []string{"/services/data/v66.0/limits", "services/data/v66.0/limits", limitsURL} {
		if err := get(t, client, path); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	if len(*calls) != 3 || len(o.asked()) != 1 {
		t.Errorf("%d calls, %d logins", len(*calls), len(o.asked()))
	}
}

func TestNewInstanceURLIsHonoredAfterALogin(t *testing.T) {
	t.Parallel()
	const moved = "https://acme-moved.my.salesforce.com"
	o := newOrg()
	o.onToken(sequence(always(200, granted("token-1", instanceURL)), always(200, granted("token-2", moved))))
	old := o.api(limitsURL, only("never", 401, expired))
	now := o.api(moved+"/services/data/v66.0/limits", only("token-2", 401, expired))
	client := flows.NewClient(newSource(t, clientCredentials(), o.options()))
	for _, path := range []string{limitsURL, "/services/data/v66.0/limits", limitsURL} {
		// The absolute address of the first host is carried over, too.
		if path == limitsURL && len(*old) == 0 {
			path = "/services/data/v66.0/limits"
		}
		if err := get(t, client, path); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	if len(*old) != 1 || len(*now) != 3 || len(o.asked()) != 2 {
		t.Errorf("%d calls to the old host, %d to the new, %d logins", len(*old), len(*now), len(o.asked()))
	}
}

func TestTokenNeverGoesToAForeignHost(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(numbered)
	client := flows.NewClient(newSource(t, clientCredentials(), o.options()))
	for _, path := range []string{
		"https://evil.test/services/data", "http://acme-instance.my.salesforce.com/x", "//evil.test/services", "https://acme-instance.my.salesforce.com:444/x",
		"https://acme-instance.my.salesforce.com@evil.test/", loginURL + "/services/data", "mailto:x@evil.test",
	} {
		err := get(t, client, path)
		if err == nil || !strings.Contains(err.Error(), "not sent there") {
			t.Errorf("%s: %v", path, err)
		}
	}
	if n := o.GetTotalCallCount(); n != 1 {
		t.Errorf("%d requests beside the login", n-1)
	}
}

func TestRedirectOfTheAPIIsSurfaced(t *testing.T) {
	t.Parallel()
	for _, status := range []int{301, 302, 303, 307, 308} {
		o := newOrg()
		o.onToken(numbered)
		o.api(limitsURL, func(call) *http.Response {
			response := httpmock.NewStringResponse(status, "")
			response.Header.Set("Location", "https://acme-new.my.salesforce.com/services/data/v66.0/limits")
			return response
		})
		source := newSource(t, clientCredentials(), o.options())
		plain := &http.Client{Transport: flows.NewTransport(source)}
		_, err := plain.Get(limitsURL)
		if err == nil || !strings.Contains(err.Error(), "acme-new.my.salesforce.com") || o.GetTotalCallCount() != 2 {
			t.Errorf("%d: %v, %d calls", status, err, o.GetTotalCallCount())
		}
		err = get(t, flows.NewClient(source), "/services/data/v66.0/limits")
		if err == nil || !strings.Contains(err.Error(), `redirect to "acme-new.my.salesforce.com"`) || o.GetTotalCallCount() != 3 {
			t.Errorf("%d: %v, %d calls", status, err, o.GetTotalCallCount())
		}
	}
}

func TestReadsAreRetriedAndWritesAreNot(t *testing.T) {
	t.Parallel()
	failures := map[string]httpmock.Responder{
		"503":   httpmock.NewStringResponder(503, ""),
		"429":   httpmock.NewStringResponder(429, ""),
		"reset": httpmock.NewErrorResponder(errors.New("connection reset by peer")),
	}
	for name, failure := range failures {
		for method, want := range map[string]int{http.MethodGet: 5, http.MethodHead: 5, http.MethodPost: 1, http.MethodPatch: 1} {
			o := newOrg()
			o.onToken(numbered)
			o.RegisterResponder(method, limitsURL, failure)
			request, err := http.NewRequestWithContext(t.Context(), method, "/services/data/v66.0/limits", strings.NewReader("{}"))
			if err != nil {
				t.Fatal(err)
			}
			client := flows.NewClient(newSource(t, clientCredentials(), o.options()))
			_, err = client.Do(request)
			var refused *flows.APIError
			if got := o.GetTotalCallCount() - 1; !errors.As(err, &refused) || got != want || len(o.asked()) != 1 {
				t.Errorf("%s %s: %d calls, %d logins, %v", method, name, got, len(o.asked()), err)
			}
			if name == "reset" && method == http.MethodPost && !strings.Contains(refused.Hint, "may have been carried out") {
				t.Errorf("hint of a lost write is %q", refused.Hint)
			}
		}
	}
}

func TestAnswerThatBreaksOffIsReadAgain(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(numbered)
	n := 0
	o.api(limitsURL, func(call) *http.Response {
		response := answer(200, limitBody)
		if n++; n == 1 {
			response.Body = io.NopCloser(io.MultiReader(strings.NewReader(`{"Dail`), errorReader{}))
		}
		return response
	})
	if err := get(t, flows.NewClient(newSource(t, clientCredentials(), o.options())), "/services/data/v66.0/limits"); err != nil || n != 2 {
		t.Errorf("%v after %d calls", err, n)
	}
}

type errorReader struct{}

func (errorReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestEndOfTheCallersContextIsNoFailureOfTheNetwork(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(numbered)
	ctx, cancel := context.WithCancel(t.Context())
	o.RegisterResponder(http.MethodGet, limitsURL, func(r *http.Request) (*http.Response, error) {
		cancel()
		<-r.Context().Done()
		return nil, r.Context().Err()
	})
	var into any
	err := flows.NewClient(newSource(t, clientCredentials(), o.options())).Get(ctx, "/services/data/v66.0/limits", &into)
	if !errors.Is(err, context.Canceled) || strings.Contains(err.Error(), "connection failed") || !strings.Contains(err.Error(), "limits stopped") {
		t.Errorf("error is %v", err)
	}
}

func TestRetryAfterDateWithoutServerDateSaysNothing(t *testing.T) {
	t.Parallel()
	response := answer(503, "")
	response.Header.Set("Retry-After", "Fri, 02 Jan 2026 04:00:07 GMT")
	if e := flows.ReadAPIError(response); e.RetryAfter != 0 {
		t.Errorf("wait %v from an unknown start", e.RetryAfter)
	}
}

func TestSOAPIsRefusedWithAJWTToken(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(always(200, `{"access_token":"a.b.c","token_format":"jwt","instance_url":"`+instanceURL+`"}`))
	err := get(t, flows.NewClient(newSource(t, clientCredentials(), o.options())), "/services/Soap/u/66.0")
	if err == nil || !strings.Contains(err.Error(), "SOAP does not take JWT-format") || o.GetTotalCallCount() != 1 {
		t.Errorf("%v", err)
	}
}

func TestEchoedTokenIsStruckOut(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(always(200, granted(canaryToken, instanceURL)))
	o.api(limitsURL, func(c call) *http.Response {
		return answer(400, `[{"errorCode":"X","message":"you sent `+c.authorization+`"}]`)
	})
	err := get(t, flows.NewClient(newSource(t, clientCredentials(), o.options())), "/services/data/v66.0/limits")
	if err == nil || strings.Contains(err.Error(), canaryToken) || !strings.Contains(err.Error(), "you sent Bearer [redacted]") {
		t.Errorf("error is %v", err)
	}
}

func TestInstanceURLWithAPathIsJoinedOnce(t *testing.T) {
	t.Parallel()
	const site = "https://site.example.test/partners"
	o := newOrg()
	o.onToken(always(200, granted("token-1", site+"/")))
	calls := o.api(site+"/services/data", only("token-1", 401, expired))
	options := o.options()
	options.AllowedHosts = []string{"site.example.test"}
	client := flows.NewClient(newSource(t, clientCredentials(), options))
	for _, path := range []string{"/services/data", "services/data", site + "/services/data", "/partners/services/data"} {
		if err := get(t, client, path); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	if len(*calls) != 4 {
		t.Errorf("%d calls", len(*calls))
	}
}
