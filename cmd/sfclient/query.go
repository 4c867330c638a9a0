package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/sfconform/sfconform/flows"
)

const (
	defaultQuery      = "SELECT Id, Name FROM Contact LIMIT 2000"
	defaultAPIVersion = "v66.0"
	defaultQueryBatch = "200" // so that the default query shows the reading of several pages
)

func runQuery(ctx context.Context, s *session) error {
	soql, err := s.soql()
	if err != nil {
		return err
	}
	version, err := s.apiVersion()
	if err != nil {
		return err
	}
	if err := s.guardOrg(ctx, version); err != nil {
		return err
	}
	result, err := s.client.Query(ctx, version, soql, s.printRecord)
	if err != nil {
		if result.Records > 0 {
			say(s.err, "notice: the query broke off after %d of %d records", result.Records, result.TotalSize)
		}
		return err
	}
	return s.summarize(result)
}

func (s *session) soql() (string, error) {
	if s.argument != "-" {
		if s.argument == "" {
			return defaultQuery, nil
		}
		return s.argument, nil
	}
	content, err := io.ReadAll(io.LimitReader(s.in, 1<<20))
	if err != nil {
		return "", usageError{fmt.Sprintf("standard input cannot be read: %v", err), "give the query as an argument"}
	}
	soql := strings.TrimSpace(string(content))
	if soql == "" {
		return "", usageError{"standard input holds no query", "give the query as an argument"}
	}
	return soql, nil
}

// printRecord writes one record: as it is with --json, else its values between tabs.
func (s *session) printRecord(record json.RawMessage) error {
	line := &bytes.Buffer{}
	if s.settings.isOn("json") {
		if err := json.Compact(line, record); err != nil {
			return fmt.Errorf("a record is not JSON: %w", err)
		}
	} else {
		values, err := recordValues(record)
		if err != nil {
			return err
		}
		line.WriteString(strings.Join(values, "\t"))
	}
	line.WriteByte('\n')
	if _, err := s.out.Write(line.Bytes()); err != nil {
		return fmt.Errorf("%w: %w", errNotWritten, err)
	}
	return nil
}

// recordValues are the record's values in the order of the query, without the attributes that the API puts first.
func recordValues(record json.RawMessage) ([]string, error) {
	decoder := json.NewDecoder(bytes.NewReader(record))
	if opening, err := decoder.Token(); err != nil || opening != json.Delim('{') {
		return nil, fmt.Errorf("a record is not a JSON object")
	}
	var values []string
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			return nil, fmt.Errorf("a record is not JSON: %w", err)
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return nil, fmt.Errorf("a record is not JSON: %w", err)
		}
		if name != "attributes" {
			values = append(values, printable(plain(value)))
		}
	}
	return values, nil
}

func plain(value json.RawMessage) string {
	var text string
	if json.Unmarshal(value, &text) == nil {
		return text // a null is an empty text, too
	}
	return string(value)
}

// printable keeps data from steering the terminal.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, text)
}

// summarize counts on standard error: standard output has the records and, for a harness, the CHECK line.
func (s *session) summarize(result flows.QueryResult) error {
	if result.TotalSize > 0 && result.TotalSize != result.Records {
		say(s.err, "notice: the org announced %d records and sent %d", result.TotalSize, result.Records)
	}
	s.noticeLimit()
	say(s.err, "%d records", result.Records)
	return s.check(tally{Records: &result.Records})
}

// noticeLimit speaks up while there is still time, when nine tenths of the org's daily API calls are used.
func (s *session) noticeLimit() {
	var used, allowed int
	info := s.client.LimitInfo()
	if n, _ := fmt.Sscanf(info, "api-usage=%d/%d", &used, &allowed); n == 2 && used*10 >= allowed*9 {
		say(s.err, "notice: %d of the org's %d API calls of today are used", used, allowed)
	}
}
