package flows_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/jarcoal/httpmock"

	"github.com/sfconform/sfconform/flows"
)

func wantTokenError(t *testing.T, err error) *flows.TokenError {
	t.Helper()
	var refused *flows.TokenError
	if !errors.As(err, &refused) {
		t.Fatalf("error is %v, want a TokenError", err)
	}
	return refused
}

func TestUnknownAndOddFieldsAreIgnored(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(always(200, `{"access_token":"t-1","instance_url":"https://x.my.salesforce.com/","id":null,"scope":["a"],"issued_at":1713195676742,
		"token_type":"BEARER","nested":{"a":[1,{}]},"sfdc_community_url":null,"token_format":"opaque","api_instance_url":"https://api.salesforce.com"}`))
	token, err := login(t, o, clientCredentials())
	if err != nil {
		t.Fatal(err)
	}
	if token.InstanceURL != "https://x.my.salesforce.com" || token.APIInstanceURL != "https://api.salesforce.com" || token.Scope != "" {
		t.Errorf("token is %+v: %+v", token, *token)
	}
	if at, ok := token.IssuedTime(); !ok || at.UnixMilli() != 1713195676742 {
		t.Errorf("issued at %v, %v", at, ok)
	}
	if !token.HasScope("api") {
		t.Error("an absent scope is read as a missing scope")
	}
}

func TestMissingFieldsAreClearErrors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		status int
		body   string
		words  string
	}{
		{"no access_token", 200, `{"instance_url":"https://x.my.salesforce.com"}`, "no access_token"},
		{"empty access_token", 200, `{"access_token":"","instance_url":"https://x.my.salesforce.com"}`, "no access_token"},
		{"no instance_url", 200, `{"access_token":"t"}`, "no instance_url"},
		{"error object with 200", 200, `{"error":"invalid_grant","error_description":"heron-42"}`, "invalid_grant: heron-42"},
		{"other token type", 200, `{"access_token":"t","instance_url":"https://x.my.salesforce.com","token_type":"mac"}`, `"mac"`},
		{"unsendable token", 200, `{"access_token":"a\nb","instance_url":"https://x.my.salesforce.com"}`, "no header can carry"},
		{"html", 200, "<html>parked</html>", "not JSON"},
		{"empty", 200, "", "is empty"},
		{"broken", 200, `{"access_token":"t`, "broken JSON"},
		{"null", 200, `null`, "not JSON"},
		{"trailing", 200, `{"access_token":"t"} garbage`, "broken JSON"},
		{"empty 400", 400, "", "is empty"},
		{"400 without error", 400, `{"message":"x"}`, "not an OAuth error response"},
		{"api array", 404, `[{"errorCode":"NOT_FOUND","message":"heron-42"}]`, "NOT_FOUND: heron-42"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			o := newOrg()
			o.onToken(always(test.status, test.body))
			_, err := login(t, o, clientCredentials())
			refused := wantTokenError(t, err)
			if !strings.Contains(err.Error(), test.words) || !strings.Contains(err.Error(), "acme.my.salesforce.com") {
				t.Errorf("error is %q, want %q and the host", err, test.words)
			}
			if strings.Contains(err.Error(), "parked") || refused.Hint == "" || len(o.asked()) != 1 {
				t.Errorf("error %q, hint %q, %d requests", err, refused.Hint, len(o.asked()))
			}
		})
	}
}

