package token

import "github.com/sfconform/sfconform/fixtures"

// passwordChecks end in a refusal: the fake keeps no passwords (E22, facts section 6).
var passwordChecks = []check{
	{Name: "password-flow-supported", Refusal: "password-flow-unsupported", Holds: func(a *attempt) bool {
		return a.app.Kind != fixtures.ExternalClientApp
	}},
	{Name: "password-flow-allowed", Refusal: "password-flow-blocked", Holds: func(a *attempt) bool {
		return a.org.Settings.AllowUsernamePasswordFlows
	}},
	{Name: "password-matches", Refusal: "password-wrong", Holds: never},
}

func never(*attempt) bool { return false }
