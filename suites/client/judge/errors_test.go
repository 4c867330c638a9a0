package judge_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

var (
	failed    = evidence.Exit{Code: 1}
	timedOut  = evidence.Exit{Code: -1, Signal: "SIGKILL", TimedOut: true}
	succeeded = evidence.Exit{}
)

// spaced has exchanges arrive with gaps between them.
func spaced(all []evidence.Exchange, gaps ...time.Duration) []evidence.Exchange {
	at := noon
	for i := range all {
		if i > 0 && i <= len(gaps) {
			at = at.Add(gaps[i-1])
		}
		all[i].Arrived = at
	}
	return all
}

func TestRefusedLoginsAreJudged(t *testing.T) {
	t.Parallel()
	const both, target, exit, hammer, hint = "err-surface-both", "err-names-target", "err-exit-or-health", "err-permanent-no-hammer", "err-fix-hint"
	unusual := refused(400, `{"error":"heron_code","error_description":"some text (otter-1234)"}`)
	says := func(text string) *evidence.Evidence { return endingIn(line(unusual), failed, text) }
	secret := loginRefusal("client-secret-wrong")
	times := func(n int, exit evidence.Exit) *evidence.Evidence {
		return endingIn(line(again(n, secret)...), exit, "")
	}
	slow := times(2, timedOut)
	slow.Runs[0].Ended = slow.Exchanges[1].Answered.Add(time.Second)
	checkOutcomes(t, []verdictCase{
		{"both", both, scenario.RefusedUnusually, says("heron_code: some text (otter-1234)"), verdict.Kept},
		{"escaped", both, scenario.RefusedUnusually, says(`{\"error\":\"heron_code\",\"error_description\":\"some text (otter-1234)\"}`), verdict.Kept},
		{"the code", both, scenario.RefusedUnusually, says("heron_code"), verdict.Tolerated},
		{"the text", both, scenario.RefusedUnusually, says("some text (otter-1234)"), verdict.Tolerated},
		{"the status", both, scenario.RefusedUnusually, says("400 Bad Request"), verdict.Broken},
		{"not refused", both, scenario.RefusedUnusually, line(granted("a")), verdict.Absent},
		{"the host", target, scenario.RefusedUnusually, says("login at acme.example failed"), verdict.Kept},
		{"no host", target, scenario.RefusedUnusually, says("login failed"), verdict.Broken},
		{"exit 1", exit, scenario.SecretRefused, times(1, failed), verdict.Kept},
		{"exit 0", exit, scenario.SecretRefused, times(1, succeeded), verdict.Broken},
		{"ended by force", exit, scenario.SecretRefused, times(1, timedOut), verdict.Absent},
		{"three requests", hammer, scenario.SecretRefused, times(3, failed), verdict.Kept},
		{"four requests", hammer, scenario.SecretRefused, times(4, failed), verdict.Tolerated},
		{"eleven requests", hammer, scenario.SecretRefused, times(11, failed), verdict.Broken},
		{"slow", hammer, scenario.SecretRefused, slow, verdict.Absent},
		{"silent for long", hammer, scenario.SecretRefused, times(2, timedOut), verdict.Kept},
		{"no login", hammer, scenario.SecretRefused, line(), verdict.Absent},
		{"a hint", hint, scenario.SecretRefused, endingIn(line(secret), failed, "was the consumer secret rotated?"), verdict.Kept},
		{"no hint", hint, scenario.SecretRefused, times(1, failed), verdict.Broken},
	})
}

