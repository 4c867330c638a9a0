package flows_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/flows"
)

func wantSetting(t *testing.T, err error, setting, words string) {
	t.Helper()
	var config *flows.ConfigError
	if !errors.As(err, &config) {
		t.Fatalf("error is %v, want a ConfigError about %s", err, setting)
	}
	if config.Setting != setting || !strings.Contains(err.Error(), words) {
		t.Errorf("error is %q, want setting %s and %q", err, setting, words)
	}
}

func TestWrongSettingsAreNamedBeforeTheNetwork(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, setting, words string
		change               func(*flows.ClientCredentials)
	}{
		{"no login URL", "LoginURL", "is missing", func(c *flows.ClientCredentials) { c.LoginURL = "" }},
		{"no client id", "ClientID", "is missing", func(c *flows.ClientCredentials) { c.ClientID = " \n" }},
		{"no secret", "ClientSecret", "is missing", func(c *flows.ClientCredentials) { c.ClientSecret = "" }},
		{"undefined", "ClientSecret", "placeholder", func(c *flows.ClientCredentials) { c.ClientSecret = "undefined" }},
		{"null", "ClientID", "placeholder", func(c *flows.ClientCredentials) { c.ClientID = "null" }},
		{"None", "ClientID", "placeholder", func(c *flows.ClientCredentials) { c.ClientID = "None" }},
		{"variable", "ClientSecret", "placeholder", func(c *flows.ClientCredentials) { c.ClientSecret = "${SF_CLIENT_SECRET}" }},
		{"line break inside", "ClientSecret", "line break", func(c *flows.ClientCredentials) { c.ClientSecret = "ab\ncd" }},
		{"login host", "LoginURL", "generic host", func(c *flows.ClientCredentials) { c.LoginURL = "https://login.salesforce.com" }},
		{"test host", "LoginURL", "<MyDomain>.my.salesforce.com", func(c *flows.ClientCredentials) { c.LoginURL = "test.salesforce.com" }},
		{"plain http", "LoginURL", "plain http", func(c *flows.ClientCredentials) { c.LoginURL = "http://acme.my.salesforce.com" }},
		{"loopback without the switch", "LoginURL", "AllowLoopbackHTTP", func(c *flows.ClientCredentials) { c.LoginURL = "http://127.0.0.1:8080" }},
		{"http with the switch elsewhere", "LoginURL", "plain http", func(c *flows.ClientCredentials) {
			c.LoginURL, c.AllowLoopbackHTTP = "http://10.0.0.1", true
		}},
		{"loopback without scheme", "LoginURL", "has no scheme", func(c *flows.ClientCredentials) {
			c.LoginURL, c.AllowLoopbackHTTP = "127.0.0.1:8080", true
		}},
		{"lightning", "LoginURL", "use https://acme.my.salesforce.com", func(c *flows.ClientCredentials) { c.LoginURL = "https://acme.lightning.force.com/lightning/page/home" }},
		{"setup", "LoginURL", "use https://acme.my.salesforce.com", func(c *flows.ClientCredentials) { c.LoginURL = "https://acme.my.salesforce-setup.com" }},
		{"page of the org", "LoginURL", "has a path", func(c *flows.ClientCredentials) { c.LoginURL = "https://acme.my.salesforce.com/home/home.jsp" }},
		{"user info", "LoginURL", "user name or password", func(c *flows.ClientCredentials) { c.LoginURL = "https://u:p@acme.my.salesforce.com" }},
		{"query", "LoginURL", "query", func(c *flows.ClientCredentials) { c.LoginURL = "https://acme.my.salesforce.com/?x=1" }},
		{"other scheme", "LoginURL", "scheme", func(c *flows.ClientCredentials) { c.LoginURL = "ftp://acme.my.salesforce.com" }},
		{"not a URL", "LoginURL", "not a URL", func(c *flows.ClientCredentials) { c.LoginURL = "https://%zz" }},
		{"org id", "ExpectedOrgID", "organization id", func(c *flows.ClientCredentials) { c.ExpectedOrgID = "acme" }},
		{"auth style", "AuthStyle", "unknown", func(c *flows.ClientCredentials) { c.AuthStyle = 7 }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			flow := clientCredentials()
			test.change(&flow)
			wantSetting(t, flow.Validate(), test.setting, test.words)
			o := newOrg() // no responder: a request would be an error of another kind
			_, err := flows.NewTokenSource(flow, o.options())
			wantSetting(t, err, test.setting, test.words)
		})
	}
}

func TestWrongJWTSettingsAreNamed(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, setting string
		change        func(*flows.JWTBearer)
	}{
		{"no user", "Username", func(j *flows.JWTBearer) { j.Username = "" }},
		{"no key", "PrivateKey", func(j *flows.JWTBearer) { j.PrivateKey = nil }},
		{"no client id", "ClientID", func(j *flows.JWTBearer) { j.ClientID = "{{consumer_key}}" }},
		{"too long a life", "Lifetime", func(j *flows.JWTBearer) { j.Lifetime = 181 * time.Second }},
		{"odd audience", "Audience", func(j *flows.JWTBearer) { j.Audience = "http://login.salesforce.com" }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			flow := jwtBearer(t)
			test.change(&flow)
			wantSetting(t, flow.Validate(), test.setting, "")
		})
	}
}

func TestLoginURLShapesOfRealOrgsAreAccepted(t *testing.T) {
	t.Parallel()
	for _, url := range []string{
		"https://acme.my.salesforce.com", "acme.my.salesforce.com", "https://acme.my.salesforce.com/", "https://ACME.my.salesforce.com:443",
		"https://acme.my.salesforce.com/services/oauth2/token", "https://acme.my.salesforce.com/services/oauth2/",
		"https://acme--dev.sandbox.my.salesforce.com", "https://acme-dev-ed.develop.my.salesforce.com",
		"https://acme.scratch.my.salesforce.com", "https://agency.my.salesforce.mil", "https://lightning-bolts.my.salesforce.com",
		"https://acme.my.site.com/partners", "https://na91.salesforce.com",
	} {
		flow := clientCredentials()
		flow.LoginURL = url
		if err := flow.Validate(); err != nil {
			t.Errorf("%s: %v", url, err)
		}
	}
}

func TestNegativeOptionsAreNamed(t *testing.T) {
	t.Parallel()
	_, err := flows.NewTokenSource(clientCredentials(), flows.Options{Retry: flows.Retry{Budget: -1}})
	wantSetting(t, err, "Retry.Budget", "negative")
	_, err = flows.NewTokenSource(nil, flows.Options{})
	wantSetting(t, err, "Flow", "missing")
}

func TestAPIVersionForms(t *testing.T) {
	t.Parallel()
	for _, value := range []string{"66", "66.0", "v66.0", " V66.0\n"} {
		if got, err := flows.ParseAPIVersion(value); got != "v66.0" || err != nil {
			t.Errorf("%q gives %q, %v", value, got, err)
		}
	}
	for _, value := range []string{"", "30.0", "v7", "latest", "66.5", "-1"} {
		_, err := flows.ParseAPIVersion(value)
		wantSetting(t, err, "APIVersion", "is")
	}
}
