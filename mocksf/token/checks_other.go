package token

import "github.com/sfconform/sfconform/fixtures"

// passwordChecks end in a refusal: the fake keeps no passwords (E22, facts section 6).
var passwordChecks = []check{
	{name: "password-flow-supported", refusal: "password-flow-unsupported", holds: func(a *attempt) bool {
		return a.app.Kind != fixtures.ExternalClientApp
	}},
	{name: "password-flow-allowed", refusal: "password-flow-blocked", holds: func(a *attempt) bool {
		return a.org.Settings.AllowUsernamePasswordFlows
	}},
	{name: "password-matches", refusal: "password-wrong", holds: never},
}

// refreshChecks end in a refusal: the fake issues no refresh tokens.
var refreshChecks = []check{
	{name: "refresh-token-valid", refusal: "refresh-token-invalid", holds: never},
}

// codeChecks end in a refusal: the fake issues no authorization codes.
var codeChecks = []check{
	{name: "authorization-code-valid", refusal: "authorization-code-invalid", holds: never},
}

func never(*attempt) bool { return false }