func TestInstanceURLMustBeTrusted(t *testing.T) {
	t.Parallel()
	for _, instance := range []string{
		"http://acme.my.salesforce.com", "https://evil.test", "https://evilsalesforce.com", "https://salesforce.com.evil.test",
		"https://https://acme.my.salesforce.com", "https://127.0.0.1", "http://localhost:8080", "https://u:p@acme.my.salesforce.com", "acme", "https://[::1]",
	} {
		o := newOrg()
		o.onToken(always(200, granted(canaryToken, instance)))
		_, err := login(t, o, clientCredentials())
		if refused := wantTokenError(t, err); !strings.Contains(refused.Problem, "instance_url") {
			t.Errorf("%s: %v", instance, err)
		}
	}
	for _, instance := range []string{"https://acme.my.salesforce.com", "https://na91.salesforce.com", "https://x.my.salesforce.mil", "https://org.example.test"} {
		o := newOrg()
		o.onToken(always(200, granted(canaryToken, instance)))
		options := o.options()
		options.AllowedHosts = []string{"https://ORG.example.test:443/"}
		if _, err := newSource(t, clientCredentials(), options).AccessToken(t.Context()); err != nil {
			t.Errorf("%s: %v", instance, err)
		}
	}
}

func TestAllowedHostsBindPorts(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, login, instance string
		allowed               []string
		trusted               bool
	}{
		{"another port of loopback", "https://127.0.0.1:1", "https://127.0.0.1:2", nil, true},
		{"another port, others allowed", "https://127.0.0.1:1", "https://127.0.0.1:2", []string{"127.0.0.1:3"}, false},
		{"another port, allowed", "https://127.0.0.1:1", "https://127.0.0.1:2", []string{"https://127.0.0.1:2"}, true},
		{"the login's own port, others allowed", "https://127.0.0.1:1", "https://127.0.0.1:1", []string{"127.0.0.1:3"}, true},
		{"another name of loopback", "https://localhost:1", "https://evil.localhost:1", []string{"localhost:2"}, false},
		{"a port outside Salesforce, allowed", loginURL, "https://org.example.test:8443", []string{"org.example.test:8443"}, true},
		{"a port outside Salesforce, another allowed", loginURL, "https://org.example.test:8443", []string{"org.example.test:9443"}, false},
	}
	for _, test := range tests {
		o := newOrg()
		o.RegisterResponder(http.MethodPost, test.login+"/services/oauth2/token",
			httpmock.NewStringResponder(200, granted(canaryToken, test.instance)))
		flow, options := clientCredentials(), o.options()
		flow.LoginURL, options.AllowedHosts = test.login, test.allowed
		if _, err := newSource(t, flow, options).AccessToken(t.Context()); (err == nil) != test.trusted {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

func TestLongTokensArriveUnchanged(t *testing.T) {
	t.Parallel()
	for _, length := range []int{112, 600, 2100, 4096} {
		token := "00D!" + strings.Repeat("aZ9._-", length/6)
		o := newOrg()
		o.onToken(always(200, granted(token, instanceURL)))
		got, err := login(t, o, clientCredentials())
		if err != nil || got.AccessToken != token {
			t.Errorf("%d characters: %v", length, err)
		}
	}
}

func TestHugeAnswerIsCut(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(always(200, `{"x":"`+strings.Repeat("a", 2<<20)+`"}`))
	_, err := login(t, o, clientCredentials())
	if refused := wantTokenError(t, err); !strings.Contains(err.Error(), "longer than the limit") || refused.Temporary() {
		t.Errorf("error is %.200q", err.Error())
	}
}

func TestRedirectIsNotFollowed(t *testing.T) {
	t.Parallel()
	for _, status := range []int{301, 302, 303, 307, 308} {
		o := newOrg()
		o.onToken(func(int) *http.Response {
			response := httpmock.NewStringResponse(status, "")
			response.Header.Set("Location", "https://canary.example.test/services/oauth2/token")
			return response
		})
		_, err := login(t, o, clientCredentials())
		refused := wantTokenError(t, err)
		if refused.RedirectHost != "canary.example.test" || !strings.Contains(refused.Hint, "LoginURL") || o.GetTotalCallCount() != 1 {
			t.Errorf("%d: %v, hint %q, %d calls", status, err, refused.Hint, o.GetTotalCallCount())
		}
	}
}

func TestExpiryComesFromExpiresInOrJWT(t *testing.T) {
	t.Parallel()
	jwtToken := "e30." + base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, `{"exp":%d}`, clockStart.Add(time.Hour).Unix())) + ".sig"
	tests := []struct {
		name, fields string
		want         time.Duration
	}{
		{"absent", `"access_token":"t"`, 0},
		{"number", `"access_token":"t","expires_in":60`, time.Minute},
		{"string", `"access_token":"t","expires_in":"60"`, time.Minute},
		{"zero", `"access_token":"t","expires_in":0`, 0},
		{"negative", `"access_token":"t","expires_in":-5`, 0},
		{"issued_at is no expiry", `"access_token":"t","issued_at":"1000"`, 0},
		{"jwt format", `"access_token":"` + jwtToken + `","token_format":"jwt"`, time.Hour},
		{"looks like a jwt", `"access_token":"` + jwtToken + `"`, 0},
		{"broken jwt", `"access_token":"abc","token_format":"jwt"`, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			o := newOrg()
			o.onToken(always(200, `{`+test.fields+`,"instance_url":"https://x.my.salesforce.com"}`))
			token, err := login(t, o, clientCredentials())
			if err != nil {
				t.Fatal(err)
			}
			if got := token.Expiry; test.want == 0 && !got.IsZero() || test.want != 0 && !got.Equal(clockStart.Add(test.want)) {
				t.Errorf("expiry is %v, want %v from the start", got, test.want)
			}
		})
	}
}

