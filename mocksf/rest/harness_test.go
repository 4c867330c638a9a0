package rest_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/records"
	"github.com/sfconform/sfconform/mocksf/rest"
	"github.com/sfconform/sfconform/mocksf/session"
	"github.com/sfconform/sfconform/mocksf/snapshot"
	"github.com/sfconform/sfconform/mocksf/usage"
)

var start = time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)

const timeout = 2 * time.Hour

// org is a fake org with its data API and one token out.
type org struct {
	*snapshot.Org
	sessions *session.Store
	mux      *exchange.Mux
	token    string
}

func newOrg(tb testing.TB, changes ...fixtures.Change) *org {
	tb.Helper()
	o, err := fixtures.BuiltInOrg("production")
	if err != nil {
		tb.Fatal(err)
	}
	compiled, err := snapshot.Compile(o.MustWith(changes...))
	if err != nil {
		tb.Fatal(err)
	}
	x := &org{Org: compiled, sessions: session.NewStore(compiled.ID, 1)}
	x.mux = exchange.NewMux(rest.Routes(x.sessions, records.NewStore(), &usage.Counter{})...)
	x.token = x.issue("api")
	return x
}

func (x *org) issue(scopes ...string) string {
	return x.sessions.Opaque(x.sessions.New(x.AppByName("integration"), x.user(), scopes, timeout, start))
}

func (x *org) issueJWT() string {
	app := x.AppByName("integration")
	s := x.sessions.New(app, x.user(), []string{"api"}, timeout, start)
	return x.sessions.JWT(s, x.Org, "https://acme.my.salesforce.com", app.ConsumerKey)
}

func (x *org) user() *snapshot.User { return x.User("integration@acme.example") }

// call is a request; no authorization means the org's token, "-" means none.
type call struct {
	method, path, authorization string
	body                        string
	role                        exchange.Role
	header                      map[string]string
	after                       time.Duration
}

func (x *org) do(tb testing.TB, c call) exchange.Answer {
	tb.Helper()
	u, err := url.Parse(c.path)
	if err != nil {
		tb.Fatal(err)
	}
	r := &exchange.Request{
		Method: "GET", Path: u.Path, Query: u.Query(), Body: []byte(c.body), Header: http.Header{}, Org: x.Org, Now: start.Add(c.after),
		Host: exchange.Host{Role: c.role, Base: "https://acme.my.salesforce.com", Name: "acme.my.salesforce.com"},
	}
	if c.method != "" {
		r.Method = c.method
	}
	switch c.authorization {
	case "":
		r.Header.Set("Authorization", "Bearer "+x.token)
	case "-":
	default:
		r.Header.Set("Authorization", strings.ReplaceAll(c.authorization, "TOKEN", x.token))
	}
	for name, value := range c.header {
		r.Header.Set(name, value)
	}
	return x.mux.Handle(r)
}

func (x *org) get(tb testing.TB, path string) exchange.Answer {
	tb.Helper()
	return x.do(tb, call{path: path})
}

// query is the path of a query at the latest version.
func query(soql string) string { return "/services/data/v67.0/query?q=" + url.QueryEscape(soql) }

// refused fails the test unless the answer is the refusal's.
func refused(tb testing.TB, a exchange.Answer, id fixtures.RefusalID) {
	tb.Helper()
	want := fixtures.MustRefusal(id)
	if a.Note.Refusal != id || a.Status != want.Answer.Status || !want.Answer.Matches(a.Body) {
		tb.Errorf("%d %s (%q), want %s", a.Status, a.Body, a.Note.Refusal, id)
	}
}

// decode reads the JSON of a success.
func decode[T any](tb testing.TB, a exchange.Answer) T {
	tb.Helper()
	var v T
	if err := json.Unmarshal(a.Body, &v); a.Status != 200 || err != nil {
		tb.Fatalf("%d %s: %v", a.Status, a.Body, err)
	}
	return v
}
