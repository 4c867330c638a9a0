package judge

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// Calls that may follow one that was refused for a limit.
const (
	fewAfterLimit  = 5
	manyAfterLimit = 10
)

// heedsLimits counts logins and calls after the first answer that says to slow down, in
// each start of the client.
func heedsLimits(e *evidence.Evidence) verdict.Observation {
	best := absent("no API call met a limit")
	for _, r := range e.Runs {
		limited := these(e.InRun(r.Number), isLimited)
		if len(limited) == 0 {
			continue
		}
		behind := after(e.InRun(r.Number), limited[0])
		logins, calls := loginsFor(e.InRun(r.Number), limited[0]), these(behind, isLimited)
		what := fmt.Sprintf("after the API had answered %d for a limit", limited[0].Response.Status)
		switch {
		case len(logins) > 0:
			return broken(fmt.Sprintf("%s, the client logs in %d times, which cannot help", what, len(logins)), logins...)
		case len(calls) > manyAfterLimit*e.AtLeastOne():
			return broken(fmt.Sprintf("%s, the client makes %d more calls", what, len(calls)), calls...)
		case len(calls) > fewAfterLimit*e.AtLeastOne():
			best = tolerated(fmt.Sprintf("%s, the client makes %d more calls", what, len(calls)), calls...)
		case best.Outcome == verdict.Absent:
			best = kept("after each answer that says to slow down, the client makes few calls or none, and does not log in")
		}
	}
	return best
}

// isLimited says whether a call was refused because there are too many.
func isLimited(x evidence.Exchange) bool {
	status := x.Response.Status
	return x.Kind == evidence.APICall &&
		(status == http.StatusForbidden || status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable)
}

// libraryAgents are how User-Agent headers begin that say nothing of the integration.
var libraryAgents = []string{
	"go-http-client", "python-requests", "python-urllib", "python-httpx", "aiohttp", "python/", "axios", "node", "undici", "got ", "needle",
	"curl", "wget", "java/", "java-http-client", "okhttp", "apache-httpclient", "ruby", "faraday", "rest-client", "httparty", "restsharp",
	"guzzlehttp", "symfony", "libwww-perl", "reqwest", "dart/", "postmanruntime", "mozilla/", "powershell",
}

func namesItself(e *evidence.Evidence) verdict.Observation {
	all := e.Of(evidence.TokenRequest, evidence.APICall)
	if len(all) == 0 {
		return absent("no request came")
	}
	nameless := these(all, func(x evidence.Exchange) bool {
		agent := strings.ToLower(x.Request.Header.Get("User-Agent"))
		return agent == "" || slices.ContainsFunc(libraryAgents, func(name string) bool { return strings.HasPrefix(agent, name) })
	})
	if len(nameless) > 0 {
		return broken(fmt.Sprintf("%d of %d requests have the User-Agent %q, which does not name the integration",
			len(nameless), len(all), nameless[0].Request.Header.Get("User-Agent")), nameless...)
	}
	return kept(fmt.Sprintf("each request names the integration: User-Agent %q", all[0].Request.Header.Get("User-Agent")))
}

// provesToken looks at the first start of a client that is only to log in.
func provesToken(e *evidence.Evidence) verdict.Observation {
	if len(e.Runs) == 0 || !gotToken(e, e.Runs[0]) {
		return absent("no token was issued")
	}
	calls := these(e.InRun(1), func(x evidence.Exchange) bool { return x.Token != "" && !isTokenRequest(x) && !x.Failed() })
	org := e.Settings["SF_ORG_ID"]
	named := org != "" && strings.Contains(said(e.Runs[0]), org[:min(len(org), 15)])
	switch {
	case len(calls) > 0 && named:
		return kept("the client proves its token with a call, and says which org it got")
	case len(calls) > 0:
		return noted("the client proves its token with a call, and does not say which org it got")
	}
	return noted("the client does not prove its token with a call when it logs in")
}

// noted is an observation of a plain fact.
func noted(seen string) verdict.Observation {
	return verdict.Observation{Outcome: verdict.Noted, Seen: seen}
}
