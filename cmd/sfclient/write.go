package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
)

const (
	writtenObject          = "Account"
	defaultExternalIDField = "ExternalId__c"
	externalIDValue        = "sfclient-reference" // always the same record, however often the operation runs
)

// runWrite inserts a record and upserts another. An insert that may have been carried out is reported and not repeated;
// the name in the report is the one to look for.
func runWrite(ctx context.Context, s *session) error {
	version, err := s.apiVersion()
	if err != nil {
		return err
	}
	if err := s.guardOrg(ctx, version); err != nil {
		return err
	}
	name := "sfclient " + strings.ToLower(rand.Text())
	id, err := s.client.Create(ctx, version, writtenObject, map[string]any{"Name": name})
	if err != nil {
		return fmt.Errorf("inserting the %s named %q: %w", writtenObject, name, err)
	}
	say(s.err, "inserted %s %s", writtenObject, printable(id))
	field := s.settings.get("external-id-field")
	if field == "" {
		field = defaultExternalIDField
	}
	created, err := s.client.Upsert(ctx, version, writtenObject, field, externalIDValue, map[string]any{"Name": "sfclient upsert"})
	if err != nil {
		return fmt.Errorf("upserting the %s whose %s is %q: %w", writtenObject, field, externalIDValue, err)
	}
	say(s.err, "upserted %s by %s (created: %t)", writtenObject, field, created)
	writes := 2
	return s.check(tally{Writes: &writes})
}
