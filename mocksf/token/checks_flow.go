package token

import (
	"github.com/sfconform/sfconform/fixtures"
)

// flowChecks judge the set-up of the client-credentials flow (E6, E7, E8).
var flowChecks = []check{
	check{name: "flow-enabled", refusal: "client-credentials-flow-off", holds: flowEnabled}.when("cc-flow-off", "invalid-grant"),
	check{name: "flow-enabled-or-no-user", refusal: "client-credentials-flow-off-as-no-user", holds: flowEnabled}.when("cc-flow-off", "no-user-enabled"),
	check{name: "flow-enabled-or-unknown", refusal: "client-credentials-flow-off-as-unknown", holds: flowEnabled}.when("cc-flow-off", "invalid-client-id"),
	{name: "flow-enabled-in-policies", refusal: "client-credentials-policy-off", holds: func(a *attempt) bool {
		return a.app.Kind != fixtures.ExternalClientApp || a.app.Policies.ClientCredentialsFlow
	}},
	{name: "run-as-set", refusal: "run-as-missing", holds: func(a *attempt) bool { return a.app.Policies.RunAs != "" }},
	{name: "run-as-known", refusal: "run-as-unknown-user", holds: func(a *attempt) bool {
		return a.userKnown || a.app.Policies.RunAs == ""
	}},
	check{name: "run-as-api-enabled", refusal: "run-as-api-disabled", holds: func(a *attempt) bool {
		return a.user.APIEnabled
	}}.when("run-as-without-api", "no-user-enabled"),
	{name: "scopes-usable", refusal: "no-usable-scope", holds: func(a *attempt) bool { return len(runAsScopes(a)) > 0 }},
}

func flowEnabled(a *attempt) bool { return a.app.Settings.ClientCredentialsFlow }

// runAsScopes are the scopes that a client-credentials token of the app gets.
func runAsScopes(a *attempt) []string {
	keepWeb := a.org.Answers(fixtures.Reading{Switch: "scope-web", Option: "kept"})
	return fixtures.ClientCredentialsScopes(a.app.Settings.Scopes, keepWeb)
}

// runAsUserChecks: whether Permitted Users binds the Run As user is contested (metadata.md 0.1, finding 7).
var runAsUserChecks = []check{
	check{name: "run-as-admitted", refusal: "run-as-not-admin-approved", holds: func(a *attempt) bool {
		return a.app.Policies.PermittedUsers != fixtures.AdminApprovedUsers || a.app.Admits(a.user)
	}}.when("permitted-users-for-run-as", "applies"),
}
