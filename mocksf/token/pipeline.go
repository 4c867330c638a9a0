package token

import (
	"slices"

	"github.com/sfconform/sfconform/fixtures"
)

// pipelines are the checks of each grant, in the order in which they are made.
// Facts, section 1.7: an unknown key masks a wrong host, a disabled app masks a
// wrong secret; the rest of the order is inferred and pinned by precedence cases.
var pipelines = map[fixtures.Grant][]check{
	fixtures.GrantClientCredentials: slices.Concat(
		requestChecks, clientChecks, appStateChecks, runAsHostChecks, secretChecks, flowChecks,
		userChecks, runAsUserChecks, loginChecks),
	fixtures.GrantJWTBearer: slices.Concat(
		requestChecks, assertionFormChecks, installChecks, appStateChecks, assertionChecks,
		userChecks, approvalChecks, loginChecks, replayChecks),
	fixtures.GrantPassword: slices.Concat(
		requestChecks, clientChecks, appStateChecks, secretChecks, passwordChecks),
	fixtures.GrantRefreshToken: slices.Concat(
		requestChecks, clientChecks, installedChecks, appStateChecks, requiredSecretChecks, refreshChecks,
		userChecks, []check{adminApproved}, loginChecks),
	fixtures.GrantAuthorizationCode: slices.Concat(
		requestChecks, clientChecks, installedChecks, appStateChecks, requiredSecretChecks, codeChecks,
		userChecks, []check{adminApproved}, loginChecks, useChecks),
}

// fallback is the pipeline of a request whose grant is unknown: it ends at the
// check that says so, unless that check is left out.
const fallback = fixtures.GrantClientCredentials

// CheckNames lists the names of all checks, each once, in pipeline order.
func CheckNames() []string {
	var names []string
	for _, g := range []fixtures.Grant{
		fixtures.GrantClientCredentials, fixtures.GrantJWTBearer, fixtures.GrantPassword,
		fixtures.GrantRefreshToken, fixtures.GrantAuthorizationCode,
	} {
		for _, c := range pipelines[g] {
			if !slices.Contains(names, c.Name) {
				names = append(names, c.Name)
			}
		}
	}
	return names
}
