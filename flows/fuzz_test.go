package flows_test

import (
	"net/http"
	"strings"
	"testing"
	"unicode"

	"github.com/jarcoal/httpmock"

	"github.com/sfconform/sfconform/flows"
)

// FuzzTokenResponse: any answer is a usable token or an error of one clean line.
func FuzzTokenResponse(f *testing.F) {
	f.Add(200, granted("t", instanceURL))
	f.Add(200, `{"access_token":"a.e30.c","token_format":"jwt","instance_url":"https://x.my.salesforce.com","expires_in":"1e400"}`)
	f.Add(400, refusal("invalid_grant", "x"))
	f.Add(503, "<html>")
	f.Add(302, "")
	f.Add(200, `[{"errorCode":1}]`)
	f.Fuzz(func(t *testing.T, status int, body string) {
		o := newOrg()
		o.onToken(always(200+(status%400+400)%400, body))
		options := o.options()
		options.Retry.Attempts = 1
		token, err := newSource(t, clientCredentials(), options).AccessToken(t.Context())
		if (token == nil) == (err == nil) {
			t.Fatalf("token %v and error %v", token, err)
		}
		if err != nil && strings.ContainsFunc(err.Error(), func(r rune) bool { return !unicode.IsPrint(r) }) {
			t.Errorf("error is not one clean line: %q", err)
		}
		if token != nil && (token.AccessToken == "" || !strings.HasPrefix(token.InstanceURL, "https://")) {
			t.Errorf("unusable token at %q", token.InstanceURL)
		}
	})
}

// FuzzPrivateKey: any input is a key or a ConfigError that does not repeat it.
func FuzzPrivateKey(f *testing.F) {
	f.Add(testdata(f, "test-key.pkcs8.pem"))
	f.Add(testdata(f, "test-key.with-certificate.pem"))
	f.Add(testdata(f, "test-wrong.encrypted-pkcs1.pem"))
	f.Add([]byte("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"))
	f.Fuzz(func(t *testing.T, input []byte) {
		key, err := flows.ParsePrivateKey(input)
		if (key == nil) == (err == nil) {
			t.Fatalf("key %v and error %v", key, err)
		}
		if err != nil && len(input) > 100 && strings.Contains(err.Error(), string(input)) {
			t.Error("the error repeats the input")
		}
	})
}

// FuzzAPIError: any refused answer is an error of one clean line, and its body can still be read.
func FuzzAPIError(f *testing.F) {
	f.Add(expired)
	f.Add(`{"exceptionCode":"InvalidSessionId"}`)
	f.Add(`<faultcode>sf:INVALID_SESSION_ID</faultcode>`)
	f.Add("Bad_OAuth_Token")
	f.Fuzz(func(t *testing.T, body string) {
		e := flows.ReadAPIError(httpmock.NewStringResponse(http.StatusUnauthorized, body))
		if e == nil || e.Status != http.StatusUnauthorized {
			t.Fatalf("error is %v", e)
		}
		if strings.ContainsFunc(e.Error(), func(r rune) bool { return !unicode.IsPrint(r) }) {
			t.Errorf("error is not one clean line: %q", e)
		}
	})
}

// FuzzSaveResult: any answer to an insert is an id or an error of one clean line.
func FuzzSaveResult(f *testing.F) {
	f.Add(201, `{"id":"001x","success":true,"errors":[]}`)
	f.Add(200, `{"success":false,"errors":[{"message":1}]}`)
	f.Add(204, "")
	f.Add(400, expired)
	f.Fuzz(func(t *testing.T, status int, body string) {
		o := newOrg()
		o.onToken(numbered)
		o.RegisterResponder(http.MethodPost, accountURL, httpmock.NewStringResponder(200+(status%400+400)%400, body))
		id, err := flows.NewClient(newSource(t, clientCredentials(), o.options())).Create(t.Context(), "66", "Account", nil)
		if (id == "") == (err == nil) {
			t.Fatalf("id %q and error %v", id, err)
		}
		if err != nil && strings.ContainsFunc(err.Error(), func(r rune) bool { return !unicode.IsPrint(r) }) {
			t.Errorf("error is not one clean line: %q", err)
		}
	})
}
