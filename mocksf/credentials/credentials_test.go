package credentials_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/credentials"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/records"
	"github.com/sfconform/sfconform/mocksf/rest"
	"github.com/sfconform/sfconform/mocksf/session"
	"github.com/sfconform/sfconform/mocksf/snapshot"
	"github.com/sfconform/sfconform/mocksf/usage"
)

var start = time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)

// org is a fake org whose newest configuration all requests see.
type org struct {
	tb       testing.TB
	config   fixtures.Org
	seen     *snapshot.Org
	now      time.Time
	mux      *exchange.Mux
	token    string
	failing  error
	consumer string
}

func newOrg(tb testing.TB) *org {
	tb.Helper()
	config, err := fixtures.BuiltInOrg("production")
	if err != nil {
		tb.Fatal(err)
	}
	x := &org{tb: tb, config: config, now: start}
	if err := x.change(fixtures.Set("settings/secretsByRest", true), fixtures.Set("users/integration@acme.example/viewClientSecret", true)); err != nil {
		tb.Fatal(err)
	}
	sessions := session.NewStore(x.seen.ID, 1)
	x.mux = exchange.NewMux(rest.Routes(sessions, records.NewStore(), &usage.Counter{}, credentials.Places(x.change)...)...)
	x.token = sessions.Opaque(sessions.New(x.seen.AppByName("integration"), x.seen.User("integration@acme.example"), []string{"api"}, 365*24*time.Hour, start))
	x.find()
	return x
}

func (x *org) change(changes ...fixtures.Change) error {
	if x.failing != nil {
		return x.failing
	}
	next, err := x.config.With(changes...)
	if err != nil {
		return err
	}
	seen, err := snapshot.Compile(next)
	if err == nil {
		x.config, x.seen = next, seen
	}
	return err
}

// find looks the consumer of the app up.
func (x *org) find() {
	x.tb.Helper()
	var apps struct {
		Apps []struct{ DeveloperName, Identifier string }
	}
	x.json(x.do("GET", "/services/data/v65.0/apps/oauth/usage", ""), &apps)
	if len(apps.Apps) != 1 || apps.Apps[0].DeveloperName != "integration" {
		x.tb.Fatalf("%+v: a Connected App has no business here", apps)
	}
	var consumers struct{ Consumers []struct{ URL string } }
	x.json(x.do("GET", "/services/data/v65.0/apps/oauth/credentials/"+apps.Apps[0].Identifier, ""), &consumers)
	x.consumer = consumers.Consumers[0].URL
}

func (x *org) do(method, path, body string) exchange.Answer {
	path, query, _ := strings.Cut(path, "?")
	r := &exchange.Request{
		Method: method, Path: path, Header: http.Header{"Authorization": {"Bearer " + x.token}}, Body: []byte(body), Org: x.seen, Now: x.now,
	}
	if name, value, ok := strings.Cut(query, "="); ok {
		r.Query = map[string][]string{name: {value}}
	}
	return x.mux.Handle(r)
}

func (x *org) json(a exchange.Answer, into any) {
	x.tb.Helper()
	if a.Status/100 != 2 {
		x.tb.Fatalf("%d %s", a.Status, a.Body)
	}
	if err := json.Unmarshal(a.Body, into); err != nil {
		x.tb.Fatal(err)
	}
}

// pair is a staged pair as the API shows it.
type pair struct{ ID, Key, Secret, State, URL, CreatedBy, CreatedDate, ExpirationDate string }

func (x *org) stage() pair {
	x.tb.Helper()
	var list struct{ StagedCredentials []pair }
	x.json(x.do("POST", x.consumer+"/staged", "{}"), &list)
	if len(list.StagedCredentials) != 1 {
		x.tb.Fatalf("%+v", list)
	}
	return list.StagedCredentials[0]
}

func (x *org) refused(a exchange.Answer, id fixtures.RefusalID) {
	x.tb.Helper()
	if a.Note.Refusal != id {
		x.tb.Errorf("%d %s (%q), want %s", a.Status, a.Body, a.Note.Refusal, id)
	}
}

const rotate = `{"command":"rotate"}`

func TestAStagedPairHasTheUsualShapeAndItsDates(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	p := x.stage()
	if !regexp.MustCompile(`^3MVG9[A-Za-z0-9._]{80}$`).MatchString(p.Key) || !regexp.MustCompile(`^[0-9A-F]{64}$`).MatchString(p.Secret) {
		t.Errorf("key and secret of %d and %d characters", len(p.Key), len(p.Secret))
	}
	if p.State != "Active" || p.CreatedBy != "integration@acme.example" || p.CreatedDate != "2026-09-01T12:00:00.000Z" || p.ExpirationDate != "2026-10-01T12:00:00.000Z" {
		t.Errorf("%s by %s, %s to %s", p.State, p.CreatedBy, p.CreatedDate, p.ExpirationDate)
	}
}

