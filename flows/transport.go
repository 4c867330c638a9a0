package flows

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// Transport is an http.RoundTripper for API calls. It puts the access token on requests for the org's instance_url and
// on no others, logs in again once when the session has ended, and repeats reads that failed in passing.
//
// A request may name only a path ("/services/data/v66.0/limits"), which is taken relative to instance_url, or the full
// URL of the instance. A body can be sent again only if the request has GetBody, as those of http.NewRequest for
// in-memory bodies do; otherwise an ended session is reported as the 401 that it is.
//
// A redirect is an error that names the new host: it is never followed, by an http.Client around the Transport neither.
type Transport struct {
	source *TokenSource
}

// NewTransport returns a Transport that sends through the source's own Options.Transport.
func NewTransport(source *TokenSource) *Transport { return &Transport{source: source} }

// Format prints the source's String for every verb.
func (t *Transport) Format(state fmt.State, verb rune) { t.source.Format(state, verb) }

// RoundTrip sends one API call. Errors are a [*TokenError] if no token could be had (joined with the [*APIError] that
// called for it), the transport's error, or a refusal to send the token to a foreign host.
func (t *Transport) RoundTrip(request *http.Request) (*http.Response, error) {
	if request.Body != nil {
		defer func() { _ = request.Body.Close() }()
	}
	call := &apiCall{source: t.source, options: t.source.options, request: request}
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

func (c *apiCall) run(ctx context.Context) (*http.Response, error) {
	token, err := c.source.AccessToken(ctx)
	if err != nil {
		return nil, err
	}
	for {
		response, err := c.sendPatiently(ctx, token)
		if err != nil {
			return nil, err
		}
		refusal := ReadAPIError(response)
		if refusal == nil || refusal.session() == sessionNotConcerned {
			c.source.accepted(token.AccessToken)
			return response, nil
		}
		next, err := c.renew(ctx, token, refusal)
		if err != nil {
			_ = response.Body.Close()
			return nil, err
		}
		if next == nil || !c.repeatable() {
			return response, nil
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

// safe reports whether repeating the request cannot repeat its effect (RFC 9110 section 9.2.1). A write is never
// repeated after a failure that may have come after its effect.
func (c *apiCall) safe() bool {
	return c.request.Method == http.MethodGet || c.request.Method == http.MethodHead || c.request.Method == ""
}

func (c *apiCall) repeatable() bool {
	return c.request.Body == nil || c.request.Body == http.NoBody || c.request.GetBody != nil
}

// sendPatiently repeats a safe request while the failure is a passing one.
func (c *apiCall) sendPatiently(ctx context.Context, token *Token) (response *http.Response, err error) {
	stopped := c.options.patiently(ctx, func() (asked time.Duration, again bool) {
		discard(response)
		response, err = c.send(ctx, token)
		switch {
		case !c.safe() || errors.Is(err, errForeignHost):
			return 0, false
		case err != nil:
			return 0, diagnose(err, "").transient
		}
		return retryAfter(response.Header, c.options.Now()), passing(response)
	})
	if stopped != nil {
		discard(response)
		return nil, fmt.Errorf("flows: API call stopped: %w", stopped)
	}
	if err != nil && !errors.Is(err, errForeignHost) {
		return nil, c.unanswered(err, token)
	}
	return response, err
}

// passing reports an answer that a repeat may cure. A SOAP fault is a 500, too, but it is an answer about the session.
func passing(response *http.Response) bool {
	return transientStatus(response.StatusCode) && ReadAPIError(response).session() == sessionNotConcerned
}

func discard(response *http.Response) {
	if response != nil {
		_ = response.Body.Close()
	}
}

func (c *apiCall) send(ctx context.Context, token *Token) (*http.Response, error) {
	target, err := apiTarget(c.request.URL, token, c.source.knowsOrigin)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, c.options.Timeout)
	request, err := c.outgoing(ctx, target)
	if err != nil {
		cancel()
		return nil, err
	}
	shown := request.Clone(withSentToken(ctx, token)) // what the caller may look at and log: without the token
	request.Header.Set("Authorization", "Bearer "+token.AccessToken)
	response, err := c.options.Transport.RoundTrip(request)
	if err != nil {
		cancel()
		return nil, err
	}
	response.Request = shown
	response.Body = &cancelingBody{ReadCloser: response.Body, cancel: cancel}
	if isRedirect(response.StatusCode) {
		discard(response)
		return nil, fmt.Errorf("%w: %s answers HTTP %d with a redirect to %q; if the org has moved, set LoginURL to its new My Domain host",
			errForeignHost, target.Host, response.StatusCode, redirectHost(response.Header, target.Host))
	}
	return response, nil
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

// unanswered explains a transport error. A write that got no answer may have been carried out.
func (c *apiCall) unanswered(err error, token *Token) error {
	host := hostName(token.InstanceURL)
	found := diagnose(err, host)
	e := &APIError{Host: host, Path: c.request.URL.Path, Message: foreignText(found.problem, []string{token.AccessToken}), Hint: found.hint, Err: err}
	if !c.safe() {
		e.Hint = "the write may have been carried out: look before repeating it. " + e.Hint
	}
	return e
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
