package judge_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// revocation posts a token to the revocation endpoint of the org.
func revocation(token string) evidence.Exchange {
	return evidence.Exchange{
		Kind: evidence.RevokeCall, Role: evidence.Token, Token: token, Request: evidence.Request{
			Method: http.MethodPost, URL: &url.URL{Path: "/services/oauth2/revoke"}, Form: url.Values{"token": {token}}, Header: http.Header{},
		},
	}
}

func TestRevocation(t *testing.T) {
	t.Parallel()
	in := login("key-1", "s", "A")
	byGET, elsewhere, queried := revocation("A"), revocation("A"), revocation("A")
	byGET.Request.Method = http.MethodGet
	elsewhere.Role = evidence.Foreign
	queried.Request.Form = nil
	logout := evidence.Exchange{Kind: evidence.SOAPCall, Request: evidence.Request{Body: []byte("<sessionId>A</sessionId><logout/>")}}
	query := evidence.Exchange{Kind: evidence.SOAPCall, Request: evidence.Request{Body: []byte("<sessionId>A</sessionId><query/>")}}
	shared := func(between ...evidence.Exchange) *evidence.Evidence {
		return watched(scenario.SharedSession, append(append([]evidence.Exchange{in}, between...), started(2, in))...)
	}
	judged(t, []row{
		{"none", "end-no-revoke-shared", shared(), verdict.Kept},
		{"of the shared token", "end-no-revoke-shared", shared(revocation("A")), verdict.Broken},
		{"by logout", "end-no-revoke-shared", shared(logout), verdict.Broken},
		{"another SOAP call", "end-no-revoke-shared", shared(query), verdict.Kept},
		{"of something else", "end-no-revoke-shared", shared(revocation("no token")), verdict.Kept},
		{"one start", "end-no-revoke-shared", watched(scenario.SharedSession, in), verdict.Absent},

		{"none", "end-revoke-shape", watched("any", in), verdict.Unused},
		{"right", "end-revoke-shape", watched("any", in, revocation("A")), verdict.Kept},
		{"GET", "end-revoke-shape", watched("any", in, byGET), verdict.Broken},
		{"other host", "end-revoke-shape", watched("any", in, elsewhere), verdict.Broken},
		{"in the query", "end-revoke-shape", watched("any", in, queried), verdict.Broken},
		{"the whole answer", "end-revoke-shape", watched("any", in, revocation(`{"access_token":"A"}`)), verdict.Broken},
	})
}

func TestEndOnSignal(t *testing.T) {
	t.Parallel()
	refused := login("key-1", "s", "")
	stopped := func(exit evidence.Exit, behind int) *evidence.Evidence {
		all := append([]evidence.Exchange{refused}, times(behind, refused)...)
		return ending(marked(watched(scenario.StoppedWaiting, all...), scenario.ClientStopped, 1), exit, "")
	}
	judged(t, []row{
		{"at once", "end-sigterm", stopped(evidence.Exit{Stopped: true}, 0), verdict.Kept},
		{"by the signal itself", "end-sigterm", stopped(evidence.Exit{Stopped: true, Code: -1, Signal: "SIGTERM"}, 1), verdict.Kept},
		{"tries on", "end-sigterm", stopped(evidence.Exit{Stopped: true}, 2), verdict.Broken},
		{"never", "end-sigterm", stopped(evidence.Exit{Stopped: true, TimedOut: true}, 0), verdict.Broken},
		{"ended before", "end-sigterm", stopped(evidence.Exit{Code: 1}, 0), verdict.Absent},
		{"while it works", "end-sigterm", ending(watched(scenario.SteadyRun, call("A", 200)), evidence.Exit{Stopped: true}, ""), verdict.Kept},
	})
}

func TestQuietEnd(t *testing.T) {
	t.Parallel()
	ended := func(left ...string) *evidence.Evidence {
		e := watched("any", login("key-1", "s", "A"), login("key-1", "s", "B"))
		e.Runs[0].Left = left
		return e
	}
	late := ended()
	late.Runs[0].Ended = began.Add(time.Second / 2)
	judged(t, []row{
		{"all over", "end-quiet", ended(), verdict.Kept},
		{"a process goes on", "end-quiet", ended("412 renew"), verdict.Broken},
		{"a login arrives", "end-quiet", late, verdict.Broken},
		{"ended by the scenario", "end-quiet", ending(ended("412 renew"), evidence.Exit{Stopped: true}, ""), verdict.Unused},
	})
}
