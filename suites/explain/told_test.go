package explain_test

import (
	"testing"

	"github.com/sfconform/sfconform/fixtures"
)

func TestAVariableThatWasSentInThePlaceOfItsValueIsFound(t *testing.T) {
	t.Parallel()
	refused := "\n" + string(fixtures.MustRefusal("client-id-unknown").Answer.Body())
	for request, unfilled := range map[string]bool{
		`curl -d 'grant_type=client_credentials&client_id=$KEY&client_secret=x'`:                              true,
		`curl -d "grant_type=client_credentials&client_id=$KEY&client_secret=x"`:                              false,
		"body sent: client_id={{sf_key}}&grant_type=client_credentials&client_secret=x":                       true,
		"const body = `client_id=${clientId}&client_secret=x`":                                                false,
		"post({client_id: process.env.SF_KEY, client_secret: process.env.SF_SECRET}) with this payload":       false,
		`bash$ curl -d "client_id=%SF_KEY%&client_secret=x&grant_type=client_credentials"`:                    true,
		`C:\> curl -d "client_id=%SF_KEY%&client_secret=x&grant_type=client_credentials"`:                     false,
		`curl -d 'grant_type=client_credentials&client_id=3MVG9abc&client_secret=x', the value of ${KEY}`:     false,
		"The trace shows POST client_id=${SF_KEY}&client_secret=${SF_SECRET}&grant_type=client_credentials":   true,
		"Im Dump steht wörtlich client_id=%SF_KEY%&client_secret=%SF_SECRET%&grant_type=client_credentials":   true,
		"Das Skript setzt client_id=%SF_KEY% und grant_type=client_credentials ein, der Wert kommt aus Vault": false,
	} {
		if got := first(request + refused); (got == "client-bug-config-not-read") != unfilled {
			t.Errorf("found %s:\n%s", got, request)
		}
	}
}

func TestAQuestionAboutAnAnswerIsNoFailure(t *testing.T) {
	t.Parallel()
	answer := `{"access_token":"00D","instance_url":"https://heath.my.salesforce.com","scope":"api","token_type":"Bearer"}` + "\n"
	for said, want := range map[string]fixtures.CauseID{
		"Is it an error that there is no expires_in?":                                          "success-no-error",
		"Warum fehlt refresh_token, ist das ein Fehler?":                                       "success-no-error",
		"Then GET /services/data/v62.0 fails: " + words("session-not-valid-for-api"):           "scope-lacks-api",
		"grant_type=authorization_code, scopes: api. Why is there no refresh_token, an error?": "scope-lacks-refresh-token",
	} {
		if got := first(answer + said); got != want {
			t.Errorf("found %s, want %s:\n%s", got, want, said)
		}
	}
}

func TestLoginsThatTakeTurnsWithCallsAreOneForEach(t *testing.T) {
	t.Parallel()
	login, call := "POST /services/oauth2/token 200\n", "GET /services/data/v62.0/query 200\n"
	refused := "POST /services/oauth2/token 400 " + words("login-rate-exceeded")
	for log, want := range map[string]fixtures.CauseID{
		login + call + login + call + refused:               "client-bug-login-per-request",
		login + call + call + call + login + call + refused: "login-rate-limit",
		login + call + refused:                              "login-rate-limit",
	} {
		if got := first(log); got != want {
			t.Errorf("found %s, want %s:\n%s", got, want, log)
		}
	}
}

func TestACodeThatIsCarriedByHandIsThatOfALogin(t *testing.T) {
	t.Parallel()
	expired := words("assertion-expired")
	for said, want := range map[string]fixtures.CauseID{
		"I paste the code into the console. ":                  "auth-code-expired-or-reused",
		"Ich kopiere den Code aus dem Browser. ":               "auth-code-expired-or-reused",
		"El código code se copia y luego se pega. ":            "auth-code-expired-or-reused",
		"I copied the consumer key; status code 400. ":         "jwt-expired-or-clock-skew",
		"We sign an assertion; the code was copied from docs.": "jwt-expired-or-clock-skew",
	} {
		if got := first(said + expired); got != want {
			t.Errorf("found %s, want %s:\n%s", got, want, said)
		}
	}
}
