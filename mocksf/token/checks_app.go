package token

import (
	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
)

// clientChecks look the app up by the client_id that was sent.
var clientChecks = []check{
	{name: "client-id-present", refusal: "client-id-missing", holds: func(a *attempt) bool { return a.client.ID != "" }},
	{name: "app-known", refusal: "client-id-unknown", holds: func(a *attempt) bool {
		return a.appKnown || a.client.ID == ""
	}},
}

// installedChecks: the app is known but not installed in this org (E10).
var installedChecks = []check{
	{name: "app-installed", refusal: "app-not-installed", holds: func(a *attempt) bool { return a.app.Installed }},
}

// appStateChecks judge the app before its secret or assertion (facts: E9).
var appStateChecks = []check{
	{name: "app-not-blocked", refusal: "app-blocked", holds: func(a *attempt) bool { return !a.app.Blocked }},
	check{name: "app-enabled", refusal: "app-disabled", holds: appEnabled}.when("app-disabled", "oauth-flow-disabled"),
	check{name: "app-enabled-or-unknown", refusal: "app-disabled-as-unknown", holds: appEnabled}.when("app-disabled", "invalid-client-id"),
	{name: "oauth-plugin-enabled", refusal: "oauth-plugin-disabled", holds: func(a *attempt) bool { return a.app.OAuthPlugin }},
}

func appEnabled(a *attempt) bool { return a.app.Enabled }

// runAsHostChecks: client credentials works on the org's own host only (E5).
var runAsHostChecks = []check{
	{name: "host-is-my-domain", refusal: "host-generic", holds: func(a *attempt) bool { return a.req.Host.Role.Own() }},
}

// installChecks: an External Client App is found neither from the generic hosts
// nor for their audience (E10, rule 10).
var installChecks = append(append([]check{}, installedChecks...),
	check{name: "host-finds-app", refusal: "app-not-found-on-generic-host", holds: func(a *attempt) bool {
		return !isExternalClientApp(a) || !a.req.Host.Role.Generic()
	}}.when("eca-generic-host", "app-not-found"),
	check{name: "audience-finds-app", refusal: "app-not-found-for-generic-audience", holds: func(a *attempt) bool {
		return !isExternalClientApp(a) || a.req.Host.Role == exchange.Loopback || !genericAudience(a.assertion.audience())
	}}.when("eca-generic-host", "app-not-found"),
)

func isExternalClientApp(a *attempt) bool { return a.app.Kind == fixtures.ExternalClientApp }

// secretChecks: the secret is needed and must belong to the key (E4).
var secretChecks = []check{
	{name: "secret-present", refusal: "client-secret-missing", holds: func(a *attempt) bool { return a.client.HasSecret() }},
	{name: "secret-matches", refusal: "client-secret-wrong", holds: func(a *attempt) bool {
		return secretMatches(a) || !a.client.HasSecret()
	}},
}

// sentSecretChecks: a secret may be left out, but one that is sent must be right.
var sentSecretChecks = secretChecks[1:]

func secretMatches(a *attempt) bool {
	return a.client.SecretIs(func(secret string) bool { return a.app.SecretMatches(a.client.ID, secret) })
}
