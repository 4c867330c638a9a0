package client_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// askForToken asks for a token as settings say; the secret goes where the caller puts it.
func askForToken(ctx context.Context, settings map[string]string, query string) error {
	pem, err := os.ReadFile(settings["SF_CA_FILE"])
	if err != nil {
		return err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}}
	defer transport.CloseIdleConnections()
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {settings["SF_CLIENT_ID"]}, "client_secret": {settings["SF_CLIENT_SECRET"]}}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, settings["SF_LOGIN_URL"]+"/services/oauth2/token"+query, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := transport.RoundTrip(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, answer.Body)
	return err
}

// watching has a client work as soon as its settings are shown, and ends the watch then.
func watching(t *testing.T, o client.Options, work func(ctx context.Context, settings map[string]string) error) (*report.Report, error) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	return client.Watch(ctx, client.WatchOptions{
		Options: o,
		Show: func(_ fixtures.Flow, settings map[string]string) error {
			defer stop()
			return work(t.Context(), settings)
		},
	})
}

func TestWatchingJudgesWhatAnyWorkShows(t *testing.T) {
	t.Parallel()
	secrets := client.Options{Flows: []fixtures.Flow{fixtures.ClientCredentials}, Mode: "watch"}
	r, err := watching(t, secrets, func(ctx context.Context, settings map[string]string) error {
		return askForToken(ctx, settings, "?client_secret="+settings["SF_CLIENT_SECRET"])
	})
	if err != nil {
		t.Fatal(err)
	}
	got := map[fixtures.RequirementID]verdict.Verdict{}
	for _, result := range r.Results {
		got[result.ID] = result.Verdict
	}
	if got["req-params-in-body"] != verdict.Fail || got["req-method-post"] != verdict.Pass || r.Interrupted {
		t.Errorf("interrupted %v, %v", r.Interrupted, got)
	}
	if _, judged := got["session-no-loop"]; judged {
		t.Error("a requirement that needs a scenario is judged")
	}
	if !slices.ContainsFunc(r.Untested, func(u report.Untested) bool { return strings.Contains(u.Why, "no watching brings about") }) {
		t.Errorf("what watching cannot show is not named: %+v", r.Untested)
	}
}

func TestWatchingSaysWhatItCannotDo(t *testing.T) {
	t.Parallel()
	idle := func(context.Context, map[string]string) error { return nil }
	if _, err := watching(t, client.Options{}, idle); !errors.Is(err, client.ErrNoRequest) {
		t.Errorf("nothing arrived: %v", err)
	}
	if _, err := watching(t, client.Options{Only: []fixtures.RequirementID{"session-no-loop"}}, idle); !errors.Is(err, client.ErrNotWatched) {
		t.Errorf("a requirement that needs a scenario: %v", err)
	}
	broken := errors.New("the terminal is gone")
	if _, err := watching(t, client.Options{}, func(context.Context, map[string]string) error { return broken }); !errors.Is(err, broken) {
		t.Errorf("settings that cannot be shown: %v", err)
	}
}
