package main

import (
	"net/http"
	"slices"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
)

// answers sends a refusal of the catalogue with the blanks of its text filled in.
func answers(w http.ResponseWriter, a fixtures.Answer) {
	for name, value := range a.Header {
		w.Header().Set(name, value)
	}
	w.Header().Set("Content-Type", a.ContentType())
	w.WriteHeader(a.Status)
	_, _ = w.Write(a.Body())
}

// allowedLogins is how many token requests one run may make after a refusal, by what the catalogue says to do.
func allowedLogins(retry fixtures.Retry) (least, most int) {
	if retry == fixtures.RetryBackoff {
		return 2, 5
	}
	return 1, 2
}

func grantsOf(r fixtures.Refusal) []fixtures.Grant {
	all := []fixtures.Grant{fixtures.GrantClientCredentials, fixtures.GrantJWTBearer}
	if len(r.Grants) == 0 {
		return all
	}
	return slices.DeleteFunc(all, func(g fixtures.Grant) bool { return !slices.Contains(r.Grants, g) })
}

func TestEveryRefusalOfALoginIsShownWithAFixAndNotHammered(t *testing.T) {
	t.Parallel()
	tried := 0
	for _, r := range fixtures.Refusals {
		if r.Endpoint != fixtures.EndpointToken && r.Endpoint != fixtures.EndpointAny || r.Answer.Status < http.StatusBadRequest {
			continue
		}
		for _, grant := range grantsOf(r) {
			tried++
			t.Run(string(r.ID)+"/"+string(grant), func(t *testing.T) {
				t.Parallel()
				refuseLogin(t, r, grant)
			})
		}
	}
	if tried < 40 {
		t.Errorf("the catalogue has only %d refusals of a login", tried)
	}
}

func refuseLogin(t *testing.T, r fixtures.Refusal, grant fixtures.Grant) {
	t.Helper()
	o := newOrg(t)
	env := o.secretEnv()
	if grant == fixtures.GrantJWTBearer {
		env = o.keyEnv()
	}
	o.token = func(w http.ResponseWriter, _ int) { answers(w, r.Answer) }
	words := []string{"fix: ", "127.0.0.1"}
	if r.Retry == fixtures.RetryPropagation {
		words = append(words, "2-10 minutes")
	}
	if r.Answer.Format == fixtures.FormatOAuth {
		words = append(words, r.Answer.Error, r.Answer.Description)
	}
	sfclient(t, with(env, "SF_VERBOSE", "true"), "query").want(t, exitFailed, words...)
	logins, calls := o.made()
	if least, most := allowedLogins(r.Retry); logins < least || logins > most || calls != 0 {
		t.Errorf("%d token requests (%s), %d API calls", logins, r.Retry, calls)
	}
}

func TestEveryRefusalOfACallIsShownAndOnlyEndedSessionsAreRenewed(t *testing.T) {
	t.Parallel()
	for _, r := range fixtures.Refusals {
		if r.Endpoint != fixtures.EndpointREST || slices.Contains(r.Causes, "client-bug-token-not-sent") {
			continue // this client sends its token, and takes these answers for what they say: that the session has ended
		}
		t.Run(string(r.ID), func(t *testing.T) {
			t.Parallel()
			o := newOrg(t)
			o.api = func(w http.ResponseWriter, _ *http.Request) { answers(w, r.Answer) }
			got := sfclient(t, o.secretEnv(), "query")
			got.want(t, exitFailed, r.Answer.Error)
			logins, calls := o.made()
			switch {
			case r.Retry == fixtures.RetryLogin && logins != 2:
				t.Errorf("%d logins for an ended session", logins)
			case r.Retry == fixtures.RetryBackoff && (logins != 1 || calls < 2):
				t.Errorf("%d logins and %d calls in an outage", logins, calls)
			case r.Retry != fixtures.RetryLogin && r.Retry != fixtures.RetryBackoff && (logins != 1 || calls != 1):
				t.Errorf("%d logins and %d calls for what neither cures", logins, calls)
			}
		})
	}
}
