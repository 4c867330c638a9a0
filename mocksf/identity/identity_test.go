package identity_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/identity"
	"github.com/sfconform/sfconform/mocksf/session"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

var start = time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)

const timeout = 2 * time.Hour

// org is a fake org with one token out.
type org struct {
	*snapshot.Org
	sessions *session.Store
	mux      *exchange.Mux
	token    string
}

func newOrg(t *testing.T, changes ...fixtures.Change) *org {
	t.Helper()
	o, err := fixtures.BuiltInOrg("production")
	if err != nil {
		t.Fatal(err)
	}
	compiled, err := snapshot.Compile(o.MustWith(changes...))
	if err != nil {
		t.Fatal(err)
	}
	x := &org{Org: compiled, sessions: session.NewStore(compiled.ID, 1)}
	x.mux = exchange.NewMux(identity.Routes(x.sessions)...)
	x.token = x.sessions.Opaque(x.sessions.New(x.AppByName("integration"), x.user(), []string{"api", "id"}, timeout, start))
	return x
}

func (x *org) user() *snapshot.User { return x.User("integration@acme.example") }

// call is a request: method, path with query, form body, header.
type call struct {
	method, path, form, authorization string
	host                              exchange.Host
	after                             time.Duration
}

var myDomain = exchange.Host{Role: exchange.MyDomain, Base: "https://acme.my.salesforce.com", Name: "acme.my.salesforce.com"}

func (x *org) do(t *testing.T, c call) exchange.Answer {
	t.Helper()
	u, err := url.Parse(c.path)
	if err != nil {
		t.Fatal(err)
	}
	r := &exchange.Request{
		Method: c.method, Path: u.Path, Query: u.Query(), Header: http.Header{}, Body: []byte(c.form),
		Org: x.Org, Now: start.Add(c.after), Host: c.host,
	}
	if r.Host.Base == "" {
		r.Host = myDomain
	}
	if c.form != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if c.authorization != "" {
		r.Header.Set("Authorization", strings.ReplaceAll(c.authorization, "TOKEN", x.token))
	}
	return x.mux.Handle(r)
}

// refused fails the test unless the answer is the refusal's.
func refused(t *testing.T, a exchange.Answer, id fixtures.RefusalID) {
	t.Helper()
	want := fixtures.MustRefusal(id)
	if a.Note.Refusal != id || a.Note.Check == "" || a.Status != want.Answer.Status || !want.Answer.Matches(a.Body) {
		t.Errorf("%d %s (%q, check %q), want %s", a.Status, a.Body, a.Note.Refusal, a.Note.Check, id)
	}
}

const userInfo = `{"sub":"https://login.salesforce.com/id/ORG/USER","user_id":"USER","organization_id":"ORG",` +
	`"preferred_username":"integration@acme.example","nickname":"NICK","name":"Acme Integration","email":"integration@acme.example",` +
	`"email_verified":true,"given_name":"Acme","family_name":"Integration","zoneinfo":"Europe/Berlin",` +
	`"photos":{"picture":"https://acme.file.force.com/profilephoto/USR15/F","thumbnail":"https://acme.file.force.com/profilephoto/USR15/T"},` +
	`"profile":"BASE/USER","picture":"https://acme.file.force.com/profilephoto/USR15/F","address":{"country":"DE"},` +
	`"is_salesforce_integration_user":true,"urls":URLS,"active":true,"user_type":"STANDARD","language":"en_US","locale":"en_US",` +
	`"utcOffset":3600000,"updated_at":"2025-01-06T09:00:00Z","is_app_installed":true}`

const identityInfo = `{"id":"https://login.salesforce.com/id/ORG/USER","asserted_user":true,"user_id":"USER","organization_id":"ORG",` +
	`"username":"integration@acme.example","nick_name":"NICK","display_name":"Acme Integration","email":"integration@acme.example",` +
	`"email_verified":true,"first_name":"Acme","last_name":"Integration","timezone":"Europe/Berlin",` +
	`"photos":{"picture":"https://acme.file.force.com/profilephoto/USR15/F","thumbnail":"https://acme.file.force.com/profilephoto/USR15/T"},` +
	`"addr_street":null,"addr_city":null,"addr_state":null,"addr_country":"DE","addr_zip":null,"mobile_phone":null,` +
	`"mobile_phone_verified":false,"is_lightning_login_user":false,"status":{"created_date":null,"body":null},"urls":URLS,` +
	`"active":true,"user_type":"STANDARD","language":"en_US","locale":"en_US","utcOffset":3600000,` +
	`"last_modified_date":"2025-01-06T09:00:00Z","is_app_installed":true}`

const allURLs = `{"enterprise":"BASE/services/Soap/c/{version}/ORG15","metadata":"BASE/services/Soap/m/{version}/ORG15",` +
	`"partner":"BASE/services/Soap/u/{version}/ORG15","rest":"BASE/services/data/v{version}/",` +
	`"sobjects":"BASE/services/data/v{version}/sobjects/","search":"BASE/services/data/v{version}/search/",` +
	`"query":"BASE/services/data/v{version}/query/","recent":"BASE/services/data/v{version}/recent/",` +
	`"tooling_soap":"BASE/services/Soap/T/{version}/ORG15","tooling_rest":"BASE/services/data/v{version}/tooling/",` +
	`"profile":"BASE/USER","feeds":"BASE/services/data/v{version}/chatter/feeds","groups":"BASE/services/data/v{version}/chatter/groups",` +
	`"users":"BASE/services/data/v{version}/chatter/users","feed_items":"BASE/services/data/v{version}/chatter/feed-items",` +
	`"feed_elements":"BASE/services/data/v{version}/chatter/feed-elements","custom_domain":"BASE"}`

