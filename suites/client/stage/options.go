// Package stage sets up the world of one scenario: an org of its own on hosts of its
// own, with secrets that occur nowhere else; and it writes down everything that a
// client does there.
//
// The org is the fake one, behind listeners of the stage. What a scenario wants to
// happen is done to the org (its configuration, sessions, clock, faults); only what
// lies outside any org (another host, a captive portal) is answered by the stage.
package stage

import (
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/authority"
	"github.com/sfconform/sfconform/suites/client/evidence"
)

// Via is how the client reaches the org.
type Via string

// The ways to reach the org.
const (
	// Direct: by addresses of this machine.
	Direct Via = "direct"
	// Proxy: by Salesforce's own host names through HTTPS_PROXY.
	Proxy Via = "proxy"
)

// Options say what world a scenario needs. Keys and Flow are needed; the zero value
// of the others is a production org with an External Client App in which everything
// is set up right.
type Options struct {
	Scenario  string
	Operation string
	Flow      fixtures.Flow
	Via       Via
	// Insecure serves http in place of https, for clients that cannot be given an
	// authority. It is refused together with Via Proxy or TLSFaults.
	Insecure bool
	// OrgKind is the kind of the first org; empty means production.
	OrgKind fixtures.OrgKind
	// AppKind is the kind of app; empty means an External Client App.
	AppKind fixtures.AppKind
	// GenericHost has the JWT bearer flow log in at the org's generic login host.
	GenericHost bool
	// AnyHost has every My Domain host lead to the first org, by the proxy.
	AnyHost bool
	// Org are departures from the set-up that works; ${app} in a path is the API name
	// of the app, ${user} the username.
	Org []fixtures.Change
	// Second adds a second org, in which the client is another user of another app.
	Second bool
	// SameIdentity has the client be the same user with the same app and credential in
	// both orgs, as where one package is installed in several.
	SameIdentity bool
	// SecondApp adds a second app and user to the first org, as which the client works
	// beside the first ones. It is refused together with Second.
	SecondApp bool
	// HardSecret gives the app a secret that needs escaping everywhere.
	HardSecret bool
	// Username is used in place of a plain one; "" for a plain one.
	Username string
	// TLSFaults are what is wrong with the TLS of a host.
	TLSFaults map[evidence.Role]authority.Fault
	// TLSVersion is the one version that all hosts speak, as crypto/tls numbers it; 0
	// means 1.2 and newer.
	TLSVersion uint16
	// CertificateLife is how long the app's certificate is still valid; 0 means a year.
	CertificateLife time.Duration
	// Skew is how far the org's clock is ahead of the client's.
	Skew time.Duration
	// CloseIdle has the hosts close each connection when an answer is out, without having
	// said so: as if it had been idle for long.
	CloseIdle bool
	// Requests is how many a client may send before the kill switch; 0 means 200.
	Requests int
	// Seed decides everything that would be chance.
	Seed uint64
	// Keys are the key pairs and the TLS authority of the run.
	Keys *Keys
	// Dir is a folder for files that the client is given (keys, secrets, the CA).
	Dir string
	// Now is the real time; nil means time.Now.
	Now func() time.Time
	// After gives a channel that is sent to after a time; nil means time.After.
	After func(time.Duration) <-chan time.Time
}

const (
	defaultRequests = 200
	defaultLife     = 365 * 24 * time.Hour
)

func (o Options) withDefaults() Options {
	if o.Via == "" {
		o.Via = Direct
	}
	if o.OrgKind == "" {
		o.OrgKind = fixtures.Production
	}
	if o.AppKind == "" {
		o.AppKind = fixtures.ExternalClientApp
	}
	if o.Requests == 0 {
		o.Requests = defaultRequests
	}
	if o.CertificateLife == 0 {
		o.CertificateLife = defaultLife
	}
	if o.Now == nil {
		o.Now = time.Now //nolint:forbidigo // the one default of the seam
	}
	if o.After == nil {
		o.After = time.After //nolint:forbidigo // the one default of the seam
	}
	return o
}
