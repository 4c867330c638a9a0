package explain_test

import (
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/explain"
)

// What is met after the login, or with nobody logged in, is reproduced as well, and of
// several cases the one that is known from the wire.
func TestACauseNamesTheCaseThatShowsItBest(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]fixtures.CaseID{
		`{"error":"invalid_client","error_description":"invalid client credentials"}`:                                      "client-credentials-wrong-secret",
		`[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]`:                                      "session-ends-after-two-hours",
		`[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]`:                               "session-daily-limit",
		`https://app.example/cb?error=redirect_uri_mismatch&error_description=redirect_uri%20must%20match%20configuration`: "authorize-other-redirect-uri",
		`<faultstring>INVALID_SESSION_ID: Invalid Session ID found in SessionHeader: Illegal Session</faultstring>`:        "soap-unknown-session",
	} {
		answer := explain.Explain(text, explain.Context{})
		if len(answer.Causes) == 0 || answer.Causes[0].Case != want {
			t.Errorf("%s: %+v, want case %s first", text, answer.Causes, want)
		}
	}
}
