package token

import (
	"net/http"

	"github.com/sfconform/sfconform/mocksf/exchange"
)

// requestChecks judge the shape of the request, before anybody is looked up.
var requestChecks = []check{
	{name: "host-serves-tokens", refusal: "host-lightning", holds: func(a *attempt) bool {
		return a.req.Host.Role != exchange.Lightning
	}},
	check{name: "method-is-post", refusal: "method-not-post", holds: isPost}.when("get-token-endpoint", "400"),
	check{name: "method-is-post-405", refusal: "method-not-post-405", holds: isPost}.when("get-token-endpoint", "405"),
	{name: "body-within-limit", refusal: "request-too-large", holds: func(a *attempt) bool { return !a.req.TooLarge }},
	{name: "body-is-form", refusal: "body-not-form", holds: func(a *attempt) bool {
		return !a.form.NotAForm || a.req.TooLarge || a.form.Get("grant_type") != ""
	}},
	{name: "grant-type-present", refusal: "grant-type-missing", holds: func(a *attempt) bool {
		return a.grant != "" || a.form.NotAForm
	}},
	{name: "grant-type-supported", refusal: "grant-type-unknown", holds: func(a *attempt) bool {
		_, known := a.endpoint.pipelines[a.grant]
		return known || a.grant == ""
	}},
	{name: "scope-absent", refusal: "scope-sent", holds: func(a *attempt) bool { return !a.form.Has("scope") }},
	check{name: "basic-header-well-formed", refusal: "basic-header-malformed", holds: func(a *attempt) bool {
		return !a.client.BadHeader
	}}.when("basic-header", "refused"),
	check{name: "one-client-authentication", refusal: "client-auth-conflict", holds: func(a *attempt) bool {
		return !a.client.Conflict
	}}.when("client-auth-conflict", "refused"),
}

func isPost(a *attempt) bool { return a.req.Method == http.MethodPost }
