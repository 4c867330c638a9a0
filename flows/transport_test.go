package flows_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
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
	for _, path := range []string{"/services/data/v66.0/limits", "services/data/v66.0/limits", "//"[1:] + "services/data/v66.0/limits", limitsURL} {
		if err := get(t, client, path); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
	if len(*calls) != 4 || len(o.asked()) != 1 {
		t.Errorf("%d calls, %d logins", len(*calls), len(o.asked()))
	}
}

func TestEndedSessionIsOneLoginAndOneIdenticalRepeat(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, body string
		status     int
	}{
		{"INVALID_SESSION_ID", expired, 401},
		{"INVALID_AUTH_HEADER", `[{"message":"INVALID_HEADER_TYPE","errorCode":"INVALID_AUTH_HEADER"}]`, 401},
		{"INVALID_JWT_FORMAT", `[{"message":"x","errorCode":"INVALID_JWT_FORMAT"}]`, 401},
		{"object", `{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}`, 401},
		{"oauth object", `{"error":"invalid_token"}`, 401},
		{"no body", ``, 401},
		{"identity", `Bad_OAuth_Token`, 403},
		{"bulk json", `{"exceptionCode":"InvalidSessionId","exceptionMessage":"Invalid session id"}`, 400},
		{"bulk xml", `<error xmlns="x"><exceptionCode>InvalidSessionId</exceptionCode><exceptionMessage>Invalid session id</exceptionMessage></error>`, 400},
		{"soap", `<soapenv:Fault><faultcode>sf:INVALID_SESSION_ID</faultcode><faultstring>x</faultstring></soapenv:Fault>`, 500},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			o := newOrg()
			o.onToken(numbered)
			calls := o.api(limitsURL+"?a=b%20c", only("token-2", test.status, test.body))
			client := flows.NewClient(newSource(t, clientCredentials(), o.options()))
			request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "/services/data/v66.0/limits?a=b%20c", strings.NewReader("id,name\n1,x\n"))
			if err != nil {
				t.Fatal(err)
			}
			response, err := client.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			_ = response.Body.Close()
			if len(*calls) != 2 || len(o.asked()) != 2 {
				t.Fatalf("%d calls, %d logins", len(*calls), len(o.asked()))
			}
			first, second := (*calls)[0], (*calls)[1]
			first.authorization, second.authorization = "", ""
			if first != second {
				t.Errorf("repeat differs: %+v, %+v", first, second)
			}
		})
	}
}

func TestPersistent401EndsAfterOneLogin(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(numbered)
	calls := o.api(limitsURL, only("never", 401, expired))
	err := get(t, flows.NewClient(newSource(t, clientCredentials(), o.options())), "/services/data/v66.0/limits")
	var refused *flows.APIError
	if !errors.As(err, &refused) || refused.Status != 401 || refused.Code != "INVALID_SESSION_ID" {
		t.Fatalf("error is %v", err)
	}
	if len(*calls) != 2 || len(o.asked()) != 2 {
		t.Errorf("%d calls, %d logins", len(*calls), len(o.asked()))
	}
}

