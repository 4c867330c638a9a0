package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"math/rand/v2"
	"net"
	"time"
)

const (
	// mostTries is how often something is tried in all.
	mostTries = 4
	// timeoutTries is the same for what was not answered in time.
	timeoutTries = 2
	// longestWait bounds what an answer may ask for.
	longestWait = 5 * time.Second
	// hammering is how often a broken client tries what cannot work.
	hammering = 15
)

// trial is an error that may pass.
type trial interface {
	error
	temporary() bool
	after() time.Duration
}

func (e *loginError) after() time.Duration { return e.retryAfter }

// patiently repeats what failed for a passing reason: a few times, after waits that
// grow, and never earlier than the answer asks for.
func (c *client) patiently(ctx context.Context, try func() error) error {
	delay := c.retryDelay
	for n := 1; ; n++ {
		err := try()
		wait, again := c.waitAfter(err, n, delay)
		if !again {
			return err
		}
		if stopped := c.clock.wait(ctx, wait); stopped != nil {
			return err
		}
		delay *= 2
	}
}

func (c *client) waitAfter(err error, tries int, delay time.Duration) (time.Duration, bool) {
	var failed trial
	if err == nil || !errors.As(err, &failed) {
		return 0, false
	}
	if c.hammers(failed) {
		return delay / time.Duration(1<<tries), tries < hammering
	}
	if !failed.temporary() || tries >= triesOf(failed) || failed.after() > longestWait {
		return 0, false
	}
	jitter := time.Duration(rand.Int64N(int64(delay)/5 + 1))
	return max(delay, failed.after()) + jitter, true
}

func triesOf(failed trial) int {
	if timeout, found := errors.AsType[net.Error](failed); found && timeout.Timeout() {
		return timeoutTries
	}
	return mostTries
}

// hammers says whether the client repeats what is refused for good.
func (c *client) hammers(failed trial) bool {
	var login *loginError
	if !errors.As(failed, &login) || login.cause != nil || login.code == "" {
		return false
	}
	switch {
	case login.isRateLimit():
		return c.breaks("err-login-rate-exceeded")
	case login.temporary():
		return false
	case c.workedBefore():
		return c.breaks("rotate-old-rejected")
	}
	return c.breaks("err-permanent-no-hammer")
}

// isPassing says whether a transport's error may pass. A certificate does not.
func (c *client) isPassing(err error) bool {
	var untrusted *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	var noHost *net.DNSError
	var timeout net.Error
	switch {
	case errors.As(err, &untrusted), errors.As(err, &authority), errors.Is(err, context.Canceled):
		return false
	case errors.As(err, &noHost):
		return noHost.IsTemporary
	case c.breaks("err-connection-reset"):
		return errors.As(err, &timeout) && timeout.Timeout()
	}
	var alert tls.AlertError
	return !errors.As(err, &alert)
}
