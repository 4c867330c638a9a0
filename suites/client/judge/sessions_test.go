package judge_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/judge"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// line puts exchanges in order, a second apart, in the start that each names.
func line(all ...evidence.Exchange) *evidence.Evidence {
	e := &evidence.Evidence{
		Scenario: "hand-made", Output: true,
		Hosts: evidence.Hosts{Bases: map[evidence.Role]string{evidence.Token: "https://acme.example:8443"}},
	}
	runs := 1
	for i, x := range all {
		x.Number, x.Run = i+1, max(x.Run, 1)
		if x.Arrived.IsZero() {
			x.Arrived = noon.Add(time.Duration(i) * time.Second)
		}
		x.Answered, x.OrgTime = x.Arrived, x.Arrived
		runs = max(runs, x.Run)
		e.Exchanges = append(e.Exchanges, x)
	}
	for n := range runs {
		e.Runs = append(e.Runs, evidence.Run{Number: n + 1, Exit: evidence.Exit{Code: 1}, Began: noon, Ended: noon.Add(time.Minute)})
	}
	return e
}

// endingIn has the last start end as told.
func endingIn(e *evidence.Evidence, exit evidence.Exit, said string) *evidence.Evidence {
	r := &e.Runs[len(e.Runs)-1]
	r.Exit, r.Stderr = exit, evidence.Output{Head: []byte(said), Total: int64(len(said))}
	return e
}

// revokedAfter notes the end of the session after a number of exchanges.
func revokedAfter(after int, e *evidence.Evidence) *evidence.Evidence {
	e.Marks = append(e.Marks, evidence.Mark{Name: scenario.SessionsRevoked, After: after})
	return e
}

func granted(token string) evidence.Exchange {
	return evidence.Exchange{Kind: evidence.TokenRequest, Issued: token, Response: evidence.Response{Status: http.StatusOK}}
}

func refused(status int, body string) evidence.Exchange {
	return evidence.Exchange{Kind: evidence.TokenRequest, Response: evidence.Response{Status: status, Body: []byte(body)}}
}

// apiCall is an API call: "GET /query?q=1 body".
func apiCall(token, what string, status int, answer string) evidence.Exchange {
	method, rest, _ := strings.Cut(what, " ")
	target, body, _ := strings.Cut(rest, " ")
	address, err := url.Parse("/services/data/v66.0" + target)
	if err != nil {
		panic(err)
	}
	return evidence.Exchange{
		Kind: evidence.APICall, Token: token, Request: evidence.Request{Method: method, URL: address, Body: []byte(body)},
		Response: evidence.Response{Status: status, Body: []byte(answer)},
	}
}

func in(run int, all ...evidence.Exchange) []evidence.Exchange {
	for i := range all {
		all[i].Run = run
	}
	return all
}

func again(n int, all ...evidence.Exchange) []evidence.Exchange { return slices.Repeat(all, n) }

// answerOf is a refusal of the catalogue as it comes.
func answerOf(id fixtures.RefusalID) (int, string) {
	a := fixtures.MustRefusal(id).Answer
	return a.Status, string(a.Body())
}

func apiRefusal(token string, id fixtures.RefusalID) evidence.Exchange {
	status, body := answerOf(id)
	return apiCall(token, "GET /query?q=1", status, body)
}

func loginRefusal(id fixtures.RefusalID) evidence.Exchange { return refused(answerOf(id)) }

// verdictCase is hand-made evidence, and what one judge makes of it.
type verdictCase struct {
	name     string
	id       fixtures.RequirementID
	scenario string
	evidence *evidence.Evidence
	want     verdict.Outcome
}

func checkOutcomes(t *testing.T, cases []verdictCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(string(c.id)+"/"+c.name, func(t *testing.T) {
			t.Parallel()
			looked := false
			for _, j := range judge.For(c.id) {
				if !j.LooksAt(c.scenario) {
					continue
				}
				looked = true
				c.evidence.Scenario = c.scenario
				if got := j.Look(c.evidence); got.Outcome != c.want || got.Seen == "" {
					t.Errorf("outcome %v (%s), want %v", got.Outcome, got.Seen, c.want)
				}
			}
			if !looked {
				t.Errorf("no judge of %s looks at %q", c.id, c.scenario)
			}
		})
	}
}

const page1, page2, lastPage = `{"totalSize":3,"done":false,"records":[{"Id":"1"}]}`, `{"totalSize":3,"done":false,"records":[{"Id":"2"}]}`, `{"totalSize":3,"done":true,"records":[{"Id":"3"}]}`

// pages is a query of three pages whose session ends after the second.
func pages(rest ...evidence.Exchange) *evidence.Evidence {
	first := []evidence.Exchange{
		granted("a"), apiCall("a", "GET /query?q=1", 200, page1), apiCall("a", "GET /query/01g-1", 200, page2), apiRefusal("a", "session-revoked"),
	}
	first[3].Request.URL = apiCall("", "GET /query/01g-2", 0, "").Request.URL
	return revokedAfter(3, endingIn(line(append(first, rest...)...), evidence.Exit{}, ""))
}

