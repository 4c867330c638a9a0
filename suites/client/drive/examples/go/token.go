package main

import (
	"cmp"
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"
)

// login asks for a token: by a signed assertion if there is a private key, by the
// secret otherwise.
func (c *client) login(ctx context.Context) error {
	r, err := c.send(ctx, transientLogin, func() (*http.Request, error) {
		form, err := c.form()
		if err != nil {
			return nil, err
		}
		endpoint := c.loginURL.String() + "/services/oauth2/token"
		request, err := http.NewRequest(http.MethodPost, endpoint, strings.NewReader(form.Encode())) //nolint:noctx // once sets it
		if err == nil {
			request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		return request, err
	})
	if err != nil {
		return fmt.Errorf("login: %w", err)
	}
	var said struct {
		Token       string `json:"access_token"`
		InstanceURL string `json:"instance_url"`
		Error       string `json:"error"`
		Description string `json:"error_description"`
	}
	err = json.Unmarshal(r.body, &said)
	switch {
	case err != nil:
		return fmt.Errorf("login: %s answers %d with what is no JSON: is it Salesforce, and is it up?", c.loginURL.Host, r.status)
	case r.status != http.StatusOK || said.Error != "":
		return fmt.Errorf("login: %s answers %d: %s: %s", c.loginURL.Host, r.status, said.Error, said.Description)
	case said.Token == "" || said.InstanceURL == "":
		return fmt.Errorf("login: the answer of %s lacks access_token or instance_url", c.loginURL.Host)
	}
	if c.instance, err = c.trusted(said.InstanceURL); err != nil {
		return err
	}
	c.token = said.Token
	return nil
}

// transientLogin knows the codes that ask for another attempt.
func transientLogin(r reply) bool {
	var said struct{ Error string }
	_ = json.Unmarshal(r.body, &said)
	return busy(r) || said.Error == "unknown_error" || said.Error == "server_error" || said.Error == "temporarily_unavailable"
}

// trusted takes an instance of Salesforce's domains, or of the login host's machine.
func (c *client) trusted(instance string) (string, error) {
	u, err := url.Parse(strings.TrimRight(instance, "/"))
	if err != nil || u.Scheme != "https" {
		return "", fmt.Errorf("login: instance_url %q is no https URL", instance)
	}
	host, login := u.Hostname(), c.loginURL.Hostname()
	if host == login || isLoopback(host) && isLoopback(login) || strings.HasSuffix(host, ".salesforce.com") || strings.HasSuffix(host, ".force.com") {
		return u.Scheme + "://" + u.Host, nil
	}
	return "", fmt.Errorf("login: instance_url %q is no host of Salesforce", instance)
}

func isLoopback(host string) bool {
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || net.ParseIP(host).IsLoopback()
}

func (c *client) form() (url.Values, error) {
	if c.env("SF_CLIENT_ID") == "" {
		return nil, errors.New("SF_CLIENT_ID is not set: the Consumer Key of the app")
	}
	if file := c.env("SF_PRIVATE_KEY_FILE"); file != "" {
		assertion, err := c.assertion(file)
		return url.Values{"grant_type": {"urn:ietf:params:oauth:grant-type:jwt-bearer"}, "assertion": {assertion}}, err
	}
	secret := c.env("SF_CLIENT_SECRET")
	if file := c.env("SF_CLIENT_SECRET_FILE"); secret == "" && file != "" {
		text, err := os.ReadFile(file) //nolint:gosec // the operator names the file
		if err != nil {
			return nil, fmt.Errorf("SF_CLIENT_SECRET_FILE: %w", err)
		}
		secret = strings.TrimSpace(string(text))
	}
	if secret == "" {
		return nil, errors.New("SF_CLIENT_SECRET is not set, and SF_PRIVATE_KEY_FILE neither")
	}
	return url.Values{"grant_type": {"client_credentials"}, "client_id": {c.env("SF_CLIENT_ID")}, "client_secret": {secret}}, nil
}

// assertion is signed anew for each request and good for two minutes.
func (c *client) assertion(file string) (string, error) {
	if c.env("SF_USERNAME") == "" {
		return "", errors.New("SF_USERNAME is not set: the user that the app acts for")
	}
	key, err := privateKey(file)
	if err != nil {
		return "", err
	}
	claims, err := json.Marshal(map[string]any{
		"iss": c.env("SF_CLIENT_ID"), "sub": c.env("SF_USERNAME"), "aud": cmp.Or(c.env("SF_AUDIENCE"), c.loginURL.String()),
		"exp": time.Now().Add(2 * time.Minute).Unix(), //nolint:forbidigo // a program
	})
	if err != nil {
		return "", err
	}
	encode := base64.RawURLEncoding.EncodeToString
	signed := encode([]byte(`{"alg":"RS256","typ":"JWT"}`)) + "." + encode(claims)
	sum := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	return signed + "." + encode(signature), err
}

func privateKey(file string) (*rsa.PrivateKey, error) {
	text, err := os.ReadFile(file) //nolint:gosec // the operator names the file
	if err != nil {
		return nil, fmt.Errorf("SF_PRIVATE_KEY_FILE: %w", err)
	}
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("SF_PRIVATE_KEY_FILE holds no PEM text")
	}
	if key, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
		return key, nil
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	key, isRSA := parsed.(*rsa.PrivateKey)
	if err != nil || !isRSA {
		return nil, errors.New("SF_PRIVATE_KEY_FILE holds no RSA private key")
	}
	return key, nil
}
