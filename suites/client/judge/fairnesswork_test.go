package judge_test

import (
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/canary"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// by has evidence be that of a client of which this is known.
func by(know func(*evidence.Evidence), e *evidence.Evidence) *evidence.Evidence {
	know(e)
	return e
}

func ownWork(e *evidence.Evidence)    { e.OwnWork = true }
func loginOnly(e *evidence.Evidence)  { e.LoginOnly = true }
func exitSilent(e *evidence.Evidence) { e.ExitSilent = true }
func twoWorkers(e *evidence.Evidence) { e.Workers = 2 }

func TestAnExitCodeThatSaysNothingIsOneMistake(t *testing.T) {
	t.Parallel()
	page := func(text string) *evidence.Evidence { return endingIn(line(refused(200, "<html>")), succeeded, text) }
	empty := func(text string) *evidence.Evidence { return endingIn(line(refused(400, "")), succeeded, text) }
	half := granted("a")
	half.Issued, half.Response.Broken = "", true
	cut := func(text string) *evidence.Evidence { return endingIn(line(half), succeeded, text) }
	object := func(text string) *evidence.Evidence {
		return endingIn(line(apiCall("a", "GET /query?q=1", 400, `{"message":"it flew"}`)), succeeded, text)
	}
	refusal := endingIn(line(loginRefusal("client-secret-wrong")), succeeded, "login failed")
	const json, none, broken, shape = "resp-200-not-json", "err-empty-body", "err-broken-json", "err-api-array-and-object"
	checkOutcomes(t, []verdictCase{
		{"elsewhere it says 1", json, scenario.NotJSON, page("login failed: no JSON"), verdict.Broken},
		{"it says so in words", json, scenario.NotJSON, by(exitSilent, page("login failed: no JSON")), verdict.Kept},
		{"in other words", json, scenario.NotJSON, by(exitSilent, page("Anmeldung fehlgeschlagen")), verdict.Kept},
		{"it says nothing", json, scenario.NotJSON, by(exitSilent, page("")), verdict.Absent},
		{"it crashes", json, scenario.NotJSON, by(exitSilent, page(trace+parserError)), verdict.Broken},
		{"it says so in words", none, scenario.NoBody, by(exitSilent, empty("error: 400")), verdict.Kept},
		{"it says nothing", none, scenario.NoBody, by(exitSilent, empty("")), verdict.Absent},
		{"it says so in words", broken, scenario.CutShort, by(exitSilent, cut("error: unexpected end")), verdict.Kept},
		{"it says nothing", broken, scenario.CutShort, by(exitSilent, cut("")), verdict.Absent},
		{"the message", shape, scenario.APIShapes, by(exitSilent, object("it flew")), verdict.Kept},
		{"no message", shape, scenario.APIShapes, by(exitSilent, object("")), verdict.Broken},
		{"at a refused login", "err-exit-or-health", scenario.SecretRefused, by(exitSilent, refusal), verdict.Broken},
	})
}

func TestASecretInTheErrorsOfAClientThatAlwaysEndsWithZeroIsFound(t *testing.T) {
	t.Parallel()
	said := by(exitSilent, endingIn(line(refused(400, "")), succeeded, "login failed"))
	said.Secrets = &canary.Set{}
	checkOutcomes(t, []verdictCase{
		{"searched", "secret-not-in-errors", scenario.SecretRefused, said, verdict.Kept},
		{"not searched", "secret-not-in-output", scenario.SecretRefused, said, verdict.Absent},
	})
}

func TestWorkersThatLogInForThemselvesAreNotBlamedForEachOther(t *testing.T) {
	t.Parallel()
	pool := func(token string, status int) evidence.Exchange {
		return apiCall(token, "GET /query?q="+token, status, "")
	}
	side := line(granted("a"), granted("b"), pool("a", 200), pool("b", 200), pool("a", 200), pool("b", 200))
	turns := line(granted("a"), pool("a", 200), pool("a", 200), granted("b"), pool("b", 200), pool("b", 200))
	each := line(granted("a"), pool("a", 200), granted("b"), pool("b", 200), granted("c"), pool("c", 200))
	each.Exchanges[0].Response.Fault, each.Scenario = "expires_in", scenario.ExpiresIn
	both := func() *evidence.Evidence {
		return revokedAfter(2, line(granted("a"), granted("b"), pool("a", 401), pool("b", 401), granted("c"), pool("c", 200), granted("d"), pool("d", 200)))
	}
	late := func(again string) *evidence.Evidence {
		return revokedAfter(2, line(granted("a"), granted("b"), pool("a", 401), granted("c"), pool("c", 200), pool(again, 401)))
	}
	loop := line(append([]evidence.Exchange{granted("a"), pool("a", 401)}, again(8, granted("b"))...)...)
	checkOutcomes(t, []verdictCase{
		{"side by side", "cache-token-reused", scenario.HappyPath, side, verdict.Kept},
		{"one after the other", "cache-token-reused", scenario.HappyPath, turns, verdict.Tolerated},
		{"a login for each call", "cache-token-reused", scenario.ExpiresIn, each, verdict.Broken},
		{"rounds side by side", "cache-login-budget", scenario.SteadyRun, side, verdict.Kept},
		{"each logs in again", "session-401-reauth-once", scenario.EndsBetweenPages, both(), verdict.Kept},
		{"each meets the end", "cache-no-stale-copy", scenario.EndsBetweenPages, by(twoWorkers, late("b")), verdict.Kept},
		{"one meets it twice", "cache-no-stale-copy", scenario.EndsBetweenPages, by(twoWorkers, late("a")), verdict.Broken},
		{"the only one does", "cache-no-stale-copy", scenario.EndsBetweenPages, late("b"), verdict.Broken},
		{"eight logins of two", "session-no-loop", scenario.StaysRefused, by(twoWorkers, loop), verdict.Tolerated},
		{"eight logins of one", "session-no-loop", scenario.StaysRefused, line(loop.Exchanges...), verdict.Broken},
		{"one for each", "cache-single-flight-expiry", scenario.BurstAtExpiry, both(), verdict.Kept},
	})
}

func TestWhatAClientDoesNotDoIsNoMistake(t *testing.T) {
	t.Parallel()
	one := func() *evidence.Evidence { return line(granted("a"), apiCall("a", "GET /query?q=1", 200, "")) }
	missing := granted("")
	missing.Response.Fault = "no instance_url"
	dropped := func() *evidence.Evidence { return endingIn(line(missing), succeeded, "logged in") }
	logsIn := func() *evidence.Evidence { return endingIn(line(granted("a")), succeeded, "logged in") }
	checkOutcomes(t, []verdictCase{
		{"of its own work", "cache-login-budget", scenario.SteadyRun, by(ownWork, one()), verdict.Unused},
		{"as it was told", "cache-login-budget", scenario.SteadyRun, one(), verdict.Absent},
		{"one after another", "cache-single-flight-cold", scenario.ColdBurst, by(ownWork, one()), verdict.Unused},
		{"as it was told", "cache-single-flight-cold", scenario.ColdBurst, one(), verdict.Absent},
		{"of its own work", "err-write-not-repeated", scenario.WriteWithheld, by(ownWork, one()), verdict.Unused},
		{"a login is all", "resp-unknown-fields", scenario.UnknownFields, by(loginOnly, logsIn()), verdict.Kept},
		{"a login is not all", "resp-unknown-fields", scenario.UnknownFields, logsIn(), verdict.Broken},
		{"a login is all", "resp-missing-optional", scenario.NeededMissing, by(loginOnly, dropped()), verdict.Kept},
		{"a login is not all", "resp-missing-optional", scenario.NeededMissing, dropped(), verdict.Broken},
	})
}

func TestWhatTheOperatorReadsIsFoundInAnyLog(t *testing.T) {
	t.Parallel()
	unusual := refused(400, `{"error":"heron_code","error_description":"the user's login failed <here> (otter-1234)"}`)
	says := func(text string) *evidence.Evidence { return endingIn(line(unusual), failed, text) }
	const both = "err-surface-both"
	checkOutcomes(t, []verdictCase{
		{"in colours", both, scenario.RefusedUnusually, says("\x1b[31mheron_\x1b[1mcode\x1b[0m: (otter\x1b[0m-1234)"), verdict.Kept},
		{"in JSON", both, scenario.RefusedUnusually, says(`{"msg":"heron\u005fcode: \u003cotter\u002d1234\u003e"}`), verdict.Kept},
		{"in wrapped lines", both, scenario.RefusedUnusually, says("| heron_\n| code: the user's login failed (otter-1234)"), verdict.Tolerated},
		{"in UTF-16", both, scenario.RefusedUnusually, says("h\x00e\x00r\x00o\x00n\x00_\x00c\x00o\x00d\x00e\x00 \x00otter-1234"), verdict.Kept},
		{"in another language", both, scenario.RefusedUnusually, says("Anmeldung abgelehnt: heron_code («otter-1234»)"), verdict.Kept},
		{"not at all", both, scenario.RefusedUnusually, says("\x1b[31mAnmeldung abgelehnt\x1b[0m"), verdict.Broken},
	})
	const told fixtures.RefusalID = "password-expired"
	message := fixtures.MustRefusal(told).Answer.Description
	wrapped := endingIn(line(apiRefusal("a", told)), failed, "  | "+strings.ReplaceAll(message, " ", "\n  | "))
	checkOutcomes(t, []verdictCase{{"in wrapped lines", "session-401-not-expiry", scenario.NoLoginCures, wrapped, verdict.Kept}})
}

func TestARequestThatIsGivenUpHasATimeOut(t *testing.T) {
	t.Parallel()
	silent := evidence.Exchange{Kind: evidence.TokenRequest}
	pool := func(answered time.Time) *evidence.Evidence {
		e := by(twoWorkers, endingIn(line(silent, silent), timedOut, ""))
		for i := range e.Exchanges {
			e.Exchanges[i].Answered = answered
		}
		return e
	}
	checkOutcomes(t, []verdictCase{
		{"by none of two workers", "err-timeouts-finite", scenario.TokenSilent, pool(noon.Add(time.Hour)), verdict.Broken},
		{"by one of them", "err-timeouts-finite", scenario.TokenSilent, pool(noon.Add(time.Millisecond)), verdict.Kept},
	})
}

func TestASettingThatChoosesTheFlowMayBeMissing(t *testing.T) {
	t.Parallel()
	bearer := func(e *evidence.Evidence) { e.Flow = fixtures.JWTBearer }
	other := login("key-1", "s", "")
	jwt := login("", "", "")
	jwt.Request.Form.Set("grant_type", string(fixtures.GrantJWTBearer))
	jwt.Assertion = &evidence.Assertion{Claims: map[string]any{"iss": "key-1"}, Header: map[string]any{"alg": "RS256"}}
	next := other
	next.Run = 2
	password := login("key-1", "s", "")
	password.Request.Form.Set("grant_type", "password")
	judged(t, []row{
		{"another flow", "req-grant-type-exact", by(bearer, watched(scenario.SettingMissing, jwt, next)), verdict.Kept},
		{"no flow", "req-grant-type-exact", by(bearer, watched(scenario.SettingMissing, jwt, password)), verdict.Broken},
		{"nothing missing", "req-grant-type-exact", by(bearer, watched(scenario.HappyPath, jwt, other)), verdict.Broken},
		{"in another start", "jwt-no-grant-fallback", by(bearer, watched(scenario.SettingMissing, jwt, next)), verdict.Kept},
		{"in the same start", "jwt-no-grant-fallback", by(bearer, watched(scenario.SettingMissing, jwt, other)), verdict.Broken},
	})
}

func TestWhatAOneShotOrDirectClientShowsIsEnough(t *testing.T) {
	t.Parallel()
	generic := login("key-1", "s", "A")
	generic.Request.Host = fixtures.LoginHost
	busy := refused(503, "")
	parsed := endingIn(line(busy), failed, "acme.example: 503: invalid character '<'")
	judged(t, []row{
		{"the host that it is given", "host-my-domain-token", watched(scenario.HappyPath, login("key-1", "s", "A")), verdict.Kept},
		{"a generic host", "host-my-domain-token", watched(scenario.HappyPath, generic), verdict.Absent},
		{"it ends by itself", "end-sigterm", by(ownWork, watched(scenario.StoppedWaiting, busy)), verdict.Unused},
		{"as it was told", "end-sigterm", watched(scenario.StoppedWaiting, busy), verdict.Absent},
	})
	checkOutcomes(t, []verdictCase{
		{"with status and host", "err-html-body", scenario.Maintenance, parsed, verdict.Tolerated},
	})
}

func TestAServiceThatIsToldToEndIsJudgedByWhatItShows(t *testing.T) {
	t.Parallel()
	stopped := evidence.Exit{Code: -1, Signal: "SIGTERM", Stopped: true}
	silent := evidence.Exchange{Kind: evidence.TokenRequest}
	waits := endingIn(line(silent), stopped, "")
	page := func(text string) *evidence.Evidence { return endingIn(line(refused(200, "<html>")), stopped, text) }
	tries := func(n int, watched time.Duration) *evidence.Evidence {
		e := endingIn(line(again(n, loginRefusal("client-secret-wrong"))...), stopped, "login failed")
		e.Runs[0].Ended = e.Exchanges[0].Answered.Add(watched)
		return e
	}
	checkOutcomes(t, []verdictCase{
		{"it still waits", "err-timeouts-finite", scenario.TokenSilent, waits, verdict.Absent},
		{"it says so", "resp-200-not-json", scenario.NotJSON, page("login failed"), verdict.Kept},
		{"it says nothing", "resp-200-not-json", scenario.NotJSON, page(""), verdict.Absent},
		{"a person sees", "err-exit-or-health", scenario.SecretRefused, tries(1, time.Minute), verdict.Open},
		{"once, for long", "err-permanent-no-hammer", scenario.SecretRefused, tries(1, time.Minute), verdict.Kept},
		{"once, for a moment", "err-permanent-no-hammer", scenario.SecretRefused, tries(1, time.Second), verdict.Absent},
		{"in each round", "err-permanent-no-hammer", scenario.SecretRefused, tries(11, time.Second), verdict.Broken},
		{"an outage", "err-total-budget", scenario.Maintenance, endingIn(line(refused(503, "")), stopped, ""), verdict.Unused},
	})
}
