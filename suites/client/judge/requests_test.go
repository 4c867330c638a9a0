package judge_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/canary"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// asked is the evidence of one good token request that was altered.
func asked(alter func(*evidence.Exchange)) *evidence.Evidence {
	x := login("key-1", "5E1C0FFEE5E1C0FFEE5E1C0FFEE0001", "A")
	if alter != nil {
		alter(&x)
	}
	e := watched("any", x)
	e.Flow, e.Secrets = fixtures.ClientCredentials, &canary.Set{}
	e.Secrets.Add("consumer secret", "5E1C0FFEE5E1C0FFEE5E1C0FFEE0001")
	return e
}

// withParam is asked with a parameter of the body set.
func withParam(name, value string) *evidence.Evidence {
	return asked(func(x *evidence.Exchange) { x.Request.Form.Set(name, value) })
}

// withQuery is asked with a query behind the path.
func withQuery(query string) *evidence.Evidence {
	return asked(func(x *evidence.Exchange) {
		x.Request.Target = x.Request.URL.Path + "?" + query
		x.Request.URL.RawQuery = query
	})
}

func TestTokenRequests(t *testing.T) {
	t.Parallel()
	byGET := asked(func(x *evidence.Exchange) { x.Request.Method = http.MethodGet })
	asJSON := asked(func(x *evidence.Exchange) {
		x.Request.Form, x.Request.FormErr = nil, "the Content-Type is application/json"
	})
	twice := asked(func(x *evidence.Exchange) { x.Request.Form.Add("client_id", "key-1") })
	twiceInBoth := withQuery("client_id=key-1")
	bothWays := asked(func(x *evidence.Exchange) {
		x.Request.Header = basicLogin("key-1", "5E1C0FFEE5E1C0FFEE5E1C0FFEE0001").Request.Header
	})
	xml := asked(func(x *evidence.Exchange) { x.Request.Header.Set("Accept", "application/xml") })
	anything := asked(func(x *evidence.Exchange) { x.Request.Header.Set("Accept", "text/html, */*;q=0.5") })
	rows := []row{
		{"GET", "req-method-post", byGET, verdict.Broken},
		{"JSON", "req-content-type-form", asJSON, verdict.Broken},
		{"no POST", "req-content-type-form", byGET, verdict.Absent},
		{"secret in the URL", "req-params-in-body", withQuery("client_secret=5E1C0FFEE5E1C0FFEE5E1C0FFEE0001"), verdict.Broken},
		{"secret under another name", "req-params-in-body", withQuery("x=5E1C0FFEE5E1C0FFEE5E1C0FFEE0001"), verdict.Broken},
		{"something else in the URL", "req-params-in-body", withQuery("format=json"), verdict.Tolerated},
		{"in capitals", "req-grant-type-exact", withParam("grant_type", "CLIENT_CREDENTIALS"), verdict.Broken},
		{"unreadable", "req-grant-type-exact", asJSON, verdict.Absent},
		{"twice in the body", "req-no-repeated-params", twice, verdict.Broken},
		{"in body and URL", "req-no-repeated-params", twiceInBoth, verdict.Broken},
		{"header and body", "req-single-client-auth", bothWays, verdict.Broken},
		{"header alone", "req-single-client-auth", watched("any", basicLogin("key-1", "s")), verdict.Kept},
		{"scope", "req-no-scope-param", withParam("scope", "api"), verdict.Broken},
		{"password", "req-no-user-password", withParam("password", "p"), verdict.Broken},
		{"XML", "req-accept-json", xml, verdict.Broken},
		{"anything", "req-accept-json", anything, verdict.Kept},
		{"format", "req-accept-json", withParam("format", "xml"), verdict.Broken},
	}
	for _, id := range []fixtures.RequirementID{
		"req-method-post", "req-content-type-form", "req-params-in-body", "req-grant-type-exact", "req-no-repeated-params",
		"req-single-client-auth", "req-no-scope-param", "req-no-user-password", "req-accept-json",
	} {
		rows = append(rows, row{"good", id, asked(nil), verdict.Kept}, row{"none", id, watched("any"), verdict.Absent})
	}
	judged(t, rows)
}

