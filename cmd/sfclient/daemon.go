package main

import (
	"context"
	"errors"
	"time"

	"github.com/sfconform/sfconform/flows"
)

const defaultInterval = time.Second

// runUntilKilled is the client as a service. A login that is refused for good before it has ever worked ends it, so that
// whoever starts it sees the mistake; later failures are said once each and lived through.
func runUntilKilled(ctx context.Context, s *session) error {
	interval, err := s.settings.duration("interval", defaultInterval)
	if err != nil {
		return err
	}
	version, err := s.apiVersion()
	if err != nil {
		return err
	}
	service := service{session: s}
	for ctx.Err() == nil {
		if err := service.turn(s.call(ctx, version)); err != nil && ctx.Err() == nil {
			return err
		}
		select {
		case <-ctx.Done():
		case <-time.After(interval):
		}
	}
	return service.stop()
}

// service is the health of a client that runs on.
type service struct {
	session       *session
	calls, failed int
	failure       error // of the last call; nil while healthy
}

// turn takes the outcome of a call; an error from it ends the service.
func (v *service) turn(outcome error) error {
	before := v.failure
	v.failure = outcome
	switch {
	case outcome == nil:
		v.calls++
		if before != nil || v.calls == 1 {
			say(v.session.err, "healthy: calls are answered")
		}
	case errors.Is(outcome, context.Canceled):
		v.failure = before // the signal ended this call: it says nothing about the org
	case v.calls == 0 && isPermanent(outcome):
		return outcome
	default:
		v.failed++
		if before == nil || reasonOf(before) != reasonOf(outcome) {
			say(v.session.err, "unhealthy: a call failed; going on")
			v.session.explain(outcome)
		}
	}
	return nil
}

// stop is an orderly end. It is a failure only where the org has refused the credential for good.
func (v *service) stop() error {
	say(v.session.err, "stopped by a signal after %d calls", v.calls)
	if err := v.session.check(tally{Calls: &v.calls, Failed: &v.failed}); err != nil {
		return err
	}
	if isPermanent(v.failure) {
		return errStoppedUnhealthy
	}
	return nil
}

var errStoppedUnhealthy = errors.New("the last login was refused for good: see above")

// isPermanent reports a failure of the login that asking again would not cure.
func isPermanent(err error) bool {
	if _, other := errors.AsType[wrongOrgError](err); other {
		return true
	}
	login, refused := errors.AsType[*flows.TokenError](err)
	return refused && !login.Temporary()
}

// reasonOf is what makes a failure a new one: the org's words, not their time or count.
func reasonOf(err error) string {
	if login, found := errors.AsType[*flows.TokenError](err); found {
		return login.Code + login.Description + login.Problem
	}
	if refusal, found := errors.AsType[*flows.APIError](err); found {
		return refusal.Code + refusal.Message
	}
	return err.Error()
}
