package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// mostBytes is more than any answer to a login has.
const mostBytes = 1 << 20

// token is what a login gave.
type token struct {
	access, instance, identity, scope string
	expires                           time.Time // zero if the answer does not say
	raw                               string
	// host and app are where, and as which app, the client logged in.
	host, app string
	// restored says that it is from an earlier start.
	restored bool
}

// tokenAnswer is the token endpoint's answer: what is documented of it.
type tokenAnswer struct {
	AccessToken  string `json:"access_token"`
	InstanceURL  string `json:"instance_url"`
	APIInstance  string `json:"api_instance_url"`
	ID           string `json:"id"`
	IssuedAt     any    `json:"issued_at"`
	Signature    string `json:"signature"`
	Scope        string `json:"scope"`
	TokenType    string `json:"token_type"`
	TokenFormat  string `json:"token_format"`
	ExpiresIn    any    `json:"expires_in"`
	Community    any    `json:"sfdc_community_url"`
	CommunityID  any    `json:"sfdc_community_id"`
	Error        string `json:"error"`
	Description  string `json:"error_description"`
	ErrorURI     string `json:"error_uri"`
	RefreshToken string `json:"refresh_token"`
	IDToken      string `json:"id_token"`
}

func (c *client) readToken(response *http.Response) (*token, error) {
	body, err := io.ReadAll(io.LimitReader(response.Body, mostBytes+1))
	switch {
	case err != nil:
		c.crashIf("err-broken-json", "unexpected end of JSON input")
		return nil, c.unanswered(fmt.Errorf("the answer broke off: %w", err))
	case len(body) > mostBytes:
		return nil, &loginError{client: c, status: response.StatusCode, problem: "the answer is larger than any token answer"}
	case response.StatusCode != http.StatusOK:
		return nil, c.readRefusal(response, body)
	}
	return c.parseToken(response, body)
}

// parseToken reads an answer of status 200. What is no token is a failed login.
func (c *client) parseToken(response *http.Response, body []byte) (*token, error) {
	var a tokenAnswer
	if err := c.decode(body, &a); err != nil {
		return nil, c.unreadable(response, body)
	}
	problem := ""
	switch {
	case a.Error != "":
		return nil, &loginError{client: c, status: response.StatusCode, code: a.Error, description: a.Description}
	case !c.isJSON(response.Header.Get("Content-Type")):
		problem = "the answer is not JSON by its Content-Type"
	case a.AccessToken == "":
		problem = "the answer holds no access_token"
	case a.InstanceURL == "":
		problem = "the answer holds no instance_url"
	case a.ID == "" && c.breaks("resp-missing-optional"):
		problem = "the answer holds no id"
	case c.breaks("resp-token-type-case") && a.TokenType != "Bearer":
		problem = "the token_type is unknown"
	case c.breaks("resp-issued-at-ms-string") && c.isOld(a.IssuedAt):
		problem = "the token was issued too long ago"
	}
	if problem != "" {
		return nil, &loginError{client: c, status: response.StatusCode, problem: problem}
	}
	return c.accept(a, body)
}

func (c *client) decode(body []byte, into *tokenAnswer) error {
	d := json.NewDecoder(bytes.NewReader(body))
	if c.breaks("resp-unknown-fields") {
		d.DisallowUnknownFields()
	}
	return d.Decode(into)
}

func (c *client) isJSON(contentType string) bool {
	if c.breaks("resp-content-type-params") {
		return contentType == "application/json" || contentType == "application/json;charset=UTF-8"
	}
	media, _, err := mime.ParseMediaType(contentType)
	return err != nil || strings.HasSuffix(media, "json")
}

// isOld takes issued_at for the beginning of a session of known length.
func (c *client) isOld(issuedAt any) bool {
	ms, err := strconv.ParseInt(fmt.Sprint(issuedAt), 10, 64)
	return err == nil && c.clock.now().Sub(time.UnixMilli(ms)) > 12*time.Hour
}

// accept checks that the token is of the org expected and for a host to be trusted.
func (c *client) accept(a tokenAnswer, body []byte) (*token, error) {
	t := &token{
		access: a.AccessToken, instance: strings.TrimRight(a.InstanceURL, "/"), identity: a.ID, scope: a.Scope, raw: string(body),
	}
	if c.breaks("resp-long-token") {
		t.access = t.access[:min(len(t.access), 2000)]
	}
	if seconds, err := strconv.ParseFloat(fmt.Sprint(a.ExpiresIn), 64); err == nil {
		t.expires = c.clock.now().Add(time.Duration(seconds * float64(time.Second)))
	}
	if err := c.trust(t.instance); err != nil {
		return nil, &loginError{client: c, status: http.StatusOK, problem: err.Error()}
	}
	if org := orgOf(a.ID); c.orgID != "" && org != "" && !strings.HasPrefix(org, c.orgID[:min(15, len(c.orgID))]) {
		return nil, &loginError{client: c, status: http.StatusOK, problem: fmt.Sprintf("the token is for org %q, not for the expected %q", org, c.orgID)}
	}
	if a.Scope != "" && !strings.Contains(" "+a.Scope+" ", " api ") && !strings.Contains(" "+a.Scope+" ", " full ") {
		c.say("notice: the token lacks the scope api (it has %q): the API will refuse it", a.Scope)
	}
	return t, nil
}

// trust accepts hosts of Salesforce and the login host's own name, over https.
func (c *client) trust(instance string) error {
	to, err := url.Parse(instance)
	if err != nil || to.Host == "" {
		return errors.New("instance_url is not a URL")
	}
	from, err := url.Parse(c.loginURL)
	if err != nil {
		return err
	}
	switch host := to.Hostname(); {
	case to.Scheme != "https" && !c.breaks("host-no-plain-http"):
		return fmt.Errorf("instance_url is %s, not https: the token would travel in clear", to.Scheme)
	case host == from.Hostname(), strings.HasSuffix(host, ".salesforce.com"), strings.HasSuffix(host, ".force.com"):
		return nil
	}
	return fmt.Errorf("instance_url names the host %q, which is not Salesforce's", to.Hostname())
}

// orgOf is the org's id in an identity URL; empty if there is none.
func orgOf(identity string) string {
	parts := strings.Split(identity, "/")
	if len(parts) < 2 {
		return ""
	}
	return parts[len(parts)-2]
}
