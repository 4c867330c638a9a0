package explain_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/explain"
)

func words(id fixtures.RefusalID) string { return fixtures.MustRefusal(id).Answer.Description }

// shapes are how one sentence of Salesforce reaches a support desk.
func shapes(sentence string) map[string]string {
	quoted := strings.ReplaceAll(sentence, `"`, `\"`)
	return map[string]string{
		"upper case":     strings.ToUpper(sentence),
		"wrapped":        strings.ReplaceAll(sentence, " ", "\n    "),
		"coloured":       "\x1b[31m" + strings.ReplaceAll(sentence, " ", " \x1b[1m") + "\x1b[0m",
		"percent":        "error_description=" + strings.NewReplacer(" ", "%20", "'", "%27").Replace(sentence),
		"plus":           "error_description=" + strings.NewReplacer(" ", "+", "'", "%27").Replace(sentence),
		"HTML":           "<p>" + strings.NewReplacer("'", "&#39;", " ", "&nbsp;").Replace(sentence) + "</p>",
		"XML":            "<faultstring>" + strings.ReplaceAll(sentence, "'", "&apos;") + "</faultstring>",
		"JSON in JSON":   `{"log":"{\"error_description\":\"` + strings.ReplaceAll(quoted, "'", `\\u0027`) + `\"}"}`,
		"curly quotes":   "“" + strings.ReplaceAll(sentence, "'", "’") + "”",
		"quoted by mail": "> " + strings.ReplaceAll(sentence, " ", "\n> "),
		"cut":            sentence[:len(sentence)*4/5] + "...",
		"spaced":         strings.ReplaceAll(sentence, " ", "   "),
		"UTF-16":         wide(sentence),
	}
}

// wide is the text as a Windows program writes it.
func wide(s string) string {
	var b strings.Builder
	_, _ = b.WriteString("\xff\xfe")
	for i := range len(s) {
		_, _ = b.Write([]byte{s[i], 0})
	}
	return b.String()
}

func TestASentenceIsKnownInWhateverShapeItComes(t *testing.T) {
	t.Parallel()
	for id, cause := range map[fixtures.RefusalID]fixtures.CauseID{
		"user-not-approved": "jwt-user-not-preauthorised", "run-as-missing": "run-as-user-missing", "host-generic": "wrong-host-login-instead-of-my-domain",
		"user-not-admin-approved": "user-not-admin-approved", "scope-sent": "client-bug-sends-scope",
	} {
		for shape, text := range shapes(words(id)) {
			if got := ids(explain.Explain(text, explain.Context{})); got[0] != cause {
				t.Errorf("%s, %s: %v\n%q", id, shape, got, text)
			}
		}
	}
}

func TestTheGrantDecidesWhatAnExpiredCodeMeans(t *testing.T) {
	t.Parallel()
	for request, cause := range map[string]fixtures.CauseID{
		"grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=x": "jwt-expired-or-clock-skew",
		"grant_type=authorization_code&redirect_uri=https://app.example.com":           "auth-code-expired-or-reused",
		`{"grant_type" => "refresh_token"}`:                                            "client-bug-token-rotation-race",
	} {
		if got := ids(explain.Explain(request+"\n"+words("assertion-expired"), explain.Context{})); got[0] != cause {
			t.Errorf("%s: %v", request, got)
		}
	}
}

func TestTheLoginURLOfTheCallerNarrows(t *testing.T) {
	t.Parallel()
	text := words("grant-type-missing")
	for login, cause := range map[string]fixtures.CauseID{
		"http://acme.my.salesforce.com":      "client-bug-http-not-https",
		"https://acme.lightning.force.com":   "wrong-host-not-my-domain-form",
		"acme.my.salesforce.com":             "client-bug-http-not-https",
		"https://acme.my.salesforce.com:443": "client-bug-body-not-form-encoded",
	} {
		if got := ids(explain.Explain(text, explain.Context{LoginURL: login})); got[0] != cause {
			t.Errorf("%s: %v", login, got)
		}
	}
}

// assertionOf is a JWT with these claims; its signature is nonsense.
func assertionOf(header, claims string) string {
	encode := base64.RawURLEncoding.EncodeToString
	return encode([]byte(header)) + "." + encode([]byte(claims)) + ".c2lnbmF0dXJl"
}

func TestAnAssertionInTheTextIsRead(t *testing.T) {
	t.Parallel()
	rs256 := `{"alg":"RS256"}`
	for name, c := range map[string]struct {
		jwt   string
		words fixtures.RefusalID
		date  string
		cause fixtures.CauseID
	}{
		"generic audience": {assertionOf(rs256, `{"aud":"https://login.salesforce.com","exp":4102444800}`), "app-not-installed", "", "wrong-host-login-instead-of-my-domain"},
		"HS256":            {assertionOf(`{"alg":"HS256"}`, `{"aud":"https://login.salesforce.com"}`), "client-secret-wrong", "", "jwt-signature-certificate-mismatch"},
		"late":             {assertionOf(rs256, `{"exp":1767261600,"aud":"https://login.salesforce.com"}`), "assertion-expired", "Date: Thu, 01 Jan 2026 10:07:00 GMT", "jwt-expired-or-clock-skew"},
		"an hour off":      {assertionOf(rs256, `{"exp":"1767261600","aud":"https://login.salesforce.com"}`), "assertion-expired", "Date: Thu, 01 Jan 2026 11:01:30 GMT", "client-bug-jwt-exp-timezone"},
	} {
		text := "assertion=" + c.jwt + "\n" + c.date + "\n" + words(c.words)
		if got := ids(explain.Explain(text, explain.Context{})); got[0] != c.cause {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestTheRootIsNamedBeforeWhatFollowedFromIt(t *testing.T) {
	t.Parallel()
	text := string(fixtures.MustRefusal("session-expired").Answer.Body()) + "\nlogging in again\n" + string(fixtures.MustRefusal("client-secret-wrong").Answer.Body()) +
		"\nTypeError: Cannot read properties of undefined (reading 'access_token')"
	if got := ids(explain.Explain(text, explain.Context{})); got[0] != "consumer-secret-wrong" {
		t.Errorf("found %v", got)
	}
}

func TestNoAnswerIsConfidentWithoutAReason(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", " \n\t", "lorem ipsum dolor sit amet", "404", "{}", "[]", "<html></html>", "ok", "Salesforce", "https://acme.my.salesforce.com"} {
		a := explain.Explain(text, explain.Context{})
		if a.Causes[0].ID != fixtures.CauseInsufficient || len(a.Collect) == 0 {
			t.Errorf("%q is explained as %v, collect %q", text, ids(a), a.Collect)
		}
	}
}

func TestALineOfTheLoginHistoryIsKnownWhereItsColumnEnds(t *testing.T) {
	t.Parallel()
	text := "TIME,STATUS,APPLICATION\n2026-01-01,Failed: Username-Password Flow Disab...,Data Sync"
	if got := ids(explain.Explain(text, explain.Context{})); got[0] != "password-flow-disabled" {
		t.Errorf("found %v", got)
	}
}
