package judge_test

import (
	"encoding/json"
	"net/url"
	"strconv"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/canary"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// somePEM has the look of a private key, and is none.
const somePEM = "-----BEGIN PRIVATE KEY-----\nbm8ga2V5IGF0IGFsbCwgYnV0IGxvbmcgZW5vdWdoIHRvIGJlIG9uZQ==\n-----END PRIVATE KEY-----\n"

// seconds is a time as a claim says it.
func seconds(at time.Time) json.Number { return json.Number(strconv.FormatInt(at.Unix(), 10)) }

// asserted is a good token request with an assertion that was altered.
func asserted(alter func(*evidence.Assertion)) evidence.Exchange {
	x := login("", "", "A")
	x.OrgTime = began
	x.Request.Form.Set("grant_type", string(fixtures.GrantJWTBearer))
	x.Assertion = &evidence.Assertion{
		Raw: "aGVhZA.Y2xhaW1z.c2ln", Parts: []string{"aGVhZA", "Y2xhaW1z", "c2ln"}, Verified: true,
		Header: map[string]any{"alg": "RS256"},
		Claims: map[string]any{
			"iss": "key-1", "sub": "user@acme.example", "aud": "https://acme.my.salesforce.com", "exp": seconds(began.Add(3 * time.Minute)),
		},
	}
	if alter != nil {
		alter(x.Assertion)
	}
	return x
}

// bearing is the evidence of assertions.
func bearing(name string, all ...evidence.Exchange) *evidence.Evidence {
	e := watched(name, all...)
	e.Flow, e.Secrets = fixtures.JWTBearer, &canary.Set{}
	e.Secrets.Add("private key", somePEM)
	e.Settings["SF_USERNAME"], e.Settings["SF_AUDIENCE"] = "user@acme.example", "https://acme.my.salesforce.com"
	return e
}

// claiming is one assertion with a claim of its own.
func claiming(claim string, value any) *evidence.Evidence {
	return bearing(scenario.HappyPath, asserted(func(a *evidence.Assertion) { a.Claims[claim] = value }))
}

func TestAssertions(t *testing.T) {
	t.Parallel()
	part := func(text string) *evidence.Evidence {
		return bearing(scenario.HappyPath, asserted(func(a *evidence.Assertion) { a.Parts[1] = text }))
	}
	hs256 := bearing(scenario.HappyPath, asserted(func(a *evidence.Assertion) { a.Header["alg"] = "HS256" }))
	forged := bearing(scenario.HappyPath, asserted(func(a *evidence.Assertion) { a.Verified = false }))
	unsigned := bearing(scenario.KeyForms, asserted(func(a *evidence.Assertion) { a.Verified, a.Parts[2] = false, "" }))
	leaking := asserted(nil)
	leaking.Request.Body = []byte("key=" + url.QueryEscape(somePEM))
	rows := []row{
		{"HS256", "jwt-alg-rs256", hs256, verdict.Broken},
		{"padded", "jwt-compact-base64url", part("YQ=="), verdict.Tolerated},
		{"plain base64", "jwt-compact-base64url", part("a+b/"), verdict.Broken},
		{"forged", "jwt-signature-valid", forged, verdict.Broken},
		{"another algorithm", "jwt-signature-valid", hs256, verdict.Absent},
		{"unsigned for want of a key", "jwt-signature-valid", unsigned, verdict.Absent},
		{"the key is sent", "jwt-private-key-not-sent", bearing(scenario.HappyPath, leaking), verdict.Broken},
		{"the user", "jwt-iss-consumer-key", claiming("iss", "user@acme.example"), verdict.Broken},
		{"an e-mail address", "jwt-sub-username", claiming("sub", "me@acme.example"), verdict.Broken},
		{"prn as well", "jwt-sub-username", claiming("prn", "user@acme.example"), verdict.Tolerated},
		{"milliseconds", "jwt-exp-seconds", claiming("exp", seconds(time.Unix(began.UnixMilli(), 0))), verdict.Broken},
		{"none", "jwt-exp-seconds", claiming("exp", nil), verdict.Broken},
		{"a text", "jwt-exp-number", claiming("exp", "1772366580"), verdict.Broken},
		{"five minutes", "jwt-exp-window", claiming("exp", seconds(began.Add(5*time.Minute))), verdict.Tolerated},
		{"an hour", "jwt-exp-window", claiming("exp", seconds(began.Add(time.Hour))), verdict.Broken},
		{"over", "jwt-exp-window", claiming("exp", seconds(began.Add(-time.Minute))), verdict.Broken},
		{"ahead", "jwt-iat-nbf-not-future", claiming("iat", seconds(began.Add(5*time.Minute))), verdict.Broken},
	}
	for _, id := range []fixtures.RequirementID{
		"jwt-alg-rs256", "jwt-compact-base64url", "jwt-signature-valid", "jwt-private-key-not-sent", "jwt-iss-consumer-key", "jwt-sub-username",
		"jwt-exp-seconds", "jwt-exp-number", "jwt-exp-window", "jwt-iat-nbf-not-future",
	} {
		rows = append(rows, row{"good", id, bearing(scenario.HappyPath, asserted(nil)), verdict.Kept},
			row{"none", id, bearing(scenario.HappyPath), verdict.Absent})
	}
	judged(t, rows)
}

func TestAssertionsOfSeveralRequests(t *testing.T) {
	t.Parallel()
	other := asserted(func(a *evidence.Assertion) { a.Raw = "other" })
	old := asserted(nil)
	old.OrgTime = began.Add(time.Hour)
	withID := func(raw string) evidence.Exchange {
		return asserted(func(a *evidence.Assertion) { a.Raw, a.Claims["jti"] = raw, "1" })
	}
	refused := asserted(nil)
	refused.Response.Status = 400
	zone := func(run int, d time.Duration) evidence.Exchange {
		return started(run, asserted(func(a *evidence.Assertion) { a.Claims["exp"] = seconds(began.Add(d)) }))
	}
	judged(t, []row{
		{"two", "jwt-fresh-per-request", bearing("any", asserted(nil), other), verdict.Kept},
		{"again", "jwt-fresh-per-request", bearing("any", asserted(nil), other, asserted(nil)), verdict.Tolerated},
		{"again in the same second", "jwt-fresh-per-request", bearing("any", asserted(nil), started(2, asserted(nil))), verdict.Kept},
		{"again in the same second, with a jti", "jwt-fresh-per-request", bearing("any", withID("a"), started(2, withID("a"))), verdict.Broken},
		{"again when it is over", "jwt-fresh-per-request", bearing("any", asserted(nil), old), verdict.Broken},
		{"again by a later start", "jwt-fresh-per-request", bearing("any", asserted(nil), other, started(2, asserted(nil))), verdict.Broken},
		{"one", "jwt-fresh-per-request", bearing("any", asserted(nil)), verdict.Absent},
		{"one of each", "jwt-jti-unique", bearing("any", withID("a")), verdict.Kept},
		{"the same in two", "jwt-jti-unique", bearing("any", withID("a"), withID("b")), verdict.Broken},
		{"none", "jwt-jti-unique", bearing("any", other), verdict.Unused},
		{"no other grant", "jwt-no-grant-fallback", bearing("any", refused, other), verdict.Kept},
		{"another grant", "jwt-no-grant-fallback", bearing("any", refused, login("key-1", "s", "A")), verdict.Broken},
		{"not refused", "jwt-no-grant-fallback", bearing("any", other), verdict.Absent},
		{"the same life", "jwt-exp-timezone", bearing(scenario.TimeZones, zone(1, 3*time.Minute), zone(2, 3*time.Minute)), verdict.Kept},
		{"another life", "jwt-exp-timezone", bearing(scenario.TimeZones, zone(1, 3*time.Minute), zone(2, -5*time.Hour)), verdict.Broken},
		{"one zone", "jwt-exp-timezone", bearing(scenario.TimeZones, zone(1, 3*time.Minute)), verdict.Absent},
	})
}
