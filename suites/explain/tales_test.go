package explain_test

import (
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/explain"
)

// first is the cause that the text is explained by.
func first(text string) fixtures.CauseID {
	return explain.Explain(text, explain.Context{}).Causes[0].ID
}

func TestWhatWorksTellsWhatIsAtFault(t *testing.T) {
	t.Parallel()
	key, approval := words("client-id-unknown"), words("user-not-approved")
	for text, want := range map[string]fixtures.CauseID{
		key + " at https://login.salesforce.com/services/oauth2/token":                                                                      "consumer-key-unknown-or-not-propagated",
		key + " at https://login.salesforce.com/services/oauth2/token.\nThe same request to https://heath.my.salesforce.com works.":         "wrong-host-login-instead-of-my-domain",
		key + " at https://login.salesforce.com/services/oauth2/token.\nThe same request to https://heath.my.salesforce.com fails as well.": "consumer-key-unknown-or-not-propagated",
		"INVALID_LOGIN. At https://test.salesforce.com the browser lets me in, it works.":                                                   "sandbox-vs-production",
		approval + ". With aud=https://login.salesforce.com the token is issued.":                                                           "jwt-audience-wrong",
		approval + ". With aud=https://login.salesforce.com it fails, too.":                                                                 "jwt-user-not-preauthorised",
	} {
		if got := first(text); got != want {
			t.Errorf("found %s, want %s:\n%s", got, want, text)
		}
	}
}

func TestWhatIsOffOrCheckedIsOutOfQuestion(t *testing.T) {
	t.Parallel()
	session := words("session-not-valid-for-api")
	for text, want := range map[string]fixtures.CauseID{
		words("ip-restricted") + ". The profile has login hours.":                       "login-hours-restricted",
		words("ip-restricted") + ". The profile has no login hours.":                    "ip-restricted",
		session + ". API Access Control is on.":                                         "app-blocked-or-not-installed",
		session + ". API Access Control is off.":                                        "scope-lacks-api",
		words("password-wrong") + " grant_type=password":                                "password-or-security-token-wrong",
		words("password-wrong") + " grant_type=password. The password is right.":        "password-flow-disabled",
		words("password-wrong") + " grant_type=password. Perhaps the password is wrong": "password-or-security-token-wrong",
	} {
		if got := first(text); got != want {
			t.Errorf("found %s, want %s:\n%s", got, want, text)
		}
	}
}

func TestARefusalIsKnownInOtherWords(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]fixtures.CauseID{
		"Salesforce meint, die Zielgruppe des JWT sei ungültig":                  "jwt-audience-wrong",
		"Salesforce: la dirección IP no está permitida":                          "ip-restricted",
		"salesforce complains that the callback URL doesn't match":               "redirect-uri-mismatch",
		"Salesforce says our code verifier is wrong":                             "pkce-verifier-mismatch",
		"Is it possible that an IP address is restricted in Salesforce?":         "insufficient-information",
		"Salesforce login fails. Maybe the audience is wrong, we don't know yet": "insufficient-information",
	} {
		if got := first(text); got != want {
			t.Errorf("found %s, want %s:\n%s", got, want, text)
		}
	}
}

func TestARequestThatIsShownWholeShowsWhatItLacks(t *testing.T) {
	t.Parallel()
	refused := "\n" + words("client-id-unknown")
	for request, want := range map[string]fixtures.CauseID{
		"POST grant_type=refresh_token&refresh_token=x":                   "consumer-key-missing-in-request",
		"POST grant_type=refresh_token&refresh_token=x&client_id=3MVG9a":  "consumer-key-unknown-or-not-propagated",
		"POST grant_type=refresh_token&refresh_token=x&...":               "consumer-key-unknown-or-not-propagated",
		"POST with grant_type=refresh_token":                              "consumer-key-unknown-or-not-propagated",
		`curl $URL -d grant_type=client_credentials -d client_secret=$S`:  "consumer-key-missing-in-request",
		`curl -u $KEY:$S $URL -d grant_type=client_credentials -d a=b`:    "consumer-key-missing-in-request",
		`data = {"grant_type": "client_credentials", "client_secret": S}`: "consumer-key-missing-in-request",
	} {
		if got := first(request + refused); got != want {
			t.Errorf("found %s, want %s:\n%s", got, want, request)
		}
	}
}

func TestATaleIsReadBehindALongLog(t *testing.T) {
	t.Parallel()
	log := strings.Repeat("2026-02-03 10:00:00 INFO salesforce worker 17 waits for the token of its turn\n", 200)
	text := words("client-id-unknown") + " from https://login.salesforce.com\n" + log + "At https://heath.my.salesforce.com the same works."
	if got := first(text); got != "wrong-host-login-instead-of-my-domain" {
		t.Errorf("found %s", got)
	}
}

func TestACodeIsNoBeginningOfALongerOne(t *testing.T) {
	t.Parallel()
	a := explain.Explain("Salesforce: invalid_client_id", explain.Context{})
	for _, c := range a.Causes {
		if c.ID == "consumer-secret-wrong" {
			t.Errorf("invalid_client was read in invalid_client_id: %v", ids(a))
		}
	}
}
