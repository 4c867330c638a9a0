package mocksf

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/clock"
	"github.com/sfconform/sfconform/mocksf/credentials"
	"github.com/sfconform/sfconform/mocksf/deploy"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/fault"
	"github.com/sfconform/sfconform/mocksf/journal"
	"github.com/sfconform/sfconform/mocksf/rule"
	"github.com/sfconform/sfconform/mocksf/session"
	"github.com/sfconform/sfconform/mocksf/snapshot"
	"github.com/sfconform/sfconform/mocksf/timeline"
	"github.com/sfconform/sfconform/mocksf/token"
)

// Org is one fake org at run time: its configuration over time, its clock, its
// sessions, its journal and its faults. Orgs share nothing.
type Org struct {
	// genericHost is the login host of the org's kind.
	genericHost string
	seed        uint64
	clock       *clock.Clock
	timeline    *timeline.Timeline[*snapshot.Org]
	sessions    *session.Store
	setup       *credentials.Setup
	journal     *journal.Journal
	faults      *fault.Set
	deploys     *deploy.Service
	mux         *exchange.Mux
	refusals    map[fixtures.RefusalID]*fixtures.Refusal
	reach       func() any
	served      atomic.Uint64
	// url and tlsURL are the org's own addresses, once its server has started.
	url, tlsURL string
}

// compile is a configuration that can be played, whoever wrote it.
func compile(config fixtures.Org) (*snapshot.Org, error) {
	for _, f := range fixtures.Validate(config) {
		if !f.Warning {
			return nil, fmt.Errorf("%s: %s", f.Field, f.Message)
		}
	}
	return snapshot.Compile(config)
}

func newOrg(config fixtures.Org, o Options) (*Org, error) {
	tl, err := timeline.New(config, compile)
	if err != nil {
		return nil, err
	}
	c, err := clock.New(clock.Options{Start: o.Start, Scale: o.TimeScale, Frozen: o.Frozen, Real: o.Now})
	if err != nil {
		return nil, err
	}
	org := &Org{
		genericHost: config.GenericHost(), seed: o.Seed, clock: c, timeline: tl,
		sessions: session.NewStore(config.OrgID(), o.Seed), setup: credentials.NewSetup(o.Seed),
		journal: journal.New(o.Journal), faults: fault.NewSet(), refusals: rule.Catalogue(), reach: o.Reach,
	}
	endpoint, err := token.New(org.sessions, o.Skip...)
	if err != nil {
		return nil, err
	}
	org.deploys = deploy.New(deployed{org})
	org.mux = exchange.NewMux(routes(endpoint, org.sessions, org.Change, org.deploys)...)
	return org, nil
}

// answer serves one request: a node is chosen, and what it knows decides, unless
// an armed fault does.
func (o *Org) answer(r *exchange.Request) (exchange.Answer, fault.Effect) {
	r.Now = o.clock.Now()
	o.deploys.CatchUp(r.Now)
	r.Node = o.timeline.Node()
	r.Org = o.timeline.At(r.Now, r.Node)
	var effect fault.Effect
	armed := o.faults.Next(r.Now, asked(r, o.faults))
	if armed != nil {
		effect = armed.Effect(r)
	}
	a := effect.Of(func() exchange.Answer { return o.own(r) })
	o.record(r, a, armed)
	return a, effect
}

// own is the org's own answer.
func (o *Org) own(r *exchange.Request) exchange.Answer {
	if r.Org.Status == fixtures.OrgMaintenance {
		return o.maintenance(r)
	}
	return o.mux.Handle(r)
}

// nextID numbers the exchange, by the org's seed.
func (o *Org) nextID() (id requestID) {
	n := o.served.Add(1)
	binary.BigEndian.PutUint64(id[:], mix(o.seed^n))
	binary.BigEndian.PutUint64(id[8:], mix(o.seed+n))
	return id
}

// mix spreads a number over 64 bits (the finalizer of splitmix64).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// Now is the org's time.
func (o *Org) Now() time.Time { return o.clock.Now() }

// Advance moves the org's clock. A negative duration is an error.
func (o *Org) Advance(d time.Duration) error { return o.clock.Advance(d) }

// Config is the org's newest configuration, which nodes may not have seen yet.
func (o *Org) Config() fixtures.Org {
	o.deploys.CatchUp(o.clock.Now())
	return o.timeline.Newest()
}

// Change changes the org, all or nothing; what changed spreads as the org's
// propagation says. The error names the path and the nearest known field. An
// org's kind, id and My Domain stay what they were: they name its users, its
// tokens and its address.
func (o *Org) Change(changes ...fixtures.Change) error {
	now := o.clock.Now()
	o.deploys.CatchUp(now)
	return o.changeAt(now, changes...)
}

// changeAt is Change at a time that is not before that of any earlier change.
func (o *Org) changeAt(at time.Time, changes ...fixtures.Change) error {
	for _, c := range changes {
		if first, _, _ := strings.Cut(c.Path, "/"); slices.Contains(identityFields, first) {
			return fmt.Errorf("mocksf: %s: a running org keeps it: start another org", first)
		}
	}
	before := o.timeline.Newest()
	if err := o.timeline.Apply(at, changes...); err != nil {
		return err
	}
	after := o.timeline.Newest()
	o.endRotated(before, after)
	o.setup.Changed(before, after, at)
	return nil
}

// identityFields are the fields that an org is known by.
var identityFields = []string{"id", "kind", "myDomain"}

// endRotated ends the sessions of each Connected App whose key pair was replaced:
// applying a rotation revokes all of the app's tokens (facts: section 8).
func (o *Org) endRotated(before, after fixtures.Org) {
	for name, a := range after.Apps {
		old, there := before.Apps[name]
		if there && a.Kind == fixtures.ConnectedApp &&
			(old.ConsumerKey != a.ConsumerKey || old.ConsumerSecret != a.ConsumerSecret) {
			o.sessions.RevokeApp(name)
		}
	}
}

// URL is the org's own address, once its server has started.
func (o *Org) URL() string { return o.url }

// TLSURL is the org's own https address, once its server has started; empty
// without Options.TLS.
func (o *Org) TLSURL() string { return o.tlsURL }
