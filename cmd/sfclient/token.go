package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/sfconform/sfconform/flows"
)

// row is one line of output: a name and its value.
type row struct{ name, value string }

func printToken(ctx context.Context, s *session) error {
	token, err := s.source.AccessToken(ctx)
	if err != nil {
		return err
	}
	rows := []row{
		{"instance_url", token.InstanceURL},
		{"api_instance_url", token.APIInstanceURL},
		{"scope", token.Scope},
		{"token_type", token.TokenType},
		{"token_format", token.TokenFormat},
		{"org_id", token.OrgID()},
		{"user_id", token.UserID()},
		{"issued_at", issued(token)},
		{"expires", expires(token)},
		{"fingerprint", "sha256:" + token.Fingerprint()},
		{"signing_key", s.signingKey()},
	}
	if s.settings.isOn("show-token") {
		rows = append(rows, row{"access_token", token.AccessToken})
	}
	return s.print(rows)
}

func issued(token *flows.Token) string {
	at, known := token.IssuedTime()
	if !known {
		return token.IssuedAt
	}
	return at.UTC().Format(time.RFC3339)
}

func expires(token *flows.Token) string {
	if token.Expiry.IsZero() {
		return "not stated; the org's session time-out decides"
	}
	return token.Expiry.UTC().Format(time.RFC3339)
}

// print writes the rows that have a value, as text or as one JSON object.
func (s *session) print(rows []row) error {
	if s.settings.isOn("json") {
		object := map[string]string{}
		for _, r := range rows {
			if r.value != "" {
				object[r.name] = r.value
			}
		}
		return writeJSON(s.out, object)
	}
	for _, r := range rows {
		if r.value == "" {
			continue
		}
		if _, err := fmt.Fprintf(s.out, "%-17s %s\n", r.name, printable(r.value)); err != nil {
			return fmt.Errorf("%w: %w", errNotWritten, err)
		}
	}
	return nil
}

func writeJSON(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return fmt.Errorf("%w: %w", errNotWritten, err)
	}
	return nil
}
