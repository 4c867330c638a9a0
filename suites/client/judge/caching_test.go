package judge_test

import (
	"testing"

	"github.com/sfconform/sfconform/suites/client/canary"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// logsIn is n logins and then m calls, each of its own connection.
func logsIn(n, m int) []evidence.Exchange {
	all := times(n, login("key-1", "s", "A"))
	for i := range m {
		x := call("A", 200)
		x.Connection = i
		all = append(all, x)
	}
	return all
}

// expiring is calls that meet the end of a session, and the logins that follow.
func expiring(calls, again int) *evidence.Evidence {
	all := append([]evidence.Exchange{login("key-1", "s", "A")}, times(calls, call("A", 401))...)
	all = append(all, times(again, login("key-1", "s", "B"))...)
	return marked(watched(scenario.BurstAtExpiry, all...), scenario.SessionsRevoked, calls+1)
}

func TestKeptTokens(t *testing.T) {
	t.Parallel()
	burst := func(n, m int) *evidence.Evidence { return watched(scenario.ColdBurst, logsIn(n, m)...) }
	path := func(n, m int) *evidence.Evidence { return watched(scenario.HappyPath, logsIn(n, m)...) }
	rounds := func(n, m int) *evidence.Evidence { return watched(scenario.SteadyRun, logsIn(n, m)...) }
	refused := login("key-1", "s", "")
	said := watched(scenario.ExpiresIn, logsIn(3, 3)...)
	for i := range 3 {
		said.Exchanges[i].Response.Fault = "expires_in"
	}
	judged(t, []row{
		{"one login", "cache-token-reused", path(1, 3), verdict.Kept},
		{"two logins", "cache-token-reused", path(2, 3), verdict.Tolerated},
		{"one a call, with expires_in", "cache-token-reused", said, verdict.Broken},
		{"one a call, perhaps for want of expires_in", "cache-token-reused", path(3, 3), verdict.Absent},
		{"too few calls", "cache-token-reused", path(1, 1), verdict.Absent},
		{"one login", "cache-single-flight-cold", burst(1, 20), verdict.Kept},
		{"two logins", "cache-single-flight-cold", burst(2, 20), verdict.Tolerated},
		{"one a call", "cache-single-flight-cold", burst(20, 20), verdict.Broken},
		{"too few calls", "cache-single-flight-cold", burst(1, 2), verdict.Absent},
		{"one login", "cache-single-flight-expiry", expiring(20, 1), verdict.Kept},
		{"two logins", "cache-single-flight-expiry", expiring(20, 2), verdict.Tolerated},
		{"one a call", "cache-single-flight-expiry", expiring(20, 20), verdict.Broken},
		{"no login", "cache-single-flight-expiry", expiring(20, 0), verdict.Absent},
		{"too few calls", "cache-single-flight-expiry", expiring(2, 1), verdict.Absent},
		{"one login", "cache-login-budget", rounds(1, 8), verdict.Kept},
		{"two logins", "cache-login-budget", rounds(2, 8), verdict.Tolerated},
		{"one every second round", "cache-login-budget", rounds(5, 8), verdict.Broken},
		{"too few rounds", "cache-login-budget", rounds(1, 2), verdict.Absent},
		{"a few", "cache-failure-memo", watched(scenario.BurstRefused, times(2, refused)...), verdict.Kept},
		{"many", "cache-failure-memo", watched(scenario.BurstRefused, times(20, refused)...), verdict.Broken},
		{"none", "cache-failure-memo", watched(scenario.BurstRefused), verdict.Absent},
	})
}

func TestReplacedTokens(t *testing.T) {
	t.Parallel()
	in, fresh := login("key-1", "s", "A"), login("key-1", "s", "B")
	pages := func(then ...evidence.Exchange) *evidence.Evidence {
		return marked(watched(scenario.EndsBetweenPages, append([]evidence.Exchange{in, call("A", 200)}, then...)...), scenario.SessionsRevoked, 2)
	}
	same := func(again int, exit evidence.Exit) *evidence.Evidence {
		all := append([]evidence.Exchange{in, call("A", 401)}, times(again, in)...)
		return ending(watched(scenario.SameToken, all...), exit, "")
	}
	failed := evidence.Exit{Code: 1}
	dead := func(second ...evidence.Exchange) *evidence.Evidence {
		all := []evidence.Exchange{in}
		for _, x := range second {
			all = append(all, started(2, x))
		}
		return watched(scenario.StaleAtStart, all...)
	}
	judged(t, []row{
		{"only the new one", "cache-no-stale-copy", pages(call("A", 401), fresh, call("B", 200)), verdict.Kept},
		{"the old one again", "cache-no-stale-copy", pages(call("A", 401), fresh, call("B", 200), call("A", 401)), verdict.Broken},
		{"no new one", "cache-no-stale-copy", pages(call("A", 401)), verdict.Absent},
		{"stops", "cache-same-token-again", same(1, failed), verdict.Kept},
		{"some logins", "cache-same-token-again", same(4, failed), verdict.Tolerated},
		{"many logins", "cache-same-token-again", same(9, failed), verdict.Broken},
		{"as if all were well", "cache-same-token-again", same(1, evidence.Exit{}), verdict.Broken},
		{"not met", "cache-same-token-again", watched(scenario.SameToken, in), verdict.Absent},
		{"logs in again", "cache-stale-at-start", dead(call("A", 401), fresh), verdict.Kept},
		{"gives up", "cache-stale-at-start", dead(call("A", 401)), verdict.Broken},
		{"keeps none", "cache-stale-at-start", dead(fresh, call("B", 200)), verdict.Unused},
		{"one start", "cache-stale-at-start", dead(), verdict.Absent},
		{"five logins", "cache-across-runs", watched(scenario.ShortRuns, in, started(2, in)), verdict.Kept},
		{"one start", "cache-across-runs", watched(scenario.ShortRuns, in), verdict.Absent},
	})
}

func TestStoredTokens(t *testing.T) {
	t.Parallel()
	stored := func(mode uint32, content string) *evidence.Evidence {
		e := watched("any", login("key-1", "s", "A"))
		e.Secrets = &canary.Set{}
		e.Secrets.Add("access token", "00D000000000001!AQ0000000000000000000000")
		e.Runs[0].Files = []evidence.File{{Place: "home", Name: "token.json", Mode: mode, Content: []byte(content)}}
		return e
	}
	const token = `{"access_token":"00D000000000001!AQ0000000000000000000000"}`
	judged(t, []row{
		{"for the owner", "cache-store-protected", stored(0o600, token), verdict.Kept},
		{"for all", "cache-store-protected", stored(0o644, token), verdict.Broken},
		{"nothing secret", "cache-store-protected", stored(0o644, "{}"), verdict.Unused},
	})
}
