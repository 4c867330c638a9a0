package flows

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"net/url"
	"time"
)

const (
	grantJWTBearer  = "urn:ietf:params:oauth:grant-type:jwt-bearer"
	maxLifetime     = 3 * time.Minute // Salesforce: "within 3 minutes"
	defaultLifetime = 2 * time.Minute // leaves a minute for a clock that runs ahead
)

// JWTBearer is the OAuth 2.0 JWT bearer flow (RFC 7523): the app signs an assertion that names the user it acts for.
type JWTBearer struct {
	// LoginURL is the host to log in at: the org's My Domain URL, or login./test.salesforce.com for a Connected App.
	LoginURL string

	// ClientID is the app's Consumer Key; it becomes iss.
	ClientID string

	// Username is the Salesforce user name, not the e-mail address (a sandbox adds a suffix); it becomes sub.
	Username string

	// PrivateKey signs; see [ParsePrivateKey].
	PrivateKey *PrivateKey

	// Audience becomes aud. Empty means the origin of LoginURL, which is right for My Domain, for External Client
	// Apps and for login. and test.salesforce.com alike; set it where host and audience have to differ (Government
	// Cloud, sites).
	Audience string

	// Lifetime is the time from now to exp, three minutes at most; zero means two.
	Lifetime time.Duration

	// OmitJTI leaves out jti, the random id that makes every assertion unique.
	OmitJTI bool

	// ExpectedOrgID, if set, refuses a token of any other org: the guard against mixing sandbox and production. An
	// answer may leave its org unnamed; Token.OrgID is then empty, and the Id of Organization in the API tells.
	ExpectedOrgID string

	// AllowLoopbackHTTP permits http:// on loopback addresses, for tests.
	AllowLoopbackHTTP bool

	// Reload reads the key again, once, after the org has refused its signature; nil means that it never changes.
	Reload func(context.Context) (*PrivateKey, error) `json:"-"`
}

// Validate reports the first setting that is missing or wrong as a [*ConfigError].
func (j JWTBearer) Validate() error {
	_, err := j.login()
	return err
}

// String names the identity and the key's fingerprint.
func (j JWTBearer) String() string {
	return fmt.Sprintf("flows.JWTBearer{%s as %s for %s, %s}", hostOf(j.LoginURL), shortID(j.ClientID), j.Username, j.PrivateKey)
}

// Format prints String for every verb.
func (j JWTBearer) Format(state fmt.State, _ rune) { _, _ = io.WriteString(state, j.String()) }

func (j JWTBearer) login() (login, error) {
	j, base, err := j.cleaned()
	if err != nil {
		return login{}, err
	}
	orgID, err := cleanOrgID(j.ExpectedOrgID)
	if err != nil {
		return login{}, err
	}
	l := login{
		flow: FlowJWTBearer, base: base, clientID: j.ClientID, expectedOrgID: orgID, request: j.request,
		username: j.Username, audience: j.Audience, keyFingerprint: j.PrivateKey.Fingerprint(),
		identity: identityOf(FlowJWTBearer, base.String(), j.ClientID, j.Username, j.Audience, j.PrivateKey.Fingerprint(),
			orgID, j.Lifetime.String(), fmt.Sprint(j.OmitJTI)),
	}
	if j.Reload != nil {
		l.reload = j.reloaded
	}
	return l, nil
}

// cleaned returns j with its settings trimmed and defaulted, and its parsed login URL.
func (j JWTBearer) cleaned() (JWTBearer, *url.URL, error) {
	base, err := parseBase("LoginURL", j.LoginURL, j.AllowLoopbackHTTP)
	if err != nil {
		return j, nil, err
	}
	if j.ClientID, err = cleanSetting("ClientID", j.ClientID, "set it to the app's Consumer Key"); err != nil {
		return j, nil, err
	}
	if j.Username, err = cleanSetting("Username", j.Username, "set it to the Salesforce user name to act for"); err != nil {
		return j, nil, err
	}
	if j.PrivateKey == nil {
		return j, nil, &ConfigError{Setting: "PrivateKey", Problem: "is missing", Fix: "give the RSA key of the certificate uploaded to the app"}
	}
	if j.Lifetime < 0 || j.Lifetime > maxLifetime {
		return j, nil, &ConfigError{Setting: "Lifetime", Problem: fmt.Sprintf("is %s", j.Lifetime), Fix: "use three minutes or less"}
	}
	j.Lifetime = orElse(j.Lifetime, defaultLifetime)
	if trimStray(j.Audience) == "" {
		j.Audience = (&url.URL{Scheme: base.Scheme, Host: base.Host, Path: base.Path}).String()
		return j, base, nil
	}
	audience, err := parseBase("Audience", j.Audience, j.AllowLoopbackHTTP)
	if err != nil {
		return j, nil, err
	}
	j.Audience = audience.String()
	return j, base, nil
}

func (j JWTBearer) reloaded(ctx context.Context) (login, error) {
	key, err := j.Reload(ctx)
	if err != nil {
		return login{}, err
	}
	j.PrivateKey = key
	return j.login()
}

func (j JWTBearer) request(now time.Time, rand io.Reader) (tokenRequest, error) {
	claims := assertionClaims{
		issuer: j.ClientID, subject: j.Username, audience: j.Audience,
		expires: now.Add(j.Lifetime).Truncate(time.Second),
	}
	if !j.OmitJTI {
		id := make([]byte, 16)
		if _, err := io.ReadFull(rand, id); err != nil {
			return tokenRequest{}, fmt.Errorf("flows: no random bytes for jti: %w", err)
		}
		claims.id = hex.EncodeToString(id)
	}
	assertion, err := claims.sign(j.PrivateKey)
	if err != nil {
		return tokenRequest{}, err
	}
	return tokenRequest{
		form:    url.Values{"grant_type": {grantJWTBearer}, "assertion": {assertion}},
		secrets: []string{assertion},
		expires: claims.expires,
	}, nil
}
