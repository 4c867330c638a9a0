package flows

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// maxBody bounds what is read of a token answer and of an API error.
const maxBody = 1 << 20

// exchange makes one token request: build, send, read.
type exchange struct {
	login   login
	options Options
	started time.Time
	request tokenRequest
}

func (x *exchange) run(ctx context.Context) (*Token, *TokenError) {
	x.started = x.options.Now()
	var err error
	if x.request, err = x.login.request(x.started, x.options.Rand); err != nil {
		return nil, &TokenError{Host: x.login.base.Host, Flow: x.login.flow, Problem: err.Error(), ClientTime: x.started}
	}
	got, err := x.send(ctx)
	if err != nil {
		return nil, x.failedToSend(err)
	}
	return x.read(got)
}

func (x *exchange) send(ctx context.Context) (answer, error) {
	ctx, cancel := context.WithTimeout(ctx, x.options.Timeout)
	defer cancel()
	body := strings.NewReader(x.request.form.Encode())
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, x.login.endpoint(), body)
	if err != nil {
		return answer{}, err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", x.options.UserAgent)
	if x.request.user != "" {
		request.SetBasicAuth(x.request.user, x.request.password)
	}
	// The round tripper is called directly: an http.Client would follow a redirect with the form, secret included.
	response, err := x.options.Transport.RoundTrip(request)
	if err != nil {
		return answer{}, err
	}
	defer func() { _ = response.Body.Close() }()
	content, err := readLimited(response.Body, maxBody)
	if err != nil {
		return answer{}, err
	}
	return answer{status: response.StatusCode, header: response.Header, body: content}, nil
}

func readLimited(r io.Reader, limit int64) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(content)) > limit {
		err = fmt.Errorf("%w of %d bytes", errTooLong, limit)
	}
	return content, err
}

// read turns an answer into a token or into the reason why it is none.
func (x *exchange) read(a answer) (*Token, *TokenError) {
	fields, problem := a.fields()
	switch {
	case isRedirect(a.status):
		return nil, x.redirected(a)
	case problem != "":
		return nil, x.refused(a, problem)
	case fields.text("error") != "" || fields.text("errorCode") != "":
		return nil, x.answered(a, fields)
	case a.status != http.StatusOK:
		return nil, x.refused(a, "the answer is not an OAuth error response")
	}
	policy := hostPolicy{login: x.login.base, allowed: x.options.AllowedHosts}
	token, problem := newToken(fields, policy, x.options.Now())
	if problem != "" {
		return nil, x.refused(a, problem)
	}
	return x.checked(a, token)
}

// checked applies what the caller asked to be verified about a well-formed token. An answer without an identity URL,
// which is optional, names no org to compare.
func (x *exchange) checked(a answer, t *Token) (*Token, *TokenError) {
	if want, got := x.login.expectedOrgID, t.OrgID(); want != "" && got != "" && !strings.HasPrefix(got, want) {
		e := x.refused(a, fmt.Sprintf("the token is for org %q, not for the expected org %q", got, want))
		e.Hint = "LoginURL and ExpectedOrgID name different orgs: a sandbox and production may have been mixed up."
		return nil, e
	}
	if x.login.verify == nil {
		return t, nil
	}
	if err := x.login.verify(t); err != nil {
		e := x.refused(a, strings.TrimPrefix(err.Error(), "flows: "))
		e.Hint = "the answer was changed on its way or does not come from Salesforce: check LoginURL, the proxy and ClientSecret."
		return nil, e
	}
	return t, nil
}

// newError fills in what every failure of this exchange shares.
func (x *exchange) newError(a answer) *TokenError {
	e := &TokenError{
		Host: x.login.base.Host, Flow: x.login.flow, ClientID: shortID(x.login.clientID), Username: x.login.username,
		Audience: x.login.audience, KeyFingerprint: x.login.keyFingerprint,
		Status: a.status, ClientTime: x.started, AssertionExpiry: x.request.expires,
	}
	if a.status != 0 {
		e.RequestID = x.clean(a.header.Get("X-Request-Id"))
		e.RetryAfter = retryAfter(a.header, x.options.Now())
		e.ServerTime, _ = http.ParseTime(a.header.Get("Date"))
	}
	return e
}

func (x *exchange) clean(text string) string { return foreignText(text, x.request.secrets) }

// answered is a refusal in the org's own words.
func (x *exchange) answered(a answer, f wireFields) *TokenError {
	e := x.newError(a)
	e.Code = x.clean(orElse(f.text("error"), f.text("errorCode")))
	e.Description = x.clean(orElse(f.text("error_description"), f.text("message")))
	e.URI = x.clean(f.text("error_uri"))
	return e
}

// refused is an answer that this package refuses.
func (x *exchange) refused(a answer, problem string) *TokenError {
	e := x.newError(a)
	e.Problem = x.clean(problem)
	switch {
	case transientStatus(a.status):
		e.Hint = outageHint
	case strings.HasPrefix(problem, "instance_url"):
		e.Hint = "if that host really is the org's, add it to AllowedHosts; otherwise check LoginURL and what lies between."
	default:
		e.Hint = "is " + e.Host + " really Salesforce's token host (no captive portal, no parked name)? Check LoginURL."
	}
	return e
}

func (x *exchange) redirected(a answer) *TokenError {
	e := x.newError(a)
	e.RedirectHost = x.clean(redirectHost(a.header, e.Host))
	e.Problem = fmt.Sprintf("the token endpoint redirects to %q, and credentials are not sent after a redirect", e.RedirectHost)
	e.Hint = "if " + e.RedirectHost + " is the org's own My Domain host, set LoginURL to https://" + e.RedirectHost + "; otherwise check LoginURL and the network."
	return e
}

func (x *exchange) failedToSend(err error) *TokenError {
	e := x.newError(answer{})
	found := diagnose(err, e.Host)
	e.Problem, e.Hint, e.Err = x.clean(found.problem), found.hint, err
	if errors.Is(err, context.DeadlineExceeded) {
		e.Problem = fmt.Sprintf("%s (%s)", e.Problem, x.options.Timeout.Round(time.Millisecond))
	}
	return e
}
