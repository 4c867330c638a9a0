package journal_test

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/mocksf/journal"
)

const (
	key    = "3MVG9LVDBFOxct93Rzb57lfVq9kVrdzqjC.71XFnYcRXx5oPm4QDkFjahUVUT10El8Z9LVwz9JB2NnIuDJDiG"
	secret = "F37E2F6164826537992D58E42E19211B818ED867F78A0B76B86F4AC0A1BF04C5"
	token  = "00D5g000004Wm2Q!AQEAQFq8zT0rB1nXk3.uYp9sWdLc7vHjG2mKf6xEoPiRaSt5yNbUw4Z_hVqJlM8gCkDeTnXrB1zQ"
)

func assertion(header, payload string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(header)) + "." +
		base64.RawURLEncoding.EncodeToString([]byte(payload)) + ".c2lnbmF0dXJl"
}

func TestRedactShowsWhatIsHarmless(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x y ", 100)
	for _, tt := range []struct{ name, value, want string }{
		{"grant_type", "client_credentials", "client_credentials"},
		{"grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer", "urn:ietf:params:oauth:grant-type:jwt-bearer"},
		{"grant_type", secret, "[redacted 64 characters]"},
		{"scope", "api refresh_token", "api refresh_token"},
		{"scope", long, long[:256] + "…"},
		{"scope", strings.Repeat("ä", 200), strings.Repeat("ä", 128) + "…"},
		{"username", "test-abcdef123456@example.com", "test-abcdef123456@example.com"},
		{"username", "user-550e8400-e29b-41d4-a716-446655440000@acme.example", "user-550e8400-e29b-41d4-a716-446655440000@acme.example"},
		{"username", key, "[redacted 85 characters]"},
		{"client_id", key, "3MVG9LVDBFOx…"},
		{"client_id", "hunter2", "hun…"},
		{"client_id", "x", "…"},
		{"client_id", "", ""},
		{"client_secret", secret, "[redacted 64 characters]"},
		{"client_secret", "", ""},
		{"Client_Secret", secret, "[redacted 64 characters]"},
		{"password", "pässword", "[redacted 8 characters]"},
		{"something", "short", "[redacted 5 characters]"},
		{"redirect_uri", "https://a.example/callback?code=abc#x", "https://a.example/callback"},
		{"redirect_uri", "https://me:pw@a.example/", "[redacted 24 characters]"},
		{"Authorization", "Basic aWQ6c2VjcmV0", "Basic [redacted 12 characters]"},
		{"Authorization", "Bearer " + token, "Bearer [redacted 92 characters]"},
		{"Authorization", "NTLM x", "[redacted 6 characters]"},
	} {
		got := journal.Redact(tt.name, tt.value)
		if got != tt.want {
			t.Errorf("Redact(%q, %q) = %q, want %q", tt.name, tt.value, got, tt.want)
		}
	}
}

func TestRedactShowsTheClaimsOfAnAssertionOnly(t *testing.T) {
	t.Parallel()
	payload := fmt.Sprintf(`{"iss":%q,"sub":"a@acme.example","aud":"https://login.salesforce.com","exp":1778051400,"x":%q}`, key, secret)
	whole := assertion(`{"alg":"RS256"}`, payload)
	padded := base64.URLEncoding.EncodeToString([]byte(`{"alg":"RS256"}`)) + "." + base64.URLEncoding.EncodeToString([]byte(payload)) + ".c2ln"
	claims := "[claims alg=RS256 iss=3MVG9LVDBFOx… sub=a@acme.example aud=https://login.salesforce.com exp=1778051400]"
	for name, tt := range map[string]struct{ value, want string }{
		"whole":          {whole, claims},
		"padded":         {padded, claims},
		"prn and string": {assertion(`{"alg":"none"}`, `{"prn":"b@acme.example","exp":"12","aud":["a","b"]}`), `[claims alg=none iss= prn=b@acme.example aud=["a","b"] exp=12]`},
		"secret as sub":  {assertion(`{"alg":"RS256"}`, `{"sub":"`+secret+`"}`), "[claims alg=RS256 iss= sub=[redacted 64 characters]]"},
		"no signature":   {whole[:strings.LastIndex(whole, ".")], fmt.Sprintf("[redacted %d characters]", strings.LastIndex(whole, "."))},
		"no JSON":        {assertion("x", "y"), "[redacted 18 characters]"},
		"a private key":  {"-----BEGIN PRIVATE KEY-----\nMIIE", "[redacted 32 characters]"},
		"too long":       {assertion(`{"alg":"RS256"}`, `{"sub":"`+strings.Repeat("a", 9000)+`"}`), "[redacted 12048 characters]"},
		"long claims":    {assertion(`{"alg":"RS256"}`, `{"sub":"`+strings.Repeat("ab ", 99)+`"}`), "[claims alg=RS256 iss= sub=" + strings.Repeat("ab ", 26) + "ab…]"},
	} {
		got := journal.Redact("assertion", tt.value)
		if got != tt.want {
			t.Errorf("%s: got %q, want %q", name, got, tt.want)
		}
	}
}

