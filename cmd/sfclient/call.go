package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/sfconform/sfconform/flows"
)

// probeQuery is the cheapest API call that every user with API access may make.
const probeQuery = "SELECT Id FROM Organization LIMIT 1"

// call makes one API call whose answer does not matter.
func call(ctx context.Context, client *flows.Client, version string) error {
	_, err := client.Query(ctx, version, probeQuery, func(json.RawMessage) error { return nil })
	return err
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
