package flows_test

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/jarcoal/httpmock"

	"github.com/sfconform/sfconform/flows"
)

const (
	accountURL = instanceURL + "/services/data/v66.0/sobjects/Account"
	upsertURL  = accountURL + "/Key__c/a%2Fb"
)

// writes answers the n-th write of a kind with what the script says, and keeps what was sent.
func (o *org) writes(method, address string, script func(n int) (*http.Response, error)) *[]string {
	var sent []string
	o.RegisterResponder(method, address, func(r *http.Request) (*http.Response, error) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		sent = append(sent, fmt.Sprintf("%s %s", r.Header.Get("Authorization"), body))
		return script(len(sent))
	})
	return &sent
}

func TestCreateReturnsTheID(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(numbered)
	sent := o.writes(http.MethodPost, accountURL, func(int) (*http.Response, error) {
		return answer(http.StatusCreated, `{"id":"001x","success":true,"errors":[]}`), nil
	})
	id, err := flows.NewClient(newSource(t, clientCredentials(), o.options())).Create(t.Context(), "66", "Account", map[string]any{"Name": "A & B"})
	if err != nil || id != "001x" || len(*sent) != 1 || (*sent)[0] != `Bearer token-1 {"Name":"A \u0026 B"}` {
		t.Errorf("id %q, error %v, sent %q", id, err, *sent)
	}
}

func TestCreateAfterAnEndedSessionIsTheSameRequest(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(numbered)
	sent := o.writes(http.MethodPost, accountURL, func(n int) (*http.Response, error) {
		if n == 1 {
			return answer(http.StatusUnauthorized, `[{"errorCode":"INVALID_SESSION_ID","message":"Session expired or invalid"}]`), nil
		}
		return answer(http.StatusCreated, `{"id":"001x","success":true}`), nil
	})
	if _, err := flows.NewClient(newSource(t, clientCredentials(), o.options())).Create(t.Context(), "66", "Account", map[string]any{"N": 1}); err != nil {
		t.Fatal(err)
	}
	if len(*sent) != 2 || strings.Replace((*sent)[0], "token-1", "token-2", 1) != (*sent)[1] {
		t.Errorf("sent %q", *sent)
	}
}

func TestCreateThatMayHaveRunIsNotRepeatedAndAnUpsertIs(t *testing.T) {
	t.Parallel()
	for name, failing := range map[string]func() (*http.Response, error){
		"reset": func() (*http.Response, error) { return nil, errors.New("connection reset by peer") },
		"503":   func() (*http.Response, error) { return answer(http.StatusServiceUnavailable, ""), nil },
	} {
		o := newOrg()
		o.onToken(numbered)
		client := flows.NewClient(newSource(t, clientCredentials(), o.options()))
		created := o.writes(http.MethodPost, accountURL, func(int) (*http.Response, error) { return failing() })
		_, err := client.Create(t.Context(), "66", "Account", nil)
		if refused, found := errors.AsType[*flows.APIError](err); !found || len(*created) != 1 ||
			!strings.Contains(refused.Hint, "may have been carried out") {
			t.Errorf("%s: %d inserts, error %v", name, len(*created), err)
		}
		upserted := o.writes(http.MethodPatch, upsertURL, func(n int) (*http.Response, error) {
			if n < 3 {
				return failing()
			}
			return answer(http.StatusOK, `{"id":"001x","success":true,"created":false}`), nil
		})
		if made, err := client.Upsert(t.Context(), "66", "Account", "Key__c", "a/b", nil); err != nil || made || len(*upserted) != 3 {
			t.Errorf("%s: %d upserts, created %t, error %v", name, len(*upserted), made, err)
		}
	}
}

func TestAnswersToAWriteThatAreNoSaveResult(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, words string
		response    *http.Response
	}{
		{"html", "not a save result", answer(http.StatusOK, "<html>")},
		{"null", "not a save result", answer(http.StatusOK, "null")},
		{"no id", "does not name its id", answer(http.StatusCreated, `{"success":true}`)},
		{"refused inside", "was not written: FIELD_X: heron-1", answer(http.StatusOK, `{"success":false,"errors":[{"errorCode":"FIELD_X","message":"heron-1"}]}`)},
		{"refused without a word", "without a reason", answer(http.StatusOK, `{"success":false}`)},
		{"refused", "heron-2", answer(http.StatusBadRequest, `[{"errorCode":"FIELD_Y","message":"heron-2"}]`)},
	}
	for _, test := range tests {
		o := newOrg()
		o.onToken(numbered)
		o.RegisterResponder(http.MethodPost, accountURL, httpmock.ResponderFromResponse(test.response))
		_, err := flows.NewClient(newSource(t, clientCredentials(), o.options())).Create(t.Context(), "66", "Account", nil)
		if err == nil || !strings.Contains(err.Error(), test.words) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

func TestUpdateWithoutABodyIsASuccess(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(numbered)
	o.RegisterResponder(http.MethodPatch, upsertURL, httpmock.NewStringResponder(http.StatusNoContent, ""))
	if made, err := flows.NewClient(newSource(t, clientCredentials(), o.options())).Upsert(t.Context(), "66", "Account", "Key__c", "a/b", nil); made || err != nil {
		t.Errorf("created %t, error %v", made, err)
	}
}
