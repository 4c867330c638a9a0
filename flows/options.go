package flows

import (
	"context"
	"crypto/rand"
	"io"
	"net/http"
	"time"
)

// Options are the settings that do not belong to one identity. The zero value is ready for production.
type Options struct {
	// Transport sends the requests; nil means a transport with finite timeouts, TLS 1.2 or newer and the proxy of the
	// environment. Redirects are never followed, whatever is given here.
	Transport http.RoundTripper `json:"-"`

	// UserAgent names the integration and its version; empty means "sfconform-flows/1".
	UserAgent string

	// AllowedHosts are host names, besides Salesforce's own domains and the login host, that instance_url may name; one
	// with a port allows that port only.
	AllowedHosts []string

	// SessionTimeout is the session time-out of the org or app, when it is known: the token is renewed before it.
	// Zero means that the end of a session is learned from the API's 401.
	SessionTimeout time.Duration

	// PropagationWait is how long a login keeps asking, slowly, while the answer is one that a new or changed app
	// gives until it has spread over Salesforce's servers. Zero means not at all.
	PropagationWait time.Duration

	// Timeout bounds one attempt from dialing to the last byte of the answer; zero means 30 seconds.
	Timeout time.Duration

	// QueryBatch is how many records a page of a query should have; Salesforce takes 200 to 2,000, and zero leaves the
	// choice to it.
	QueryBatch int

	// Retry bounds the repeats of transient failures.
	Retry Retry

	// OnLogin learns of every new access token before any caller gets it: the place to look at its scopes. It must not
	// call the source.
	OnLogin func(*Token) `json:"-"`

	// Now is the clock; nil means time.Now.
	Now func() time.Time `json:"-"`

	// Sleep waits for d or until the context ends, whose error it returns; nil means a timer.
	Sleep func(ctx context.Context, d time.Duration) error `json:"-"`

	// Rand feeds jitter and the jti claim; nil means crypto/rand.
	Rand io.Reader `json:"-"`
}

// Retry bounds how often and how long a transient failure is tried again. The zero value means the defaults named here.
type Retry struct {
	// Attempts is the greatest number of requests, the first included; zero means 5, one means no retry.
	Attempts int

	// FirstDelay is the wait before the second request; each later wait doubles. Zero means one second.
	FirstDelay time.Duration

	// MaxDelay bounds a single wait; zero means one minute. A Retry-After that is longer, or longer than what is left
	// of Budget, ends the retries, because asking earlier than the server allows is worse than giving up.
	MaxDelay time.Duration

	// Budget bounds the whole operation, waits and attempts together; zero means one minute.
	Budget time.Duration
}

const (
	defaultUserAgent = "sfconform-flows/1"
	defaultTimeout   = 30 * time.Second
)

func (o Options) validate() error {
	durations := []struct {
		setting string
		value   time.Duration
	}{
		{"SessionTimeout", o.SessionTimeout},
		{"PropagationWait", o.PropagationWait},
		{"Timeout", o.Timeout},
		{"Retry.FirstDelay", o.Retry.FirstDelay},
		{"Retry.MaxDelay", o.Retry.MaxDelay},
		{"Retry.Budget", o.Retry.Budget},
		{"Retry.Attempts", time.Duration(o.Retry.Attempts)},
		{"QueryBatch", time.Duration(o.QueryBatch)},
	}
	for _, d := range durations {
		if d.value < 0 {
			return &ConfigError{Setting: d.setting, Problem: "is negative", Fix: "use zero for the default"}
		}
	}
	return nil
}

// withDefaults is the one place where a nil seam or an unset bound gets its value.
func (o Options) withDefaults() Options {
	if o.Transport == nil {
		o.Transport = defaultTransport()
	}
	if o.Now == nil {
		o.Now = time.Now //nolint:forbidigo // the seam's own default
	}
	if o.Sleep == nil {
		o.Sleep = sleep
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	o.UserAgent = orElse(o.UserAgent, defaultUserAgent)
	o.Timeout = orElse(o.Timeout, defaultTimeout)
	o.Retry.Attempts = orElse(o.Retry.Attempts, 5)
	o.Retry.FirstDelay = orElse(o.Retry.FirstDelay, time.Second)
	o.Retry.MaxDelay = orElse(o.Retry.MaxDelay, time.Minute)
	o.Retry.Budget = orElse(o.Retry.Budget, time.Minute)
	return o
}

func orElse[T comparable](value, fallback T) T {
	var zero T
	if value == zero {
		return fallback
	}
	return value
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d) //nolint:forbidigo // the default of the seam Sleep
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
