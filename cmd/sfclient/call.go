package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/sfconform/sfconform/flows"
)

// probeQuery is the cheapest API call that every user with API access may make.
const probeQuery = "SELECT Id FROM Organization LIMIT 1"

// call makes one API call. Its answer matters only where a certain org is expected.
func (s *session) call(ctx context.Context, version string) error {
	var org struct{ ID string }
	_, err := s.client.Query(ctx, version, probeQuery, func(record json.RawMessage) error { return json.Unmarshal(record, &org) })
	if err != nil {
		return err
	}
	want := strings.TrimSpace(s.settings.get("org-id"))
	if want = want[:min(len(want), len("00D000000000001"))]; !strings.HasPrefix(org.ID, want) {
		return wrongOrgError{got: org.ID, want: want}
	}
	return nil
}

// guardOrg asks the API for the org before anything else is done there, if one is expected and the login's answer,
// which may do so, left it unnamed.
func (s *session) guardOrg(ctx context.Context, version string) error {
	if s.settings.get("org-id") == "" {
		return nil
	}
	token, err := s.source.AccessToken(ctx)
	if err != nil || token.OrgID() != "" {
		return err
	}
	return s.call(ctx, version)
}

// wrongOrgError is a token of another org than SF_ORG_ID, found out by the API.
type wrongOrgError struct{ got, want string }

func (e wrongOrgError) Error() string {
	return fmt.Sprintf("the token is for org %q, not for the expected org %q", printable(e.got), e.want)
}

func (s *session) apiVersion() (string, error) {
	asked := s.settings.get("api-version")
	if asked == "" {
		return defaultAPIVersion, nil
	}
	return flows.ParseAPIVersion(asked)
}

// tally is the CHECK line: what the wire does not show to a harness. A nil member was not counted.
type tally struct {
	Records *int  `json:"records,omitempty"`
	Writes  *int  `json:"writes,omitempty"`
	Calls   *int  `json:"calls,omitempty"`
	Failed  *int  `json:"failed,omitempty"`
	Pause   *bool `json:"pause,omitempty"`
}

// check prints the CHECK line if a harness is watching.
func (s *session) check(t tally) error {
	if !s.checked {
		return nil
	}
	return s.announce(t)
}

// announce prints the CHECK line, whoever is watching.
func (s *session) announce(t tally) error {
	line, err := json.Marshal(t)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(s.out, "CHECK %s\n", line); err != nil {
		return fmt.Errorf("%w: %w", errNotWritten, err)
	}
	return nil
}
