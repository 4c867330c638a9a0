package explain_test

import (
	"slices"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/explain"
)

func TestAWideClueListsItsUsualCausesAndIsSureOfNone(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]fixtures.CauseID{
		"Salesforce REST API: 401 Unauthorized":                                      {"session-expired", "client-bug-token-not-sent", "client-bug-no-reauthentication"},
		"salesforce answers invalid_client":                                          {"consumer-secret-wrong", "client-bug-secret-not-sent", "consumer-key-unknown-or-not-propagated"},
		"salesforce: access_denied":                                                  {"user-denied-access", "user-not-admin-approved", "app-blocked-or-not-installed"},
		"salesforce grant_type=client_credentials gives 400":                         {"wrong-host-login-instead-of-my-domain", "client-credentials-flow-not-enabled", "run-as-user-missing"},
		"salesforce grant_type=refresh_token gives 400":                              {"refresh-token-expired-or-revoked", "client-bug-token-rotation-race", "sandbox-vs-production"},
		`salesforce grant_type=authorization_code: {"error":"invalid_grant"}`:        {"auth-code-expired-or-reused"},
		`https://meadow.my.salesforce.com/services/data/v62.0/limits: 403 Forbidden`: {"api-not-enabled", "scope-lacks-api", "ip-restricted"},
	} {
		a := explain.Explain(text, explain.Context{})
		if a.Causes[0].ID != fixtures.CauseInsufficient {
			t.Errorf("%q is explained as %v", text, ids(a))
			continue
		}
		for i, id := range want {
			if i+1 >= len(a.Causes) || a.Causes[i+1].ID != id || a.Causes[i+1].Confidence >= confident {
				t.Errorf("%q: listed are %v, want %v, none of them confident", text, ids(a), want)
				break
			}
		}
	}
}

func TestAClueOfTheNetworkListsWhatElseItMayBe(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]fixtures.CauseID{
		"connection reset by peer: login.salesforce.com:443":             {"network-proxy-or-firewall", "tls-version-too-old", "tls-trust"},
		"could not resolve host: meadow.my.salesforce.com":               {"dns-my-domain", "network-proxy-or-firewall", "client-bug-instance-url"},
		"connect ETIMEDOUT, POST https://meadow.my.salesforce.com/token": {"network-proxy-or-firewall", "dns-my-domain", "tls-version-too-old"},
	} {
		a := explain.Explain(text, explain.Context{})
		if got := ids(a); len(got) < 3 || !slices.Equal(got[:3], want) || a.Causes[2].Confidence >= confident {
			t.Errorf("%q: found %v, want %v", text, got, want)
		}
	}
}

func TestTheUsualCausesAreNotListedBehindAnotherSystemsError(t *testing.T) {
	t.Parallel()
	a := explain.Explain("AADSTS7000215: Invalid client secret provided, status 401, login.microsoftonline.com", explain.Context{})
	if a.Causes[0].ID != fixtures.CauseNotOurs || slices.Contains(ids(a), "session-expired") {
		t.Errorf("found %v", ids(a))
	}
}
