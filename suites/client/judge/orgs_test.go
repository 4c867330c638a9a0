package judge_test

import (
	"testing"
	"time"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

func TestSeveralOrgs(t *testing.T) {
	t.Parallel()
	failed := evidence.Exit{Code: 1}
	a, b := login("key-1", "s", "A"), inOrg2(login("key-2", "s", "B"))
	inA, inB := call("A", 200), inOrg2(call("B", 200))
	leak := []evidence.Exchange{a, b, inA, inOrg2(call("A", 401))}
	onlyB := []evidence.Exchange{b, inB, inB}
	judged(t, []row{
		{"each its own", "org-token-isolation", watched(scenario.TwoOrgsAtOnce, a, b, inA, inB), verdict.Kept},
		{"a token strays", "org-token-isolation", watched(scenario.TwoOrgsAtOnce, leak...), verdict.Broken},
		{"all calls in one", "org-token-isolation", watched(scenario.TwoOrgsAtOnce, a, b, inB, inB), verdict.Broken},
		{"all calls in one, and it failed", "org-token-isolation", ending(watched(scenario.TwoOrgsAtOnce, a, b, inB, inB), failed, ""), verdict.Absent},
		{"one login", "org-token-isolation", watched(scenario.TwoOrgsAtOnce, onlyB...), verdict.Absent},
		{"nothing", "org-token-isolation", watched(scenario.TwoOrgsAtOnce), verdict.Absent},

		{"each its own", "org-same-user", watched(scenario.SameUserTwice, a, b, inA, inB), verdict.Kept},
		{"a token strays", "org-same-user", watched(scenario.SameUserTwice, leak...), verdict.Broken},
		{"one session for both", "org-same-user", watched(scenario.SameUserTwice, onlyB...), verdict.Broken},
		{"one org, and it failed", "org-same-user", ending(watched(scenario.SameUserTwice, onlyB...), failed, ""), verdict.Absent},
	})
}

func TestTwoAppsOfOneOrg(t *testing.T) {
	t.Parallel()
	a, b := login("key-1", "s", "A"), login("key-2", "s", "B")
	inA, inB := call("A", 200), call("B", 200)
	apps := func(all ...evidence.Exchange) *evidence.Evidence { return watched(scenario.TwoAppsInOne, all...) }
	judged(t, []row{
		{"each its own", "cache-keyed-by-identity", apps(a, b, inA, inB), verdict.Kept},
		{"by the assertion", "cache-keyed-by-identity", apps(assertedLogin("key-1", "A"), assertedLogin("key-2", "B"), inA, inB), verdict.Kept},
		{"one session for both", "cache-keyed-by-identity", apps(a, inA, inA), verdict.Broken},
		{"the later one for both", "cache-keyed-by-identity", apps(a, b, inB, inB), verdict.Broken},
		{"one, and it failed", "cache-keyed-by-identity", ending(apps(a, inA, inA), evidence.Exit{Code: 1}, ""), verdict.Absent},
		{"nothing", "cache-keyed-by-identity", apps(), verdict.Absent},
	})
}

func assertedLogin(issuer, token string) evidence.Exchange {
	x := login("", "", token)
	x.Assertion = &evidence.Assertion{Claims: map[string]any{"iss": issuer}}
	return x
}

func TestOneOrgThatFails(t *testing.T) {
	t.Parallel()
	b, inB, refused := inOrg2(login("key-2", "s", "B")), inOrg2(call("B", 200)), login("key-1", "s", "")
	silent := login("key-1", "s", "")
	silent.Response.Status = 0
	silent.Answered = began.Add(3500 * time.Millisecond)
	down := func(all ...evidence.Exchange) *evidence.Evidence { return watched(scenario.OneOrgDown, all...) }
	judged(t, []row{
		{"the other works", "org-failure-isolation", down(refused, b, inB), verdict.Kept},
		{"the other works meanwhile", "org-failure-isolation", down(silent, b, inB, inB), verdict.Kept},
		{"the other waits", "org-failure-isolation", down(silent, b, b, b, inB), verdict.Broken},
		{"the other is not called", "org-failure-isolation", down(refused, b), verdict.Broken},
		{"nothing failed", "org-failure-isolation", down(b, inB), verdict.Absent},
	})
}

func TestAnotherOrgThanExpected(t *testing.T) {
	t.Parallel()
	other := func() *evidence.Evidence {
		return watched(scenario.OtherOrgAnswer, login("key-1", "s", "A"), call("A", 200))
	}
	judged(t, []row{
		{"stops", "org-expected-id", ending(other(), evidence.Exit{Code: 1}, "no"), verdict.Kept},
		{"warns", "org-expected-id", ending(other(), evidence.Exit{}, "warning: org 00D2 is not the expected one"), verdict.Kept},
		{"goes on", "org-expected-id", ending(other(), evidence.Exit{}, "450 records"), verdict.Broken},
		{"no login", "org-expected-id", watched(scenario.OtherOrgAnswer, login("key-1", "s", "")), verdict.Absent},
	})
}
