package explain_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/explain"
)

// A log of various lines is the dearest text: nothing of it is thinned out.
func BenchmarkExplainVariousLog(b *testing.B) {
	var log strings.Builder
	for i := 0; log.Len() < 31<<10; i++ {
		_, _ = fmt.Fprintf(&log, "2026-01-01T00:%02d:%02dZ ERROR worker-%d call of https://acme%d.my.salesforce.com/services/data/v62.0/sobjects/Lead/00Q%d failed: status 401, token of batch %x expired, retry\n", i/60%60, i%60, i%7, i%3, i, i*7919)
	}
	_, _ = log.Write(fixtures.MustRefusal("run-as-missing").Answer.Body())
	text := log.String()
	for b.Loop() {
		explain.Explain(text, explain.Context{})
	}
}
