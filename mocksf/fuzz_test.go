package mocksf_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/mocksf"
)

// FuzzTokenRequest: whatever arrives, the answer is one of the endpoint's, never a
// panic, and no secret of the org is in it.
func FuzzTokenRequest(f *testing.F) {
	server, err := mocksf.New(mocksf.Options{Start: noon, Frozen: true})
	if err != nil {
		f.Fatal(err)
	}
	c, err := server.Org().Credentials("")
	if err != nil {
		f.Fatal(err)
	}
	form := "application/x-www-form-urlencoded"
	f.Add("POST", form, "", "grant_type=client_credentials&client_id="+c.ClientID+"&client_secret="+c.ClientSecret, "")
	f.Add("POST", form, "Basic YTpi", "grant_type=client_credentials", "")
	f.Add("POST", form, "Basic !", "grant_type=%zz&grant_type=b", "scope=x")
	f.Add("GET", "", "", "", "grant_type=password&username=a&password=b")
	f.Add("POST", "application/json", "", `{"grant_type":"client_credentials"}`, "")
	f.Add("POST", form, "", "grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=eyJhbGciOiJub25lIn0.eyJpc3MiOiJ4In0.", "")
	f.Add("POST", form, "", "grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=e30.e30.e30", "")
	handler := server.Handler()
	f.Fuzz(func(t *testing.T, method, contentType, authorization, body, query string) {
		r, err := http.NewRequestWithContext(t.Context(), method, "http://127.0.0.1/services/oauth2/token", strings.NewReader(body))
		if err != nil {
			t.Skip()
		}
		r.URL.RawQuery, r.RemoteAddr = query, "127.0.0.1:1"
		r.Header.Set("Content-Type", contentType)
		r.Header.Set("Authorization", authorization)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != http.StatusOK && w.Code != http.StatusBadRequest {
			t.Fatalf("answered with %d", w.Code)
		}
		if !json.Valid(w.Body.Bytes()) {
			t.Fatalf("answered with %q", w.Body)
		}
		if strings.Contains(w.Body.String(), c.ClientSecret) {
			t.Fatal("the consumer secret is in the answer")
		}
	})
}

// FuzzControl: whatever arrives at the control API, the answer is JSON and no panic.
func FuzzControl(f *testing.F) {
	f.Add("POST", "/changes", `{"changes":[{"path":"apps/integration/policies/runAs","value":null}]}`)
	f.Add("POST", "/changes", `{"changes":[{"path":"apps","value":{"x":{"certificate":"no"}}}]}`)
	f.Add("POST", "/clock", `{"advance":"10m"}`)
	f.Add("POST", "/faults", `{"name":"x","kind":"slow","delay":"1s","first":1}`)
	f.Add("DELETE", "/faults/x", "")
	f.Add("GET", "/journal?since=18446744073709551615&limit=1", "")
	f.Add("POST", "/sessions/revoke", `{"all":true}`)
	f.Add("GET", "/org?org=nobody", "")
	f.Fuzz(func(t *testing.T, method, target, body string) {
		server, err := mocksf.New(mocksf.Options{Start: noon, Frozen: true})
		if err != nil {
			t.Fatal(err)
		}
		r, err := http.NewRequestWithContext(t.Context(), method, "http://127.0.0.1"+target, strings.NewReader(body))
		if err != nil || !strings.HasPrefix(target, "/") {
			t.Skip()
		}
		w := httptest.NewRecorder()
		server.ControlHandler().ServeHTTP(w, r)
		if w.Code >= http.StatusInternalServerError {
			t.Fatalf("answered with %d %s", w.Code, w.Body)
		}
		if len(w.Body.Bytes()) > 0 && strings.HasPrefix(w.Header().Get("Content-Type"), "application/json") && !json.Valid(w.Body.Bytes()) {
			t.Fatalf("answered with %q", w.Body)
		}
	})
}
