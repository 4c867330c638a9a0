package judge_test

import (
	"net/http"
	"testing"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// authorized is a call with another Authorization header.
func authorized(header string) evidence.Exchange {
	x := call("A", 200)
	x.Request.Header.Set("Authorization", header)
	return x
}

func TestBearerHeader(t *testing.T) {
	t.Parallel()
	list := callOf("/services/data/", "", 200)
	list.Request.Header = http.Header{}
	away := authorized("")
	away.Role = evidence.Foreign
	judged(t, []row{
		{"Bearer", "api-bearer-header", watched("any", call("A", 200), call("A", 401)), verdict.Kept},
		{"the list of versions needs none", "api-bearer-header", watched("any", list, call("A", 200)), verdict.Kept},
		{"OAuth", "api-bearer-header", watched("any", authorized("OAuth A")), verdict.Tolerated},
		{"undefined", "api-bearer-header", watched("any", call("A", 200), authorized("Bearer undefined")), verdict.Broken},
		{"empty", "api-bearer-header", watched("any", authorized("Bearer ")), verdict.Broken},
		{"none", "api-bearer-header", watched("any", authorized("")), verdict.Broken},
		{"no call", "api-bearer-header", watched("any", list), verdict.Absent},
		{"somebody else's host", "api-bearer-header", watched("any", away), verdict.Absent},
	})
}

func TestVersions(t *testing.T) {
	t.Parallel()
	at := func(version string) evidence.Exchange { return callOf("/services/data/v"+version+"/query", "A", 200) }
	gone := call("A", http.StatusGone)
	other := callOf("/services/data/v65.0/query", "A", 200)
	retired := func(output string, then ...evidence.Exchange) *evidence.Evidence {
		all := append([]evidence.Exchange{login("key-1", "s", "A"), gone}, then...)
		return ending(watched(scenario.VersionRetired, all...), evidence.Exit{Code: 1}, output)
	}
	judged(t, []row{
		{"as told", "api-version-choice", watched(scenario.OtherVersion, at(scenario.OlderVersion)), verdict.Kept},
		{"as listed", "api-version-choice", watched(scenario.OtherVersion, callOf("/services/data", "", 200), at("66.0")), verdict.Kept},
		{"its own", "api-version-choice", watched(scenario.OtherVersion, at("62.0")), verdict.Tolerated},
		{"its own, and old", "api-version-choice", watched(scenario.OtherVersion, at("50.0")), verdict.Broken},
		{"retired", "api-version-choice", watched(scenario.OtherVersion, at("29.0")), verdict.Broken},
		{"no call", "api-version-choice", watched(scenario.OtherVersion), verdict.Absent},

		{"stops", "api-version-retired", retired("Version 66.0 is gone"), verdict.Kept},
		{"takes another one", "api-version-retired", retired("version 66.0 is gone", other), verdict.Kept},
		{"says nothing of it", "api-version-retired", retired("HTTP 410"), verdict.Broken},
		{"logs in", "api-version-retired", retired("version", login("key-1", "s", "B")), verdict.Broken},
		{"repeats", "api-version-retired", retired("version", gone), verdict.Broken},
		{"not met", "api-version-retired", watched(scenario.VersionRetired, at("66.0")), verdict.Absent},
	})
}

func TestSOAPWithJWTFormat(t *testing.T) {
	t.Parallel()
	soap := evidence.Exchange{Kind: evidence.SOAPCall, Role: evidence.Instance}
	again := login("key-1", "s", "d.e.f")
	withJWT := func(then ...evidence.Exchange) *evidence.Evidence {
		return watched(scenario.TokenIsJWT, append([]evidence.Exchange{login("key-1", "s", "a.b.c")}, then...)...)
	}
	judged(t, []row{
		{"no SOAP", "api-no-soap-with-jwt-token", withJWT(call("a.b.c", 200)), verdict.Unused},
		{"stops", "api-no-soap-with-jwt-token", withJWT(soap, again), verdict.Tolerated},
		{"loops", "api-no-soap-with-jwt-token", withJWT(soap, again, soap, again, soap, again), verdict.Broken},
		{"other format", "api-no-soap-with-jwt-token", watched(scenario.TokenIsJWT, login("key-1", "s", "00D!A"), soap), verdict.Absent},
	})
}

func TestLimits(t *testing.T) {
	t.Parallel()
	limited := func(status int, then ...evidence.Exchange) *evidence.Evidence {
		return watched(scenario.LimitReached, append([]evidence.Exchange{login("key-1", "s", "A"), call("A", status)}, then...)...)
	}
	judged(t, []row{
		{"stops", "api-limit-handling", limited(403), verdict.Kept},
		{"a few more", "api-limit-handling", limited(503, times(3, call("A", 503))...), verdict.Kept},
		{"some more", "api-limit-handling", limited(429, times(7, call("A", 429))...), verdict.Tolerated},
		{"full speed", "api-limit-handling", limited(429, times(11, call("A", 429))...), verdict.Broken},
		{"logs in", "api-limit-handling", limited(403, login("key-1", "s", "B")), verdict.Broken},
		{"a later start logs in", "api-limit-handling", limited(403, started(2, login("key-1", "s", "B")), started(2, call("B", 429))), verdict.Kept},
		{"not met", "api-limit-handling", watched(scenario.LimitReached, call("A", 200)), verdict.Absent},
	})
}

func TestAgentAndPreflight(t *testing.T) {
	t.Parallel()
	by := func(agent string) evidence.Exchange {
		x := call("A", 200)
		x.Request.Header.Set("User-Agent", agent)
		return x
	}
	begins := func(output string, all ...evidence.Exchange) *evidence.Evidence {
		return ending(watched(scenario.ShortRuns, all...), evidence.Exit{}, output)
	}
	in := login("key-1", "s", "A")
	judged(t, []row{
		{"named", "api-user-agent", watched(scenario.HappyPath, by("acme-sync/1.2")), verdict.Kept},
		{"library", "api-user-agent", watched(scenario.HappyPath, by("acme-sync/1.2"), by("python-requests/2.32")), verdict.Broken},
		{"none", "api-user-agent", watched(scenario.HappyPath, by("")), verdict.Broken},
		{"nothing", "api-user-agent", watched(scenario.HappyPath), verdict.Absent},

		{"says org", "api-preflight", begins("org 00D000000000001", in, call("A", 200)), verdict.Kept},
		{"says nothing", "api-preflight", begins("ok", in, call("A", 200)), verdict.Noted},
		{"no call", "api-preflight", begins("org 00D000000000001", in), verdict.Noted},
		{"no token", "api-preflight", begins("", login("key-1", "s", "")), verdict.Absent},
	})
}
