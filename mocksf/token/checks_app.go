package token

import (
	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
)

// clientChecks look the app up by the client_id that was sent.
var clientChecks = []check{
	{Name: "client-id-present", Refusal: "client-id-missing", Holds: func(a *attempt) bool { return a.client.ID != "" }},
	{Name: "app-known", Refusal: "client-id-unknown", Holds: func(a *attempt) bool {
		return a.appKnown || a.client.ID == ""
	}},
}

// installedChecks: the app is known but not installed in this org (E10).
var installedChecks = []check{
	{Name: "app-installed", Refusal: "app-not-installed", Holds: func(a *attempt) bool { return a.app.Installed }},
}

// appStateChecks judge the app before its secret or assertion (facts: E9).
var appStateChecks = []check{
	{Name: "app-not-blocked", Refusal: "app-blocked", Holds: func(a *attempt) bool { return !a.app.Blocked }},
	check{Name: "app-enabled", Refusal: "app-disabled", Holds: appEnabled}.When("app-disabled", "oauth-flow-disabled"),
	check{Name: "app-enabled-or-unknown", Refusal: "app-disabled-as-unknown", Holds: appEnabled}.When("app-disabled", "invalid-client-id"),
	{Name: "oauth-plugin-enabled", Refusal: "oauth-plugin-disabled", Holds: func(a *attempt) bool { return a.app.OAuthPlugin }},
}

func appEnabled(a *attempt) bool { return a.app.Enabled }

// runAsHostChecks: client credentials works on the org's own host only (E5).
var runAsHostChecks = []check{
	{Name: "host-is-my-domain", Refusal: "host-generic", Holds: func(a *attempt) bool { return a.req.Host.Role.Own() }},
}

// installChecks: an External Client App is found neither from the generic hosts
// nor for their audience (E10, rule 10).
var installChecks = append(append([]check{}, installedChecks...),
	check{Name: "host-finds-app", Refusal: "app-not-found-on-generic-host", Holds: func(a *attempt) bool {
		return !isExternalClientApp(a) || !a.req.Host.Role.Generic()
	}}.When("eca-generic-host", "app-not-found"),
	check{Name: "audience-finds-app", Refusal: "app-not-found-for-generic-audience", Holds: func(a *attempt) bool {
		return !isExternalClientApp(a) || a.req.Host.Role == exchange.Loopback || !genericAudience(a.assertion.audience())
	}}.When("eca-generic-host", "app-not-found"),
)

func isExternalClientApp(a *attempt) bool { return a.app.Kind == fixtures.ExternalClientApp }

// secretChecks: the secret is needed and must belong to the key (E4).
var secretChecks = []check{
	{Name: "secret-present", Refusal: "client-secret-missing", Holds: func(a *attempt) bool { return a.client.HasSecret() }},
	{Name: "secret-matches", Refusal: "client-secret-wrong", Holds: func(a *attempt) bool {
		return secretMatches(a) || !a.client.HasSecret()
	}},
}

// requiredSecretChecks: a secret may be left out where the app does not require it,
// but one that is sent must be right.
var requiredSecretChecks = []check{
	{Name: "secret-present-if-required", Refusal: "client-secret-missing", Holds: func(a *attempt) bool {
		return a.client.HasSecret() || !secretRequired(a)
	}},
	secretChecks[1],
}

// secretRequired is the app's setting for the flow (metadata.md section 5).
func secretRequired(a *attempt) bool {
	if a.grant == fixtures.GrantRefreshToken {
		return a.app.Settings.SecretForRefreshToken
	}
	return a.app.Settings.SecretForWebServerFlow
}

func secretMatches(a *attempt) bool {
	return a.client.SecretIs(func(secret string) bool { return a.app.SecretMatches(a.client.ID, secret) })
}
