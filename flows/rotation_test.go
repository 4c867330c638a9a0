package flows_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/sfconform/sfconform/flows"
)

func TestRotatedPairIsReloadedOnceAndNeverMixed(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(func(n int) *http.Response {
		if o.asked()[n-1].form.Get("client_secret") == "new-secret" {
			return numbered(n)
		}
		return answer(400, refusal("invalid_client", "invalid client credentials"))
	})
	reloads := 0
	flow := clientCredentials()
	flow.AuthStyle = flows.AuthBody
	flow.Reload = func(context.Context) (string, string, error) {
		reloads++
		return "new-id", "new-secret", nil
	}
	source := newSource(t, flow, o.options())
	source.Invalidate(mustToken(t, source))
	mustToken(t, source)
	for _, r := range o.asked() {
		if (r.form.Get("client_id") == "new-id") != (r.form.Get("client_secret") == "new-secret") {
			t.Errorf("mixed pair: %v", r.form)
		}
	}
	if reloads != 1 || len(o.asked()) != 3 { // the second login begins with the new pair
		t.Errorf("%d reloads, %d requests", reloads, len(o.asked()))
	}
}

func TestCredentialThatIsReplacedAfterItsRefusalIsSoonUsed(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(func(n int) *http.Response {
		if o.asked()[n-1].form.Get("client_secret") == "new-secret" {
			return numbered(n)
		}
		return answer(400, refusal("invalid_client", "invalid client credentials"))
	})
	flow, secret, reloads := clientCredentials(), canarySecret, 0
	flow.AuthStyle = flows.AuthBody
	flow.Reload = func(context.Context) (string, string, error) {
		reloads++
		return canaryID, secret, nil
	}
	source := newSource(t, flow, o.options())
	for range 30 { // half a minute, in which the refusal is remembered
		_, err := source.AccessToken(t.Context())
		wantTokenError(t, err)
		o.advance(time.Second)
	}
	if len(o.asked()) != 1 || reloads > 4 {
		t.Errorf("%d requests and %d readings while nothing had changed", len(o.asked()), reloads)
	}
	o.advance(time.Minute)
	if _, err := source.AccessToken(t.Context()); len(o.asked()) != 2 {
		t.Errorf("%d requests, want the readings not to prolong the memory of the refusal: %v", len(o.asked()), err)
	}
	secret = "new-secret"
	o.advance(10 * time.Second)
	if mustToken(t, source); len(o.asked()) != 3 {
		t.Errorf("%d requests", len(o.asked()))
	}
}

func TestUnchangedOrUnreadableCredentialIsNotTriedAgain(t *testing.T) {
	t.Parallel()
	for name, reload := range map[string]func(context.Context) (string, string, error){
		"unchanged":  func(context.Context) (string, string, error) { return canaryID, canarySecret + "\n", nil },
		"unreadable": func(context.Context) (string, string, error) { return "", "", errors.New("no such file") },
	} {
		o := newOrg()
		o.onToken(always(400, refusal("invalid_client", "heron-42")))
		flow := clientCredentials()
		flow.Reload = reload
		_, err := login(t, o, flow)
		if refused := wantTokenError(t, err); refused.Description != "heron-42" || len(o.asked()) != 1 {
			t.Errorf("%s: %v, %d requests", name, err, len(o.asked()))
		}
	}
}

func TestReplacedKeyIsReloadedAfterInvalidAssertion(t *testing.T) {
	t.Parallel()
	o := newOrg()
	o.onToken(always(400, refusal("invalid_grant", "invalid assertion")))
	flow := jwtBearer(t)
	asked := 0
	flow.Reload = func(context.Context) (*flows.PrivateKey, error) { asked++; return testKey(t), nil }
	_, err := login(t, o, flow)
	if wantTokenError(t, err); asked != 1 || len(o.asked()) != 1 {
		t.Errorf("%d reloads, %d requests", asked, len(o.asked()))
	}
}
