package control_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf"
)

func serve(t *testing.T, changes ...fixtures.Change) (*mocksf.Server, *httptest.Server) {
	t.Helper()
	org, err := fixtures.BuiltInOrg("production")
	if err != nil {
		t.Fatal(err)
	}
	server := mocksf.Serve(t, mocksf.Options{
		Orgs: []fixtures.Org{org.MustWith(changes...)}, Start: time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC), Frozen: true,
	})
	api := httptest.NewServer(server.ControlHandler())
	t.Cleanup(api.Close)
	return server, api
}

func call(t *testing.T, api *httptest.Server, method, path, body string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, api.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	resp, err := api.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(text)
}

func TestChangesTakeEffectAndSpread(t *testing.T) {
	t.Parallel()
	delays := map[fixtures.ChangeKind]fixtures.Duration{"run-as": fixtures.Duration(10 * time.Minute)}
	server, api := serve(t, fixtures.Set("propagation", fixtures.Propagation{Nodes: 3, Delays: delays}))
	status, text := call(t, api, "POST", "/changes", `{"changes":[{"path":"apps/integration/policies/runAs","value":"admin@acme.example"}]}`)
	if status != http.StatusOK || !strings.Contains(text, `"settlesAt": "2026-01-15T12:10:00Z"`) || !strings.Contains(text, `"kind": "run-as"`) {
		t.Fatalf("%d %s", status, text)
	}
	if strings.Contains(text, "admin@acme.example") {
		t.Error("the values of pending changes are shown")
	}
	if got := server.Org().Config().Apps["integration"].Policies.RunAs; got != "admin@acme.example" {
		t.Errorf("Run As is %q", got)
	}
	if status, text := call(t, api, "POST", "/clock", `{"settle":true}`); status != http.StatusOK || !strings.Contains(text, `"now": "2026-01-15T12:10:00Z"`) {
		t.Errorf("settle: %d %s", status, text)
	}
}

func TestBadRequestsNameWhatIsWrongAndChangeNothing(t *testing.T) {
	t.Parallel()
	server, api := serve(t)
	before, err := json.Marshal(server.Org().Config())
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		method, path, body string
		status             int
		want               string
	}{
		{"POST", "/changes", ``, 400, "the document is empty"},
		{"POST", "/changes", `{}`, 400, "there are no changes"},
		{"POST", "/changes", `{"chnages":[]}`, 400, `did you mean \"changes\"?`},
		{"POST", "/changes", `{"changes":[{"path":"apps/integration/policies/runAss","value":1}]}`, 400, `did you mean \"runAs\"?`},
		{"POST", "/changes", `{"changes":[{"path":"apps/none/enabled","value":true}]}`, 400, "there is no such entry"},
		{"POST", "/changes", `{"changes":[{"path":"apps/integration/enabled","value":false},{"path":"apps/integration/certificate","value":"no"}]}`, 400, "nothing was changed"},
		{"POST", "/clock", `{}`, 400, "advance"},
		{"POST", "/clock", `{"advance":"-1m"}`, 400, "no duration"},
		{"POST", "/clock", `{"advance":"10"}`, 400, "write 90s, 10m, 2h or 30d"},
		{"POST", "/faults", `{"name":"x","kind":"slwo","first":1}`, 400, `did you mean \"slow\"?`},
		{"POST", "/faults", `{"name":"x","kind":"reset","where":"inisde","first":1}`, 400, `did you mean \"inside\"?`},
		{"POST", "/faults", `{"name":"x","kind":"reset","first":1,"match":{"hots":"own"}}`, 400, `did you mean \"host\"?`},
		{"DELETE", "/faults/none", ``, 400, "none"},
		{"GET", "/journal?since=x", ``, 400, "no whole number"},
		{"GET", "/jurnal", ``, 404, "did you mean /journal?"},
		{"DELETE", "/clock", ``, 405, "does not take DELETE"},
		{"GET", "/org?org=nobody", ``, 404, `no org is called \"nobody\"`},
		{"GET", "/credentials?app=integratio", ``, 400, `did you mean \"integration\"?`},
		{"POST", "/sessions/revoke", `{"user":"nobody"}`, 400, `no user \"nobody\"`},
		{"POST", "/sessions/revoke", `{}`, 400, "say whose sessions end"},
		{"POST", "/changes", strings.Repeat(" ", 2<<20), 413, "larger than 1 MiB"},
		{"POST", "/changes", strings.Repeat("[", 100000), 400, "error"},
		{"POST", "/changes", "\xff\xfe", 400, "error"},
	}
	for _, tt := range tests {
		status, text := call(t, api, tt.method, tt.path, tt.body)
		if status != tt.status || !strings.Contains(text, tt.want) {
			t.Errorf("%s %s %.60s: %d %s, want %d with %q", tt.method, tt.path, tt.body, status, text, tt.status, tt.want)
		}
	}
	after, err := json.Marshal(server.Org().Config())
	if err != nil || string(before) != string(after) {
		t.Error("a refused request changed the org")
	}
}

func TestNoSecretIsShownButWhereItIsAskedFor(t *testing.T) {
	t.Parallel()
	server, api := serve(t)
	c, err := server.Org().Credentials("")
	if err != nil {
		t.Fatal(err)
	}
	form := strings.NewReader("grant_type=client_credentials&client_id=" + c.ClientID + "&client_secret=" + c.ClientSecret)
	resp, err := http.Post(c.TokenURL, "application/x-www-form-urlencoded", form)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var token struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&token); err != nil || token.AccessToken == "" {
		t.Fatalf("%v %v", err, token)
	}
	for _, path := range []string{"/", "/org", "/changes", "/clock", "/faults", "/journal", "/login-history"} {
		_, text := call(t, api, "GET", path, "")
		for name, secret := range map[string]string{"consumer secret": c.ClientSecret, "access token": token.AccessToken, "key": c.PrivateKey[100:200]} {
			if strings.Contains(text, secret) {
				t.Errorf("GET %s shows the %s", path, name)
			}
		}
	}
	if _, text := call(t, api, "GET", "/credentials", ""); !strings.Contains(text, c.ClientSecret) {
		t.Error("GET /credentials lacks the consumer secret")
	}
}

func TestTheJournalTellsWhatDecidedAndTheLoginHistoryWhatTheAdminSees(t *testing.T) {
	t.Parallel()
	server, api := serve(t, fixtures.Set("users/integration@acme.example/frozen", true))
	c, err := server.Org().Credentials("")
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.Post(c.TokenURL, "application/x-www-form-urlencoded",
		strings.NewReader("grant_type=client_credentials&client_id="+c.ClientID+"&client_secret="+c.ClientSecret))
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	if _, text := call(t, api, "GET", "/journal", ""); !strings.Contains(text, `"check": "user-not-frozen"`) || !strings.Contains(text, `"refusal": "user-frozen"`) {
		t.Errorf("journal: %s", text)
	}
	if _, text := call(t, api, "GET", "/login-history", ""); !strings.Contains(text, fixtures.MustRefusal("user-frozen").LoginStatus) {
		t.Errorf("login history: %s", text)
	}
}

func TestTheKindsOfFaultsAreToldWithTheirFields(t *testing.T) {
	t.Parallel()
	_, api := serve(t)
	status, text := call(t, api, "GET", "/faults/kinds", "")
	if status != http.StatusOK || !strings.Contains(text, `"kind": "redirect"`) || !strings.Contains(text, `"location"`) {
		t.Errorf("%d %s", status, text)
	}
}