func TestParamsShowEachValueByName(t *testing.T) {
	t.Parallel()
	got := journal.Params(url.Values{
		"grant_type": {"password", "client_credentials"}, "client_secret": {secret}, `{"json":"body"}`: {""},
	})
	want := "client_secret=[redacted 64 characters] grant_type=password grant_type=client_credentials [redacted 15 characters]="
	if text := join(got); text != want {
		t.Errorf("Params = %s, want %s", text, want)
	}
	if got := journal.Params(nil); got != nil {
		t.Errorf("Params(nil) = %v", got)
	}
}

func join(params []journal.Param) string {
	list := make([]string, len(params))
	for i, p := range params {
		list[i] = p.Name + "=" + p.Value
	}
	return strings.Join(list, " ")
}

func TestParamsAreBounded(t *testing.T) {
	t.Parallel()
	values := url.Values{"p0000": {"a", "b"}}
	for i := range 5000 {
		values.Add(fmt.Sprintf("p%04d", i), "x")
	}
	j := journal.New(1)
	j.Add(journal.Entry{Params: journal.Params(values)})
	last, _ := j.Last()
	if n := len(last.Params); n != 33 {
		t.Fatalf("%d parameters are shown", n)
	}
	if got := last.Params[31].Name; got != "p0029" {
		t.Errorf("the last parameter shown is %q", got)
	}
	if got := join(last.Params[32:]); got != "…=[redacted 4970 parameters]" {
		t.Errorf("the rest is %q", got)
	}
}

func TestAddRedactsWhatAClientHasAHandIn(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ path, want string }{
		{"/services/oauth2/token", "/services/oauth2/token"},
		{"/id/00D5g000004Wm2QEAS/0055g00000AbCdEAAV", "/id/00D5g000004Wm2QEAS/0055g00000AbCdEAAV"},
		{"/services/data/v67.0/query?q=SELECT+Id", "/services/data/v67.0/query"},
		{"/services/oauth2/token&client_secret=abc", "/services/oauth2/token[redacted 18 characters]"},
		{"/services/" + secret, "/services/[redacted 64 characters]"},
		{"/" + strings.Repeat("a/", 300), "/" + strings.Repeat("a/", 127) + "a…"},
	} {
		j := journal.New(1)
		j.Add(journal.Entry{Method: secret, Host: secret + ".example", Path: tt.path, Grant: secret, ClientID: key, Username: token})
		e, _ := j.Last()
		if e.Path != tt.want {
			t.Errorf("path %q is kept as %q, want %q", tt.path, e.Path, tt.want)
		}
		if e.Method != "[redacted 64 characters]" || e.Host != "[redacted 72 characters]" || e.Grant != "[redacted 64 characters]" ||
			e.ClientID != "3MVG9LVDBFOx…" || e.Username != "[redacted 92 characters]" {
			t.Errorf("kept as %+v", e)
		}
	}
}
