package explain_test

import (
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/explain"
)

// tops checks the first cause of each text.
func tops(t *testing.T, texts map[string]fixtures.CauseID) {
	t.Helper()
	for text, cause := range texts {
		if a := explain.Explain(text, explain.Context{}); a.Causes[0].ID != cause {
			t.Errorf("%v (%.2f), want %s\n%s", ids(a), a.Causes[0].Confidence, cause, text)
		}
	}
}

func TestASentenceMeansTheSameInEveryLanguage(t *testing.T) {
	t.Parallel()
	tops(t, map[string]fixtures.CauseID{
		"Dem Zertifikat von login.salesforce.com wird nicht vertraut":                      "tls-trust",
		"El certificado de login.salesforce.com no es de confianza":                        "tls-trust",
		"Il certificato di login.salesforce.com non è attendibile":                         "tls-trust",
		"Le nom d'hôte cobalt.my.salesforce.com n'a pas pu être résolu":                    "dns-my-domain",
		"De hostnaam cobalt.my.salesforce.com kon niet worden omgezet":                     "dns-my-domain",
		"Impossibile creare un canale sicuro SSL/TLS verso login.salesforce.com":           "tls-version-too-old",
		"Die Verbindung zu login.salesforce.com:443 wurde abgelehnt":                       "network-proxy-or-firewall",
		"Délai d'attente dépassé: connexion à login.salesforce.com":                        "network-proxy-or-firewall",
		"Anmeldung an Salesforce erfolgreich, 12 Datensätze übertragen":                    "success-no-error",
		"salesforce: la variable de configuración SF_KEY está vacía dentro del contenedor": "client-bug-config-not-read",
	})
}

func TestProgramsAndPeopleSayTheSameInOtherWords(t *testing.T) {
	t.Parallel()
	swallowed := fixtures.CauseID("client-bug-error-swallowed")
	tops(t, map[string]fixtures.CauseID{
		`NullPointerException: "token.getAccessToken()" is null`:                              swallowed,
		"panic: nil pointer dereference\n  resp.AccessToken":                                  swallowed,
		"The adapter does not implement the JWT bearer flow":                                  "client-bug-flow-unsupported-by-library",
		"Unsupported grant: client credentials":                                               "client-bug-flow-unsupported-by-library",
		"ConfigError: either a username or a client id must be specified":                     "client-bug-wrong-login-parameters",
		"POST https://{{sf_host}}/services/oauth2/token: invalid URL":                         "client-bug-config-not-read",
		"Vendor mail: an outage of our gateway broke the Salesforce syncs; it is resolved.":   "vendor-side-incident",
		"Login at https://login.salesforce.com blocked, the egress rules of our VPC are new.": "network-proxy-or-firewall",
	})
}

