package flows_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jarcoal/httpmock"

	"github.com/sfconform/sfconform/flows"
)

func TestTransientAnswersAreRetriedWithGrowingWaits(t *testing.T) {
	t.Parallel()
	transient := map[string]func(int) *http.Response{
		"503":           always(503, ""),
		"500 html":      always(500, "<html>"),
		"429":           always(429, ""),
		"408":           always(408, ""),
		"unknown_error": always(400, refusal("unknown_error", "retry your request")),
		"server_error":  always(400, refusal("server_error", "")),
		"5xx with json": always(503, refusal("anything", "at all")),
	}
	for name, failing := range transient {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOrg()
			o.onToken(sequence(failing, failing, failing, numbered))
			if _, err := login(t, o, clientCredentials()); err != nil {
				t.Fatal(err)
			}
			if len(o.sleeps) != 3 {
				t.Fatalf("waits %v", o.sleeps)
			}
			for i := 1; i < len(o.sleeps); i++ {
				if o.sleeps[i] < o.sleeps[i-1]*13/10 {
					t.Errorf("waits do not grow: %v", o.sleeps)
				}
			}
			if o.sleeps[0] < time.Second || o.sleeps[0] > 1200*time.Millisecond || o.sleeps[1] == 2*o.sleeps[0] {
				t.Errorf("waits have no jitter of up to a fifth: %v", o.sleeps)
			}
		})
	}
}

func TestRetriesEnd(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		retry    flows.Retry
		requests int
	}{
		{"after five attempts", flows.Retry{}, 5},
		{"after one", flows.Retry{Attempts: 1}, 1},
		{"when the budget is used", flows.Retry{Budget: 4 * time.Second, Attempts: 100}, 3},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			o := newOrg()
			o.onToken(always(503, ""))
			options := o.options()
			options.Retry = test.retry
			_, err := newSource(t, clientCredentials(), options).AccessToken(t.Context())
			if refused := wantTokenError(t, err); refused.Attempts != test.requests || len(o.asked()) != test.requests {
				t.Errorf("%d attempts in the error, %d on the wire, want %d", refused.Attempts, len(o.asked()), test.requests)
			}
		})
	}
}

func TestNoWaitExceedsMaxDelay(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(sequence(always(503, ""), always(503, ""), always(503, ""), always(503, ""), func(int) *http.Response {
		response := answer(503, "")
		response.Header.Set("Retry-After", "3")
		return response
	}, numbered))
	options := o.options()
	options.Retry = flows.Retry{Attempts: 10, MaxDelay: 3 * time.Second}
	if _, err := newSource(t, clientCredentials(), options).AccessToken(t.Context()); err != nil {
		t.Fatal(err)
	}
	if slices.Max(o.sleeps) != 3*time.Second || o.sleeps[4] != 3*time.Second {
		t.Errorf("waits %v", o.sleeps)
	}
}

func TestRetryAfterIsNeverUndercut(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, value string
		least       time.Duration
		requests    int
	}{
		{"seconds", "3", 3 * time.Second, 2},
		{"date", "Fri, 02 Jan 2026 04:00:07 GMT", 7 * time.Second, 2},
		{"past date", "Fri, 02 Jan 2026 03:00:00 GMT", time.Second, 2},
		{"beyond the bound", "3600", 0, 1},
		{"beyond any number", "99999999999999999999", 0, 1},
		{"nonsense", "soon", time.Second, 2},
		{"negative", "-7", time.Second, 2},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			o := newOrg()
			o.onToken(sequence(func(int) *http.Response {
				response := httpmock.NewStringResponse(429, "")
				response.Header.Set("Retry-After", test.value)
				response.Header.Set("Date", "Fri, 02 Jan 2026 04:00:00 GMT") // another clock than the client's
				return response
			}, numbered))
			options := o.options()
			options.Retry.Budget = 24 * time.Hour
			_, err := newSource(t, clientCredentials(), options).AccessToken(t.Context())
			if len(o.asked()) != test.requests || (err == nil) != (test.requests == 2) {
				t.Fatalf("%d requests, error %v", len(o.asked()), err)
			}
			if test.requests == 2 && (o.sleeps[0] < test.least || o.sleeps[0] > 2*test.least) {
				t.Errorf("waited %v, want at least %v", o.sleeps[0], test.least)
			}
		})
	}
}

