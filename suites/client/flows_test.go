package client_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client"
	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/scenario"
)

// bearing is a client that asks by an assertion whatever settings it finds.
func bearing(grant string) func(context.Context, drive.Env) error {
	return posting(func(drive.Env) url.Values { return url.Values{"grant_type": {grant}, "assertion": {"a.b.c"}} })
}

// asking is a client that asks for a token by one grant type whatever settings it finds,
// as a script does that takes an unset variable for an empty one.
func asking(grant string) func(context.Context, drive.Env) error {
	return posting(func(env drive.Env) url.Values {
		return url.Values{"grant_type": {grant}, "client_id": {env.ClientID()}, "client_secret": {env.Get("SF_CLIENT_SECRET")}}
	})
}

// posting is a client that sends a form to the token endpoint.
func posting(form func(drive.Env) url.Values) func(context.Context, drive.Env) error {
	return func(ctx context.Context, env drive.Env) error {
		way, err := env.Transport()
		if err != nil {
			return err
		}
		defer way.CloseIdleConnections()
		form := form(env)
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, env.LoginURL()+"/services/oauth2/token", strings.NewReader(form.Encode()))
		if err != nil {
			return err
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		answer, err := way.RoundTrip(r)
		if err != nil {
			return err
		}
		return answer.Body.Close()
	}
}

func TestAFlowIsJudgedWhereItsGrantTypeIsAskedFor(t *testing.T) {
	t.Parallel()
	both := []fixtures.Flow{fixtures.ClientCredentials, fixtures.JWTBearer}
	for _, c := range []struct {
		name string
		asks func(context.Context, drive.Env) error
		want []fixtures.Flow
	}{
		{"client credentials without a secret", asking(string(fixtures.GrantClientCredentials)), both[:1]},
		{"an assertion that is none", asking(string(fixtures.GrantJWTBearer)), both[1:]},
		{"a wrong grant type", asking("password"), both[:1]},
		{"a misspelt one with an assertion", bearing("jwt-bearer"), both[1:]},
		{"a right one, and a misspelt one with an assertion", func(ctx context.Context, env drive.Env) error {
			if env.Get("SF_CLIENT_SECRET") == "" {
				return bearing("urn:ietf:params:oauth:grant-type:jwt_bearer")(ctx, env)
			}
			return asking(string(fixtures.GrantClientCredentials))(ctx, env)
		}, both},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o := options(fake(c.asks), scenario.HappyPath)
			o.Flows = nil
			if got := run(t, o).Run.Flows; !slices.Equal(got, c.want) {
				t.Errorf("judged are %v, want %v", got, c.want)
			}
		})
	}
}

func TestAClientThatNeverLogsInIsToldSoBeforeAllElse(t *testing.T) {
	t.Parallel()
	for grant, told := range map[string]bool{"password": true, string(fixtures.GrantClientCredentials): false} {
		o := options(fake(asking(grant)), scenario.HappyPath)
		o.Flows = []fixtures.Flow{fixtures.ClientCredentials}
		untested := run(t, o).Untested
		got := slices.ContainsFunc(untested, func(u report.Untested) bool {
			return u.What == "flow client-credentials" && strings.Contains(u.Why, "gets no token where everything is set up right")
		})
		if got != told {
			t.Errorf("%s: told %t, want %t: %+v", grant, got, told, untested)
		}
	}
}

func TestAClientThatNeverCallsIsToldSoAlsoWhereItsFlowIsNamed(t *testing.T) {
	t.Parallel()
	for name, flows := range map[string][]fixtures.Flow{"found out": nil, "named": {fixtures.ClientCredentials}} {
		o := options(fake(func(context.Context, drive.Env) error { return errLeft }))
		o.Flows, o.Scenarios = flows, nil
		if r, err := client.Run(t.Context(), o); !errors.Is(err, client.ErrNoRequest) {
			t.Errorf("%s: %v, %+v", name, err, r)
		}
	}
}

func TestADroppedFlowSaysWhatWasAskedForInItsPlace(t *testing.T) {
	t.Parallel()
	o := options(fake(asking(string(fixtures.GrantClientCredentials))), scenario.HappyPath)
	o.Flows = nil
	untested := run(t, o).Untested
	if !slices.ContainsFunc(untested, func(u report.Untested) bool {
		return u.What == "flow jwt-bearer" && strings.Contains(u.Why, `grant_type "client_credentials"`)
	}) {
		t.Errorf("it is not told: %+v", untested)
	}
}
