package client_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client"
	"github.com/sfconform/sfconform/suites/client/drive"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/scenario"
)

// oneLogin is a client that does nothing but one token request.
func oneLogin(ctx context.Context, env drive.Env) error {
	transport, err := env.Transport()
	if err != nil {
		return err
	}
	defer transport.CloseIdleConnections()
	return login(ctx, env, transport)
}

func login(ctx context.Context, env drive.Env, way http.RoundTripper) error {
	return loginBy(ctx, env, way, http.MethodPost)
}

func loginBy(ctx context.Context, env drive.Env, way http.RoundTripper, method string) error {
	secret, err := env.ClientSecret()
	if err != nil || secret == "" {
		return errors.Join(err, errLeft)
	}
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {env.ClientID()}, "client_secret": {secret}}
	r, err := http.NewRequestWithContext(ctx, method, env.LoginURL()+"/services/oauth2/token", strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("User-Agent", "one-login/1.0")
	response, err := way.RoundTrip(r)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", response.Status, body)
	}
	return err
}

// driver is a driver for tests: a function, with the traits and the turns that a test
// wants.
type driver struct {
	drive.Driver
	traits drive.Traits
	run    func(ctx context.Context, job drive.Job, next drive.Driver) (evidence.Run, error)
}

func fake(f func(ctx context.Context, env drive.Env) error) *driver {
	d := drive.NewFunc(f, drive.FuncOptions{Operations: true})
	return &driver{Driver: d, traits: d.Traits()}
}

func (d *driver) Traits() drive.Traits { return d.traits }

func (d *driver) Run(ctx context.Context, job drive.Job) (evidence.Run, error) {
	if d.run == nil {
		return d.Driver.Run(ctx, job)
	}
	return d.run(ctx, job, d.Driver)
}

// options are those of a short run in one flow.
func options(d drive.Driver, scenarios ...string) client.Options {
	return client.Options{
		Driver: d, Mode: "go", Name: "one-login", Seed: 1, Flows: []fixtures.Flow{fixtures.ClientCredentials},
		Scenarios: append([]string{scenario.HappyPath}, scenarios...), Command: []string{"./one login", "--it's"},
	}
}

func run(t *testing.T, o client.Options) *report.Report {
	t.Helper()
	r, err := client.Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func result(t *testing.T, r *report.Report, id fixtures.RequirementID) report.Result {
	t.Helper()
	for _, one := range r.Results {
		if one.ID == id {
			return one
		}
	}
	t.Fatalf("there is no result of %s", id)
	return report.Result{}
}

var errLeft = errors.New("left")
