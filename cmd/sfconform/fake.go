package main

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/request"
	"github.com/sfconform/sfconform/mocksf"
	"github.com/sfconform/sfconform/suites/endpoint"
)

// fakeStart is the time at which every case begins: always the same, so that runs are alike.
var fakeStart = time.Date(2026, time.January, 15, 12, 0, 0, 0, time.UTC)

// fakeTarget is the fake org in this process, a fresh one for every case, with a
// clock that moves only when a case moves it.
func fakeTarget(behaviour fixtures.Behaviour, named string) endpoint.Target {
	return (&fake{behaviour: behaviour, orgs: map[string]fixtures.Org{}}).target(named)
}

func (f *fake) target(named string) endpoint.Target {
	return endpoint.Target{
		Name: "mocksf", Version: moduleVersion(), Behaviour: cmp.Or(named, string(fixtures.Observed)),
		Capabilities: endpoint.Capabilities{
			ChangeOrg: true, AllSetups: true, MoveClock: true, GenericHosts: true, RealHost: true, Journal: true,
		},
		Open: f.open,
	}
}

// fake opens orgs. It keeps the built-in ones as they were read: an Org is a value.
type fake struct {
	// skip names checks of the token endpoint that are left out.
	skip      []string
	behaviour fixtures.Behaviour
	mu        sync.Mutex // guards orgs
	orgs      map[string]fixtures.Org
}

func (f *fake) open(_ context.Context, c fixtures.Case) (endpoint.Session, error) {
	setup, err := fixtures.SetupByID(c.Setup)
	if err != nil {
		return nil, err
	}
	base, err := f.org(setup)
	if err != nil {
		return nil, err
	}
	creds, err := request.FromSetup(base, setup)
	if err != nil {
		return nil, err
	}
	orgs, err := f.cast(base, c)
	if err != nil {
		return nil, err
	}
	server, err := mocksf.New(mocksf.Options{Orgs: orgs, Seed: 1, Start: fakeStart, Frozen: true, Skip: f.skip})
	if err != nil {
		return nil, err
	}
	if err := server.Start(); err != nil {
		return nil, err
	}
	return &fakeSession{server.Transport(), server, server.Org(), server.OrgByMyDomain(request.OtherMyDomain), creds}, nil
}

func (f *fake) org(s fixtures.Setup) (fixtures.Org, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if org, ok := f.orgs[s.OrgFile]; ok {
		return org, nil
	}
	org, err := s.Org()
	if err == nil {
		org.Behaviour = f.behaviour
		f.orgs[s.OrgFile] = org
	}
	return org, err
}

// cast is the case's org, and the other one if the case asks another org.
func (f *fake) cast(base fixtures.Org, c fixtures.Case) ([]fixtures.Org, error) {
	org, err := base.With(c.Org...)
	if err != nil {
		return nil, err
	}
	orgs := []fixtures.Org{org}
	if slices.ContainsFunc(c.Request, func(e fixtures.Edit) bool { return e.Op == fixtures.OpHost && e.Value == "other-org" }) {
		other := base
		other.Kind, other.MyDomain, other.ID, other.Apps = fixtures.Production, request.OtherMyDomain, "", nil
		orgs = append(orgs, other)
	}
	return orgs, nil
}

// fakeSession is the fake in the state of one case, reached over real HTTP.
type fakeSession struct {
	*http.Transport
	server *mocksf.Server
	org    *mocksf.Org
	// other is the org that the case asks beside its own; nil if it asks none.
	other *mocksf.Org
	creds request.Credentials
}

func (s *fakeSession) Credentials() request.Credentials { return s.creds }
func (s *fakeSession) Now() time.Time                   { return s.org.Now() }

func (s *fakeSession) Close() error {
	s.CloseIdleConnections()
	return s.server.Close()
}

func (s *fakeSession) Change(changes ...fixtures.Change) error { return s.org.Change(changes...) }
func (s *fakeSession) Advance(d time.Duration) error           { return s.org.Advance(d) }

func (s *fakeSession) Decision() (endpoint.Decision, error) {
	e, ok := s.org.Journal().Last()
	if !ok && s.other != nil {
		e, ok = s.other.Journal().Last()
	}
	if !ok {
		return endpoint.Decision{}, fmt.Errorf("the journal is empty")
	}
	return endpoint.Decision{Refusal: e.Refusal, Check: e.Check}, nil
}
