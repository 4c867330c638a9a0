package judge

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/stage"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// apiUse are the judges of group M, how the token is used.
func apiUse() []Judge {
	return []Judge{
		{ID: "api-bearer-header", Look: presentsBearer, Calls: 1},
		{ID: "api-version-choice", In: []string{scenario.OtherVersion}, Look: choosesVersion, Calls: 1},
		{ID: "api-version-retired", In: []string{scenario.VersionRetired}, Look: stopsAtRetiredVersion, Calls: 1},
		{ID: "api-no-soap-with-jwt-token", In: []string{scenario.TokenIsJWT}, Look: keepsJWTFromSOAP},
		{ID: "api-limit-handling", In: []string{scenario.LimitReached}, Look: heedsLimits, Calls: 1},
		{ID: "api-user-agent", In: []string{scenario.HappyPath}, Look: namesItself},
		{ID: "api-preflight", In: []string{scenario.ShortRuns}, Look: provesToken, Output: true},
	}
}

// presentsBearer looks at every call that needs a token: the list of versions is for
// everybody.
func presentsBearer(e *evidence.Evidence) verdict.Observation {
	calls := these(e.APICalls(), func(x evidence.Exchange) bool {
		return x.Role != evidence.Foreign && strings.Trim(x.Request.URL.Path, "/") != "services/data" && !followsRedirect(e, x)
	})
	var old, wrong []evidence.Exchange
	for _, x := range calls {
		scheme, token, _ := strings.Cut(x.Request.Header.Get("Authorization"), " ")
		switch {
		case isPlaceholder(token), !strings.EqualFold(scheme, "Bearer") && !strings.EqualFold(scheme, "OAuth"):
			wrong = append(wrong, x)
		case strings.EqualFold(scheme, "OAuth"):
			old = append(old, x)
		}
	}
	switch {
	case len(calls) == 0:
		return absent("no API call came")
	case len(wrong) > 0:
		return broken(fmt.Sprintf("%d of %d API calls have no token in an Authorization header", len(wrong), len(calls)), wrong...)
	case len(old) > 0:
		return tolerated(fmt.Sprintf("%d of %d API calls use the scheme OAuth in place of Bearer", len(old), len(calls)), old...)
	}
	return kept(fmt.Sprintf("each of %d API calls has Authorization: Bearer and a token", len(calls)))
}

// followsRedirect says whether a call is there because another one was redirected:
// libraries rightly leave the token behind when the host changes.
func followsRedirect(e *evidence.Evidence, x evidence.Exchange) bool {
	return slices.ContainsFunc(e.InRun(x.Run), func(y evidence.Exchange) bool {
		return y.Number < x.Number && y.Response.Status/100 == 3 && y.Request.Target == x.Request.Target
	})
}

var versionInPath = regexp.MustCompile(`^/+services/data/v([0-9]+)\.[0-9]`)

// versionOf is the API version of a call; 0 if its path names none.
func versionOf(x evidence.Exchange) int {
	found := versionInPath.FindStringSubmatch(x.Request.URL.Path)
	if found == nil {
		return 0
	}
	version, _ := strconv.Atoi(found[1]) // digits, and 0 for more than fit
	return version
}

const (
	// oldestVersion is the oldest that Salesforce has not retired (Salesforce KB 000389618).
	oldestVersion = 31
	// manyReleases are those of more than three years.
	manyReleases = 10
)

// choosesVersion compares with the version that the client was told in this scenario,
// which is another one than anywhere else.
func choosesVersion(e *evidence.Evidence) verdict.Observation {
	calls := these(e.APICalls(), func(x evidence.Exchange) bool { return versionOf(x) > 0 })
	told, _ := strconv.Atoi(strings.TrimSuffix(scenario.OlderVersion, ".0"))
	newestKnown, _ := strconv.Atoi(strings.TrimSuffix(e.Settings[stage.APIVersion], ".0"))
	if len(calls) == 0 {
		return absent("no API call with a version came")
	}
	listed := len(these(e.APICalls(), func(x evidence.Exchange) bool { return strings.Trim(x.Request.URL.Path, "/") == "services/data" })) > 0
	switch used := versionOf(calls[0]); {
	case used < oldestVersion:
		return broken(fmt.Sprintf("the client calls version %d.0, which Salesforce has retired", used), calls...)
	case used == told:
		return kept(fmt.Sprintf("the client calls the version that it was told, %d.0", used))
	case listed:
		return kept(fmt.Sprintf("the client asks which versions there are, and calls %d.0", used))
	case newestKnown-used > manyReleases:
		return broken(fmt.Sprintf("the client calls version %d.0, which is %d releases old, whatever it is told", used, newestKnown-used), calls...)
	default:
		return tolerated(fmt.Sprintf("SF_API_VERSION says %d.0, and the client calls %d.0, without asking which there are", told, used), calls...)
	}
}

func stopsAtRetiredVersion(e *evidence.Evidence) verdict.Observation {
	refused := these(e.APICalls(), func(x evidence.Exchange) bool { return x.Response.Status == http.StatusGone })
	if len(refused) == 0 {
		return absent("no API call met the retired version")
	}
	logins := loginsFor(e.Exchanges, refused[0])
	again := these(after(e.APICalls(), refused[0]), func(x evidence.Exchange) bool {
		return x.Request.Target == refused[0].Request.Target && x.Token == refused[0].Token
	})
	switch {
	case len(logins) > 0:
		return broken(fmt.Sprintf("after a call of a retired API version the client logs in %d times", len(logins)), logins...)
	case len(again) > 0:
		return broken(fmt.Sprintf("a call of a retired API version is repeated %d times", len(again)), again...)
	case e.Output && !strings.Contains(strings.ToLower(said(e.LastRun())), "version"):
		return broken("the API version is retired, and what the operator reads does not speak of a version", refused...)
	}
	return kept("a call of a retired API version is neither repeated nor answered by a new login")
}

func keepsJWTFromSOAP(e *evidence.Evidence) verdict.Observation {
	isJWT := func(x evidence.Exchange) bool { return strings.Count(x.Issued, ".") == 2 }
	if len(these(e.TokenRequests(), isJWT)) == 0 {
		return absent("no access token in JWT format was issued")
	}
	soap := e.Of(evidence.SOAPCall)
	if len(soap) == 0 {
		return unused("the client makes no SOAP call with a token in JWT format")
	}
	logins := these(after(e.Exchanges, soap[0]), isTokenRequest)
	if len(logins) > mostRelogins {
		return broken(fmt.Sprintf("SOAP does not take a token in JWT format, and the client logs in %d times over it", len(logins)), logins...)
	}
	return tolerated(fmt.Sprintf("the client calls SOAP with a token in JWT format, which SOAP never takes, and stops after %d more logins", len(logins)), soap...)
}