func TestAnswersThatALoginCannotCureAreSurfaced(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, body, hint string
		status           int
	}{
		{"no api scope", `[{"message":"This session is not valid for use with the REST API","errorCode":"INVALID_SESSION_ID"}]`, "api scope", 401},
		{"agent", `[{"message":"Connected app is not attached to Agent","errorCode":"INVALID_SESSION_ID"}]`, "attach", 401},
		{"password", `[{"message":"Your password has expired. Please reset your password.","errorCode":"INVALID_OPERATION_WITH_EXPIRED_PASSWORD"}]`, "reset", 401},
		{"named code", `[{"message":"x","errorCode":"SOMETHING_ELSE"}]`, "", 401},
		{"limit", `[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]`, "daily API limit", 403},
		{"api off", `[{"message":"The REST API is not enabled for this Organization.","errorCode":"API_DISABLED_FOR_ORG"}]`, "API Enabled", 403},
		{"permission", `[{"message":"x","errorCode":"INSUFFICIENT_ACCESS"}]`, "", 403},
		{"missing token", `Missing_OAuth_Token`, "", 403},
		{"retired version", ``, "APIVersion", 410},
		{"unknown version", `[{"message":"The requested resource does not exist","errorCode":"NOT_FOUND"}]`, "APIVersion", 404},
		{"malformed query", `[{"message":"unexpected token","errorCode":"MALFORMED_QUERY"},{"message":"b","errorCode":"B"}]`, "", 400},
		{"moved session", `[{"message":"Destination URL not reset. The URL returned from login must be set","errorCode":"URL_NOT_RESET"}]`, "instance_url", 400},
		{"odd fields", `[{"message":"m","errorCode":"X","fields":"Name"}]`, "", 400},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			o := newOrg()
			o.onToken(numbered)
			calls := o.api(limitsURL, only("never", test.status, test.body))
			err := get(t, flows.NewClient(newSource(t, clientCredentials(), o.options())), "/services/data/v66.0/limits")
			var refused *flows.APIError
			if !errors.As(err, &refused) || refused.Status != test.status || !strings.Contains(refused.Hint, test.hint) {
				t.Fatalf("error is %v, %+v", err, refused)
			}
			if len(*calls) != 1 || len(o.asked()) != 1 {
				t.Errorf("%d calls, %d logins", len(*calls), len(o.asked()))
			}
			if refused.Code != "" && !strings.Contains(test.body, refused.Message) {
				t.Errorf("message %q is not the org's", refused.Message)
			}
		})
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
		_, err := plain.Get(limitsURL) //nolint:noctx,bodyclose // an error is expected
		if err == nil || !strings.Contains(err.Error(), "acme-new.my.salesforce.com") || o.GetTotalCallCount() != 2 {
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
			_, err = client.Do(request) //nolint:bodyclose // an error is expected
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

func TestFailedLoginAgainShowsBothReasons(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(sequence(numbered, always(400, refusal("invalid_grant", "inactive user"))))
	o.api(limitsURL, only("never", 401, expired))
	err := get(t, flows.NewClient(newSource(t, clientCredentials(), o.options())), "/services/data/v66.0/limits")
	var refused *flows.APIError
	if login := wantTokenError(t, err); login.Description != "inactive user" || !errors.As(err, &refused) {
		t.Errorf("error is %v", err)
	}
	if !strings.Contains(err.Error(), "inactive user") || !strings.Contains(err.Error(), "INVALID_SESSION_ID") {
		t.Errorf("error is %v", err)
	}
}

func TestParallelCallsShareOneLoginAfterExpiry(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(numbered)
	o.api(limitsURL, only("token-2", 401, expired))
	client := flows.NewClient(newSource(t, clientCredentials(), o.options()))
	var workers sync.WaitGroup
	for range 20 {
		workers.Go(func() {
			if err := get(t, client, "/services/data/v66.0/limits"); err != nil {
				t.Error(err)
			}
		})
	}
	workers.Wait()
	if len(o.asked()) != 2 {
		t.Errorf("%d logins", len(o.asked()))
	}
}

func TestBodyThatCannotBeSentAgainIsNot(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(numbered)
	calls := o.api(limitsURL, only("token-2", 401, expired))
	transport := flows.NewTransport(newSource(t, clientCredentials(), o.options()))
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, limitsURL[len(instanceURL):], io.NopCloser(bytes.NewReader([]byte("once"))))
	if err != nil {
		t.Fatal(err)
	}
	response, err := transport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, _ := io.ReadAll(response.Body)
	if response.StatusCode != 401 || string(body) != expired || len(*calls) != 1 {
		t.Errorf("status %d, body %q, %d calls", response.StatusCode, body, len(*calls))
	}
	if fmt.Sprintf("%+v", response.Request) == "" || response.Request.Header.Get("Authorization") != "" {
		t.Error("the response shows the token")
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
