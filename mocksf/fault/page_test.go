package fault_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/sfconform/sfconform/mocksf/fault"
)

var update = flag.Bool("update", false, "write FAULTS.md anew")

const example = `{"name": "broken-page", "kind": "reset", "where": "inside", "skip": 2, "first": 1,
 "match": {"method": "GET", "path": "/services/data", "host": "own"}}`

// page is FAULTS.md: the kinds as the program knows them, with an example of each use.
func page() string {
	var b strings.Builder
	b.WriteString(`<!-- Written by go test ./mocksf/fault -run ReferencePage -update. -->
# Faults

What goes wrong on purpose, beyond what an org's configuration can refuse. A fault is armed
by ` + "`POST /faults`" + ` of the control API, in JSON or YAML, or by ` + "`Org.Faults().Arm`" + ` in Go:

` + "```json\n" + example + "\n```" + `

- **When**: ` + "`first`" + ` for so many requests, ` + "`every`" + ` so many, or ` + "`until`" + ` a time of the org's clock; ` + "`skip`" + ` lets so many pass before.
- **Which**: ` + "`match`" + ` with ` + "`method`, `path`" + ` (its beginning), ` + "`grant`" + ` and ` + "`host`" + `: a host name, or what the host is to the org
  (` + "`my-domain`, `loopback`, `own`" + ` for either of them, ` + "`login`, `test`, `generic`" + ` for either, ` + "`setup`, `lightning`, `elsewhere`" + `).
- **Delay**: every kind takes ` + "`delay`" + `, the real time for which the answer is held back.

| kind | what it does | needs | takes |
|---|---|---|---|
`)
	for _, k := range fault.Kinds() {
		_, _ = fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", k.Kind, k.Does, fields(k.Needs), fields(k.Takes))
	}
	_, _ = fmt.Fprintf(&b, `
- `+"`where`"+` is %s: the org is not asked; it has done what was asked and says nothing; half of the body is sent; all of it is.
  `+"`hang`"+` takes all but the last. Over HTTP/2 and in process a reset ends the stream as an aborted handler does.
- `+"`shape`"+` gives an error of the data API another form: %s.
- `+"`encoding`"+` is %s; gzip is sent whether or not it was offered.
- `+"`retryAfter`"+` is seconds (`+"`30`"+`), an HTTP date, or a time from the org's now that is sent as one (`+"`+30s`"+`).
- `+"`location`"+` may hold `+"`${path}`"+` and `+"`${query}`"+` (with its question mark) of the request.
- `+"`size`"+` is in bytes; an object gets one more member, anything else blanks in front.
`, fields(fault.Where("").Values()), fields(fault.Shape("").Values()), fields(fault.Encoding("").Values()))
	return b.String()
}

func fields(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return "`" + strings.Join(names, "`, `") + "`"
}

func TestTheReferencePageTellsTheKindsThatThereAre(t *testing.T) {
	t.Parallel()
	if _, err := fault.Parse([]byte(example)); err != nil {
		t.Error(err)
	}
	if *update {
		if err := os.WriteFile("FAULTS.md", []byte(page()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("FAULTS.md")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != page() {
		t.Error("FAULTS.md is stale: run go test ./mocksf/fault -run ReferencePage -update")
	}
}
