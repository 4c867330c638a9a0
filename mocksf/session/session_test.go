package session_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/session"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// start has a fraction of a second, which JWT-format tokens do not keep.
var start = time.Date(2026, 9, 1, 12, 0, 0, 700_000_000, time.UTC)

const timeout = 2 * time.Hour

// house is an org, its store, and one app and user in it.
type house struct {
	org   *snapshot.Org
	store *session.Store
	app   *snapshot.App
	user  *snapshot.User
}

func open(t *testing.T, changes ...fixtures.Change) house {
	t.Helper()
	o, err := fixtures.BuiltInOrg("production")
	if err != nil {
		t.Fatal(err)
	}
	org, err := snapshot.Compile(o.MustWith(changes...))
	if err != nil {
		t.Fatal(err)
	}
	return house{org, session.NewStore(org.ID, 1), org.AppByName("integration"), org.User("integration@acme.example")}
}

// issue is a token in opaque or in JWT format.
func (h house) issue(asJWT bool, at time.Time) string {
	x := h.store.New(h.app, h.user, []string{"api", "id"}, timeout, at)
	if asJWT {
		return h.store.JWT(x, h.org, "https://acme.my.salesforce.com", h.app.ConsumerKey)
	}
	return h.store.Opaque(x)
}

// formats runs a test for both formats of tokens.
func formats(t *testing.T, test func(t *testing.T, asJWT bool)) {
	t.Helper()
	for name, asJWT := range map[string]bool{"opaque": false, "jwt": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test(t, asJWT)
		})
	}
}

func TestOpaqueTokensHaveSalesforcesShape(t *testing.T) {
	t.Parallel()
	h := open(t)
	shape := regexp.MustCompile(`^00D\w{12}!AQ[A-Za-z0-9._]{94}$`)
	first, second := h.issue(false, start), h.issue(false, start)
	if !shape.MatchString(first) || !strings.HasPrefix(first, h.org.ID[:15]) {
		t.Errorf("token %s", first)
	}
	if first == second {
		t.Error("two sessions have one token")
	}
	if again := open(t).issue(false, start); again != first {
		t.Error("the same seed gives another token")
	}
}

func TestATokenStandsForItsSession(t *testing.T) {
	t.Parallel()
	formats(t, func(t *testing.T, asJWT bool) {
		t.Helper()
		h := open(t)
		x := h.store.New(h.app, h.user, []string{"api", "id"}, timeout, start)
		token := h.store.Opaque(x)
		if asJWT {
			token = h.store.JWT(x, h.org, "https://acme.my.salesforce.com", h.app.ConsumerKey)
		}
		got, state := h.store.Open(h.org, token, start.Add(time.Minute))
		if state != session.Live || got.ID != x.ID || got.Order != x.Order || got.UserID != h.user.ID[:15] ||
			got.Timeout != timeout || got.JWT != asJWT || !slices.Equal(got.Scopes, x.Scopes) ||
			session.AppOf(h.org, got) != h.app || got.IssuedAt.Unix() != start.Unix() {
			t.Errorf("state %s, session %+v, want %+v", state, got, x)
		}
		if !got.Has("full", "api") || got.Has("web") {
			t.Errorf("scopes %v", got.Scopes)
		}
	})
}

func TestForeignAndDamagedTokensAreUnknown(t *testing.T) {
	t.Parallel()
	h := open(t)
	opaque, asJWT := h.issue(false, start), h.issue(true, start)
	other := open(t, fixtures.Set("myDomain", "other"))
	reseeded := session.NewStore(h.org.ID, 2)
	unsigned, err := jwt.New(jwt.SigningMethodNone).SignedString(jwt.UnsafeAllowNoneSignatureType)
	if err != nil {
		t.Fatal(err)
	}
	for name, token := range map[string]string{
		"empty": "", "garbage": "garbage", "cut": opaque[:100], "longer": opaque + "A", "bare prefix": opaque[:18],
		"changed": opaque[:60] + swap(opaque[60:61]) + opaque[61:], "other org": other.issue(false, start),
		"other org's jwt": other.issue(true, start), "cut jwt": asJWT[:len(asJWT)-3], "alg none": unsigned, "dots": "a.b.c",
		"line break": opaque[:60] + "\n" + opaque[60:], "line break in a jwt": asJWT[:60] + "\r\n" + asJWT[60:],
		"spare bits": spare(opaque), "spare bits of a jwt": spare(asJWT),
		"another seed's": reseeded.Opaque(reseeded.New(h.app, h.user, nil, timeout, start)),
	} {
		if _, state := h.store.Open(h.org, token, start); state != session.Unknown {
			t.Errorf("%s: %s", name, state)
		}
	}
}

