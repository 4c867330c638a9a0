package main

import (
	"crypto/rsa"
	"fmt"
	"net/url"
	"os"
	"strings"
	"time"
)

// The flows by the names of the contract.
const (
	clientCredentials = "client-credentials"
	jwtBearer         = "jwt-bearer"
)

// settings are what one identity works with.
type settings struct {
	loginURL, clientID, secret            string
	username, audience, orgID             string
	flow, apiVersion, caFile              string
	timeout, retryDelay, pause, interval  time.Duration
	key                                   *rsa.PrivateKey
	keyPEM, keyFile, secretFile, pairFile string
}

// settingError names a setting that is missing or wrong: nothing is sent then.
type settingError struct{ name, problem string }

func (e settingError) Error() string { return e.name + " " + e.problem }

// readSettings reads those of one org; suffix is "_2" for the second.
func (c *client) readSettings(suffix string) error {
	own := func(name string) string { return strings.TrimSpace(c.env(name + suffix)) }
	c.settings = settings{
		clientID: own("SF_CLIENT_ID"), username: own("SF_USERNAME"), orgID: own("SF_ORG_ID"), audience: own("SF_AUDIENCE"),
		keyFile: own("SF_PRIVATE_KEY_FILE"), secretFile: own("SF_CLIENT_SECRET_FILE"), pairFile: own("SF_CREDENTIALS_FILE"),
		secret: own("SF_CLIENT_SECRET"), flow: c.env("SF_FLOW"), caFile: c.env("SF_CA_FILE"), apiVersion: versionOf(c.env("SF_API_VERSION")),
	}
	if err := c.readTimes(); err != nil {
		return err
	}
	var err error
	if c.loginURL, err = c.originOf("SF_LOGIN_URL"+suffix, own("SF_LOGIN_URL")); err != nil {
		return err
	}
	if err := c.readCredential(); err != nil {
		return err
	}
	return c.needCredential(suffix)
}

func versionOf(version string) string {
	if version == "" {
		return "v66.0"
	}
	return "v" + strings.TrimPrefix(version, "v")
}

func (c *client) readTimes() error {
	for _, t := range []struct {
		name   string
		into   *time.Duration
		preset time.Duration
	}{
		{"SF_TIMEOUT", &c.timeout, time.Second},
		{"SF_RETRY_DELAY", &c.retryDelay, 50 * time.Millisecond},
		{"SF_PAUSE", &c.pause, 2 * time.Second},
		{"SF_INTERVAL", &c.interval, 200 * time.Millisecond},
	} {
		*t.into = t.preset
		if value := c.env(t.name); value != "" {
			d, err := time.ParseDuration(value)
			if err != nil || d < 0 {
				return settingError{t.name, fmt.Sprintf("is %q: write it with a unit, for example 2s", value)}
			}
			*t.into = d
		}
	}
	return nil
}

// originOf reads the login URL: an https origin. A path is what people paste.
func (c *client) originOf(name, value string) (string, error) {
	if value == "" {
		return "", settingError{name, "is missing"}
	}
	if !strings.Contains(value, "://") {
		value = "https://" + value
	}
	u, err := url.Parse(value)
	switch {
	case err != nil || u.Host == "":
		return "", settingError{name, "is not a URL"}
	case u.Scheme != "https" && !c.breaks("host-no-plain-http"):
		return "", settingError{name, fmt.Sprintf("is not https (%s): the credential would travel in clear", u.Scheme)}
	case strings.HasSuffix(u.Hostname(), ".lightning.force.com"):
		return "", settingError{name, fmt.Sprintf("is the browser's host %q: use the My Domain URL, https://<MyDomain>.my.salesforce.com", u.Hostname())}
	}
	return u.Scheme + "://" + u.Host, nil
}

// readCredential reads the files that hold one.
func (c *client) readCredential() error {
	if c.flow == "" {
		c.flow = clientCredentials
		if c.keyFile != "" && c.secret+c.secretFile+c.pairFile == "" {
			c.flow = jwtBearer
		}
	}
	if c.flow == jwtBearer {
		return c.readKey()
	}
	return c.readSecret()
}

func (c *client) readSecret() error {
	if c.secretFile != "" {
		content, err := os.ReadFile(c.secretFile)
		if err != nil {
			return settingError{"SF_CLIENT_SECRET_FILE", "cannot be read: " + err.Error()}
		}
		c.secret = strings.TrimSpace(string(content))
	}
	if c.pairFile == "" {
		return nil
	}
	content, err := os.ReadFile(c.pairFile)
	if err != nil {
		return settingError{"SF_CREDENTIALS_FILE", "cannot be read: " + err.Error()}
	}
	for line := range strings.Lines(string(content)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		switch name {
		case "SF_CLIENT_ID":
			c.clientID = value
		case "SF_CLIENT_SECRET":
			c.secret = value
		}
	}
	return nil
}

// reload reads the files again, and says whether they hold another credential.
func (c *client) reload() bool {
	before := c.settings
	if c.secretFile+c.pairFile+c.keyFile == "" || c.readCredential() != nil {
		c.settings = before
		return false
	}
	if c.breaks("rotate-key-and-secret-pair") {
		c.clientID = before.clientID
	}
	return c.clientID != before.clientID || c.secret != before.secret || c.keyPEM != before.keyPEM
}

// needCredential stops before the network where a setting is missing.
func (c *client) needCredential(suffix string) error {
	needed := map[string]*string{"SF_CLIENT_ID": &c.clientID}
	if c.flow == jwtBearer {
		needed["SF_USERNAME"] = &c.username
	} else {
		needed["SF_CLIENT_SECRET"] = &c.secret
	}
	for name, value := range needed {
		switch {
		case *value != "":
		case c.breaks("req-no-empty-or-placeholder"):
			*value = "undefined"
		default:
			return settingError{name + suffix, "is missing"}
		}
	}
	if c.audience == "" {
		c.audience = c.loginURL
	}
	return nil
}
