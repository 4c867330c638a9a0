package flows_test

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/sfconform/sfconform/flows"
)

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
	refused, isAPIError := err.(*flows.APIError) //nolint:errorlint // nothing may be wrapped around the API's own answer
	if !isAPIError || refused.Status != 401 || refused.Code != "INVALID_SESSION_ID" {
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
		{"api off for the user", `[{"message":"API is disabled for this User","errorCode":"API_CURRENTLY_DISABLED"}]`, "API Enabled", 403},
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

func TestTemporaryAPIErrors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		status int
		body   string
		want   bool
	}{
		{503, "", true},
		{429, "", true},
		{500, `[{"message":"x","errorCode":"UNKNOWN_EXCEPTION"}]`, true},
		{500, `<faultcode>sf:INVALID_SESSION_ID</faultcode>`, false},
		{403, `[{"message":"x","errorCode":"REQUEST_LIMIT_EXCEEDED"}]`, false},
		{400, "", false},
	}
	for _, test := range tests {
		if got := flows.ReadAPIError(answer(test.status, test.body)).Temporary(); got != test.want {
			t.Errorf("%d %s: temporary is %v", test.status, test.body, got)
		}
	}
}

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

func TestSessionsThatEndSoonAreRenewedAsLongAsCallsSucceedBetween(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(numbered)
	valid := ""
	o.api(limitsURL, func(c call) *http.Response { return only(valid, 401, expired)(c) })
	client := flows.NewClient(newSource(t, clientCredentials(), o.options()))
	for _, valid = range []string{"token-1", "token-2", "token-3", "token-4", "token-5"} {
		if err := get(t, client, "/services/data/v66.0/limits"); err != nil {
			t.Fatalf("%s: %v", valid, err)
		}
	}
	if len(o.asked()) != 5 {
		t.Errorf("%d logins", len(o.asked()))
	}
}