// fill puts the org's ids and the address into a wanted body.
func (x *org) fill(body, base string) string {
	u := x.user()
	return strings.NewReplacer(
		"BASE", base, "ORG15", x.ID[:15], "USR15", u.ID[:15], "ORG", x.ID, "USER", u.ID, "NICK", "integration"+u.ID[11:15],
	).Replace(strings.ReplaceAll(body, "URLS", allURLs))
}

func TestUserInfoAndIdentityAreByteForByteThoseOfTheSamples(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	path := "/id/" + x.ID + "/" + x.user().ID
	for name, c := range map[string]struct {
		call
		want string
	}{
		"userinfo":           {call{method: "GET", path: "/services/oauth2/userinfo", authorization: "Bearer TOKEN"}, userInfo},
		"userinfo by OAuth":  {call{method: "POST", path: "/services/oauth2/userinfo", authorization: "OAuth TOKEN"}, userInfo},
		"userinfo by form":   {call{method: "POST", path: "/services/oauth2/userinfo", form: "oauth_token=" + x.token}, userInfo},
		"userinfo on login.": {call{method: "GET", path: "/services/oauth2/userinfo", authorization: "Bearer TOKEN", host: exchange.Host{Role: exchange.Login, Base: "https://login.salesforce.com"}}, userInfo},
		"identity":           {call{method: "GET", path: path, authorization: "Bearer TOKEN"}, identityInfo},
		"identity by query":  {call{method: "GET", path: path + "?format=json&oauth_token=" + url.QueryEscape(x.token)}, identityInfo},
		"identity, short":    {call{method: "GET", path: "/id/" + x.ID[:15] + "/" + x.user().ID[:15], authorization: "Bearer TOKEN"}, identityInfo},
	} {
		a := x.do(t, c.call)
		if want := x.fill(c.want, myDomain.Base); a.Status != 200 || string(a.Body) != want {
			t.Errorf("%s: %d\ngot  %s\nwant %s", name, a.Status, a.Body, want)
		}
		if a.Note.Username != "integration@acme.example" || a.Note.App != "integration" {
			t.Errorf("%s: note %+v", name, a.Note)
		}
	}
}

func TestOnThisMachineEveryAddressIsTheOneThatWasAsked(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	local := exchange.Host{Role: exchange.Loopback, Base: "http://127.0.0.1:8080", Name: "127.0.0.1"}
	a := x.do(t, call{method: "GET", path: "/services/oauth2/userinfo", authorization: "Bearer TOKEN", host: local})
	want := strings.ReplaceAll(x.fill(userInfo, local.Base), "https://login.salesforce.com/id/", local.Base+"/id/")
	if string(a.Body) != want {
		t.Errorf("got  %s\nwant %s", a.Body, want)
	}
}

func TestTheHostOfTheIdentityURLIsASwitch(t *testing.T) {
	t.Parallel()
	x := newOrg(t, fixtures.Set("behaviour/switches/identity-host", "my-domain"))
	a := x.do(t, call{method: "GET", path: "/services/oauth2/userinfo", authorization: "Bearer TOKEN"})
	if want := `{"sub":"https://acme.my.salesforce.com/id/` + x.ID; !strings.HasPrefix(string(a.Body), want) {
		t.Errorf("%s, want %s", a.Body, want)
	}
}

func TestIdentityIsRefusedToAllButTheTokensUser(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	admin := x.User("admin@acme.example").ID
	path := "/id/" + x.ID + "/" + x.user().ID
	for name, c := range map[string]struct {
		call
		want fixtures.RefusalID
	}{
		"no token":        {call{method: "GET", path: "/services/oauth2/userinfo"}, "oauth-token-missing"},
		"empty parameter": {call{method: "GET", path: path + "?oauth_token="}, "oauth-token-missing"},
		"garbage":         {call{method: "GET", path: path, authorization: "Bearer garbage"}, "oauth-token-bad"},
		"other scheme":    {call{method: "GET", path: path, authorization: "Basic TOKEN"}, "oauth-token-bad"},
		"expired":         {call{method: "GET", path: path, authorization: "Bearer TOKEN", after: timeout}, "oauth-token-bad"},
		"other user":      {call{method: "GET", path: "/id/" + x.ID + "/" + admin, authorization: "Bearer TOKEN"}, "oauth-token-bad"},
		"other org":       {call{method: "GET", path: "/id/00D000000000001EAA/" + x.user().ID, authorization: "Bearer TOKEN"}, "oauth-token-bad"},
		"no token, other": {call{method: "GET", path: "/id/x/y"}, "oauth-token-missing"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			refused(t, x.do(t, c.call), c.want)
		})
	}
}
