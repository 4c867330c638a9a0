package explain_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/explain"
)

// planted are secrets in the shapes in which people paste them: none may come back.
var planted = []struct{ text, secret string }{
	{"client_id=3MVG9AbC.dEf_1234567890&client_secret=S3CR3Tvalue0001&grant_type=client_credentials", "S3CR3Tvalue0001"},
	{`{"client_secret": "S3CR3Tvalue0002", "error":"invalid_client"}`, "S3CR3Tvalue0002"},
	{"Authorization: Bearer 00DAk0000012345!AQEAQS3CR3Tvalue0003.abcdefgh", "S3CR3Tvalue0003"},
	{"authorization: basic UzNDUjNUdmFsdWUwMDA0OnNlY3JldA==", "UzNDUjNUdmFsdWUwMDA0"},
	{"-----BEGIN RSA PRIVATE KEY-----\nUzNDUjNUdmFsdWUwMDA1UzNDUjNUdmFsdWU\nUzNDUjNUdmFsdWUwMDA2\n-----END RSA PRIVATE KEY-----", "UzNDUjNUdmFsdWUwMDA2"},
	{`-----BEGIN PRIVATE KEY-----\nUzNDUjNUdmFsdWUwMDA3\nUzNDUjNUdmFsdWUwMDA3AB\n-----END PRIVATE KEY-----\n`, "UzNDUjNUdmFsdWUwMDA3AB"},
	{"assertion=eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.UzNDUjNUdmFsdWUwMDA4-sig", "UzNDUjNUdmFsdWUwMDA4"},
	{"<password>S3CR3Tvalue0009</password><sessionId>00D!S3CR3Tvalue0010</sessionId>", "S3CR3Tvalue0009"},
	{"sf = Salesforce(username='a@b.com', password='S3CR3T & value0011', security_token='x')", "S3CR3T & value0011"},
	{"curl -u 3MVG9key:S3CR3Tvalue0012 https://acme.my.salesforce.com/services/oauth2/token", "S3CR3Tvalue0012"},
	{`"body":"{\"refresh_token\":\"5Aep861S3CR3Tvalue0013\"}"`, "S3CR3Tvalue0013"},
	{"SF_CLIENT_SECRET=S3CR3Tvalue0014 npm start", "S3CR3Tvalue0014"},
	{"callback?code=aPrxS3CR3Tvalue0015%3D%3D&state=1 expired authorization code", "S3CR3Tvalue0015"},
	{"https://user:S3CR3Tvalue0016@proxy.example.com:3128 Proxy Authentication Required", "S3CR3Tvalue0016"},
	{"client%5Fsecret%3DS3CR3Tvalue0017%26grant_type=password authentication failure", "S3CR3Tvalue0017"},
}

func TestNoSecretOfThePasteComesBack(t *testing.T) {
	t.Parallel()
	for _, p := range planted {
		for _, trouble := range []string{"", "\n400 invalid_grant: authentication failure", " error ENOTFOUND acme.my.salesforce.com"} {
			text, err := json.Marshal(explain.Explain(p.text+trouble, explain.Context{}))
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(text), p.secret) {
				t.Errorf("%s comes back from\n%s\nin\n%s", p.secret, p.text+trouble, text)
			}
		}
	}
}

func FuzzExplain(f *testing.F) {
	for _, p := range planted {
		f.Add(p.text)
	}
	for _, r := range fixtures.Refusals[:20] {
		f.Add(string(r.Answer.Body()))
	}
	for _, text := range []string{
		"", "\x00\xff\xfe", "\x1b[31mERROR\x1b[0m ip restricted", `\u00`, `\`, "%zz%41", "&#39;&amp;amp;", "ENOTFOUND", "aud=", "exp=9999999999 iat=1", "https://.salesforce.com",
		"eyJhbGciOiJub25lIn0.eyJhdWQiOlsiIl0sImV4cCI6IngifQ.", "user hasn't approved this cons…", strings.Repeat("invalid_grant ", 300),
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a := explain.Explain(text, explain.Context{})
		if len(a.Causes) == 0 || len(a.Causes) > 5 {
			t.Fatalf("%d causes", len(a.Causes))
		}
		for i, c := range a.Causes {
			if c.Confidence < 0 || c.Confidence > 1 || c.Fix == "" || c.TellApart == "" || c.Wait == "" {
				t.Errorf("%+v", c)
			}
			if i > 1 && c.Confidence > a.Causes[i-1].Confidence {
				t.Errorf("%s stands behind %s", c.ID, a.Causes[i-1].ID)
			}
			for _, e := range c.Evidence {
				if len(e) > 600 || !utf8.ValidString(e) {
					t.Errorf("evidence of %d bytes: %q", len(e), e)
				}
			}
		}
	})
}

func TestAHugeTextIsReadInPartAndSaysSo(t *testing.T) {
	t.Parallel()
	line := "2026-01-01T00:00:00Z INFO nothing to see here, moving on with the batch\n"
	text := strings.Repeat(line, 3<<20/len(line)) + `ERROR {"error":"invalid_grant","error_description":"inactive organization"}` + "\n"
	a := explain.Explain(text, explain.Context{})
	if a.Causes[0].ID != "org-expired-or-inactive" || len(a.Notes) == 0 {
		t.Errorf("found %v, notes %q", ids(a), a.Notes)
	}
	a = explain.Explain(strings.Repeat("\x00\x01\xfe binary \xff", 1<<17), explain.Context{})
	if a.Causes[0].ID != fixtures.CauseInsufficient {
		t.Errorf("binary is explained as %v", ids(a))
	}
}

func BenchmarkExplain(b *testing.B) {
	text := "request to https://acme.my.salesforce.com/services/oauth2/token failed\n" + string(fixtures.MustRefusal("run-as-missing").Answer.Body())
	for b.Loop() {
		explain.Explain(text, explain.Context{})
	}
}

func BenchmarkExplainLongest(b *testing.B) {
	line := "2026-01-01T00:00:00Z ERROR token request failed for https://acme.my.salesforce.com status 400 error invalid thing abcdefgh ijkl\n"
	text := strings.Repeat(line, explain.MaxInput/len(line))
	for b.Loop() {
		explain.Explain(text, explain.Context{})
	}
}
