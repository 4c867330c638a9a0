package selftest_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/request"
	"github.com/sfconform/sfconform/suites/endpoint"
)

// The cases that the harness is tested with: one of each sort.
var (
	success = fixtures.Case{
		ID: "self-cc", Flow: fixtures.ClientCredentials, Kind: fixtures.KindSuccess, Requirement: "A right request is answered with a token.",
		Want: fixtures.Want{Fields: map[string]string{"scope": "api"}},
		Then: []fixtures.Step{{Call: &fixtures.Call{Path: "/services/data", Want: fixtures.Want{Fields: map[string]string{"0.version": "*.0"}}}}},
	}
	jwtSuccess = fixtures.Case{
		ID: "self-jwt", Flow: fixtures.JWTBearer, Kind: fixtures.KindSuccess, Requirement: "A right assertion is answered with a token.",
	}
	wrongSecret = fixtures.Case{
		ID: "self-wrong-secret", Flow: fixtures.ClientCredentials, Kind: fixtures.KindRefusal, Requirement: "A wrong Consumer Secret is refused.",
		Request: []fixtures.Edit{fixtures.Param("client_secret", "not-the-secret")}, Want: fixtures.Want{Refusal: "client-secret-wrong"},
	}
	later = fixtures.Case{
		ID: "self-later", Flow: fixtures.ClientCredentials, Kind: fixtures.KindSession, Requirement: "A session ends.",
		Then: []fixtures.Step{{Advance: fixtures.Duration(time.Hour)}},
	}
	changed = fixtures.Case{
		ID: "self-changed", Flow: fixtures.ClientCredentials, Kind: fixtures.KindRefusal, Requirement: "A change shows.",
		Org: []fixtures.Change{fixtures.Remove("apps/integration/policies/runAs")}, Want: fixtures.Want{Refusal: "run-as-missing"},
	}
	flapping = fixtures.Case{
		ID: "self-flapping", Flow: fixtures.ClientCredentials, Kind: fixtures.KindPropagation, Requirement: "Nodes differ.",
		Then: []fixtures.Step{{Token: &fixtures.TokenStep{Times: 4, Want: fixtures.Want{Mixed: []string{fixtures.Success, "client-secret-wrong"}}}}},
	}
	ordinary = []fixtures.Case{success, jwtSuccess, wrongSecret}
)

// honest answers the ordinary cases as the catalogue says. Its fields are what it can be made to lie about.
type honest struct {
	creds       request.Credentials
	status      int
	granted     int
	contentType string
	cache       string
	token       string
	order       []string
	format      func(name, value string) string
	description func(string) string
	flap        bool
	served      int
}

func newHonest(t *testing.T) *honest {
	t.Helper()
	return &honest{
		creds: credentials(t), status: http.StatusBadRequest, granted: http.StatusOK, contentType: "application/json;charset=UTF-8", cache: "no-cache,no-store",
		token:       fixtures.ID15(credentials(t).OrgID) + "!" + strings.Repeat("AQ4.", 24),
		order:       []string{"access_token", "signature", "token_format", "scope", "instance_url", "id", "token_type", "issued_at"},
		format:      func(name, value string) string { return fmt.Sprintf("%q:%q", name, value) },
		description: func(s string) string { return s },
	}
}

func credentials(t *testing.T) request.Credentials {
	t.Helper()
	org, err := fixtures.Setups[0].Org()
	if err != nil {
		t.Fatal(err)
	}
	c, err := request.FromSetup(org, fixtures.Setups[0])
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// ServeHTTP is the whole org.
func (h *honest) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", h.contentType)
	w.Header().Set("Cache-Control", h.cache)
	h.served++
	if r.URL.Path == "/services/data" {
		_, _ = fmt.Fprint(w, `[{"label":"Winter","url":"/services/data/v60.0","version":"60.0"}]`)
		return
	}
	_ = r.ParseForm()
	jwt := r.PostForm.Get("grant_type") != "client_credentials"
	if (!jwt && r.PostForm.Get("client_secret") != h.creds.ClientSecret) || (h.flap && h.served%2 == 0) {
		w.WriteHeader(h.status)
		_, _ = fmt.Fprint(w, h.description(string(fixtures.MustRefusal("client-secret-wrong").Answer.Body())))
		return
	}
	h.issue(w, jwt)
}

func (h *honest) issue(w http.ResponseWriter, jwt bool) {
	fields := map[string]string{
		"access_token": h.token, "token_format": "opaque", "scope": "api", "instance_url": h.creds.LoginURL,
		"id":         h.creds.GenericURL + "/id/" + h.creds.OrgID + "/" + h.creds.UserID,
		"token_type": "Bearer", "issued_at": "1795330800000", "expires_in": "7200",
	}
	mac := hmac.New(sha256.New, []byte(h.creds.ClientSecret))
	mac.Write([]byte(fields["id"] + fields["issued_at"]))
	fields["signature"] = base64.StdEncoding.EncodeToString(mac.Sum(nil))
	order := h.order
	if jwt {
		order = []string{"access_token", "scope", "instance_url", "id", "token_type"}
	}
	w.WriteHeader(h.granted)
	var pairs []string
	for _, name := range order {
		pairs = append(pairs, h.format(name, fields[name]))
	}
	_, _ = fmt.Fprint(w, "{"+strings.Join(pairs, ",")+"}")
}

// target serves the handler as a target without any capability.
func target(t *testing.T, h http.Handler) endpoint.Target {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	address, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	creds := credentials(t)
	return endpoint.Target{
		Name: "self-test", Version: "1",
		Open: func(context.Context, fixtures.Case) (endpoint.Session, error) { return session{address, creds}, nil },
	}
}

type session struct {
	address *url.URL
	creds   request.Credentials
}

func (s session) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Host = r.URL.Host
	r.URL.Scheme, r.URL.Host = s.address.Scheme, s.address.Host
	return http.DefaultTransport.RoundTrip(r)
}

func (s session) Credentials() request.Credentials     { return s.creds }
func (s session) Change(...fixtures.Change) error      { return nil }
func (s session) Advance(time.Duration) error          { return nil }
func (s session) Now() time.Time                       { return time.Unix(1795330800, 0) }
func (s session) Decision() (endpoint.Decision, error) { return endpoint.Decision{}, nil }
func (s session) Close() error                         { return nil }
