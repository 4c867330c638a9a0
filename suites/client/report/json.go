package report

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/sfconform/sfconform/suites/client/verdict"
)

//go:embed schema.json
var schema []byte

// Schema is the JSON Schema (2020-12) of the JSON form. Later harnesses may add
// fields; what is there keeps its meaning as long as Format stays the same.
func Schema() []byte { return slices.Clone(schema) }

// WriteJSON writes the report in the form that Schema describes.
func WriteJSON(w io.Writer, r *Report, _ Options) error {
	return encode(w, r.whole())
}

// encode writes JSON in which text of others cannot steer the terminal that it is
// printed on: what json leaves as it is of control and formatting characters is escaped.
func encode(w io.Writer, v any) error {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	var text strings.Builder
	for _, c := range out.String() {
		if c == '\n' || !unicode.IsControl(c) && !unicode.Is(unicode.Cf, c) {
			_, _ = text.WriteRune(c)
			continue
		}
		for _, unit := range utf16.AppendRune(nil, c) {
			_, _ = fmt.Fprintf(&text, "\\u%04x", unit)
		}
	}
	_, err := io.WriteString(w, text.String())
	return err
}

// whole is the report with empty lists where there are none, so that who reads the
// JSON form need not tell null from empty.
func (r *Report) whole() Report {
	w := *r
	w.First, w.Results, w.Numbers = some(w.First), some(w.Results), some(w.Numbers)
	w.Fingerprint, w.Operator, w.Untested = some(w.Fingerprint), some(w.Operator), some(w.Untested)
	w.Run.Flows = some(w.Run.Flows)
	w.Secrets.Encodings, w.Secrets.Names, w.Secrets.Found = some(w.Secrets.Encodings), some(w.Secrets.Names), some(w.Secrets.Found)
	if w.Counts == nil {
		w.Counts = map[verdict.Verdict]int{}
	}
	w.Scenarios = some(slices.Clone(w.Scenarios))
	for i := range w.Scenarios {
		w.Scenarios[i].Line = some(w.Scenarios[i].Line)
	}
	if w.Since != nil {
		d := *w.Since
		d.Failing, d.Fixed, d.Changed = some(d.Failing), some(d.Fixed), some(d.Changed)
		d.Stale, d.Added, d.Removed = some(d.Stale), some(d.Added), some(d.Removed)
		w.Since = &d
	}
	return w
}

func some[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// largest bounds a report that is read.
const largest = 64 << 20

// ErrTooLarge says that the report is larger than Read reads.
var ErrTooLarge = errors.New("a report of more than 64 MiB is not read")

// Read reads the JSON form, of this harness or an older one. Fields that it does not
// know are left out: a later harness may have added them.
func Read(from io.Reader) (*Report, error) {
	text, err := io.ReadAll(io.LimitReader(from, largest+1))
	if err != nil {
		return nil, fmt.Errorf("read report: %w", err)
	}
	if len(text) > largest {
		return nil, ErrTooLarge
	}
	var r Report
	if err := json.Unmarshal(text, &r); err != nil {
		return nil, fmt.Errorf("this is no JSON report of the client suite: %w", err)
	}
	if err := r.check(); err != nil {
		return nil, err
	}
	return &r, nil
}

func (r *Report) check() error {
	switch {
	case r.Format == 0:
		return errors.New(`this is no JSON report of the client suite: it has no "format"; make one with --report FILE.json`)
	case r.Format > Format:
		return fmt.Errorf("the report has format %d and this sfconform reads up to %d: use a newer sfconform", r.Format, Format)
	}
	known := verdict.Verdict("").Values()
	for i := range r.Results {
		switch result := &r.Results[i]; {
		case result.ID == "":
			return fmt.Errorf("the report's requirement %d has no id", i+1)
		case !slices.Contains(known, string(result.Verdict)):
			return fmt.Errorf("the report gives requirement %q the verdict %q, which is none", result.ID, result.Verdict)
		}
	}
	return nil
}