func TestEndedSessionsAreJudged(t *testing.T) {
	t.Parallel()
	repeat := apiCall("b", "GET /query/01g-2", 200, lastPage)
	claims := func(records float64, e *evidence.Evidence) *evidence.Evidence {
		e.Runs[0].Checks = map[string]any{"records": records}
		return e
	}
	failed := func(e *evidence.Evidence) *evidence.Evidence { return endingIn(e, evidence.Exit{Code: 1}, "") }
	const once, same, whole = "session-401-reauth-once", "session-retry-identical", "session-mid-pagination"
	checkOutcomes(t, []verdictCase{
		{"logs in and repeats", once, scenario.EndsBetweenPages, pages(granted("b"), repeat), verdict.Kept},
		{"does not log in", once, scenario.EndsBetweenPages, pages(apiRefusal("a", "session-revoked")), verdict.Broken},
		{"logs in twice", once, scenario.EndsBetweenPages, pages(granted("b"), granted("c"), repeat), verdict.Broken},
		{"makes no further call", once, scenario.EndsBetweenPages, pages(granted("b")), verdict.Broken},
		{"never got there", once, scenario.EndsBetweenPages, line(granted("a")), verdict.Absent},
		{"the same", same, scenario.EndsBetweenPages, pages(granted("b"), repeat), verdict.Kept},
		{"another query", same, scenario.EndsBetweenPages, pages(granted("b"), apiCall("b", "GET /query/01g-2?x=1", 200, lastPage)), verdict.Broken},
		{"another method", same, scenario.EndsBetweenPages, pages(granted("b"), apiCall("b", "POST /query/01g-2", 200, lastPage)), verdict.Broken},
		{"something else", same, scenario.EndsBetweenPages, pages(granted("b"), apiCall("b", "GET /limits", 200, "{}")), verdict.Absent},
		{"no new token", same, scenario.EndsBetweenPages, pages(), verdict.Absent},
		{"all once", whole, scenario.EndsBetweenPages, pages(granted("b"), repeat), verdict.Kept},
		{"all once, as it says", whole, scenario.EndsBetweenPages, claims(3, pages(granted("b"), repeat)), verdict.Kept},
		{"one lost, as it says", whole, scenario.EndsBetweenPages, claims(2, pages(granted("b"), repeat)), verdict.Broken},
		{"one twice, as it says", whole, scenario.EndsBetweenPages, claims(4, pages(granted("b"), repeat)), verdict.Broken},
		{"a page never asked for", whole, scenario.EndsBetweenPages, pages(granted("b")), verdict.Broken},
		{"begins anew", whole, scenario.EndsBetweenPages, pages(granted("b"), apiCall("b", "GET /query?q=1", 200, page1), apiCall("b", "GET /query/01g-1", 200, page2), repeat), verdict.Open},
		{"fails and says so", whole, scenario.EndsBetweenPages, failed(pages()), verdict.Absent},
	})
}

func TestRepeatedWriteIsComparedByItsBody(t *testing.T) {
	t.Parallel()
	write := func(again string) *evidence.Evidence {
		ended := apiCall("a", `POST /sobjects/Account {"Name":"x"}`, 401, "")
		return revokedAfter(2, line(granted("a"), ended, granted("b"), apiCall("b", again, 201, "{}")))
	}
	checkOutcomes(t, []verdictCase{
		{"whole", "session-retry-identical", scenario.EndsBeforeWrite, write(`POST /sobjects/Account {"Name":"x"}`), verdict.Kept},
		{"without its body", "session-retry-identical", scenario.EndsBeforeWrite, write(`POST /sobjects/Account`), verdict.Broken},
		{"elsewhere", "session-retry-identical", scenario.EndsBeforeWrite, write(`POST /sobjects/Contact {"Name":"x"}`), verdict.Broken},
	})
}