func TestPermanentRefusalIsAskedOnceAndRemembered(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(always(400, refusal("invalid_client", "heron-42")))
	source := newSource(t, clientCredentials(), o.options())
	for range 20 {
		_, err := source.AccessToken(t.Context())
		if refused := wantTokenError(t, err); refused.Description != "heron-42" {
			t.Fatal(err)
		}
	}
	if len(o.asked()) != 1 {
		t.Fatalf("%d requests for 20 calls", len(o.asked()))
	}
	_, err := source.AccessToken(t.Context())
	if refused := wantTokenError(t, err); !refused.RetryAt.Equal(clockStart.Add(time.Minute)) || !strings.Contains(err.Error(), "not asked again before") {
		t.Errorf("remembered error is %q", err)
	}
}

func TestMemoryOfARefusalFadesAndGrows(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(always(400, refusal("invalid_client", "x")))
	source := newSource(t, clientCredentials(), o.options())
	for range 3600 {
		_, _ = source.AccessToken(t.Context())
		o.advance(time.Second)
	}
	if n := len(o.asked()); n < 4 || n > 9 {
		t.Errorf("%d requests in an hour of calls every second", n)
	}
}

func TestLoginRateIsLeftAloneForAnHour(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(sequence(always(400, refusal("invalid_grant", "login rate exceeded")), numbered))
	source := newSource(t, clientCredentials(), o.options())
	_, err := source.AccessToken(t.Context())
	if refused := wantTokenError(t, err); !strings.Contains(refused.Hint, "asked for 1 tokens") {
		t.Errorf("hint is %q", refused.Hint)
	}
	o.advance(59 * time.Minute)
	if _, err = source.AccessToken(t.Context()); err == nil || len(o.asked()) != 1 {
		t.Errorf("asked again within the hour: %v", err)
	}
	o.advance(2 * time.Minute)
	if _, err = source.AccessToken(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestCancellationEndsAWaitWithoutAnotherRequest(t *testing.T) {
	t.Parallel()
	o := newOrg()
	ctx, cancel := context.WithCancel(t.Context())
	o.onToken(always(503, ""))
	options := o.options()
	ended := make(chan struct{})
	options.Sleep = func(waiting context.Context, _ time.Duration) error {
		defer close(ended)
		cancel()
		<-waiting.Done()
		return waiting.Err()
	}
	_, err := newSource(t, clientCredentials(), options).AccessToken(ctx)
	<-ended // the login itself ends, too, not only the wait for it
	if !errors.Is(err, context.Canceled) || len(o.asked()) != 1 {
		t.Errorf("error %v, %d requests", err, len(o.asked()))
	}
	if last := wantTokenError(t, err); last.Status != 503 || !strings.Contains(err.Error(), "acme.my.salesforce.com stopped") {
		t.Errorf("error %v does not say what was waited for", err)
	}
}

func TestOneAttemptCannotOutliveTheBudget(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.RegisterResponder(http.MethodPost, tokenURL, func(r *http.Request) (*http.Response, error) {
		<-r.Context().Done()
		return nil, r.Context().Err()
	})
	options := o.options()
	options.Timeout, options.Retry.Budget, options.Retry.Attempts = 24*time.Hour, time.Millisecond, 1
	_, err := newSource(t, clientCredentials(), options).AccessToken(t.Context())
	if refused := wantTokenError(t, err); !strings.Contains(refused.Problem, "(1ms)") {
		t.Errorf("error is %v", err)
	}
}
