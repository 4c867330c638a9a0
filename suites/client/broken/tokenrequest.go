package main

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

const (
	tokenPath = "/services/oauth2/token"
	grantJWT  = "urn:ietf:params:oauth:grant-type:jwt-bearer"
	grantCC   = "client_credentials"
	formType  = "application/x-www-form-urlencoded"
	userAgent = "broken-client/1.0"
)

// tokenRequest is a POST of a form (RFC 6749 section 4.4.2, RFC 7523 section 2.1).
func (c *client) tokenRequest(ctx context.Context) (*http.Request, error) {
	form, err := c.tokenForm()
	if err != nil {
		return nil, err
	}
	target := c.tokenHost() + tokenPath
	if c.breaks("req-params-in-body") {
		target += "?" + takeCredential(form).Encode()
	}
	body, contentType := c.bodyOf(form)
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, target, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", contentType)
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", userAgent)
	if c.breaks("req-single-client-auth") && c.flow == clientCredentials {
		request.SetBasicAuth(url.QueryEscape(c.clientID), url.QueryEscape(c.secret))
	}
	return request, nil
}

// tokenHost is the configured one.
func (c *client) tokenHost() string {
	ofAnOrg := strings.HasSuffix(c.loginURL, ".my.salesforce.com")
	isProduction := strings.Count(c.loginURL, ".") == strings.Count(".my.salesforce.com", ".") && !strings.Contains(c.loginURL, "-dev-ed.")
	switch {
	case ofAnOrg && isProduction && c.flow == clientCredentials && c.breaks("host-my-domain-token"):
		return "https://login.salesforce.com"
	case ofAnOrg && !isProduction && c.breaks("host-configurable"):
		return "https://test.salesforce.com"
	}
	return c.loginURL
}

func (c *client) tokenForm() (url.Values, error) {
	form := url.Values{"grant_type": {c.grantType()}}
	if c.flow == jwtBearer {
		assertion, err := c.assertion()
		if err != nil {
			return nil, err
		}
		c.sent.Store(&assertion)
		form.Set("assertion", assertion)
	} else {
		form.Set("client_id", c.clientID)
		form.Set("client_secret", c.secret)
	}
	if c.breaks("req-no-repeated-params") {
		form.Add("format", "json")
		form.Add("format", "json")
	}
	if c.breaks("req-no-user-password") {
		form.Set("username", "integration@acme.example")
		form.Set("password", "summer-2026")
	}
	if c.breaks("jwt-private-key-not-sent") {
		form.Set("key", c.keyPEM)
	}
	return form, nil
}

func (c *client) grantType() string {
	grant := grantCC
	if c.flow == jwtBearer {
		grant = grantJWT
	}
	if c.breaksFirst("req-grant-type-exact") {
		return strings.ToUpper(grant)
	}
	return grant
}

func (c *client) bodyOf(form url.Values) (body, contentType string) {
	switch {
	case c.breaksFirst("req-content-type-form"):
		fields := map[string]string{}
		for name := range form {
			fields[name] = form.Get(name)
		}
		text := &bytes.Buffer{}
		_ = json.NewEncoder(text).Encode(fields) // texts can always be encoded
		return text.String(), "application/json"
	case c.breaks("req-body-percent-encoding"):
		var pairs []string
		for name := range form {
			pairs = append(pairs, name+"="+form.Get(name))
		}
		return strings.Join(pairs, "&"), formType
	}
	return form.Encode(), formType
}

// takeCredential takes what must stay secret out of the form.
func takeCredential(form url.Values) url.Values {
	taken := url.Values{}
	for _, name := range []string{"client_secret", "assertion"} {
		if form.Has(name) {
			taken[name] = form[name]
			form.Del(name)
		}
	}
	return taken
}