func TestTheGrantThatWasMeantAndTheOneThatWasSentAreCompared(t *testing.T) {
	t.Parallel()
	sent := "\nPOST body: grant_type=password&username=a\n" + words("password-wrong")
	for text, wrong := range map[string]bool{
		"I configured client credentials": true, "JWT ist eingestellt": true, "I want username-password": false, "I want a JWT access token afterwards": false,
	} {
		if got := ids(explain.Explain(text+sent, explain.Context{})); (got[0] == "client-bug-wrong-grant-type") != wrong {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestAFailureThatTryingAgainHealedIsNone(t *testing.T) {
	t.Parallel()
	end := "\n10:02 token received\n10:03 412 rows upserted, 0 errors\n"
	refused := string(fixtures.MustRefusal("client-secret-wrong").Answer.Body())
	tops(t, map[string]fixtures.CauseID{
		"10:01 connection reset, retry 1/3" + end:                        "success-no-error",
		"10:01 503 Service Unavailable, attempt 1" + end:                 "success-no-error",
		"10:01 retry, " + refused + end:                                  "consumer-secret-wrong",
		"10:01 retry" + end + "10:04 connection reset by salesforce.com": "network-proxy-or-firewall",
	})
}

func TestWhatIsOnlyNamedBesideTheErrorDoesNotCount(t *testing.T) {
	t.Parallel()
	wire := "\n" + string(fixtures.MustRefusal("run-as-missing").Answer.Body())
	for _, beside := range []string{
		"Our Keycloak and the Okta login work.", "The vendor answers that there is no incident.", "We renewed the certificate, it is trusted.",
		"The settings were empty before, they are filled now.", "The firewall is open.", "Two workers refresh a token elsewhere.", "postgres: ok",
	} {
		tops(t, map[string]fixtures.CauseID{beside + wire: "run-as-user-missing"})
	}
}

func TestASystemThatRaisesTheErrorItselfIsNotSalesforce(t *testing.T) {
	t.Parallel()
	tops(t, map[string]fixtures.CauseID{
		"zcrm.exception.ZohoOAuthException: invalid_client (before the Salesforce step)": fixtures.CauseNotOurs,
		"vault: error 403 permission denied, path secret/salesforce":                     fixtures.CauseNotOurs,
		"com.netsuite.suitetalk.InvalidCredentialsFault: wrong password":                 fixtures.CauseNotOurs,
		"we move from zoho to Salesforce, and something fails":                           fixtures.CauseInsufficient,
	})
}

func TestWordsTypedByHandAreKnown(t *testing.T) {
	t.Parallel()
	for id, cause := range map[fixtures.RefusalID]fixtures.CauseID{
		"scope-sent": "client-bug-sends-scope", "run-as-missing": "run-as-user-missing", "user-not-approved": "jwt-user-not-preauthorised",
	} {
		sentence := words(id)
		for i := 2; i < len(sentence)-2; i += 3 {
			for _, typed := range []string{sentence[:i] + sentence[i+1:], sentence[:i] + "y" + sentence[i:], sentence[:i] + "q" + sentence[i+1:]} {
				if got := ids(explain.Explain("it said: "+typed, explain.Context{})); got[0] != cause {
					t.Errorf("%q: %v", typed, got)
				}
			}
		}
	}
}

func TestWordsThatFitEverythingDecideNothing(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"Salesforce: UNKNOWN_EXCEPTION: something unforeseen happened", "the user chose password authentication", "we look after the refresh token", "the connection"} {
		tops(t, map[string]fixtures.CauseID{text: fixtures.CauseInsufficient})
	}
}

func TestARequestShownWithItsHeadersLacksTheToken(t *testing.T) {
	t.Parallel()
	shown := func(header string) string {
		return "> GET /services/data/v62.0/limits HTTP/1.1\n> Host: cobalt.my.salesforce.com\n> Accept: */*\n" + header + "\n" + string(fixtures.MustRefusal("session-expired").Answer.Body())
	}
	tops(t, map[string]fixtures.CauseID{shown(""): "client-bug-token-not-sent", shown("> Authorization: Bearer 00D\n"): "session-expired"})
}

func TestPathsAndPlaceholdersAreNoSecrets(t *testing.T) {
	t.Parallel()
	tops(t, map[string]fixtures.CauseID{
		"404 for https://cobalt.my.salesforce.com/services/oauth2/token/services/oauth2/token": "client-bug-malformed-token-url",
		`{"refresh_token": "changeme"} ` + words("refresh-token-invalid"):                      "client-bug-wrong-token-value",
	})
	a := explain.Explain(`404 for https://cobalt.my.salesforce.com/Ab12Cd34/Ef56Gh78Ij90Kl12Mn34/Op56Qr78St90Uv12Wx34Yz56/Ab78 refused`, explain.Context{})
	for _, f := range a.Causes {
		if strings.Contains(strings.Join(f.Evidence, " "), "Op56Qr78") {
			t.Errorf("what may be a token is repeated: %q", f.Evidence)
		}
	}
}
