package report_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/sfconform/sfconform/suites/report"
)

func TestWrapBreaksAtSpacesOnly(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text  string
		width int
		want  []string
	}{
		{"", 10, []string{""}},
		{"short", 10, []string{"short"}},
		{"one two three", 8, []string{"one two", "three"}},
		{"averyverylongword a b", 8, []string{"averyverylongword", "a b"}},
		{"  indented words go on", 12, []string{"  indented", "  words go", "  on"}},
		{"kept  as  it  is", 20, []string{"kept  as  it  is"}},
		{"two\n\nparagraphs\n", 20, []string{"two", "", "paragraphs"}},
		{"größer über ähnlich", 12, []string{"größer über", "ähnlich"}},
		{strings.Repeat(" ", 30) + "x", 10, []string{"x"}},
		{strings.Repeat(" ", 30), 10, []string{""}},
	} {
		if diff := cmp.Diff(c.want, report.Wrap(c.text, c.width)); diff != "" {
			t.Errorf("%q at %d: %s", c.text, c.width, diff)
		}
	}
}

func TestPrintableSteersNoTerminal(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a\x1b[31mred\x1b[0m":  "a[31mred[0m",
		"line\r\nline\ttab\a":  "line\nline\ttab",
		"over\rwritten":        "overwritten",
		"bidi\u202eevil\u200b": "bidievil",
		"no\xffUTF-8\ufffe":    "no\ufffdUTF-8",
	} {
		if got := report.Printable(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestPaintIsOffUnlessAskedFor(t *testing.T) {
	t.Parallel()
	if got := report.Paint(false).Red("x"); got != "x" {
		t.Errorf("%q", got)
	}
	if got := report.Paint(true).Red("x"); got != "\033[31mx\033[0m" {
		t.Errorf("%q", got)
	}
}

func FuzzWrapLosesNoWord(f *testing.F) {
	f.Add("one two  three\n\tfour", 8)
	f.Fuzz(func(t *testing.T, text string, width int) {
		if width < 1 || width > 200 {
			t.Skip()
		}
		lines := report.Wrap(report.Printable(text), width)
		if diff := cmp.Diff(strings.Fields(report.Printable(text)), strings.Fields(strings.Join(lines, "\n"))); diff != "" {
			t.Fatal(diff)
		}
		for _, line := range lines {
			if utf8.RuneCountInString(line) > width && len(strings.Fields(line)) > 1 {
				t.Fatalf("%q is wider than %d", line, width)
			}
		}
	})
}