// spare sets a bit of the last character that stands for nothing (RFC 4648 section 3.5).
func spare(s string) string {
	return s[:len(s)-1] + string(s[len(s)-1]+1)
}

// swap is another character of the token's alphabet.
func swap(s string) string {
	if s == "A" {
		return "B"
	}
	return "A"
}

func TestSessionsEndWhenNobodyUsesThem(t *testing.T) {
	t.Parallel()
	h := open(t)
	token := h.issue(false, start)
	x, _ := h.store.Open(h.org, token, start)
	state := func(after time.Duration) session.State {
		_, s := h.store.Open(h.org, token, start.Add(after))
		return s
	}
	if state(timeout-1) != session.Live || state(timeout) != session.Expired {
		t.Error("the session does not end with its time-out")
	}
	h.store.Touch(x, start.Add(timeout/2))
	if state(timeout) != session.Expired {
		t.Error("a use in the first half prolongs the session")
	}
	h.store.Touch(x, start.Add(timeout/2+time.Second))
	if state(timeout) != session.Live || state(3*timeout/2+time.Second) != session.Expired {
		t.Error("a use in the second half does not start the time-out anew")
	}
	if want := start.Add(3*timeout/2 + time.Second); !h.store.Ends(x).Equal(want) {
		t.Errorf("ends %v, want %v", h.store.Ends(x), want)
	}
}

func TestJWTFormatTokensHaveAFixedLife(t *testing.T) {
	t.Parallel()
	h := open(t)
	token := h.issue(true, start)
	x, _ := h.store.Open(h.org, token, start)
	h.store.Touch(x, start.Add(timeout-time.Second))
	if _, state := h.store.Open(h.org, token, start.Add(timeout)); state != session.Expired {
		t.Errorf("after its exp, although used: %s", state)
	}
}

func TestRevocationEndsWhatItNamesAndNothingIssuedAfterwards(t *testing.T) {
	t.Parallel()
	formats(t, func(t *testing.T, asJWT bool) {
		t.Helper()
		for name, c := range map[string]struct {
			revoke func(house, session.Session)
			others session.State
		}{
			"one":       {func(h house, x session.Session) { h.store.Revoke(x, start) }, session.Live},
			"app":       {func(h house, _ session.Session) { h.store.RevokeApp("integration") }, session.Revoked},
			"other app": {func(h house, x session.Session) { h.store.RevokeApp("legacy"); h.store.Revoke(x, start) }, session.Live},
			"user":      {func(h house, _ session.Session) { h.store.RevokeUser(h.user.ID) }, session.Revoked},
			"short id":  {func(h house, _ session.Session) { h.store.RevokeUser(h.user.ID[:15]) }, session.Revoked},
			"all":       {func(h house, _ session.Session) { h.store.RevokeAll() }, session.Revoked},
		} {
			h := open(t)
			token, other := h.issue(asJWT, start), h.issue(asJWT, start)
			x, _ := h.store.Open(h.org, token, start)
			c.revoke(h, x)
			later := h.issue(asJWT, start)
			for _, want := range []struct {
				token string
				state session.State
			}{{token, session.Revoked}, {other, c.others}, {later, session.Live}} {
				if _, got := h.store.Open(h.org, want.token, start); got != want.state {
					t.Errorf("%s: %s, want %s", name, got, want.state)
				}
			}
		}
	})
}

