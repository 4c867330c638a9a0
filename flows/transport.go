package flows

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// Transport is an http.RoundTripper for API calls. It puts the access token on requests for the org's instance_url and
// on no others, logs in again once when the session has ended, and repeats reads that failed in passing.
//
// A request may name only a path ("/services/data/v66.0/limits"), which is taken relative to instance_url, or the full
// URL of the instance. A body can be sent again only if the request has GetBody, as those of http.NewRequest for
// in-memory bodies do; otherwise an ended session is reported as the 401 that it is. A write whose header has an
// Idempotency-Key, with a value or (as in net/http) without one, is repeated like a read.
//
// A redirect is an error that names the new host: it is never followed, not even by an http.Client around the Transport.
type Transport struct {
	source *TokenSource
}

// NewTransport returns a Transport that sends through the source's own Options.Transport.
func NewTransport(source *TokenSource) *Transport { return &Transport{source: source} }

// Format prints the source's String for every verb.
func (t *Transport) Format(state fmt.State, verb rune) { t.source.Format(state, verb) }

// RoundTrip sends one API call. Errors are a [*TokenError] if no token could be had (joined with the [*APIError] that
// called for it), an [*APIError] if the API gave no answer or a redirect, the context's error, or a refusal to send the
// token to a foreign host.
func (t *Transport) RoundTrip(request *http.Request) (*http.Response, error) {
	response, _, err := t.call(request)
	return response, err
}

// call is RoundTrip with the meaning of a refused answer, which is nil for all others.
func (t *Transport) call(request *http.Request) (*http.Response, *APIError, error) {
	call := &apiCall{source: t.source, options: t.source.options, request: request}
	if request.Body != nil {
		defer func() {
			if call.sent == 0 { // otherwise closing it is the business of the transport below
				_ = request.Body.Close()
			}
		}()
	}
	return call.run(request.Context())
}

// apiCall is one API call with its repeats.
type apiCall struct {
	source  *TokenSource
	options Options
	request *http.Request

	relogged bool
	moved    bool
	sent     int
}

func (c *apiCall) run(ctx context.Context) (*http.Response, *APIError, error) {
	token, err := c.source.AccessToken(ctx)
	if err != nil {
		return nil, nil, err
	}
	for {
		response, refusal, err := c.sendPatiently(ctx, token)
		if err != nil {
			return nil, nil, err
		}
		if refusal == nil || refusal.session() == sessionNotConcerned {
			c.source.accepted(token.AccessToken)
			return response, refusal, nil
		}
		next, err := c.renew(ctx, token, refusal)
		if err != nil {
			_ = response.Body.Close()
			return nil, nil, err
		}
		if next == nil || !c.repeatable() {
			return response, refusal, nil
		}
		_ = response.Body.Close()
		token = next
	}
}

// renew returns the token to repeat the call with, or nil if a repeat would not help.
func (c *apiCall) renew(ctx context.Context, token *Token, refusal *APIError) (*Token, error) {
	if refusal.session() == sessionElsewhere {
		current, err := c.source.AccessToken(ctx)
		if err != nil || c.moved || current.InstanceURL == token.InstanceURL {
			return nil, err
		}
		c.moved = true
		return current, nil
	}
	c.source.Invalidate(token.AccessToken)
	if c.relogged {
		return nil, nil
	}
	c.relogged = true
	next, err := c.source.AccessToken(ctx)
	if err != nil {
		return nil, fmt.Errorf("the session was refused (%w) and the new login failed: %w", refusal, err)
	}
	return next, nil
}

// safe reports whether repeating the request cannot repeat its effect (RFC 9110 section 9.2.1), or is said not to. Any
// other write is never repeated after a failure that may have come after its effect.
func (c *apiCall) safe() bool {
	_, idempotent := c.request.Header[idempotencyKey]
	return idempotent || c.request.Method == http.MethodGet || c.request.Method == http.MethodHead || c.request.Method == ""
}

func (c *apiCall) repeatable() bool {
	return c.request.Body == nil || c.request.Body == http.NoBody || c.request.GetBody != nil
}