func TestRefusedSessionsAreJudged(t *testing.T) {
	t.Parallel()
	stays := func(logins int) *evidence.Evidence {
		return line(append([]evidence.Exchange{granted("a"), apiRefusal("a", "session-expired")}, again(logins, granted("b"), apiRefusal("b", "session-expired"))...)...)
	}
	killed := line(append([]evidence.Exchange{granted("a")}, again(60, apiRefusal("a", "session-expired"))...)...)
	killed.KillSwitch = true
	forbidden, incurable := apiRefusal("a", "request-limit-exceeded"), apiRefusal("a", "password-expired")
	unreadable := apiRefusal("a", "jwt-token-malformed")
	_, message, _ := strings.Cut(fixtures.MustRefusal("password-expired").Answer.Description, "Your ")
	const loop, on403, cure, header = "session-no-loop", "session-not-on-403", "session-401-not-expiry", "session-auth-header-401"
	checkOutcomes(t, []verdictCase{
		{"two logins more", loop, scenario.StaysRefused, stays(2), verdict.Kept},
		{"three logins more", loop, scenario.StaysRefused, stays(3), verdict.Tolerated},
		{"six logins more", loop, scenario.StaysRefused, stays(6), verdict.Broken},
		{"the call again and again", loop, scenario.StaysRefused, killed, verdict.Broken},
		{"not refused", loop, scenario.StaysRefused, line(granted("a")), verdict.Absent},
		{"had to be ended", loop, scenario.StaysRefused, endingIn(stays(0), evidence.Exit{Code: -1, TimedOut: true}, ""), verdict.Absent},
		{"no login", on403, scenario.Forbidden, line(granted("a"), forbidden), verdict.Kept},
		{"a login", on403, scenario.Forbidden, line(granted("a"), forbidden, granted("b")), verdict.Broken},
		{"no 403", on403, scenario.Forbidden, line(granted("a")), verdict.Absent},
		{"shown", cure, scenario.NoLoginCures, endingIn(line(granted("a"), incurable), evidence.Exit{Code: 1}, "your "+message), verdict.Kept},
		{"explained", cure, scenario.NoLoginCures, endingIn(line(granted("a"), incurable), evidence.Exit{Code: 1}, "fix: a password that never expires"), verdict.Kept},
		{"shown after a login", cure, scenario.NoLoginCures, endingIn(line(granted("a"), incurable, granted("b")), evidence.Exit{Code: 1}, "your "+message), verdict.Tolerated},
		{"hidden", cure, scenario.NoLoginCures, endingIn(line(granted("a"), incurable), evidence.Exit{Code: 1}, "failed"), verdict.Broken},
		{"once", header, scenario.TokenUnreadable, line(granted("a"), unreadable, granted("b"), apiCall("b", "GET /query?q=1", 200, lastPage)), verdict.Kept},
		{"never", header, scenario.TokenUnreadable, line(granted("a"), unreadable), verdict.Broken},
		{"often", header, scenario.TokenUnreadable, line(append([]evidence.Exchange{granted("a")}, again(4, unreadable, granted("b"))...)...), verdict.Broken},
	})
}

func TestNewLoginsAndIdleConnectionsAreJudged(t *testing.T) {
	t.Parallel()
	inactive := loginRefusal("user-inactive")
	ended := func(said string) *evidence.Evidence {
		return endingIn(revokedAfter(2, line(granted("a"), apiRefusal("a", "session-revoked"), inactive)), evidence.Exit{Code: 1}, said)
	}
	answer := fixtures.MustRefusal("user-inactive").Answer
	idle := func(between ...evidence.Exchange) *evidence.Evidence {
		later := apiCall("a", "GET /limits", 200, "{}")
		later.Connection = 7
		return line(append(append([]evidence.Exchange{granted("a"), apiCall("a", "GET /limits", 200, "{}")}, between...), later)...)
	}
	same := line(granted("a"), apiCall("a", "GET /limits", 200, "{}"), apiCall("a", "GET /limits", 200, "{}"))
	const shown, closed = "session-reauth-error-shown", "session-idle-connection"
	checkOutcomes(t, []verdictCase{
		{"shown", shown, scenario.LoginRefusedNow, ended(answer.Error + ": " + answer.Description), verdict.Kept},
		{"the code alone", shown, scenario.LoginRefusedNow, ended(answer.Error), verdict.Tolerated},
		{"hidden", shown, scenario.LoginRefusedNow, ended("session expired"), verdict.Broken},
		{"no new login", shown, scenario.LoginRefusedNow, revokedAfter(2, line(granted("a"), apiRefusal("a", "session-revoked"))), verdict.Absent},
		{"another connection", closed, scenario.IdleClosed, idle(), verdict.Kept},
		{"a new login", closed, scenario.IdleClosed, idle(granted("b")), verdict.Broken},
		{"the same connection", closed, scenario.IdleClosed, same, verdict.Absent},
		{"one call", closed, scenario.IdleClosed, line(granted("a")), verdict.Absent},
	})
}

func TestEndedSessionsOfOtherAPIsAreJudged(t *testing.T) {
	t.Parallel()
	for id, kind := range map[fixtures.RequirementID]evidence.Kind{
		"session-bulk-400": evidence.BulkCall, "session-soap-fault": evidence.SOAPCall,
		"session-streaming-401": evidence.Streaming, "session-identity-403": evidence.Identity,
	} {
		other := func(token string, status int) evidence.Exchange {
			x := apiCall(token, "POST /x", status, "")
			x.Kind = kind
			return x
		}
		checkOutcomes(t, []verdictCase{
			{"recovers", id, scenario.EndsElsewhere, line(granted("a"), other("a", 400), granted("b"), other("b", 200)), verdict.Kept},
			{"no login", id, scenario.EndsElsewhere, line(granted("a"), other("a", 400), other("a", 400)), verdict.Broken},
			{"no repeat", id, scenario.EndsElsewhere, line(granted("a"), other("a", 400), granted("b")), verdict.Broken},
			{"not refused", id, scenario.EndsElsewhere, line(granted("a"), other("a", 200)), verdict.Absent},
			{"not used", id, scenario.EndsElsewhere, line(granted("a")), verdict.Unused},
		})
	}
}
