package report_test

import (
	"testing"

	"github.com/sfconform/sfconform/suites/report"
)

func TestInertLeavesNoCommandOfABuildServer(t *testing.T) {
	t.Parallel()
	for line, want := range map[string]string{
		"":                             "",
		"  std::string and a::b":       "  std::string and a::b",
		"## a heading":                 "## a heading",
		"::error::x":                   ": :error::x",
		" \t ::add-mask::x":            " \t : :add-mask::x",
		":::error::x":                  ": ::error::x",
		"said ##[error]x":              "said # #[error]x",
		"###[error]x":                  "## #[error]x",
		"  | ##vso[task.complete]done": "  | # #vso[task.complete]done",
		"##teamcity[testFailed]":       "# #teamcity[testFailed]",
	} {
		if got := report.Inert(line); got != want {
			t.Errorf("%q is %q, want %q", line, got, want)
		}
	}
}
