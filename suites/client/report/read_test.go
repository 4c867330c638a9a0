package report_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sfconform/sfconform/suites/client/report"
)

func TestAReportIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]*report.Report{"full": sample(), "filled": filled("text")} {
		text := written(t, report.WriteJSON, r, report.Options{})
		got, err := report.Read(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if again := written(t, report.WriteJSON, got, report.Options{}); !bytes.Equal(text, again) {
			t.Errorf("%s: written again it is another (-first +again):\n%s", name, cmp.Diff(string(text), string(again)))
		}
	}
}

func TestReadSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                 "no JSON report of the client suite",
		"<html>":                           "no JSON report of the client suite",
		"{}":                               `has no "format"`,
		`{"format":99}`:                    "use a newer sfconform",
		`{"format":1,"run":{"seed":"x"}}`:  "no JSON report",
		`{"format":1,"requirements":[{}]}`: "requirement 1 has no id",
		`{"format":1,"requirements":[{"id":"a","verdict":"great"}]}`: `the verdict "great"`,
		`{"format":1,"run":{"tookSeconds":1e300}}`:                   "1e300 seconds",
	} {
		if _, err := report.Read(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want one with %q", text, err, want)
		}
	}
	if _, err := report.Read(strings.NewReader(`{"format":1,"of a later harness":true,"requirements":[]}`)); err != nil {
		t.Errorf("a field of a later harness: %v", err)
	}
}

// endless is a file that never ends.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

func TestReadStopsAtItsLimit(t *testing.T) {
	t.Parallel()
	if _, err := report.Read(endless{}); !errors.Is(err, report.ErrTooLarge) {
		t.Errorf("error %v", err)
	}
	broken := errors.New("broken disk")
	if _, err := report.Read(io.MultiReader(strings.NewReader("{"), errReader{broken})); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
}

type errReader struct{ err error }

func (r errReader) Read([]byte) (int, error) { return 0, r.err }

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"format":1,"requirements":[{"id":"session-no-loop","verdict":"fail"}],"run":{"tookSeconds":0.1}}`))
	f.Add([]byte(`{"format":1,"scenarios":[{"timeline":[{"atSeconds":-1e15,"kind":"x"}]}],"fixFirst":["x"]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := report.Read(bytes.NewReader(text))
		if err != nil {
			return
		}
		r.Decide(true, true)
		report.Compare(r, r)
		for name, w := range writers {
			if err := w(io.Discard, r, report.Options{Verbose: true}); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
