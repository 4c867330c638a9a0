// Package control is the fake org's control API: its configuration, changes,
// clock, faults, journal and credentials. It stands on a listener of its own, so
// that nothing test-only is on Salesforce's paths.
package control

import (
	"fmt"
	"net/http"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/document"
	"github.com/sfconform/sfconform/mocksf/fault"
	"github.com/sfconform/sfconform/mocksf/journal"
	"github.com/sfconform/sfconform/mocksf/timeline"
)

// Org is what the control API moves.
type Org interface {
	Config() fixtures.Org
	Now() time.Time
	Advance(d time.Duration) error
	Change(changes ...fixtures.Change) error
	Pending() []timeline.Pending
	SettlesAt() time.Time
	// Stuck says why nodes were left behind by a change; nil if none were.
	Stuck() error
	Journal() *journal.Journal
	Faults() *fault.Set
	Credentials(app string) (Credentials, error)
	RevokeSessions(of Sessions) error
	// Reach is what leads unmodified clients here; the error says that nothing does.
	Reach() (any, error)
}

// Credentials are what a client needs to log in to the fake.
type Credentials struct {
	App          string `json:"app"`
	LoginURL     string `json:"loginUrl"`
	TokenURL     string `json:"tokenUrl"`
	MyDomainURL  string `json:"myDomainUrl"`
	Audience     string `json:"audience"`
	ClientID     string `json:"clientId"`
	ClientSecret string `json:"clientSecret"`
	Username     string `json:"username"`
	// PrivateKey is the PEM text of the test key whose certificate the app holds;
	// empty if the certificate is the user's own.
	PrivateKey string `json:"privateKey,omitempty"`
}

// Sessions says which sessions end; exactly one field is set.
type Sessions struct {
	User string `json:"user,omitempty"`
	App  string `json:"app,omitempty"`
	All  bool   `json:"all,omitempty"`
}

// Handler is the control API over the orgs by name; names holds them in order,
// the first one is meant when a request names none with ?org=NAME.
func Handler(orgs map[string]Org, names []string) http.Handler {
	a := &api{orgs: orgs, names: names}
	mux := http.NewServeMux()
	for _, e := range endpoints {
		mux.HandleFunc(e.method+" "+e.path, a.serve(e.handle))
	}
	mux.HandleFunc("/", a.unknown)
	return mux
}

type api struct {
	orgs  map[string]Org
	names []string
}

// handler answers one control request on one org.
type handler func(org Org, r *http.Request) (any, error)

// endpoints is the control API; GET / prints it.
var endpoints = []struct {
	method, path, about string
	handle              handler
}{
	{"GET", "/org", "the org's newest configuration, secrets redacted", getOrg},
	{"GET", "/credentials", "what a client needs to log in; ?app=NAME for another app", getCredentials},
	{"GET", "/reach", "proxy and authority for clients with real host names", getReach},
	{"GET", "/changes", "changes that have not reached every node, and when they will", getChanges},
	{"POST", "/changes", `change the org: {"changes":[{"path":"apps/integration/policies/runAs","value":null}]}`, postChanges},
	{"GET", "/clock", "the org's time", getClock},
	{"POST", "/clock", `move it: {"advance":"10m"}, or {"settle":true} until every change is visible`, postClock},
	{"GET", "/faults", "armed faults, how often they were met and fired", getFaults},
	{"POST", "/faults", `arm one: {"name":"busy","kind":"refusal","refusal":"retry-your-request","first":2}`, postFaults},
	{"GET", "/faults/kinds", "what kinds of faults there are, and the fields of each", getFaultKinds},
	{"DELETE", "/faults/{name}", "disarm one", deleteFault},
	{"GET", "/journal", "exchanges, oldest first; ?since=NUMBER&limit=N, or ?last=N", getJournal},
	{"GET", "/login-history", "the same as the admin sees it in Setup > Login History", getLoginHistory},
	{"POST", "/sessions/revoke", `end sessions: {"user":"integration@acme.example"}, {"app":"integration"} or {"all":true}`, postRevoke},
}

// decode reads a bounded body strictly.
func decode(r *http.Request, into any) error {
	body, err := readBody(r)
	if err != nil {
		return err
	}
	if err := document.Decode(body, into); err != nil {
		return fmt.Errorf("control: the request body: %w", err)
	}
	return nil
}
