package token

import (
	"net/http"

	"github.com/sfconform/sfconform/mocksf/exchange"
)

// requestChecks judge the shape of the request, before anybody is looked up.
var requestChecks = []check{
	{Name: "host-serves-tokens", Refusal: "host-lightning", Holds: func(a *attempt) bool {
		return a.req.Host.Role != exchange.Lightning
	}},
	check{Name: "method-is-post", Refusal: "method-not-post", Holds: isPost}.When("get-token-endpoint", "400"),
	check{Name: "method-is-post-405", Refusal: "method-not-post-405", Holds: isPost}.When("get-token-endpoint", "405"),
	{Name: "body-within-limit", Refusal: "request-too-large", Holds: func(a *attempt) bool { return !a.req.TooLarge }},
	{Name: "body-is-form", Refusal: "body-not-form", Holds: func(a *attempt) bool {
		return !a.form.NotAForm || a.req.TooLarge || a.form.Get("grant_type") != ""
	}},
	{Name: "grant-type-present", Refusal: "grant-type-missing", Holds: func(a *attempt) bool {
		return a.grant != "" || a.form.NotAForm
	}},
	{Name: "grant-type-supported", Refusal: "grant-type-unknown", Holds: func(a *attempt) bool {
		_, known := a.endpoint.pipelines[a.grant]
		return known || a.grant == ""
	}},
	{Name: "scope-absent", Refusal: "scope-sent", Holds: func(a *attempt) bool { return !a.form.Has("scope") }},
	check{Name: "basic-header-well-formed", Refusal: "basic-header-malformed", Holds: func(a *attempt) bool {
		return !a.client.BadHeader
	}}.When("basic-header", "refused"),
	check{Name: "one-client-authentication", Refusal: "client-auth-conflict", Holds: func(a *attempt) bool {
		return !a.client.Conflict
	}}.When("client-auth-conflict", "refused"),
}

func isPost(a *attempt) bool { return a.req.Method == http.MethodPost }
