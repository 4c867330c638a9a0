package report_test

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sfconform/sfconform/suites/client/report"
)

var update = flag.Bool("update", false, "write the golden files anew")

type write func(io.Writer, *report.Report, report.Options) error

// written is what a writer makes of a report.
func written(t *testing.T, w write, r *report.Report, o report.Options) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := w(&out, r, o); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s is not as it was (-want +got); look at it, then run with -update:\n%s", path, diff)
	}
}

func TestEveryFormatIsAsItWas(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		w    write
		r    *report.Report
		o    report.Options
	}{
		{"full.txt", report.WriteTerminal, sample(), report.Options{}},
		{"narrow.txt", report.WriteTerminal, sample(), report.Options{Width: 60, Colour: true}},
		{"verbose.txt", report.WriteTerminal, sample(), report.Options{Verbose: true}},
		{"interrupted.txt", report.WriteTerminal, interrupted(), report.Options{}},
		{"ready.txt", report.WriteTerminal, ready(), report.Options{Colour: true}},
		{"full.json", report.WriteJSON, sample(), report.Options{}},
		{"full.xml", report.WriteJUnit, sample(), report.Options{}},
		{"interrupted.xml", report.WriteJUnit, interrupted(), report.Options{}},
		{"full.md", report.WriteMarkdown, sample(), report.Options{}},
		{"interrupted.md", report.WriteMarkdown, interrupted(), report.Options{}},
		{"full.sarif", report.WriteSARIF, sample(), report.Options{}},
		{"interrupted.sarif", report.WriteSARIF, interrupted(), report.Options{}},
		{"full.html", report.WriteHTML, sample(), report.Options{}},
		{"interrupted.html", report.WriteHTML, interrupted(), report.Options{}},
		{"interrupted.json", report.WriteJSON, interrupted(), report.Options{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			golden(t, c.name, written(t, c.w, c.r, c.o))
		})
	}
}
