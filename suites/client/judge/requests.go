package judge

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// requests are the judges of group A, the shape of token requests. They look at every
// token request of every scenario.
func requests() []Judge {
	return []Judge{
		{ID: "req-method-post", Look: everyTokenRequest("was a POST", "was not a POST", func(x evidence.Exchange) bool {
			return x.Request.Method == http.MethodPost
		})},
		{ID: "req-content-type-form", Look: isForm},
		{ID: "req-params-in-body", Look: paramsInBody},
		{ID: "req-grant-type-exact", Look: grantTypeExact},
		{ID: "req-no-repeated-params", Look: everyPost("sends each parameter once", "repeats a parameter", func(x evidence.Exchange) bool {
			return len(repeated(x)) == 0
		})},
		{ID: "req-single-client-auth", Look: everyPost("uses one client authentication method at most",
			"carries the secret in the Authorization header and in the body", func(x evidence.Exchange) bool {
				return !isBasic(x) || x.Request.Form.Get("client_secret") == ""
			})},
		{ID: "req-no-scope-param", Look: everyTokenRequest("sends no scope", "sends scope", func(x evidence.Exchange) bool {
			return x.Param("scope") == ""
		})},
		{ID: "req-no-user-password", Look: everyTokenRequest("carries no user's password", "carries username or password", func(x evidence.Exchange) bool {
			return x.Param("password") == "" && x.Param("username") == ""
		})},
		{ID: "req-accept-json", Look: everyTokenRequest("asks for JSON or for nothing in particular",
			"asks for another format than JSON", asksForJSON)},
	}
}

// isForm leaves it to a judge of its own whether what needs escaping was escaped.
func isForm(e *evidence.Evidence) verdict.Observation {
	if e.Scenario == scenario.HardSecret {
		return absent("the secret needs escaping")
	}
	return everyPost("was a form", "was no form", func(x evidence.Exchange) bool { return x.Request.FormErr == "" })(e)
}

// paramsInBody fails what names a secret in the URL; other parameters there are only
// not as they should be.
func paramsInBody(e *evidence.Evidence) verdict.Observation {
	all := e.TokenRequests()
	secret := these(all, func(x evidence.Exchange) bool {
		return len(e.Secrets.Find([]byte(x.Request.Target))) > 0 || slices.ContainsFunc(secretParams, func(name string) bool {
			return x.Request.URL.Query().Get(name) != ""
		})
	})
	inQuery := these(all, func(x evidence.Exchange) bool { return x.Request.URL.RawQuery != "" })
	switch {
	case len(all) == 0:
		return absent("no token request came")
	case len(secret) > 0:
		return broken(fmt.Sprintf("%d of %d token requests carry a credential in the URL", len(secret), len(all)), secret...)
	case len(inQuery) > 0:
		return tolerated(fmt.Sprintf("%d of %d token requests carry parameters in the URL, none of them secret", len(inQuery), len(all)), inQuery...)
	}
	return kept(fmt.Sprintf("each of %d token requests has its parameters in the body", len(all)))
}

// secretParams must not stand in a URL, whatever their values are.
var secretParams = []string{"client_secret", "password", "assertion", "client_assertion"}

// grantTypeExact compares with what the flow demands (RFC 6749 section 4.4.2, RFC
// 7523 section 2.1). A request whose parameters could not be read says nothing of it.
func grantTypeExact(e *evidence.Evidence) verdict.Observation {
	want := string(e.Flow.Grant())
	all := these(e.TokenRequests(), func(x evidence.Exchange) bool { return readable(x) && !isOfOtherFlow(e, x) })
	wrong := these(all, func(x evidence.Exchange) bool { return x.Param("grant_type") != want })
	switch {
	case len(all) == 0:
		return absent("no token request with readable parameters came")
	case len(wrong) > 0:
		return broken(fmt.Sprintf("%d of %d token requests ask for grant_type %q, not %q",
			len(wrong), len(all), wrong[0].Param("grant_type"), want), wrong...)
	}
	return kept(fmt.Sprintf("each of %d token requests asks for %s", len(all), want))
}

// isOfOtherFlow says whether a token is asked for by the other flow where a setting is
// missing: it may be the one by which the client chooses its flow.
func isOfOtherFlow(e *evidence.Evidence, x evidence.Exchange) bool {
	grant := fixtures.Grant(x.Param("grant_type"))
	return e.Scenario == scenario.SettingMissing && grant != e.Flow.Grant() && (grant == fixtures.GrantClientCredentials || grant == fixtures.GrantJWTBearer)
}

// readable says whether the parameters of a token request can be read: a request of
// another method or content type is judged by that.
func readable(x evidence.Exchange) bool {
	return x.Request.Method == http.MethodPost && x.Request.FormErr == "" || x.Request.URL.Query().Get("grant_type") != ""
}

// repeated are the names of parameters that come more than once, body and query together.
func repeated(x evidence.Exchange) []string {
	var names []string
	query := x.Request.URL.Query()
	for name, values := range x.Request.Form {
		if len(values)+len(query[name]) > 1 {
			names = append(names, name)
		}
	}
	for name, values := range query {
		if len(values) > 1 && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

func isBasic(x evidence.Exchange) bool {
	scheme, _, _ := strings.Cut(x.Request.Header.Get("Authorization"), " ")
	return strings.EqualFold(scheme, "Basic")
}

// asksForJSON says whether JSON may be answered, which is what Salesforce does
// without being asked.
func asksForJSON(x evidence.Exchange) bool {
	if format := x.Param("format"); format != "" {
		return format == "json"
	}
	accept := strings.Join(x.Request.Header.Values("Accept"), ",")
	return accept == "" || strings.Contains(accept, "json") || strings.Contains(accept, "*/*") || strings.Contains(accept, "application/*")
}

// everyTokenRequest is a look that wants something of every token request.
func everyTokenRequest(good, bad string, right func(evidence.Exchange) bool) func(*evidence.Evidence) verdict.Observation {
	return everyOne((*evidence.Evidence).TokenRequests, good, bad, right)
}

// everyPost is everyTokenRequest for those that are a POST: the others are judged by
// that they are not.
func everyPost(good, bad string, right func(evidence.Exchange) bool) func(*evidence.Evidence) verdict.Observation {
	return everyOne(func(e *evidence.Evidence) []evidence.Exchange {
		return these(e.TokenRequests(), func(x evidence.Exchange) bool { return x.Request.Method == http.MethodPost })
	}, good, bad, right)
}

func everyOne(of func(*evidence.Evidence) []evidence.Exchange, good, bad string, right func(evidence.Exchange) bool) func(*evidence.Evidence) verdict.Observation {
	return func(e *evidence.Evidence) verdict.Observation {
		all := of(e)
		if len(all) == 0 {
			return absent("no token request came")
		}
		wrong := these(all, func(x evidence.Exchange) bool { return !right(x) })
		if len(wrong) == 0 {
			return kept(fmt.Sprintf("each of %d token requests %s", len(all), good))
		}
		return broken(fmt.Sprintf("a token request %s (%d of %d)", bad, len(wrong), len(all)), wrong...)
	}
}