func TestAPairKeepsItsAddressWhenItIsRotatedInAndOut(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	first := x.stage()
	x.json(x.do("PATCH", first.URL, rotate), &pair{})
	second := x.stage()
	if second.Key == first.Key || second.URL == first.URL {
		t.Error("two pairs are alike")
	}
	var out pair
	x.json(x.do("PATCH", second.URL, rotate), &out)
	if out.URL != first.URL || out.Key != first.Key || out.State != "Rotated" {
		t.Errorf("rotated out: %s %s, want the first pair", out.URL, out.State)
	}
	if a := x.do("DELETE", first.URL, ""); a.Status != http.StatusNoContent {
		t.Errorf("%d %s", a.Status, a.Body)
	}
	app := x.seen.AppByName("integration")
	if app.Staged != nil || app.ConsumerKey != second.Key || !app.SecretMatches(second.Key, second.Secret) {
		t.Errorf("left: staged %v", app.Staged != nil)
	}
}

func TestAnEndedPairIsNotShown(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	p := x.stage()
	x.now = start.Add(30*24*time.Hour - time.Second)
	x.json(x.do("GET", p.URL, ""), &pair{})
	x.now = start.Add(30 * 24 * time.Hour)
	x.refused(x.do("GET", p.URL, ""), "rest-not-found")
	x.refused(x.do("PATCH", p.URL, rotate), "rest-not-found")
	x.refused(x.do("DELETE", p.URL, ""), "rest-not-found")
	if next := x.stage(); next.Key == p.Key {
		t.Error("the ended pair came again")
	}
}

func TestOnlyOneCommandIsKnown(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	p := x.stage()
	for _, body := range []string{"", "{}", "rotate", `{"command":"Rotate"}`, `{"command":["rotate"]}`, "command: rotate"} {
		x.refused(x.do("PATCH", p.URL, body), "staged-command-invalid")
	}
	x.refused(x.do("POST", x.consumer+"/staged", "{}"), "staged-credentials-exist")
}

func TestOtherIDsLeadNowhere(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	x.stage()
	for _, path := range []string{
		"/services/data/v65.0/apps/oauth/credentials/0xIAk0000000000AAA",
		"/services/data/v65.0/apps/oauth/credentials/integration",
		x.consumer + "x", x.consumer + "/staged/888000000000000AAA",
		strings.Replace(x.consumer, "v65.0", "v59.0", 1), strings.Replace(x.consumer+"/staged", "v65.0", "v64.0", 1),
	} {
		x.refused(x.do("GET", path, ""), "rest-not-found")
	}
}

func TestAChangeThatTheOrgRefusesChangesNothing(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	p := x.stage()
	before := x.config
	x.failing = errors.New("no")
	x.refused(x.do("PATCH", p.URL, rotate), "rest-not-found")
	x.refused(x.do("DELETE", p.URL, ""), "rest-not-found")
	if x.config.Apps["integration"].ConsumerKey != before.Apps["integration"].ConsumerKey {
		t.Error("the org changed")
	}
}

func TestPartsComeAsTheyAreAskedFor(t *testing.T) {
	t.Parallel()
	x := newOrg(t)
	app := x.seen.AppByName("integration")
	for part, want := range map[string]pair{
		"key": {Key: app.ConsumerKey}, "secret": {Secret: app.ConsumerSecret},
		"keyandsecret": {Key: app.ConsumerKey, Secret: app.ConsumerSecret}, "": {Key: app.ConsumerKey}, "other": {Key: app.ConsumerKey},
	} {
		var got pair
		x.json(x.do("GET", x.consumer+"?part="+part, ""), &got)
		if got.Key != want.Key || got.Secret != want.Secret {
			t.Errorf("part %q: a key %t, a secret %t", part, got.Key != "", got.Secret != "")
		}
	}
}

func FuzzRotate(f *testing.F) {
	f.Add(rotate)
	f.Add(`{"command":null}`)
	f.Fuzz(func(t *testing.T, body string) {
		x := newOrg(t)
		p := x.stage()
		if a := x.do("PATCH", p.URL, body); a.Status != http.StatusOK && a.Note.Refusal != "staged-command-invalid" {
			t.Errorf("%q: %d %s", body, a.Status, a.Body)
		}
	})
}
