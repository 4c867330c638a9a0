package token

import (
	"github.com/sfconform/sfconform/fixtures"
)

// flowChecks judge the set-up of the client-credentials flow (E6, E7, E8).
var flowChecks = []check{
	check{Name: "flow-enabled", Refusal: "client-credentials-flow-off", Holds: flowEnabled}.When("cc-flow-off", "invalid-grant"),
	check{Name: "flow-enabled-or-no-user", Refusal: "client-credentials-flow-off-as-no-user", Holds: flowEnabled}.When("cc-flow-off", "no-user-enabled"),
	check{Name: "flow-enabled-or-unknown", Refusal: "client-credentials-flow-off-as-unknown", Holds: flowEnabled}.When("cc-flow-off", "invalid-client-id"),
	{Name: "flow-enabled-in-policies", Refusal: "client-credentials-policy-off", Holds: func(a *attempt) bool {
		return a.app.Kind != fixtures.ExternalClientApp || a.app.Policies.ClientCredentialsFlow
	}},
	{Name: "run-as-set", Refusal: "run-as-missing", Holds: func(a *attempt) bool { return a.app.Policies.RunAs != "" }},
	{Name: "run-as-known", Refusal: "run-as-unknown-user", Holds: func(a *attempt) bool {
		return a.userKnown || a.app.Policies.RunAs == ""
	}},
	check{Name: "run-as-api-enabled", Refusal: "run-as-api-disabled", Holds: func(a *attempt) bool {
		return a.user.APIEnabled
	}}.When("run-as-without-api", "no-user-enabled"),
	{Name: "scopes-usable", Refusal: "no-usable-scope", Holds: func(a *attempt) bool { return len(runAsScopes(a)) > 0 }},
}

func flowEnabled(a *attempt) bool { return a.app.Settings.ClientCredentialsFlow }

// runAsScopes are the scopes that a client-credentials token of the app gets.
func runAsScopes(a *attempt) []string {
	keepWeb := a.org.Answers(fixtures.Reading{Switch: "scope-web", Option: "kept"})
	return fixtures.ClientCredentialsScopes(a.app.Settings.Scopes, keepWeb)
}

// runAsUserChecks: whether Permitted Users binds the Run As user is contested (metadata.md 0.1, finding 7).
var runAsUserChecks = []check{
	check{Name: "run-as-admitted", Refusal: "run-as-not-admin-approved", Holds: func(a *attempt) bool {
		return a.app.Policies.PermittedUsers != fixtures.AdminApprovedUsers || a.app.Admits(a.user)
	}}.When("permitted-users-for-run-as", "applies"),
}
