package flows

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"slices"
	"time"
)

// AuthStyle says where a client credentials request carries the Consumer Key and Consumer Secret.
type AuthStyle int

// The two client authentication methods of RFC 6749 section 2.3.1. Salesforce takes both.
const (
	AuthBasic AuthStyle = iota // HTTP Basic, each part form-encoded first
	AuthBody                   // client_id and client_secret in the form
)

// ClientCredentials is the OAuth 2.0 client credentials flow: the app logs in as its Run As user.
type ClientCredentials struct {
	// LoginURL is the org's My Domain URL. This flow does not exist on login.salesforce.com or test.salesforce.com.
	LoginURL string

	// ClientID is the app's Consumer Key, ClientSecret its Consumer Secret.
	ClientID     string
	ClientSecret string `json:"-"`

	// AuthStyle is the client authentication method; the zero value is HTTP Basic. One method is used, none is probed.
	AuthStyle AuthStyle

	// VerifySignature refuses a response whose signature is missing or was not made with ClientSecret.
	VerifySignature bool

	// ExpectedOrgID, if set, refuses a token of any other org: the guard against mixing sandbox and production. An
	// answer may leave its org unnamed; Token.OrgID is then empty, and the Id of Organization in the API tells.
	ExpectedOrgID string

	// AllowLoopbackHTTP permits http:// on loopback addresses, for tests.
	AllowLoopbackHTTP bool

	// Reload reads the credential again, once, after the org has refused it; nil means that it never changes. Key and
	// secret are returned together because a rotation replaces both.
	Reload func(context.Context) (clientID, clientSecret string, err error) `json:"-"`
}

// Validate reports the first setting that is missing or wrong as a [*ConfigError].
func (c ClientCredentials) Validate() error {
	_, err := c.login()
	return err
}

// String names the identity without the secret.
func (c ClientCredentials) String() string {
	return fmt.Sprintf("flows.ClientCredentials{%s as %s}", hostOf(c.LoginURL), shortID(c.ClientID))
}

// Format prints String for every verb, so that no verb shows the secret.
func (c ClientCredentials) Format(state fmt.State, _ rune) { _, _ = io.WriteString(state, c.String()) }

func (c ClientCredentials) login() (login, error) {
	base, err := parseBase("LoginURL", c.LoginURL, c.AllowLoopbackHTTP)
	if err != nil {
		return login{}, err
	}
	if slices.Contains(genericHosts, base.Host) {
		return login{}, &ConfigError{
			Setting: "LoginURL", Problem: fmt.Sprintf("is the generic host %q, which refuses the client credentials flow", base.Host),
			Fix: "use the org's own host, " + myDomainExample + " (sandbox: https://<MyDomain>--<name>.sandbox.my.salesforce.com)",
		}
	}
	orgID, err := cleanOrgID(c.ExpectedOrgID)
	if err != nil {
		return login{}, err
	}
	if c.ClientID, err = cleanSetting("ClientID", c.ClientID, "set it to the app's Consumer Key"); err != nil {
		return login{}, err
	}
	if c.ClientSecret, err = cleanSetting("ClientSecret", c.ClientSecret, "set it to the app's Consumer Secret"); err != nil {
		return login{}, err
	}
	if c.AuthStyle != AuthBasic && c.AuthStyle != AuthBody {
		return login{}, &ConfigError{Setting: "AuthStyle", Problem: "is unknown", Fix: "use AuthBasic or AuthBody"}
	}
	return c.validated(base, orgID), nil
}

func (c ClientCredentials) validated(base *url.URL, orgID string) login {
	l := login{
		flow: FlowClientCredentials, base: base, clientID: c.ClientID, expectedOrgID: orgID, request: c.request,
		identity: identityOf(FlowClientCredentials, base.String(), c.ClientID, c.ClientSecret, fmt.Sprint(c.AuthStyle),
			orgID, fmt.Sprint(c.VerifySignature)),
	}
	if c.VerifySignature {
		l.verify = func(t *Token) error { return VerifySignature(t, c.ClientSecret) }
	}
	if c.Reload != nil {
		l.reload = c.reloaded
	}
	return l
}

func (c ClientCredentials) reloaded(ctx context.Context) (login, error) {
	clientID, clientSecret, err := c.Reload(ctx)
	if err != nil {
		return login{}, err
	}
	c.ClientID, c.ClientSecret = clientID, clientSecret
	return c.login()
}

func (c ClientCredentials) request(time.Time, io.Reader) (tokenRequest, error) {
	r := tokenRequest{form: url.Values{"grant_type": {"client_credentials"}}, secrets: []string{c.ClientSecret}}
	if c.AuthStyle == AuthBody {
		r.form.Set("client_id", c.ClientID)
		r.form.Set("client_secret", c.ClientSecret)
		return r, nil
	}
	r.user, r.password = url.QueryEscape(c.ClientID), url.QueryEscape(c.ClientSecret)
	r.secrets = append(r.secrets, r.user+":"+r.password) // in the base64 that the header carries
	return r, nil
}

// hostOf is for printing only: it shows the host of a URL that may be malformed or hold a password.
func hostOf(raw string) string {
	if base, err := parseBase("", raw, true); err == nil {
		return base.Host
	}
	return "(no valid LoginURL)"
}
