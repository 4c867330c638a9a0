package stage_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/stage"
)

// keys take long to make, so that all tests share them.
var keys = sync.OnceValues(stage.NewKeys)

// set is a stage that serves http and is closed with the test.
func set(t *testing.T, o stage.Options) *stage.Stage {
	t.Helper()
	k, err := keys()
	if err != nil {
		t.Fatal(err)
	}
	o.Keys, o.Dir, o.Insecure, o.Scenario = k, t.TempDir(), true, t.Name()
	if o.Flow == "" {
		o.Flow = fixtures.ClientCredentials
	}
	s, err := stage.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// asks is the status that the org's token endpoint answers a pair with.
func asks(t *testing.T, s *stage.Stage, org int, p evidence.Pair) int {
	t.Helper()
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {p.ClientID}, "client_secret": {p.ClientSecret}}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.Base(evidence.Token, org)+"/services/oauth2/token",
		strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	return response.StatusCode
}

// pairOf is what the settings of an identity say; suffix is "_2" for the second.
func pairOf(s *stage.Stage, suffix string) evidence.Pair {
	all := s.Settings()
	return evidence.Pair{ClientID: all[stage.ClientID+suffix], ClientSecret: all[stage.ClientSecret+suffix]}
}

func TestAStagedPairWorksBesideTheFirstUntilThatIsDropped(t *testing.T) {
	t.Parallel()
	s := set(t, stage.Options{})
	first, second := pairOf(s, ""), s.StagePair()
	for _, p := range []evidence.Pair{first, second} {
		if status := asks(t, s, 0, p); status != http.StatusOK {
			t.Errorf("while both are valid one is answered %d", status)
		}
	}
	if status := asks(t, s, 0, evidence.Pair{ClientID: first.ClientID, ClientSecret: second.ClientSecret}); status == http.StatusOK {
		t.Error("halves of two pairs are taken for one")
	}
	s.DropPair()
	if old, fresh := asks(t, s, 0, first), asks(t, s, 0, second); old == http.StatusOK || fresh != http.StatusOK {
		t.Errorf("after the first pair was dropped it is answered %d, the second one %d", old, fresh)
	}
	if got := s.Evidence(nil).Pairs; len(got) != 2 || got[0] != first || got[1] != second {
		t.Error("the evidence does not hold both pairs in order")
	}
}

func TestAReplacedSecretVoidsTheOldOne(t *testing.T) {
	t.Parallel()
	s := set(t, stage.Options{})
	fresh := s.ReplaceSecret()
	if first := pairOf(s, ""); fresh.ClientID != first.ClientID || asks(t, s, 0, first) == http.StatusOK {
		t.Error("the old secret still works, or the key was replaced as well")
	}
	if status := asks(t, s, 0, fresh); status != http.StatusOK {
		t.Errorf("the new secret is answered %d", status)
	}
	if s.Blank(stage.NewestSecret) != fresh.ClientSecret || len(s.Secrets().Find([]byte(fresh.ClientSecret))) == 0 {
		t.Error("the new secret is not to be had for settings, or is no canary")
	}
}

func TestAReplacedKeyStandsWhereTheOldOneWas(t *testing.T) {
	t.Parallel()
	s := set(t, stage.Options{Flow: fixtures.JWTBearer})
	before := s.Org().Config().Apps["integration"].Certificate
	s.ReplaceKey()
	certificates := s.Evidence(nil).Certificates
	if len(certificates) != 2 || certificates[0] != before || certificates[1] != s.Org().Config().Apps["integration"].Certificate {
		t.Error("the evidence does not hold the app's certificates in order")
	}
}

func TestIdentitiesAreAsDistinctAsTheScenarioWants(t *testing.T) {
	t.Parallel()
	for _, row := range []struct {
		name             string
		options          stage.Options
		sameHost, sameID bool
	}{
		{"two orgs", stage.Options{Second: true}, false, false},
		{"two orgs with the same identity", stage.Options{Second: true, SameIdentity: true}, false, true},
		{"two apps of one org", stage.Options{SecondApp: true}, true, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			s := set(t, row.options)
			all := s.Settings()
			if same := all[stage.LoginURL] == all[stage.LoginURL+"_2"]; same != row.sameHost {
				t.Errorf("the same host: %t", same)
			}
			if same := pairOf(s, "") == pairOf(s, "_2"); same != row.sameID {
				t.Errorf("the same credential: %t", same)
			}
			second := 1
			if row.sameHost {
				second = 0
			}
			if status := asks(t, s, second, pairOf(s, "_2")); status != http.StatusOK {
				t.Errorf("the second identity is answered %d", status)
			}
			row.options.Flow = fixtures.JWTBearer
			all = set(t, row.options).Settings()
			if same := all[stage.Username] == all[stage.Username+"_2"]; same != row.sameID {
				t.Errorf("the same username: %t", same)
			}
		})
	}
}

func TestASecondAppAndASecondOrgAreRefused(t *testing.T) {
	t.Parallel()
	k, err := keys()
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range []stage.Options{{Second: true, SecondApp: true}, {SameIdentity: true}} {
		o.Keys, o.Flow = k, fixtures.ClientCredentials
		if _, err := stage.New(o); err == nil {
			t.Errorf("Second %t, SecondApp %t, SameIdentity %t is taken", o.Second, o.SecondApp, o.SameIdentity)
		}
	}
}
