package mocksf

import (
	"errors"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/authority"
)

// Options say which orgs a server plays. The zero value is the built-in
// production org on a free port of the loopback interface.
type Options struct {
	// Orgs are the orgs; the first one answers under the server's own address.
	// Empty means the built-in production org.
	Orgs []fixtures.Org
	// Seed decides everything that would be chance: ids of sessions, nodes, cookies.
	Seed uint64
	// Start is the time that the orgs' clocks show first; zero means now. Some minutes
	// before or after now make orgs whose clock is off: answers are dated, and assertions
	// judged, by it.
	Start time.Time
	// TimeScale is how many seconds pass for the orgs in a real one; 0 means 1.
	TimeScale float64
	// Frozen stops the clocks: time passes by Org.Advance only.
	Frozen bool
	// Now is the real time; nil means time.Now.
	Now func() time.Time
	// Skip names checks of the token endpoint that are left out, which plays an
	// org laxer than any real one.
	Skip []string
	// Journal is how many exchanges an org remembers; 0 means 1,024.
	Journal int
	// Addr and ControlAddr are the addresses to listen on; empty means a free
	// port of 127.0.0.1.
	Addr, ControlAddr string
	// TLS serves https beside http; nil means that there is none.
	TLS *authority.Authority
	// TLSFault is what is deliberately wrong with https; empty means nothing.
	TLSFault authority.Fault
	// TLSAddr is the address of https; empty means a free port of 127.0.0.1.
	TLSAddr string
	// ProxyAddr is the address of a forward proxy, by which clients reach the orgs
	// under Salesforce's own host names; empty means that there is none. It needs TLS.
	ProxyAddr string
	// AllowHosts are hosts that the proxy lets through for real: "example.com" or
	// "*.example.com".
	AllowHosts []string
	// Reach is what the control API tells of proxy and authority; nil means that
	// there is nothing to tell.
	Reach func() any
	// ReadTimeout bounds how long a client may take to send a request; 0 means 30 s.
	ReadTimeout time.Duration
}

const (
	defaultJournal     = 1024
	defaultReadTimeout = 30 * time.Second
	anyPort            = "127.0.0.1:0"
)

func (o Options) withDefaults() (Options, error) {
	if len(o.Orgs) == 0 {
		org, err := fixtures.BuiltInOrg("production")
		if err != nil {
			return o, err
		}
		o.Orgs = []fixtures.Org{org}
	}
	if o.Journal == 0 {
		o.Journal = defaultJournal
	}
	if o.ReadTimeout == 0 {
		o.ReadTimeout = defaultReadTimeout
	}
	if o.Addr == "" {
		o.Addr = anyPort
	}
	if o.TLSAddr == "" {
		o.TLSAddr = anyPort
	}
	if o.ProxyAddr != "" && o.TLS == nil {
		return o, errors.New("mocksf: a proxy needs TLS: real host names are reached by https")
	}
	if o.TLS != nil {
		if err := o.TLS.Check(o.TLSFault); err != nil {
			return o, err
		}
	}
	if o.ControlAddr == "" {
		o.ControlAddr = anyPort
	}
	return o, nil
}