// sendPatiently repeats a safe request while the failure is a passing one.
func (c *apiCall) sendPatiently(ctx context.Context, token *Token) (*http.Response, *APIError, error) {
	patience := c.options.patience(c.options.Retry.Budget)
	for {
		response, refusal, err := c.send(ctx, token)
		failure := refusal
		if err != nil {
			failure, _ = errors.AsType[*APIError](err)
		}
		if failure == nil || !failure.Temporary() || !c.safe() || !c.repeatable() {
			return response, refusal, err
		}
		wait, again := patience.next(failure.RetryAfter)
		if !again {
			return response, refusal, err
		}
		if response != nil {
			_ = response.Body.Close()
		}
		if err := c.options.Sleep(ctx, wait); err != nil {
			return nil, nil, fmt.Errorf("flows: API call stopped while waiting to retry: %w; last failure: %w", err, failure)
		}
	}
}

// send makes one attempt. A refused answer is returned with its meaning.
func (c *apiCall) send(caller context.Context, token *Token) (*http.Response, *APIError, error) {
	target, err := apiTarget(c.request.URL, token, c.source.knowsOrigin)
	if err != nil {
		return nil, nil, err
	}
	ctx, cancel := context.WithTimeout(caller, c.options.Timeout)
	request, err := c.outgoing(ctx, target)
	if err != nil {
		cancel()
		return nil, nil, err
	}
	shown := request.Clone(withSentToken(ctx, token)) // what the caller may look at and log: without the token
	request.Header.Set("Authorization", "Bearer "+token.AccessToken)
	response, err := c.options.Transport.RoundTrip(request)
	if err != nil {
		cancel()
		if caller.Err() != nil {
			return nil, nil, fmt.Errorf("flows: API call to %s%s stopped: %w", target.Host, target.Path, caller.Err())
		}
		return nil, nil, c.unanswered(err, target, token)
	}
	response.Request = shown
	response.Body = &cancelingBody{ReadCloser: response.Body, cancel: cancel}
	if isRedirect(response.StatusCode) {
		_ = response.Body.Close()
		return nil, nil, redirected(response)
	}
	refusal := readAPIError(response, c.options.Now(), []string{token.AccessToken})
	if refusal != nil && refusal.Temporary() && refusal.Status != http.StatusTooManyRequests {
		c.warnOfWrite(refusal)
	}
	return response, refusal, nil
}

// warnOfWrite says that a write without a clear answer may have been carried out.
func (c *apiCall) warnOfWrite(e *APIError) {
	if !c.safe() {
		e.Hint = strings.TrimSpace("the write may have been carried out: look before repeating it. " + e.Hint)
	}
}

// outgoing copies the caller's request, which a round tripper must not change, with a fresh body.
func (c *apiCall) outgoing(ctx context.Context, target *url.URL) (*http.Request, error) {
	request := c.request.Clone(ctx)
	request.URL, request.Host = target, ""
	if request.Header == nil {
		request.Header = http.Header{}
	}
	if request.Header.Get("User-Agent") == "" {
		request.Header.Set("User-Agent", c.options.UserAgent)
	}
	c.sent++
	if c.sent == 1 || c.request.GetBody == nil {
		return request, nil
	}
	body, err := c.request.GetBody()
	if err != nil {
		return nil, fmt.Errorf("flows: the request body cannot be read again: %w", err)
	}
	request.Body = body
	return request, nil
}

// unanswered explains a transport error.
func (c *apiCall) unanswered(err error, target *url.URL, token *Token) *APIError {
	found := diagnose(err, target.Host)
	e := &APIError{
		Host: target.Host, Path: target.Path, Message: foreignText(found.problem, []string{token.AccessToken}),
		Hint: found.hint, Err: err,
	}
	c.warnOfWrite(e)
	return e
}

func redirected(response *http.Response) *APIError {
	asked := response.Request.URL
	to := foreignText(redirectHost(response.Header, asked.Host), nil)
	return &APIError{
		Status: response.StatusCode, Host: asked.Host, Path: asked.Path,
		Message: fmt.Sprintf("a redirect to %q, and the access token is not sent after a redirect", to),
		Hint:    "if the org has moved, set LoginURL to its new My Domain host.",
	}
}

// cancelingBody ends the attempt's context when the caller has read the answer.
type cancelingBody struct {
	io.ReadCloser
	cancel context.CancelFunc
}

// Close closes the body and releases the attempt.
func (b *cancelingBody) Close() error {
	defer b.cancel()
	return b.ReadCloser.Close()
}
