package explain_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/explain"
)

func ids(a explain.Answer) []fixtures.CauseID {
	list := make([]fixtures.CauseID, len(a.Causes))
	for i, f := range a.Causes {
		list[i] = f.ID
	}
	return list
}

// wireForms are the forms in which an answer reaches people: its bytes, and what a
// library makes of them.
func wireForms(a fixtures.Answer) map[string]string {
	forms := map[string]string{"body": string(a.Body())}
	if a.Format == fixtures.FormatRedirect {
		forms["body"] = "https://app.example.com/callback?error=" + a.Error + "&error_description=" + strings.ReplaceAll(a.Description, " ", "+")
	}
	if a.Format == fixtures.FormatOAuth {
		forms["exception"] = "simple_salesforce.exceptions.SalesforceAuthenticationFailed: " + a.Error + ": " + a.Description
		forms["escaped"] = `level=error msg="login failed" body="{\"error\":\"` + a.Error + `\",\"error_description\":\"` + a.Description + `\"}"`
	}
	if a.Format == fixtures.FormatREST {
		forms["exception"] = "jsforce: " + a.Error + ": " + a.Description + "\n    at HttpApi.getError (/app/node_modules/jsforce/lib/http-api.js:250:13)"
	}
	return forms
}

func TestEveryRefusalIsExplainedByItsWireText(t *testing.T) {
	t.Parallel()
	for _, r := range fixtures.Refusals {
		if r.Answer.Format == fixtures.FormatNone {
			continue
		}
		for form, text := range wireForms(r.Answer) {
			a := explain.Explain(text, explain.Context{})
			if a.Causes[0].ID == r.Causes[0] {
				continue
			}
			if !slices.Contains(ids(a), r.Causes[0]) {
				t.Errorf("%s (%s): %s is not among %v\n%s", r.ID, form, r.Causes[0], ids(a), text)
			} else if a.Ambiguous == "" {
				t.Errorf("%s (%s): %s stands behind %v, and nothing says that the words are ambiguous", r.ID, form, r.Causes[0], ids(a))
			}
		}
	}
}

// Many texts are short: a status of the login history stands there as its column has it.
func TestEveryTextThatPointsToCausesIsExplainedByTheFirst(t *testing.T) {
	t.Parallel()
	for _, text := range fixtures.CauseTexts() {
		pasted := "Salesforce: " + text.Text
		if got := ids(explain.Explain(pasted, explain.Context{})); !slices.Contains(got[:min(2, len(got))], text.Causes[0]) {
			t.Errorf("%q (%s): %v, want %s", pasted, text.Place, got, text.Causes[0])
		}
	}
}