func TestSessionsEndWithTheirUserAndApp(t *testing.T) {
	t.Parallel()
	formats(t, func(t *testing.T, asJWT bool) {
		t.Helper()
		const user = "users/integration@acme.example"
		for _, c := range []struct {
			change fixtures.Change
			want   session.State
		}{
			{fixtures.Set(user+"/active", false), session.UserEnded},
			{fixtures.Set(user+"/frozen", true), session.UserEnded},
			{fixtures.Remove(user), session.UserEnded},
			{fixtures.Remove("apps/integration"), session.AppEnded},
			{fixtures.Set("apps/integration/enabled", false), session.AppEnded},
			{fixtures.Set("apps/integration/oauthPlugin", false), session.AppEnded},
			{fixtures.Set("apps/integration/blocked", true), session.AppEnded},
			{fixtures.Set(user+"/email", "new@acme.example"), session.Live},
		} {
			h := open(t)
			token := h.issue(asJWT, start)
			if _, got := h.store.Open(open(t, c.change).org, token, start); got != c.want {
				t.Errorf("%s = %v: %s, want %s", c.change.Path, c.change.Value, got, c.want)
			}
		}
	})
}

func TestJWTFormatTokensCarryTheClaimsOfTheSample(t *testing.T) {
	t.Parallel()
	h := open(t)
	claims := jwt.MapClaims{}
	token, err := jwt.NewParser(jwt.WithoutClaimsValidation()).ParseWithClaims(h.issue(true, start), claims, func(*jwt.Token) (any, error) {
		return session.PublicKey(), nil
	})
	if err != nil {
		t.Fatal(err)
	}
	at := float64(start.Unix())
	for name, want := range map[string]any{
		"scp": "api id", "sub": "uid:" + h.user.ID, "nbf": at - 15, "iat": at, "exp": at + timeout.Seconds(), "mty": "oauth",
		"iss": "https://acme.my.salesforce.com", "hsc": false, "client_id": h.app.ConsumerKey,
	} {
		if claims[name] != want {
			t.Errorf("%s = %v, want %v", name, claims[name], want)
		}
	}
	if _, ok := claims["jti"]; ok {
		t.Error("there is a jti")
	}
	if kid := token.Header["kid"]; kid != session.KeyID(h.org.ID) || token.Header["tty"] != "sfdc-core-token" {
		t.Errorf("header %v", token.Header)
	}
}

func TestMemoryOfEndedSessionsIsForgotten(t *testing.T) {
	t.Parallel()
	h := open(t)
	kept := h.store.New(h.app, h.user, nil, 48*time.Hour, start)
	h.store.Revoke(kept, start)
	at := start
	for range 50_000 {
		at = at.Add(time.Second)
		h.store.Revoke(h.store.New(h.app, h.user, nil, time.Minute, at), at)
	}
	if _, state := h.store.Open(h.org, h.store.Opaque(kept), at); state != session.Revoked {
		t.Errorf("a revocation was forgotten before the session ended: %s", state)
	}
}

func TestTokenOfReadsBearerAndOAuth(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]string{
		"Bearer x": "x", "bearer x": "x", "OAuth x": "x", "OAUTH  x ": "x",
		"": "", "Bearer": "", "Bearer ": "", "Basic x": "", "Token x": "", "x": "", "Bearer x y": "", "Bearer x, Bearer y": "",
	} {
		if got, ok := session.TokenOf(header); ok != (want != "") || ok && got != want {
			t.Errorf("%q: %q, %v", header, got, ok)
		}
	}
}

func FuzzOpen(f *testing.F) {
	o, err := fixtures.BuiltInOrg("production")
	if err != nil {
		f.Fatal(err)
	}
	org, err := snapshot.Compile(o)
	if err != nil {
		f.Fatal(err)
	}
	store := session.NewStore(org.ID, 1)
	h := house{org, store, org.AppByName("integration"), org.User("integration@acme.example")}
	good := []string{h.issue(false, start), h.issue(true, start)}
	for _, s := range append(good, "Bearer x", "eyJhbGciOiJub25lIn0.e30.", good[0][:20]) {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, token string) {
		if _, state := store.Open(org, token, start); state != session.Unknown && !slices.Contains(good, token) {
			t.Errorf("%q is taken for a token", token)
		}
		session.TokenOf(token)
	})
}