func TestSignatureIsVerifiedWhenAsked(t *testing.T) {
	t.Parallel()
	// HMAC-SHA256 of id and issued_at under "test-secret", made with openssl dgst -sha256 -hmac.
	const good = "jKDvsS0xt0n23hhngevUBcslMVFJTTTxdVJpjsXzbOQ="
	token := flows.Token{ID: "https://login.salesforce.com/id/00D000000000001EAA/005000000000001AAA", IssuedAt: "1713195676742", Signature: good}
	if err := flows.VerifySignature(&token, "test-secret"); err != nil {
		t.Errorf("good signature: %v", err)
	}
	if err := flows.VerifySignature(&token, "other"); !errors.Is(err, flows.ErrWrongSignature) {
		t.Errorf("wrong secret: %v", err)
	}
	token.Signature = "%"
	if err := flows.VerifySignature(&token, "test-secret"); !errors.Is(err, flows.ErrWrongSignature) {
		t.Errorf("no base64: %v", err)
	}
	o := newOrg()
	o.onToken(numbered)
	flow := clientCredentials()
	flow.VerifySignature = true
	if _, err := login(t, o, flow); err == nil || !strings.Contains(err.Error(), "no signature") {
		t.Errorf("missing signature: %v", err)
	}
}

func TestTokenOfAnotherOrgIsRefusedWhenOneIsExpected(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(always(200, `{"access_token":"t","instance_url":"https://x.my.salesforce.com","id":"https://test.salesforce.com/id/00D000000000002EAA/005000000000001AAA"}`))
	flow := clientCredentials()
	flow.ExpectedOrgID = "00D000000000001"
	if _, err := login(t, o, flow); err == nil || !strings.Contains(err.Error(), "expected org") {
		t.Errorf("error is %v", err)
	}
	flow.ExpectedOrgID = "00D000000000002EAA"
	token, err := login(t, o, flow)
	if err != nil || token.OrgID() != "00D000000000002EAA" || token.UserID() != "005000000000001AAA" {
		t.Errorf("token %v, error %v", token, err)
	}
}

func TestTokenThatNamesNoOrgPassesTheExpectation(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(numbered)
	flow := clientCredentials()
	flow.ExpectedOrgID = "00D000000000001"
	if token, err := login(t, o, flow); err != nil || token.OrgID() != "" {
		t.Errorf("token %v, error %v", token, err)
	}
}

func TestIdentityURLIsNotNeeded(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"", "x", "https://h/", "https://h/id/00Dshort/005x", "::"} {
		token := flows.Token{ID: id}
		if token.OrgID() != "" || token.UserID() != "" {
			t.Errorf("%q gives %q, %q", id, token.OrgID(), token.UserID())
		}
	}
}
