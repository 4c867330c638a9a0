package flows_test

import (
	"slices"
	"testing"
	"time"
)

func TestPropagationWaitIsOptInSlowAndBounded(t *testing.T) {
	t.Parallel()
	unknown := always(400, refusal("invalid_client_id", "client identifier invalid"))
	o := newOrg()
	o.onToken(sequence(unknown, unknown, unknown, unknown, numbered))
	options := o.options()
	options.PropagationWait = 10 * time.Minute
	if _, err := newSource(t, clientCredentials(), options).AccessToken(t.Context()); err != nil {
		t.Fatal(err)
	}
	if shortest := slices.Min(o.sleeps); len(o.sleeps) != 4 || shortest < time.Minute {
		t.Errorf("waits %v", o.sleeps)
	}

	o = newOrg()
	o.onToken(unknown)
	options = o.options()
	options.PropagationWait = 10 * time.Minute
	if _, err := newSource(t, clientCredentials(), options).AccessToken(t.Context()); err == nil || len(o.asked()) > 10 {
		t.Errorf("%d requests, error %v", len(o.asked()), err)
	}

	o = newOrg()
	o.onToken(always(400, refusal("invalid_grant", "ip restricted")))
	options = o.options()
	options.PropagationWait = 10 * time.Minute
	if _, err := newSource(t, clientCredentials(), options).AccessToken(t.Context()); err == nil || len(o.asked()) != 1 {
		t.Errorf("a refusal that does not spread was asked %d times", len(o.asked()))
	}
}

func TestOutageDuringThePropagationWaitDoesNotEndIt(t *testing.T) {
	t.Parallel()
	unknown, down := always(400, refusal("invalid_client_id", "client identifier invalid")), always(503, "")
	o := newOrg()
	o.onToken(sequence(unknown, unknown, down, down, down, unknown, down, down, down, unknown, unknown, numbered))
	options := o.options()
	options.PropagationWait = 20 * time.Minute
	if _, err := newSource(t, clientCredentials(), options).AccessToken(t.Context()); err != nil {
		t.Errorf("after %d requests: %v", len(o.asked()), err)
	}
}

func TestAppThatWorkedIsAskedTwiceBeforeItCountsAsGone(t *testing.T) {
	t.Parallel()
	o := newOrg()
	lagging := always(400, refusal("invalid_client_id", "client identifier invalid"))
	o.onToken(sequence(numbered, lagging, numbered, lagging))
	source := newSource(t, clientCredentials(), o.options())
	for _, wantError := range []bool{false, false, true} {
		token, err := source.AccessToken(t.Context())
		if (err != nil) != wantError {
			t.Fatalf("error %v, want one: %v", err, wantError)
		}
		if token != nil {
			o.advance(time.Hour)
			source.Invalidate(token.AccessToken)
		}
	}
	if len(o.asked()) != 5 {
		t.Errorf("%d requests, want 1 + 2 + 2", len(o.asked()))
	}
}
