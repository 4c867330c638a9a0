package stage_test

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/stage"
)

// open opens a stage for a client of the test.
func open(t *testing.T, o stage.Options) *stage.Stage {
	t.Helper()
	keys, err := stage.NewKeys()
	if err != nil {
		t.Fatal(err)
	}
	o.Scenario, o.Flow, o.Keys, o.Dir = "flood", fixtures.ClientCredentials, keys, t.TempDir()
	s, err := stage.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	s.BeginRun(1)
	return s
}

func post(t *testing.T, c *http.Client, s *stage.Stage) int {
	t.Helper()
	form := strings.NewReader("grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=aaaaaaaaaaaaaaaa")
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.Base(evidence.Token, 0)+"/services/oauth2/token", form)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := c.Do(r)
	if err != nil {
		return 0
	}
	_ = response.Body.Close()
	return response.StatusCode
}

func TestAFloodOfRequestsIsCutOffAndNotKept(t *testing.T) {
	t.Parallel()
	s := open(t, stage.Options{Insecure: true, Requests: 5})
	gone := 0
	for range 5 + 51 {
		if post(t, http.DefaultClient, s) == http.StatusGone {
			gone++
		}
	}
	e := s.Evidence(nil)
	if gone != 51 || len(e.Exchanges) != 5 || e.Beyond != 51 || !e.KillSwitch {
		t.Errorf("%d were told that it is over, %d are kept, %d counted, kill switch %t", gone, len(e.Exchanges), e.Beyond, e.KillSwitch)
	}
	select {
	case <-s.Killed():
	default:
		t.Error("the client is not ended")
	}
	s.BeginRun(2)
	if got := post(t, http.DefaultClient, s); got == http.StatusGone {
		t.Error("the next start is cut off at once")
	}
}

func TestAFloodOfConnectionsIsNotKept(t *testing.T) {
	t.Parallel()
	s := open(t, stage.Options{Insecure: true})
	address := strings.TrimPrefix(s.Base(evidence.Token, 0), "http://")
	for range stage.MostHandshakes + 100 {
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		_ = c.Close()
	}
	if n := len(s.Evidence(nil).Handshakes); n > stage.MostHandshakes {
		t.Errorf("%d connections are kept", n)
	}
}

func TestAHandshakeSaysWhatTheClientOffered(t *testing.T) {
	t.Parallel()
	s := open(t, stage.Options{})
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(s.AuthorityPEM())
	c := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS13}}}
	defer c.CloseIdleConnections()
	post(t, c, s)
	h := s.Evidence(nil).Handshakes
	if len(h) != 1 || !h[0].Completed || len(h[0].Offered) != 1 || h[0].Offered[0] != tls.VersionTLS13 {
		t.Errorf("the handshakes are %+v", h)
	}
}

func TestAScenarioThatPanicsAtARequestIsAFailureOfTheHarness(t *testing.T) {
	t.Parallel()
	for name, arm := range map[string]func(*stage.Stage){
		"before": func(s *stage.Stage) { s.Before(stage.When{}, func(*evidence.Exchange) { panic("no such app") }) },
		"after":  func(s *stage.Stage) { s.After(stage.When{}, func(*evidence.Exchange) { panic("no such app") }) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, stage.Options{Insecure: true})
			arm(s)
			post(t, http.DefaultClient, s)
			s.Settle(t.Context())
			if err := s.Err(); err == nil || !strings.Contains(err.Error(), `"flood"`) || !strings.Contains(err.Error(), "no such app") {
				t.Errorf("the failure is %v", err)
			}
		})
	}
}
