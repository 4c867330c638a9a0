package stage

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf"
	"github.com/sfconform/sfconform/mocksf/control"
	"github.com/sfconform/sfconform/mocksf/fault"
	"github.com/sfconform/sfconform/suites/client/canary"
	"github.com/sfconform/sfconform/suites/client/evidence"
)

// Stage is the world of one scenario. Its methods may be called concurrently, those
// that set it up before the client starts.
type Stage struct {
	options Options
	chance  chance
	server  *mocksf.Server
	orgs    []*mocksf.Org
	casts   []cast
	secrets *canary.Set
	network
	script
	record
	rotation

	ends  sync.Once
	ended chan struct{}
	kills sync.Once
	kill  chan struct{}
}

// New makes the world and opens its doors. Errors are the harness's own.
func New(o Options) (*Stage, error) {
	o = o.withDefaults()
	if err := o.check(); err != nil {
		return nil, err
	}
	s := &Stage{
		options: o, chance: newChance(o.Seed), secrets: &canary.Set{},
		ended: make(chan struct{}), kill: make(chan struct{}),
	}
	s.began, s.peers = o.Now(), map[string]int{}
	if err := s.cast(); err != nil {
		return nil, err
	}
	if err := s.open(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (o Options) check() error {
	switch {
	case o.Keys == nil:
		return errors.New("stage: Options.Keys is missing: make them once with NewKeys")
	case o.Insecure && (o.Via == Proxy || len(o.TLSFaults) > 0):
		return fmt.Errorf("stage: scenario %q needs https", o.Scenario)
	case o.SecondApp && o.Second, o.SameIdentity && !o.Second:
		return fmt.Errorf("stage: scenario %q has a second app and a second org, or the same identity in one org", o.Scenario)
	}
	return nil
}

// cast makes the orgs and the server that plays them.
func (s *Stage) cast() error {
	count := 1
	if s.options.Second {
		count = 2
	}
	var configs []fixtures.Org
	for i := range count {
		c, err := s.newCast(i)
		if err != nil {
			return fmt.Errorf("stage: scenario %q: %w", s.options.Scenario, err)
		}
		s.casts = append(s.casts, c)
		configs = append(configs, c.config)
	}
	s.keep()
	server, err := mocksf.New(mocksf.Options{
		Orgs: configs, Seed: s.options.Seed, Now: s.options.Now, Start: s.options.Now().Add(s.options.Skew),
	})
	if err != nil {
		return fmt.Errorf("stage: scenario %q: %w", s.options.Scenario, err)
	}
	s.server = server
	for _, c := range s.casts {
		s.orgs = append(s.orgs, server.OrgByMyDomain(c.config.MyDomain))
	}
	return nil
}

// Org is the first org.
func (s *Stage) Org() *mocksf.Org { return s.orgs[0] }

// SecondOrg is the second one; nil without Options.Second.
func (s *Stage) SecondOrg() *mocksf.Org {
	if len(s.orgs) < 2 {
		return nil
	}
	return s.orgs[1]
}

// Change changes the first org at once; ${app} and ${user} as in Options.Org. It
// panics on a change that no org can take: scenarios are written down here.
func (s *Stage) Change(changes ...fixtures.Change) {
	if err := s.orgs[0].Change(s.casts[0].fill(changes)...); err != nil {
		panic(fmt.Sprintf("stage: scenario %q: %v", s.options.Scenario, err))
	}
}

// Arm arms a fault of the first org, and panics on one that cannot be armed.
func (s *Stage) Arm(f fault.Fault) { s.ArmIn(0, f) }

// ArmIn arms a fault of an org by its number, 0 or 1.
func (s *Stage) ArmIn(org int, f fault.Fault) {
	if err := s.orgs[org].Faults().Arm(f); err != nil {
		panic(fmt.Sprintf("stage: scenario %q: %v", s.options.Scenario, err))
	}
}

// RevokeSessions ends every session of the first org, as an admin can in Setup.
func (s *Stage) RevokeSessions() {
	if err := s.orgs[0].RevokeSessions(control.Sessions{All: true}); err != nil {
		panic(fmt.Sprintf("stage: scenario %q: %v", s.options.Scenario, err))
	}
}

// Advance moves the clock of the first org.
func (s *Stage) Advance(d time.Duration) {
	if err := s.orgs[0].Advance(d); err != nil {
		panic(fmt.Sprintf("stage: scenario %q: %v", s.options.Scenario, err))
	}
}

// EndClient has the client ended as an operator would. It may be called more than once.
func (s *Stage) EndClient() { s.ends.Do(func() { close(s.ended) }) }

// Ended is closed once the client is to be ended as an operator would.
func (s *Stage) Ended() <-chan struct{} { return s.ended }

// Killed is closed once the client has gone on far beyond what any requirement
// allows, in spite of having been told that the test is over.
func (s *Stage) Killed() <-chan struct{} { return s.kill }

// Secrets are the canaries of the scenario.
func (s *Stage) Secrets() *canary.Set { return s.secrets }

// NewSecret is another secret of Salesforce's shape, kept among the canaries.
func (s *Stage) NewSecret(name string) string {
	secret := s.chance.hex(64)
	s.secrets.Add(name, secret)
	return secret
}

// NewConsumerKey is another Consumer Key.
func (s *Stage) NewConsumerKey() string { return s.chance.key() }

// Word is a text that occurs nowhere else, for messages: "heron-4217".
func (s *Stage) Word() string { return s.chance.word() }

// Settle waits until every exchange has been answered or the context is done: after
// the client has ended, some may still be on their way out.
func (s *Stage) Settle(ctx context.Context) { s.settle(ctx) }

// Close ends the world: every connection is cut.
func (s *Stage) Close() error {
	s.EndClient()
	s.kills.Do(func() { close(s.kill) })
	return s.close()
}

// Evidence is what was seen so far, with the runs of the client that the caller has.
func (s *Stage) Evidence(runs []evidence.Run) *evidence.Evidence {
	e := s.evidence()
	e.Scenario, e.Flow, e.Operation = s.options.Scenario, s.options.Flow, s.options.Operation
	e.Hosts, e.Secrets, e.Settings = s.hosts(), s.secrets, s.Settings()
	e.Runs = slices.Clone(runs)
	e.Pairs, e.Certificates = s.credentials()
	if s.proxy != nil {
		e.Tunnels = s.tunnels()
	}
	return e
}
