package session_test

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sfconform/sfconform/mocksf/session"
)

// grant is what the house's user allows the house's app.
func (h house) grant() session.Grant {
	return session.Grant{
		App: session.AppHash(h.app.Name), UserID: h.user.ID[:15], Scopes: []string{"api", "refresh_token"},
		RedirectURI: "https://client.example/callback", IssuedAt: start,
	}
}

// login is a session of the house's user, opened now.
func (h house) login(at time.Time) session.Session {
	return h.store.New(h.app, h.user, []string{"api"}, timeout, at)
}

func TestCodesAreShapedLikeSalesforcesAndNeverRepeat(t *testing.T) {
	t.Parallel()
	h := open(t)
	seen := map[string]bool{}
	for range 100 {
		code := h.store.NewCode(h.grant())
		if !regexp.MustCompile(`^aPrx[A-Za-z0-9._]{64}==$`).MatchString(code) || seen[code] {
			t.Fatalf("code %q", code)
		}
		seen[code] = true
	}
}

func TestACodeIsUsedUpOnceHoweverManyTryAtOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	code := h.store.NewCode(h.grant())
	var first atomic.Int32
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if h.store.UseCode(code) {
				first.Add(1)
			}
		})
	}
	all.Wait()
	if first.Load() != 1 {
		t.Errorf("%d of eight used the code", first.Load())
	}
	if g, known := h.store.Code(code); !known || g.RedirectURI != h.grant().RedirectURI {
		t.Errorf("the used code is known: %v, %+v", known, g)
	}
	if h.store.UseCode("aPrxNothing") {
		t.Error("a code that was never issued can be used")
	}
}

func TestCodesAreForgottenOldestFirst(t *testing.T) {
	t.Parallel()
	h := open(t)
	first := h.store.NewCode(h.grant())
	second := h.store.NewCode(h.grant())
	for range 1<<12 - 1 {
		h.store.NewCode(h.grant())
	}
	if _, known := h.store.Code(first); known {
		t.Error("the oldest code is kept beyond the bound")
	}
	if _, known := h.store.Code(second); !known {
		t.Error("a code within the bound is forgotten")
	}
}

func TestRefreshTokensAreShapedLikeSalesforces(t *testing.T) {
	t.Parallel()
	h := open(t)
	token := h.store.Approve(h.grant(), h.login(start), start)
	if !regexp.MustCompile(`^5Aep861[A-Za-z0-9._]{80}$`).MatchString(token) {
		t.Errorf("refresh token %q", token)
	}
	a, known := h.store.Refresh(token)
	if !known || a.UserID != h.user.ID[:15] || !a.IssuedAt.Equal(start) || strings.Join(a.Scopes, " ") != "api refresh_token" {
		t.Errorf("%v, %+v", known, a)
	}
}

func TestTheSixthApprovalEndsTheOldestWithItsSessions(t *testing.T) {
	t.Parallel()
	h := open(t)
	x := h.login(start)
	first := h.store.Approve(h.grant(), x, start)
	for i := range session.MaxApprovals {
		if _, known := h.store.Refresh(first); !known {
			t.Fatalf("the first approval ended after %d more", i)
		}
		h.store.Approve(h.grant(), h.login(start), start)
	}
	if _, known := h.store.Refresh(first); known {
		t.Error("the first approval outlives the sixth")
	}
	if _, state := h.store.Open(h.org, h.store.Opaque(x), start); state != session.Revoked {
		t.Errorf("its session is %s", state)
	}
}

func TestARotatedTokenIsReplacedAndItsReuseEndsTheApproval(t *testing.T) {
	t.Parallel()
	h := open(t)
	first := h.store.Approve(h.grant(), h.login(start), start)
	x := h.login(start)
	second := h.store.Used(first, x, true, start)
	if _, known := h.store.Refresh(first); known || second == first {
		t.Fatalf("the first token is known after its rotation: %v", known)
	}
	if again := h.store.Used(first, x, true, start); again != second {
		t.Error("a second use at once rotates once more")
	}
	h.store.Reused(second, start)
	if _, known := h.store.Refresh(second); !known {
		t.Error("the good token counts as reused")
	}
	h.store.Reused(first, start)
	if _, known := h.store.Refresh(second); known {
		t.Error("the approval outlives the reuse of a rotated token")
	}
	if _, state := h.store.Open(h.org, h.store.Opaque(x), start); state != session.Revoked {
		t.Errorf("its session is %s", state)
	}
}

func TestOnlySomeRotatedTokensAreRemembered(t *testing.T) {
	t.Parallel()
	h := open(t)
	first := h.store.Approve(h.grant(), h.login(start), start)
	token := first
	for range 100 {
		token = h.store.Used(token, h.login(start), true, start)
	}
	h.store.Reused(first, start)
	if _, known := h.store.Refresh(token); !known {
		t.Error("a token of a hundred rotations ago is remembered")
	}
}

func TestARevokedRefreshTokenTakesItsSessionsAlong(t *testing.T) {
	t.Parallel()
	h := open(t)
	x, other := h.login(start), h.login(start)
	token := h.store.Approve(h.grant(), x, start)
	if !h.store.RevokeRefresh(token, start) || h.store.RevokeRefresh(token, start) {
		t.Error("a refresh token is revoked once")
	}
	for s, want := range map[*session.Session]session.State{&x: session.Revoked, &other: session.Live} {
		if _, state := h.store.Open(h.org, h.store.Opaque(*s), start); state != want {
			t.Errorf("a session is %s, want %s", state, want)
		}
	}
}

func TestApprovalsEndWithTheirAppTheirUserAndAll(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(house){
		"app":  func(h house) { h.store.RevokeApp(h.app.Name) },
		"user": func(h house) { h.store.RevokeUser(h.user.ID) },
		"all":  func(h house) { h.store.RevokeAll() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			other := h.grant()
			other.App, other.UserID = session.AppHash("legacy"), "005000000000001"
			kept := h.store.Approve(other, h.login(start), start)
			token := h.store.Approve(h.grant(), h.login(start), start)
			if !h.store.Approved(session.AppHash(h.app.Name), h.user.ID) {
				t.Fatal("the user has not approved")
			}
			end(h)
			if _, known := h.store.Refresh(token); known || h.store.Approved(session.AppHash(h.app.Name), h.user.ID) {
				t.Error("the approval is left")
			}
			if _, known := h.store.Refresh(kept); known == (name == "all") {
				t.Errorf("another app's approval of another user is left: %v", known)
			}
		})
	}
}

func TestTheStoreTakesManyAtOnce(t *testing.T) {
	t.Parallel()
	h := open(t)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			token := h.store.Approve(h.grant(), h.login(start), start)
			for range 20 {
				token = h.store.Used(token, h.login(start), i%2 == 0, start)
				h.store.Refresh(token)
			}
			h.store.RevokeRefresh(token, start)
			h.store.RevokeUser(fmt.Sprintf("00500000000000%d", i))
		})
	}
	all.Wait()
}
