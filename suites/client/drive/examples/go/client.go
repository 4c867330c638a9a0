package main

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"
)

const (
	timeout   = 20 * time.Second
	maxBody   = 8 << 20
	attempts  = 3
	firstWait = time.Second
	maxWait   = 10 * time.Second
)

// client talks to one org. It is used by one goroutine.
type client struct {
	env      func(string) string
	http     *http.Client
	loginURL *url.URL
	token    string
	instance string
}

func newClient(env func(string) string) (*client, error) {
	login, err := url.Parse(strings.TrimRight(env("SF_LOGIN_URL"), "/"))
	if err != nil || login.Scheme != "https" || login.Host == "" {
		return nil, fmt.Errorf("SF_LOGIN_URL is %q: want https://<MyDomain>.my.salesforce.com", env("SF_LOGIN_URL"))
	}
	roots, err := authorities(env("SF_CA_FILE"))
	if err != nil {
		return nil, err
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
	return &client{env: env, loginURL: login, http: &http.Client{
		Transport: transport, Timeout: timeout,
		// A redirect would carry the secret, or the token, to a host of somebody else.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

func authorities(file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	text, err := os.ReadFile(file) //nolint:gosec // the operator names the file
	if err != nil {
		return nil, fmt.Errorf("SF_CA_FILE: %w", err)
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool()
	}
	if !roots.AppendCertsFromPEM(text) {
		return nil, errors.New("SF_CA_FILE holds no certificate")
	}
	return roots, nil
}

// reply is an answer that was read in full.
type reply struct {
	status int
	header http.Header
	body   []byte
}

// send sends what build makes, anew for each attempt, until it is answered with
// anything but a passing failure. Three attempts are all.
func (c *client) send(ctx context.Context, transient func(reply) bool, build func() (*http.Request, error)) (reply, error) {
	wait := firstWait
	for attempt := 1; ; attempt++ {
		r, err := c.once(ctx, build)
		if err == nil && !transient(r) || attempt == attempts || isTLS(err) || ctx.Err() != nil {
			return r, err
		}
		if after, bad := strconv.Atoi(r.header.Get("Retry-After")); bad == nil {
			wait = min(max(wait, time.Duration(after)*time.Second), maxWait)
		}
		select {
		case <-time.After(wait): //nolint:forbidigo // a program
		case <-ctx.Done():
			return r, context.Cause(ctx)
		}
		wait *= 2
	}
}

// once is one request; a short answer is an error.
func (c *client) once(ctx context.Context, build func() (*http.Request, error)) (reply, error) {
	request, err := build()
	if err != nil {
		return reply{}, err
	}
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", "driver-example-go/1.0")
	answer, err := c.http.Do(request.WithContext(ctx))
	if err != nil {
		return reply{}, fmt.Errorf("cannot reach %s: %w", request.URL.Host, errors.Unwrap(err))
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(answer.Body, maxBody))
	if err != nil {
		return reply{}, fmt.Errorf("%s broke off its answer: %w", request.URL.Host, err)
	}
	return reply{answer.StatusCode, answer.Header, body}, nil
}

// isTLS says that another attempt would meet the same certificate.
func isTLS(err error) bool {
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var alert tls.AlertError
	return errors.As(err, &certificate) || errors.As(err, &record) || errors.As(err, &alert)
}

// busy says that the org may answer otherwise in a moment.
func busy(r reply) bool {
	return r.status == http.StatusRequestTimeout || r.status == http.StatusTooManyRequests || r.status >= 500
}

// get is an API call. A session that has ended is renewed once.
func (c *client) get(ctx context.Context, path string) (reply, error) {
	for renewed := false; ; renewed = true {
		if c.token == "" {
			if err := c.login(ctx); err != nil {
				return reply{}, err
			}
		}
		r, err := c.send(ctx, busy, func() (*http.Request, error) {
			request, err := http.NewRequest(http.MethodGet, c.instance+path, http.NoBody) //nolint:noctx // once sets it
			if err == nil {
				request.Header.Set("Authorization", "Bearer "+c.token)
			}
			return request, err
		})
		if err != nil || r.status == http.StatusOK {
			return r, err
		}
		if r.status != http.StatusUnauthorized || renewed {
			return r, fmt.Errorf("%s answers %d: %s", c.instance, r.status, apiError(r.body))
		}
		c.token = ""
	}
}

// apiError is what the API says of an error: an array, an object, or neither.
func apiError(body []byte) string {
	type said struct{ ErrorCode, Message string }
	var one said
	var many []said
	if json.Unmarshal(body, &many) == nil && len(many) > 0 {
		one = many[0]
	} else if json.Unmarshal(body, &one) != nil {
		return "no JSON"
	}
	return strings.TrimSpace(one.ErrorCode + " " + one.Message)
}

func (c *client) version() string {
	return "v" + strings.TrimPrefix(cmp.Or(c.env("SF_API_VERSION"), "v64.0"), "v")
}