func TestUnusualAnswersAreJudged(t *testing.T) {
	t.Parallel()
	const statuses, page, empty, cut, shape, blame = "err-status-variants", "err-html-body", "err-empty-body", "err-broken-json", "err-api-array-and-object", "err-5xx-not-credentials"
	odd := refused(401, `{"error":"heron_code"}`)
	maintenance := refused(503, "<!DOCTYPE html><html><body>down</body></html>")
	said := func(x evidence.Exchange, exit evidence.Exit, text string) *evidence.Evidence {
		return endingIn(line(x), exit, text)
	}
	half := granted("a")
	half.Issued, half.Response.Broken = "", true
	text := apiCall("a", "GET /query?q=1", 400, "HERON: it flew")
	checkOutcomes(t, []verdictCase{
		{"shown", statuses, scenario.OtherStatuses, said(odd, failed, "heron_code"), verdict.Kept},
		{"hidden", statuses, scenario.OtherStatuses, said(odd, failed, "401"), verdict.Broken},
		{"repeated", statuses, scenario.OtherStatuses, endingIn(line(again(4, odd)...), failed, "heron_code"), verdict.Broken},
		{"short", page, scenario.Maintenance, said(maintenance, failed, "acme.example answered 503"), verdict.Kept},
		{"no host", page, scenario.Maintenance, said(maintenance, failed, "503"), verdict.Tolerated},
		{"no status", page, scenario.Maintenance, said(maintenance, failed, "acme.example failed"), verdict.Tolerated},
		{"the page", page, scenario.Maintenance, said(maintenance, failed, "503 <html><body>down</body></html>"), verdict.Broken},
		{"a parser's trace", page, scenario.Maintenance, said(maintenance, failed, "503: Unexpected token < in JSON"), verdict.Broken},
		{"not blamed", blame, scenario.Maintenance, said(maintenance, failed, "503"), verdict.Kept},
		{"blamed", blame, scenario.Maintenance, said(maintenance, failed, "503: Invalid credentials"), verdict.Broken},
		{"answered", blame, scenario.Maintenance, line(granted("a")), verdict.Absent},
		{"by its status", empty, scenario.NoBody, said(refused(400, ""), failed, "HTTP 400"), verdict.Kept},
		{"without its status", empty, scenario.NoBody, said(refused(400, ""), failed, "failed"), verdict.Tolerated},
		{"crash", empty, scenario.NoBody, said(refused(400, ""), failed, "panic: runtime error"), verdict.Broken},
		{"success", empty, scenario.NoBody, said(refused(400, ""), succeeded, "400"), verdict.Broken},
		{"fails", cut, scenario.CutShort, said(half, failed, ""), verdict.Kept},
		{"goes on", cut, scenario.CutShort, line(half, apiCall("half", "GET /limits", 401, "")), verdict.Broken},
		{"success", cut, scenario.CutShort, said(half, succeeded, ""), verdict.Broken},
		{"message", shape, scenario.APIShapes, said(apiRefusal("a", "query-locator-invalid"), failed, fixtures.MustRefusal("query-locator-invalid").Answer.Description), verdict.Kept},
		{"status alone", shape, scenario.APIShapes, said(apiRefusal("a", "query-locator-invalid"), failed, "400"), verdict.Broken},
		{"status of a text", shape, scenario.APIShapes, said(text, failed, "400"), verdict.Tolerated},
		{"status of an ended session", shape, scenario.APIShapes, said(apiRefusal("a", "session-expired"), failed, "401"), verdict.Kept},
		{"crash", shape, scenario.APIShapes, said(text, failed, "TypeError\nTraceback (most recent call last)"), verdict.Broken},
	})
}

func TestRetriesAreJudged(t *testing.T) {
	t.Parallel()
	const backoff, asked, told, rate, spreads, flaps = "err-transient-backoff", "err-unknown-error-400", "err-retry-after", "err-login-rate-exceeded", "err-propagation-wait", "err-flapping"
	outage := func(gaps ...time.Duration) *evidence.Evidence {
		return line(spaced(append(again(len(gaps), refused(503, "")), granted("a")), gaps...)...)
	}
	ms := time.Millisecond
	unknown := loginRefusal("retry-your-request")
	retrying := func(first int, then int, text string) *evidence.Evidence {
		one := in(1, append(again(first, unknown), granted("a"))...)
		return endingIn(line(append(one, in(2, again(then, unknown)...)...)...), failed, text)
	}
	later := refused(429, "")
	later.Response.Header = http.Header{"Retry-After": {"2"}}
	dated := refused(503, "")
	dated.Response.Header = http.Header{"Retry-After": {noon.Add(2 * time.Second).Format(http.TimeFormat)}}
	wait := func(x evidence.Exchange, d time.Duration) *evidence.Evidence {
		return line(spaced([]evidence.Exchange{x, granted("a")}, d)...)
	}
	limit, app := loginRefusal("login-rate-exceeded"), loginRefusal("client-id-unknown")
	checkOutcomes(t, []verdictCase{
		{"growing", backoff, scenario.ShortOutage, outage(20*ms, 40*ms, 80*ms), verdict.Kept},
		{"constant", backoff, scenario.ShortOutage, outage(20*ms, 21*ms, 20*ms), verdict.Broken},
		{"none", backoff, scenario.ShortOutage, line(refused(503, "")), verdict.Broken},
		{"one", backoff, scenario.ShortOutage, line(again(2, refused(503, ""))...), verdict.Tolerated},
		{"with a hint", asked, scenario.RetryYourRequest, retrying(2, 5, "check the My Domain"), verdict.Kept},
		{"without one", asked, scenario.RetryYourRequest, retrying(2, 5, "failed"), verdict.Tolerated},
		{"without end", asked, scenario.RetryYourRequest, retrying(2, 11, "check the My Domain"), verdict.Broken},
		{"not at all", asked, scenario.RetryYourRequest, line(unknown), verdict.Broken},
		{"seconds kept", told, scenario.SaysWhenToRetry, wait(later, 2*time.Second), verdict.Kept},
		{"within the slack", told, scenario.SaysWhenToRetry, wait(later, 1700*ms), verdict.Kept},
		{"seconds undercut", told, scenario.SaysWhenToRetry, wait(later, 500*ms), verdict.Broken},
		{"date kept", told, scenario.SaysWhenToRetry, wait(dated, 2*time.Second), verdict.Kept},
		{"date undercut", told, scenario.SaysWhenToRetry, wait(dated, 500*ms), verdict.Broken},
		{"not at all", told, scenario.SaysWhenToRetry, line(later), verdict.Tolerated},
		{"one more", rate, scenario.LoginRate, line(again(2, limit)...), verdict.Kept},
		{"two more", rate, scenario.LoginRate, line(again(3, limit)...), verdict.Tolerated},
		{"six more", rate, scenario.LoginRate, line(again(7, limit)...), verdict.Broken},
		{"waits", spreads, scenario.NewApp, line(append(again(4, app), granted("a"))...), verdict.Kept},
		{"says so", spreads, scenario.NewApp, endingIn(line(app), failed, "it may take ten minutes"), verdict.Kept},
		{"neither", spreads, scenario.NewApp, endingIn(line(app), failed, "unknown"), verdict.Broken},
		{"goes on", flaps, scenario.Flapping, line(granted("a"), app, granted("b")), verdict.Kept},
		{"gives up", flaps, scenario.Flapping, line(granted("a"), app), verdict.Broken},
		{"never refused", flaps, scenario.Flapping, line(granted("a")), verdict.Absent},
	})
}

