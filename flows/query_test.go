package flows_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/flows"
)

const queryURL = instanceURL + "/services/data/v66.0/query"

func query(t *testing.T, o *org) (flows.QueryResult, []string, error) {
	t.Helper()
	var ids []string
	client := flows.NewClient(newSource(t, clientCredentials(), o.options()))
	result, err := client.Query(t.Context(), "66", "SELECT Id FROM Account", func(record json.RawMessage) error {
		var row struct{ ID string }
		if err := json.Unmarshal(record, &row); err != nil {
			return err
		}
		ids = append(ids, row.ID)
		return nil
	})
	return result, ids, err
}

// pages serves six pages of one record each and ends the session after the third.
func TestSessionEndBetweenPagesLosesAndDoublesNothing(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(numbered)
	served := 0
	serve := func(n int) func(call) *http.Response {
		return func(c call) *http.Response {
			if served >= 3 && c.authorization == "Bearer token-1" {
				return answer(401, expired)
			}
			served++
			next := fmt.Sprintf(`,"nextRecordsUrl":"/services/data/v66.0/query/01g-%d"`, n+1)
			if n == 6 {
				next = ""
			}
			return answer(200, fmt.Sprintf(`{"totalSize":6,"done":%v,"records":[{"Id":"%d"}]%s}`, n == 6, n, next))
		}
	}
	o.api(queryURL+"?q=SELECT+Id+FROM+Account", serve(1))
	for n := 2; n <= 6; n++ {
		o.api(fmt.Sprintf("%s/01g-%d", queryURL, n), serve(n))
	}
	result, ids, err := query(t, o)
	if err != nil || strings.Join(ids, "") != "123456" || result != (flows.QueryResult{Records: 6, TotalSize: 6, Pages: 6}) {
		t.Errorf("ids %v, result %+v, error %v", ids, result, err)
	}
	if len(o.asked()) != 2 {
		t.Errorf("%d logins", len(o.asked()))
	}
}

func TestQueryRefusesWhatIsNoResult(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, body, words string }{
		{"no done", `{"records":[]}`, "no done"},
		{"no next", `{"done":false,"records":[]}`, "no nextRecordsUrl"},
		{"loop", `{"done":false,"records":[],"nextRecordsUrl":"/services/data/v66.0/query?q=SELECT+Id+FROM+Account"}`, "came twice"},
		{"foreign next", `{"done":false,"records":[],"nextRecordsUrl":"https://evil.test/next"}`, "not sent there"},
		{"foreign next without scheme", `{"done":false,"records":[],"nextRecordsUrl":"//evil.test/next"}`, "not sent there"},
		{"not JSON", `<html>`, "not the JSON"},
		{"row that is refused", `{"done":true,"records":[7]}`, "cannot unmarshal"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			o := newOrg()
			o.onToken(numbered)
			o.api(queryURL+"?q=SELECT+Id+FROM+Account", func(call) *http.Response { return answer(200, test.body) })
			if _, _, err := query(t, o); err == nil || !strings.Contains(err.Error(), test.words) {
				t.Errorf("error is %v", err)
			}
		})
	}
}

func TestQueryRefusesAnImpossibleVersion(t *testing.T) {
	t.Parallel()
	o := newOrg()
	_, err := flows.NewClient(newSource(t, clientCredentials(), o.options())).Query(t.Context(), "latest", "SELECT Id FROM Account", nil)
	if wantSetting(t, err, "APIVersion", `"latest"`); o.GetTotalCallCount() != 0 {
		t.Error("something was sent")
	}
}

func TestUserInfoAndLimitInfo(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(numbered)
	o.api(instanceURL+"/services/oauth2/userinfo", func(call) *http.Response {
		response := answer(200, `{"user_id":"005x","organization_id":"00Dx","preferred_username":"u@x.test","active":true,"urls":{"a":"b"}}`)
		response.Header.Set("Sforce-Limit-Info", "api-usage=18/15000")
		return response
	})
	client := flows.NewClient(newSource(t, clientCredentials(), o.options()))
	if client.LimitInfo() != "" {
		t.Error("limit info before the first call")
	}
	info, err := client.UserInfo(t.Context())
	if err != nil || info.Username != "u@x.test" || info.OrganizationID != "00Dx" || client.LimitInfo() != "api-usage=18/15000" {
		t.Errorf("%+v, %q, %v", info, client.LimitInfo(), err)
	}
	o.api(instanceURL+"/services/oauth2/userinfo", only("never", 403, "Missing_OAuth_Token"))
	var refused *flows.APIError
	if _, err := client.UserInfo(t.Context()); !errors.As(err, &refused) || refused.Code != "Missing_OAuth_Token" {
		t.Error(err)
	}
}
