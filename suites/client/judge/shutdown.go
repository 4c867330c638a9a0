package judge

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// shutdown are the judges of group N, how a client ends.
func shutdown() []Judge {
	return []Judge{
		{ID: "end-no-revoke-shared", In: []string{scenario.SharedSession}, Look: leavesSharedSession},
		{ID: "end-revoke-shape", Look: revokesRightly},
		{ID: "end-sigterm", In: []string{scenario.StoppedWaiting, scenario.SteadyRun}, Look: endsWhenTold, Process: true},
		{ID: "end-quiet", Look: endsQuietly, Process: true},
	}
}

// leavesSharedSession looks for what ends a session that another worker may hold: a
// revocation of its token (RFC 7009), or the logout of SOAP.
func leavesSharedSession(e *evidence.Evidence) verdict.Observation {
	shared := ""
	for _, x := range e.TokenRequests() {
		if shared == "" {
			shared = x.Issued
		}
	}
	if shared == "" || len(e.Runs) < 2 {
		return absent("the client did not get the shared session and end")
	}
	ends := these(e.Exchanges, func(x evidence.Exchange) bool {
		logout := x.Kind == evidence.SOAPCall && bytes.Contains(x.Request.Body, []byte("logout")) && bytes.Contains(x.Request.Body, []byte(shared))
		return logout || x.Kind == evidence.RevokeCall && x.Token == shared
	})
	if len(ends) > 0 {
		return broken(fmt.Sprintf("the client ends the session that another worker holds as well, %d times", len(ends)), ends...)
	}
	return kept("the client ends without ending the session that another worker holds as well")
}

// revokesRightly looks at every revocation (RFC 7009 section 2.1).
func revokesRightly(e *evidence.Evidence) verdict.Observation {
	all := e.Of(evidence.RevokeCall)
	if len(all) == 0 {
		return unused("the client revokes no token")
	}
	issued := map[string]bool{}
	for _, x := range e.TokenRequests() {
		if x.Issued != "" {
			issued[x.Issued] = true
		}
	}
	for _, x := range all {
		switch token := x.Request.Form.Get("token"); {
		case x.Request.Method != http.MethodPost:
			return broken(fmt.Sprintf("a token is revoked by %s, not by POST", x.Request.Method), x)
		case x.Role == evidence.Foreign || x.Role == evidence.Plain:
			return broken("a token is revoked at a host that is not the org's own", x)
		case token == "":
			return broken("a revocation has no token in its body", x)
		case !issued[token]:
			return broken("what is sent for revocation is no access token that the client got", x)
		}
	}
	return kept(fmt.Sprintf("each of %d revocations is a POST of the access token to the org's own host", len(all)))
}

// endsWhenTold: one request may have been on its way when the signal came.
func endsWhenTold(e *evidence.Evidence) verdict.Observation {
	const onItsWay = 1
	r := e.LastRun()
	behind, marked := e.AfterMark(scenario.ClientStopped)
	asked := these(behind, isTokenRequest)
	switch {
	case !r.Exit.Stopped && e.OwnWork && !r.Exit.TimedOut:
		return unused("the client ends by itself, and does not wait for the next try")
	case !r.Exit.Stopped:
		return absent("the client had ended before it was told to")
	case r.Exit.TimedOut:
		return broken("the client does not end when it is told to (SIGTERM)", asked...)
	case marked && len(asked) > onItsWay:
		return broken(fmt.Sprintf("told to end (SIGTERM), the client first asks for a token %d times more", len(asked)), asked...)
	}
	return kept("the client ends when it is told to (SIGTERM)")
}

// endsQuietly looks for processes that stayed, and for logins behind the end.
func endsQuietly(e *evidence.Evidence) verdict.Observation {
	ended, stopped := 0, 0
	for _, r := range e.Runs {
		if r.Exit.Stopped {
			stopped++
		}
		if r.Exit.TimedOut || r.Exit.Stopped || r.Exit.Signal != "" {
			continue
		}
		ended++
		late := these(e.InRun(r.Number), func(x evidence.Exchange) bool { return isTokenRequest(x) && x.Arrived.After(r.Ended) })
		switch {
		case len(r.Left) > 0:
			return broken(fmt.Sprintf("after the client has ended, %d of its processes go on: %s", len(r.Left), strings.Join(r.Left, ", ")))
		case len(late) > 0:
			return broken(fmt.Sprintf("after the client has ended, %d logins arrive", len(late)), late...)
		}
	}
	if ended == 0 && stopped > 0 {
		return unused("the client ends only when it is told to, which is judged by itself (end-sigterm)")
	}
	if ended == 0 {
		return absent("no start of the client ended by itself")
	}
	return kept(fmt.Sprintf("nothing of the client goes on after its end, in %d starts", ended))
}
