package judge

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/stage"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

func givesUpOnSilence(e *evidence.Evidence) verdict.Observation {
	r := e.LastRun()
	silent := these(e.InRun(r.Number), func(x evidence.Exchange) bool { return x.Response.Status == 0 })
	what := "the API"
	if e.Scenario == scenario.TokenSilent {
		what = "the token endpoint"
	}
	switch {
	case len(silent) == 0:
		return absent("the client did not call " + what)
	case r.Exit.TimedOut && givenUp(silent):
		return kept(fmt.Sprintf("the client gives each request to %s up, and makes another one: %d requests", what, len(silent)))
	case r.Exit.TimedOut && len(silent) <= e.AtLeastOne():
		return broken(fmt.Sprintf("the client waits for %s without an end: %s", what, tookOf(r)), silent...)
	case r.Exit.Stopped && !givenUp(silent):
		return absent(fmt.Sprintf("the client was told to end %s after its start, and had not given the request up by then: make its time-outs shorter for the run", tookOf(r)))
	case r.Exit.TimedOut:
		return absent("the client gives each request up, and had not ended when its time was up")
	}
	return kept(fmt.Sprintf("the client gives up on %s that does not answer, %s after its start and %d requests", what, tookOf(r), len(silent)))
}

// givenUp says whether the client broke one of the requests off and then made another.
func givenUp(silent []evidence.Exchange) bool {
	return slices.ContainsFunc(silent, func(x evidence.Exchange) bool {
		return !x.Answered.IsZero() && slices.ContainsFunc(silent, func(y evidence.Exchange) bool { return y.Arrived.After(x.Answered) })
	})
}

// tookOf is how long a start lasted.
func tookOf(r evidence.Run) time.Duration { return r.Ended.Sub(r.Began).Round(100 * time.Millisecond) }

func givesUpOnDrip(e *evidence.Evidence) verdict.Observation {
	r := e.LastRun()
	logins := loginsIn(e, r)
	switch {
	case len(logins) == 0:
		return absent("no token request came")
	case r.Exit.TimedOut && len(logins) == 1:
		return broken(fmt.Sprintf("the client reads a token answer of one byte a second without an end: %s", tookOf(r)), logins...)
	case r.Exit.Stopped && len(logins) <= e.AtLeastOne():
		return absent(fmt.Sprintf("the client was told to end %s after its start, and had not given the answer up by then", tookOf(r)))
	case r.Exit.TimedOut:
		return absent("the client gives each answer up, and had not ended when its time was up")
	case len(these(e.InRun(r.Number), isAPICall)) > 0:
		return absent("the client took the time to read the whole answer")
	}
	return kept(fmt.Sprintf("the client gives up on a token answer of one byte a second, %s after its start", tookOf(r)))
}

// survivesReset looks at starts in which one token request was reset each. Where half
// of the answer had come, what the client makes of it is judged by itself.
func survivesReset(e *evidence.Evidence) verdict.Observation {
	seen, gaveUp := 0, 0
	for _, r := range e.Runs {
		logins := loginsIn(e, r)
		if len(logins) == 0 {
			continue
		}
		seen++
		unanswered := logins[0].Response.Status == 0
		switch {
		case len(logins) > manyRequests*e.AtLeastOne() || r.Exit.TimedOut:
			return broken(fmt.Sprintf("after one reset the client makes %d token requests", len(logins)), logins...)
		case unanswered && !used(e, r):
			return broken("the client gives up when its token request is reset once, and does not repeat it", logins...)
		case !used(e, r):
			gaveUp++
		}
	}
	switch {
	case seen == 0:
		return absent("no token request came")
	case gaveUp > 0:
		return tolerated("the client repeats a token request that was reset before its answer, and not one that was reset inside or after it", e.TokenRequests()...)
	}
	return kept("the client survives a reset before, inside and after the token answer")
}

// boundsRetries looks at a start in which every token request was reset.
func boundsRetries(e *evidence.Evidence) verdict.Observation {
	r := e.LastRun()
	logins := loginsIn(e, r)
	switch {
	case len(logins) == 0:
		return absent("no token request came")
	case len(logins) > often:
		return broken(fmt.Sprintf("every token request is reset, and the client makes %d of them", len(logins)), logins...)
	case crashed(r) && !namesBreak(r):
		return broken("the client crashes when its token requests are reset", logins...)
	case r.Exit.TimedOut:
		return tolerated(fmt.Sprintf("every token request is reset, and after %d of them the client had not ended when its time was up", len(logins)), logins...)
	}
	return kept(fmt.Sprintf("every token request is reset, and the client gives up after %d of them", len(logins)))
}

// namesUnknownHost: nothing arrives anywhere, so that the output is all there is.
func namesUnknownHost(e *evidence.Evidence) verdict.Observation {
	r := e.LastRun()
	host, _, _ := strings.Cut(scenario.UnresolvedHost, ".")
	advice, _ := fixtures.AdviceFor("my-domain-not-found")
	text := said(r)
	switch {
	case len(e.TokenRequests()) > 0:
		return absent("the client did not take the login URL that it was given")
	case r.Exit.TimedOut:
		return broken("the host does not resolve, and the client does not end")
	case claims(e, r):
		return broken("the host does not resolve, and the client ends with success (exit code 0)")
	case !strings.Contains(strings.ToLower(text), host):
		return broken("the host does not resolve, and the message does not name it")
	case !advice.Explained(text) && !strings.Contains(text, stage.LoginURL):
		return tolerated("the message names the host that does not resolve, and not the setting")
	}
	return kept("the message names the host that does not resolve, and where it comes from")
}

// givesUpInTime looks at an outage that does not end.
func givesUpInTime(e *evidence.Evidence) verdict.Observation {
	r := e.LastRun()
	logins := loginsIn(e, r)
	switch {
	case len(logins) == 0:
		return absent("no token request came")
	case e.KillSwitch:
		return broken(fmt.Sprintf("in an outage the client goes on without an end, %d token requests in %s", len(logins), tookOf(r)), logins...)
	case r.Exit.Stopped:
		return unused("the client runs on, and so it may try for as long as an outage lasts")
	case r.Exit.TimedOut:
		return broken(fmt.Sprintf("in an outage the client had not given up after %s and %d token requests", tookOf(r), len(logins)), logins...)
	}
	return kept(fmt.Sprintf("in an outage the client gives up %s after its start, after %d token requests", tookOf(r), len(logins)))
}

// doesNotWriteTwice: the first write was done, and its answer lost.
func doesNotWriteTwice(e *evidence.Evidence) verdict.Observation {
	writes := these(e.APICalls(), func(x evidence.Exchange) bool { return x.Request.Method == http.MethodPost })
	if len(writes) == 0 {
		return notWriting(e)
	}
	first := writes[0]
	for _, x := range after(e.APICalls(), first) {
		if x.Request.Method == http.MethodGet {
			return kept("the client looks whether its write was done before it goes on")
		}
		if x.Request.Method == http.MethodPost && x.Request.URL.Path == first.Request.URL.Path && bytes.Equal(x.Request.Body, first.Request.Body) {
			return broken("a write whose answer was lost is sent again as it was: the record may be there twice", first, x)
		}
	}
	return kept("a write whose answer was lost is not blindly repeated")
}

// notWriting is the observation of a client that sent no record by POST. One that does its
// own work may read only.
func notWriting(e *evidence.Evidence) verdict.Observation {
	const what = "the client writes nothing by POST"
	if e.OwnWork && gotToken(e, e.LastRun()) {
		return unused(what)
	}
	return absent(what)
}
