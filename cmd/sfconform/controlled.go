package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/request"
	"github.com/sfconform/sfconform/suites/endpoint"
)

// controlledTarget is a running mocksf whose control API is at --control. Its
// clock only moves on; each case undoes its changes of the org. Cases can change
// the org if it is the built-in one.
func (f runFlags) controlledTarget(ctx context.Context, base *url.URL) (endpoint.Target, error) {
	at, err := address("--control", f.control)
	if err != nil {
		return endpoint.Target{}, err
	}
	if err := reachTarget(ctx, base); err != nil {
		return endpoint.Target{}, err
	}
	c := newControl(at)
	if err := c.greet(ctx); err != nil {
		return endpoint.Target{}, err
	}
	var given struct {
		ClientID string `json:"clientId"`
	}
	if err := c.call(ctx, http.MethodGet, "/credentials", nil, &given); err != nil {
		return endpoint.Target{}, &exitError{exitUsage, fmt.Errorf("--control: %w", err)}
	}
	builtIn, err := builtInCredentials(fixtures.Setups[0])
	if err != nil {
		return endpoint.Target{}, harnessError(err)
	}
	if given.ClientID != builtIn.ClientID {
		return endpoint.Target{}, usageError("--target plays an org of its own: start mocksf without --org, or leave --control out and set SF_* variables")
	}
	return endpoint.Target{
		Name:         base.Host,
		Capabilities: endpoint.Capabilities{ChangeOrg: true, MoveClock: true, GenericHosts: true, RealHost: true, Journal: true},
		Open: func(ctx context.Context, kase fixtures.Case) (endpoint.Session, error) {
			return openControlled(ctx, kase, c, rerouted{transport(), base})
		},
	}, nil
}

// controlledSession is a running mocksf in the state of one case.
type controlledSession struct {
	http.RoundTripper
	context context.Context //nolint:containedctx // the spec's, which the session does not outlive
	control *control
	creds   request.Credentials
	org     fixtures.Org
	made    []fixtures.Change
	// writes says that the case calls what may change apps behind the harness's back:
	// a deploy, a rotation of key pairs.
	writes bool
}

// aDay passes before each case, so that the logins and requests of earlier ones count no more.
const aDay = 24*time.Hour + time.Second

func openControlled(ctx context.Context, c fixtures.Case, at *control, through http.RoundTripper) (endpoint.Session, error) {
	setup, err := fixtures.SetupByID(c.Setup)
	if err != nil {
		return nil, err
	}
	org, err := setup.Org()
	if err != nil {
		return nil, err
	}
	creds, err := request.FromSetup(org, setup)
	if err != nil {
		return nil, err
	}
	s := &controlledSession{RoundTripper: through, context: ctx, control: at, creds: creds, org: org, writes: writes(c)}
	if err := s.Advance(aDay); err != nil {
		return nil, err
	}
	// What users approved in earlier cases would let them in where a case has it that they did not.
	if err := at.call(ctx, http.MethodPost, "/sessions/revoke", map[string]bool{"all": true}, nil); err != nil {
		return nil, err
	}
	if len(c.Org) == 0 {
		return s, nil
	}
	if err := s.Change(c.Org...); err != nil {
		return nil, err
	}
	return s, s.settle()
}

// writes says whether a call of the case may change the org.
func writes(c fixtures.Case) bool {
	return slices.ContainsFunc(c.Then, func(s fixtures.Step) bool { return s.Call != nil && s.Call.Method != http.MethodGet })
}

func (s *controlledSession) Credentials() request.Credentials { return s.creds }

func (s *controlledSession) Change(changes ...fixtures.Change) error {
	s.made = append(s.made, changes...)
	return s.control.call(s.context, http.MethodPost, "/changes", map[string]any{"changes": changes}, nil)
}

func (s *controlledSession) Advance(d time.Duration) error {
	return s.control.call(s.context, http.MethodPost, "/clock", map[string]any{"advance": d.String()}, nil)
}

func (s *controlledSession) settle() error {
	return s.control.call(s.context, http.MethodPost, "/clock", map[string]any{"settle": true}, nil)
}

// Now is the org's clock; the zero time if it cannot be had, which no assertion survives.
func (s *controlledSession) Now() time.Time {
	var clock struct {
		Now time.Time `json:"now"`
	}
	_ = s.control.call(s.context, http.MethodGet, "/clock", nil, &clock)
	return clock.Now
}

func (s *controlledSession) Decision() (endpoint.Decision, error) {
	var journal struct {
		Exchanges []struct {
			Number  uint64             `json:"number"`
			Refusal fixtures.RefusalID `json:"refusal"`
			Check   string             `json:"check"`
		} `json:"exchanges"`
	}
	if err := s.control.call(s.context, http.MethodGet, fmt.Sprintf("/journal?since=%d", s.control.seen), nil, &journal); err != nil {
		return endpoint.Decision{}, err
	}
	if len(journal.Exchanges) == 0 {
		return endpoint.Decision{}, fmt.Errorf("the journal has nothing new")
	}
	last := journal.Exchanges[len(journal.Exchanges)-1]
	s.control.seen = last.Number
	return endpoint.Decision{Refusal: last.Refusal, Check: last.Check}, nil
}

// Close undoes the changes, whether or not the spec's time is over.
func (s *controlledSession) Close() error {
	s.context = context.WithoutCancel(s.context)
	if err := s.noteApps(); err != nil {
		return err
	}
	if len(s.made) == 0 {
		return nil
	}
	back, err := undo(s.org, s.made)
	if err != nil {
		return err
	}
	s.made = nil
	if err := s.Change(back...); err != nil {
		return err
	}
	return s.settle()
}

// noteApps takes every app for changed if the case may have changed one by itself, and
// ends what users approved in it: an approval would let later cases in.
func (s *controlledSession) noteApps() error {
	if !s.writes {
		return nil
	}
	if err := s.control.call(s.context, http.MethodPost, "/sessions/revoke", map[string]any{"all": true}, nil); err != nil {
		return err
	}
	var org struct {
		Apps map[string]any `json:"apps"`
	}
	if err := s.control.call(s.context, http.MethodGet, "/org", nil, &org); err != nil {
		return err
	}
	for name := range org.Apps {
		s.made = append(s.made, fixtures.Remove("apps/"+name))
	}
	for name := range s.org.Apps {
		s.made = append(s.made, fixtures.Remove("apps/"+name))
	}
	return nil
}
