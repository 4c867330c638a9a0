package flows_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/sfconform/sfconform/flows"
)

func TestOnLoginSeesEveryNewTokenOnceBeforeItsUse(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(numbered)
	options := o.options()
	var seen []string
	options.OnLogin = func(token *flows.Token) {
		seen = append(seen, token.AccessToken)
		token.AccessToken = "spoilt"
	}
	source := newSource(t, clientCredentials(), options)
	first := mustToken(t, source)
	if mustToken(t, source) != first || first != "token-1" || len(seen) != 1 {
		t.Errorf("token %q, seen %q", first, seen)
	}
	source.Invalidate(first)
	if mustToken(t, source); len(seen) != 2 || seen[1] != "token-2" {
		t.Errorf("seen %q", seen)
	}
}

func TestQueryAsksForPagesOfTheConfiguredSize(t *testing.T) {
	t.Parallel()
	for size, want := range map[int]string{0: "", 200: "batchSize=200"} {
		o := newOrg()
		o.onToken(numbered)
		var got []string
		answerPage := func(body string) func(r *http.Request) (*http.Response, error) {
			return func(r *http.Request) (*http.Response, error) {
				got = append(got, r.Header.Get("Sforce-Query-Options"))
				return answer(200, body), nil
			}
		}
		o.RegisterResponder(http.MethodGet, instanceURL+"/services/data/v66.0/query?q=x",
			answerPage(`{"done":false,"nextRecordsUrl":"/services/data/v66.0/query/01g-200","records":[{}]}`))
		o.RegisterResponder(http.MethodGet, instanceURL+"/services/data/v66.0/query/01g-200", answerPage(`{"done":true,"records":[{}]}`))
		options := o.options()
		options.QueryBatch = size
		client := flows.NewClient(newSource(t, clientCredentials(), options))
		if _, err := client.Query(t.Context(), "66", "x", func(json.RawMessage) error { return nil }); err != nil {
			t.Fatal(err)
		}
		if len(got) != 2 || got[0] != want || got[1] != want {
			t.Errorf("size %d: asked with %q", size, got)
		}
	}
}
