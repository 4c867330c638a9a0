package flows_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/sfconform/sfconform/flows"
)

func login(t *testing.T, o *org, flow flows.Flow) (*flows.Token, error) {
	t.Helper()
	return newSource(t, flow, o.options()).AccessToken(t.Context())
}

func TestBasicCarriesFormEncodedPairAndNothingInTheBody(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(numbered)
	if _, err := login(t, o, clientCredentials()); err != nil {
		t.Fatal(err)
	}
	sent := o.asked()[0]
	raw, found := strings.CutPrefix(sent.header.Get("Authorization"), "Basic ")
	if !found {
		t.Fatal("no Basic header")
	}
	pair, err := base64.StdEncoding.DecodeString(raw)
	if err != nil {
		t.Fatal(err)
	}
	id, secret, _ := strings.Cut(string(pair), ":")
	if got, _ := url.QueryUnescape(id); got != canaryID {
		t.Errorf("client id decodes to %q", got)
	}
	if got, _ := url.QueryUnescape(secret); got != canarySecret {
		t.Errorf("secret decodes to %q", got)
	}
	if got := sent.form.Encode(); got != "grant_type=client_credentials" {
		t.Errorf("form is %q", got)
	}
}

func TestBodyStyleSendsThePairInTheFormOnly(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(numbered)
	flow := clientCredentials()
	flow.AuthStyle = flows.AuthBody
	if _, err := login(t, o, flow); err != nil {
		t.Fatal(err)
	}
	sent := o.asked()[0]
	want := url.Values{"grant_type": {"client_credentials"}, "client_id": {canaryID}, "client_secret": {canarySecret}}
	if sent.form.Encode() != want.Encode() || sent.header.Get("Authorization") != "" || sent.query != "" {
		t.Errorf("form %v, Authorization %q, query %q", sent.form, sent.header.Get("Authorization"), sent.query)
	}
}

func TestTokenRequestHeaders(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(numbered)
	options := o.options()
	options.UserAgent = "acme-sync/7"
	if _, err := newSource(t, clientCredentials(), options).AccessToken(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json", "User-Agent": "acme-sync/7",
	}
	for name, value := range want {
		if got := o.asked()[0].header.Get(name); got != value {
			t.Errorf("%s is %q, want %q", name, got, value)
		}
	}
}

func TestStrayWhiteSpaceIsTrimmed(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(numbered)
	flow := flows.ClientCredentials{
		LoginURL: " " + loginURL + "/\n", ClientID: "\ufeff" + canaryID + "\r\n", ClientSecret: "\t" + canarySecret + "\n", AuthStyle: flows.AuthBody,
	}
	if _, err := login(t, o, flow); err != nil {
		t.Fatal(err)
	}
	if got := o.asked()[0].form; got.Get("client_secret") != canarySecret || got.Get("client_id") != canaryID {
		t.Errorf("sent %v", got)
	}
}

// TestAssertionMatchesOpenSSL compares with a text that no Go code has signed.
func TestAssertionMatchesOpenSSL(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(numbered)
	options := o.options()
	options.Rand = bytes.NewReader([]byte{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
	flow := flows.JWTBearer{
		LoginURL: loginURL, ClientID: "3MVG9testConsumerKey", Username: "integration@example.test",
		PrivateKey: testKey(t), Audience: "https://login.salesforce.com/", Lifetime: 2 * time.Minute,
	}
	if _, err := newSource(t, flow, options).AccessToken(t.Context()); err != nil {
		t.Fatal(err)
	}
	witness := strings.TrimSpace(string(testdata(t, "assertion.jwt")))
	if got := o.asked()[0].form.Get("assertion"); got != witness {
		t.Errorf("assertion differs from the witness of openssl:\n got %s\nwant %s", got, witness)
	}
}

func claimsOf(t *testing.T, assertion string) map[string]any {
	t.Helper()
	payload, err := base64.RawURLEncoding.DecodeString(strings.Split(assertion, ".")[1])
	if err != nil {
		t.Fatal(err)
	}
	var claims map[string]any
	if err := json.Unmarshal(payload, &claims); err != nil {
		t.Fatal(err)
	}
	return claims
}

func TestAssertionClaims(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(numbered)
	flow := jwtBearer(t)
	flow.Username = `o'br"ien+ü@x.test`
	if _, err := login(t, o, flow); err != nil {
		t.Fatal(err)
	}
	form := o.asked()[0].form
	if len(form) != 2 || form.Get("grant_type") != "urn:ietf:params:oauth:grant-type:jwt-bearer" {
		t.Errorf("form has %v", form)
	}
	claims := claimsOf(t, form.Get("assertion"))
	if claims["iss"] != canaryID || claims["sub"] != flow.Username || claims["aud"] != loginURL {
		t.Errorf("claims %v", claims)
	}
	if exp, isNumber := claims["exp"].(float64); !isNumber || int64(exp)-clockStart.Unix() != 120 {
		t.Errorf("exp is %v, want a number 120 s ahead of %d", claims["exp"], clockStart.Unix())
	}
	for _, name := range []string{"prn", "iat", "nbf"} {
		if _, there := claims[name]; there {
			t.Errorf("claim %s is there", name)
		}
	}
}

func TestAssertionVerifiesAsRS256(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(numbered)
	if _, err := login(t, o, jwtBearer(t)); err != nil {
		t.Fatal(err)
	}
	public, err := jwt.ParseRSAPublicKeyFromPEM(testdata(t, "test-wrong.public.pem"))
	if err != nil {
		t.Fatal(err)
	}
	parser := jwt.NewParser(jwt.WithValidMethods([]string{"RS256"}), jwt.WithoutClaimsValidation())
	if _, err := parser.Parse(o.asked()[0].form.Get("assertion"), func(*jwt.Token) (any, error) { return public, nil }); err != nil {
		t.Error(err)
	}
}

func TestEveryAttemptSignsAFreshAssertion(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(sequence(always(503, ""), always(503, ""), numbered))
	if _, err := login(t, o, jwtBearer(t)); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, r := range o.asked() {
		seen[r.form.Get("assertion")] = true
	}
	if len(seen) != 3 {
		t.Errorf("%d different assertions in 3 requests", len(seen))
	}
}

func TestAudienceFollowsLoginURLUnlessSet(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, login, audience, want string }{
		{"my domain", "https://acme.my.salesforce.com/", "", "https://acme.my.salesforce.com"},
		{"sandbox my domain", "acme--dev.sandbox.my.salesforce.com", "", "https://acme--dev.sandbox.my.salesforce.com"},
		{"generic", "https://login.salesforce.com", "", "https://login.salesforce.com"},
		{"set apart", "https://agency.my.salesforce.com", "https://test.salesforce.com/", "https://test.salesforce.com"},
		{"pasted token URL", "https://acme.my.salesforce.com", "https://test.salesforce.com/services/oauth2/token", "https://test.salesforce.com"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			o := newOrg()
			o.RegisterNoResponder(func(r *http.Request) (*http.Response, error) {
				if err := r.ParseForm(); err != nil {
					return nil, err
				}
				if got := claimsOf(t, r.PostForm.Get("assertion"))["aud"]; got != test.want {
					t.Errorf("aud is %q, want %q", got, test.want)
				}
				return numbered(1), nil
			})
			flow := jwtBearer(t)
			flow.LoginURL, flow.Audience = test.login, test.audience
			if _, err := login(t, o, flow); err != nil {
				t.Fatal(err)
			}
		})
	}
}