func TestNetworkFailuresAreJudged(t *testing.T) {
	t.Parallel()
	const silence, drip, reset, dns, budget, write = "err-timeouts-finite", "err-slow-drip", "err-connection-reset", "err-dns", "err-total-budget", "err-write-not-repeated"
	silent := evidence.Exchange{Kind: evidence.TokenRequest}
	whole := apiCall("a", "GET /limits", 200, "{}")
	ends := func(exit evidence.Exit, all ...evidence.Exchange) *evidence.Evidence {
		return endingIn(line(all...), exit, "")
	}
	unresolved := func(exit evidence.Exit, text string) *evidence.Evidence { return endingIn(line(), exit, text) }
	nobody := func(e *evidence.Evidence) *evidence.Evidence {
		e.Runs = []evidence.Run{{Number: 1, Exit: e.Runs[0].Exit, Stderr: e.Runs[0].Stderr}}
		return e
	}
	post := apiCall("a", `POST /sobjects/Account {"Name":"x"}`, 0, "")
	checkOutcomes(t, []verdictCase{
		{"gives up", silence, scenario.TokenSilent, ends(failed, silent), verdict.Kept},
		{"waits for ever", silence, scenario.TokenSilent, ends(timedOut, silent), verdict.Broken},
		{"gives each up", silence, scenario.TokenSilent, ends(timedOut, silent, silent), verdict.Kept},
		{"not met", silence, scenario.APISilent, ends(failed, granted("a")), verdict.Absent},
		{"gives up", drip, scenario.Drips, ends(failed, refused(200, "")), verdict.Kept},
		{"reads for ever", drip, scenario.Drips, ends(timedOut, refused(200, "")), verdict.Broken},
		{"repeats", reset, scenario.Resets, ends(succeeded, silent, granted("a"), whole), verdict.Kept},
		{"gives up", reset, scenario.Resets, ends(failed, silent), verdict.Broken},
		{"gives up inside", reset, scenario.Resets, ends(failed, refused(200, "")), verdict.Tolerated},
		{"without end", reset, scenario.Resets, ends(failed, again(11, silent)...), verdict.Broken},
		{"bounded", reset, scenario.ResetsForGood, ends(failed, again(5, silent)...), verdict.Kept},
		{"unbounded", reset, scenario.ResetsForGood, ends(failed, again(51, silent)...), verdict.Broken},
		{"host and setting", dns, scenario.HostUnknown, nobody(unresolved(failed, "the login URL names acme-no-such-org")), verdict.Kept},
		{"host", dns, scenario.HostUnknown, nobody(unresolved(failed, "lookup acme-no-such-org")), verdict.Tolerated},
		{"neither", dns, scenario.HostUnknown, nobody(unresolved(failed, "cannot connect")), verdict.Broken},
		{"without end", dns, scenario.HostUnknown, nobody(unresolved(timedOut, "lookup acme-no-such-org")), verdict.Broken},
		{"bounded", budget, scenario.Maintenance, ends(failed, refused(503, "")), verdict.Kept},
		{"unbounded", budget, scenario.Maintenance, ends(timedOut, refused(503, "")), verdict.Broken},
		{"reported", write, scenario.WriteWithheld, ends(failed, granted("a"), post), verdict.Kept},
		{"looked up", write, scenario.WriteWithheld, ends(succeeded, granted("a"), post, whole, post), verdict.Kept},
		{"repeated", write, scenario.WriteWithheld, ends(succeeded, granted("a"), post, post), verdict.Broken},
		{"no write", write, scenario.WriteWithheld, ends(succeeded, granted("a"), whole), verdict.Absent},
	})
}

func TestEveryRefusalThatIsJudgedIsPlayed(t *testing.T) {
	t.Parallel()
	for _, name := range scenario.RefusedForGood() {
		if _, ok := scenario.ByName(name); !ok {
			t.Errorf("judges look at the scenario %q, and it is not played", name)
		}
	}
}
