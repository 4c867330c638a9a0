package flows_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"github.com/sfconform/sfconform/flows"
)

func mustToken(t *testing.T, source *flows.TokenSource) string {
	t.Helper()
	token, err := source.AccessToken(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return token.AccessToken
}

func TestTokenIsReusedWithoutExpiresIn(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(numbered)
	source := newSource(t, clientCredentials(), o.options())
	for range 20 {
		mustToken(t, source)
		o.advance(time.Hour)
	}
	if len(o.asked()) != 1 {
		t.Errorf("%d logins for 20 calls", len(o.asked()))
	}
}

func TestColdStartOfManyWorkersIsOneLogin(t *testing.T) {
	t.Parallel()
	o := newOrg()
	release := make(chan struct{})
	o.onToken(func(n int) *http.Response { <-release; return numbered(n) })
	source := newSource(t, clientCredentials(), o.options())
	var workers sync.WaitGroup
	for range 20 {
		workers.Go(func() {
			if _, err := source.AccessToken(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	close(release)
	workers.Wait()
	if len(o.asked()) != 1 {
		t.Errorf("%d logins", len(o.asked()))
	}
}

// watched reports when somebody waits for the context to end.
type watched struct {
	context.Context
	waiting func()
}

func (w watched) Done() <-chan struct{} {
	w.waiting()
	return w.Context.Done()
}

func TestLeaderMayLeaveWithoutFailingTheOthers(t *testing.T) {
	t.Parallel()
	o := newOrg()
	started, joined, gone, release := make(chan struct{}), make(chan struct{}), make(chan struct{}), make(chan struct{})
	o.onToken(func(n int) *http.Response {
		if n > 1 {
			return numbered(n)
		}
		close(started)
		<-release
		return answer(503, "") // so that the login has to go on after the leader has left
	})
	source := newSource(t, clientCredentials(), o.options())
	leader, leave := context.WithCancel(t.Context())
	var workers sync.WaitGroup
	workers.Go(func() {
		if _, err := source.AccessToken(leader); !errors.Is(err, context.Canceled) {
			t.Errorf("leader got %v", err)
		}
		close(gone)
	})
	<-started
	workers.Go(func() {
		if _, err := source.AccessToken(watched{t.Context(), sync.OnceFunc(func() { close(joined) })}); err != nil {
			t.Errorf("follower got %v", err)
		}
	})
	<-joined
	leave()
	<-gone
	close(release)
	workers.Wait()
	if len(o.asked()) != 2 {
		t.Errorf("%d logins", len(o.asked()))
	}
}

func TestExpiringTokenIsRenewedBeforeItsEnd(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name    string
		body    func(n int) string
		timeout time.Duration
		fresh   time.Duration // still reused
		renewed time.Duration // renewed, and before this
	}{
		{"expires_in", func(n int) string {
			return fmt.Sprintf(`{"access_token":"token-%d","instance_url":%q,"expires_in":100}`, n, instanceURL)
		}, 0, 70 * time.Second, 90 * time.Second},
		{"session time-out", func(n int) string { return granted(fmt.Sprintf("token-%d", n), instanceURL) }, 2 * time.Hour, 118 * time.Minute, 119*time.Minute + 30*time.Second},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			o := newOrg()
			o.onToken(func(n int) *http.Response { return answer(200, test.body(n)) })
			options := o.options()
			options.SessionTimeout = test.timeout
			source := newSource(t, clientCredentials(), options)
			mustToken(t, source)
			o.advance(test.fresh)
			if got := mustToken(t, source); got != "token-1" {
				t.Errorf("renewed too early: %s", got)
			}
			o.advance(test.renewed - test.fresh)
			if got := mustToken(t, source); got != "token-2" {
				t.Errorf("not renewed: %s", got)
			}
		})
	}
}

func TestLastGoodTokenOutlivesAFailedRenewal(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(sequence(
		always(200, fmt.Sprintf(`{"access_token":"token-1","instance_url":%q,"expires_in":100}`, instanceURL)),
		always(400, refusal("invalid_grant", "inactive user")),
	))
	source := newSource(t, clientCredentials(), o.options())
	mustToken(t, source)
	o.advance(90 * time.Second)
	for range 5 {
		if got := mustToken(t, source); got != "token-1" {
			t.Errorf("got %s", got)
		}
	}
	if len(o.asked()) != 2 {
		t.Errorf("%d requests", len(o.asked()))
	}
	o.advance(11 * time.Second)
	if _, err := source.AccessToken(t.Context()); err == nil {
		t.Error("an expired token is handed out")
	}
}

func TestManyReportsOfOneDeadTokenAreOneLogin(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(numbered)
	source := newSource(t, clientCredentials(), o.options())
	dead := mustToken(t, source)
	var workers sync.WaitGroup
	for range 20 {
		workers.Go(func() {
			source.Invalidate(dead)
			if token, err := source.AccessToken(t.Context()); err != nil || token.AccessToken != "token-2" {
				t.Errorf("%v, %v", token, err)
			}
		})
	}
	workers.Wait()
	if len(o.asked()) != 2 {
		t.Errorf("%d logins", len(o.asked()))
	}
}

func TestSameTokenAgainIsTriedOnceMoreOnly(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(always(200, granted("same", instanceURL)))
	source := newSource(t, clientCredentials(), o.options())
	for range 10 {
		if token, err := source.AccessToken(t.Context()); err == nil {
			o.advance(2 * time.Minute) // not fresh: only its being the same counts
			source.Invalidate(token.AccessToken)
		}
	}
	_, err := source.AccessToken(t.Context())
	if wantTokenError(t, err); len(o.asked()) != 2 {
		t.Errorf("%d logins, %v", len(o.asked()), err)
	}
}

func TestFreshTokensThatAreRefusedInARowEndTheLogins(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(numbered)
	source := newSource(t, clientCredentials(), o.options())
	for range 50 {
		if token, err := source.AccessToken(t.Context()); err == nil {
			source.Invalidate(token.AccessToken)
		}
	}
	if len(o.asked()) != 2 {
		t.Errorf("%d logins", len(o.asked()))
	}
	o.advance(2 * time.Minute)
	if _, err := source.AccessToken(t.Context()); err != nil {
		t.Errorf("the source never recovers: %v", err)
	}
}

func TestTokenSourceServesOAuth2(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(numbered)
	var source oauth2.TokenSource = newSource(t, clientCredentials(), o.options())
	token, err := source.Token()
	if err != nil {
		t.Fatal(err)
	}
	if token.AccessToken != "token-1" || token.Type() != "Bearer" || token.Extra("instance_url") != instanceURL || !token.Valid() {
		t.Errorf("token %v", token.Extra("instance_url"))
	}
	o.onToken(always(400, refusal("x", "y")))
	if _, err := newSource(t, clientCredentials(), o.options()).Token(); err == nil {
		t.Error("no error")
	}
}

func TestPoolKeepsIdentitiesApart(t *testing.T) {
	t.Parallel()
	o := newOrg()
	pool := flows.NewPool(o.options())
	base, host, secret, bearer := clientCredentials(), clientCredentials(), clientCredentials(), jwtBearer(t)
	guarded, signed, body := clientCredentials(), clientCredentials(), clientCredentials()
	host.LoginURL = "https://other.my.salesforce.com"
	secret.ClientSecret = "rotated-secret"
	guarded.ExpectedOrgID, signed.VerifySignature, body.AuthStyle = "00D000000000001", true, flows.AuthBody
	other, guardedBearer := bearer, bearer
	guardedBearer.ExpectedOrgID = "00D000000000001"
	other.Username = "second@example.test"
	distinct := map[*flows.TokenSource]bool{}
	all := []flows.Flow{base, host, secret, bearer, other, guarded, signed, body, guardedBearer}
	for _, flow := range all {
		first, err := pool.Source(flow)
		if err != nil {
			t.Fatal(err)
		}
		if again, _ := pool.Source(flow); again != first {
			t.Errorf("%v has two sources", flow)
		}
		distinct[first] = true
	}
	if len(distinct) != len(all) {
		t.Errorf("%d sources for %d identities", len(distinct), len(all))
	}
	if _, err := pool.Source(flows.ClientCredentials{}); err == nil {
		t.Error("an empty flow has a source")
	}
}
