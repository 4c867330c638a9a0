package explain_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/explain"
)

// letters are those of a number: a word that no two lines share.
func letters(n int) string {
	return strings.Map(func(r rune) rune { return 'a' + (r-'0')*2 }, strconv.Itoa(n*7919))
}

// BenchmarkExplainVariousLog reads a log in which no line is like another: nothing
// of it is thinned out as one of a kind.
func BenchmarkExplainVariousLog(b *testing.B) {
	var log strings.Builder
	for i := 0; log.Len() < 32<<10; i++ {
		_, _ = fmt.Fprintf(&log, "2026-01-01T00:%02d:%02dZ ERROR %s: call of https://acme.my.salesforce.com/services/data/v62.0/sobjects/Lead failed: status 401, token of %s expired, retry\n", i/60%60, i%60, letters(i), letters(i+3))
	}
	_, _ = log.Write(fixtures.MustRefusal("run-as-missing").Answer.Body())
	text := log.String()
	for b.Loop() {
		explain.Explain(text, explain.Context{})
	}
}

// BenchmarkExplainTellingLog reads the longest log of lines that all look telling and
// are all different.
func BenchmarkExplainTellingLog(b *testing.B) {
	text := tellingLog()
	for b.Loop() {
		explain.Explain(text, explain.Context{})
	}
}