func TestClientAuthentication(t *testing.T) {
	t.Parallel()
	const hard = "aA+b/c=d&e%f g~:1"
	told := func(x evidence.Exchange) *evidence.Evidence {
		e := watched(scenario.HardSecret, x)
		e.Settings["SF_CLIENT_SECRET"] = hard
		return e
	}
	refused := login("key-1", "s", "")
	newline := func(output string, all ...evidence.Exchange) *evidence.Evidence {
		return ending(watched(scenario.SecretWithNewline, all...), evidence.Exit{Code: 1}, output)
	}
	missing := func(exit evidence.Exit, all ...evidence.Exchange) *evidence.Evidence {
		return ending(watched(scenario.SettingMissing, all...), exit, "")
	}
	failed := evidence.Exit{Code: 1}
	bearer := assertedLogin("key-1", "A")
	bearer.Request.Form = url.Values{"assertion": {"a.b.c"}}
	withSecret := assertedLogin("key-1", "A")
	withSecret.Request.Form = url.Values{"assertion": {"a.b.c"}, "client_secret": {"s"}}
	judged(t, []row{
		{"whole", "req-body-percent-encoding", told(login("key-1", hard, "A")), verdict.Kept},
		{"spoilt", "req-body-percent-encoding", told(login("key-1", "aA b/c=d", "")), verdict.Broken},
		{"in the header", "req-body-percent-encoding", told(basicLogin("key-1", hard)), verdict.Unused},
		{"encoded", "auth-basic-form-encoded", told(basicLogin("key-1", url.QueryEscape(hard))), verdict.Kept},
		{"raw", "auth-basic-form-encoded", told(basicLogin("key-1", hard)), verdict.Tolerated},
		{"spoilt", "auth-basic-form-encoded", told(basicLogin("key-1", "aA b")), verdict.Broken},
		{"in the body", "auth-basic-form-encoded", told(login("key-1", hard, "A")), verdict.Unused},
		{"kept", "auth-basic-first-colon", told(basicLogin("key-1", url.QueryEscape(hard))), verdict.Kept},
		{"lost", "auth-basic-first-colon", told(basicLogin("key-1", "aA")), verdict.Broken},
		{"one method", "auth-no-style-probing", watched("any", refused, refused), verdict.Kept},
		{"the other method", "auth-no-style-probing", watched("any", basicLogin("key-1", "s"), refused), verdict.Broken},
		{"not refused", "auth-no-style-probing", watched("any", login("key-1", "s", "A")), verdict.Absent},
		{"assertion alone", "auth-no-secret-in-jwt-flow", watched("any", bearer), verdict.Kept},
		{"with a secret", "auth-no-secret-in-jwt-flow", watched("any", withSecret), verdict.Broken},
		{"no assertion", "auth-no-secret-in-jwt-flow", watched("any", refused), verdict.Absent},
		{"taken off", "auth-trim-or-reject", newline("", login("key-1", "s", "A")), verdict.Kept},
		{"named", "auth-trim-or-reject", newline("the secret ends in a newline", refused), verdict.Kept},
		{"sent", "auth-trim-or-reject", newline("invalid_client", refused), verdict.Broken},
		{"nothing", "auth-trim-or-reject", newline("error"), verdict.Absent},
		{"undefined", "req-no-empty-or-placeholder", missing(failed, login("undefined", "s", "")), verdict.Broken},
		{"empty", "req-no-empty-or-placeholder", missing(failed, login("key-1", "", "")), verdict.Broken},
		{"stops", "req-no-empty-or-placeholder", missing(failed), verdict.Kept},
		{"stops", "auth-config-fail-fast", missing(failed), verdict.Kept},
		{"asks", "auth-config-fail-fast", missing(failed, refused), verdict.Broken},
		{"as if all were well", "auth-config-fail-fast", missing(evidence.Exit{}), verdict.Broken},
	})
}
