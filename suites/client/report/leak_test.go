package report_test

import (
	"bytes"
	"io"
	"testing"
	"unicode"

	"github.com/sfconform/sfconform/suites/client/canary"
	"github.com/sfconform/sfconform/suites/client/report"
)

// writers are all formats.
var writers = map[string]write{
	"terminal": report.WriteTerminal, "json": report.WriteJSON, "junit": report.WriteJUnit,
	"markdown": report.WriteMarkdown, "sarif": report.WriteSARIF, "html": report.WriteHTML,
	"timeline": func(w io.Writer, r *report.Report, o report.Options) error {
		for i := range r.Scenarios {
			if err := report.WriteTimeline(w, &r.Scenarios[i], o); err != nil {
				return err
			}
		}
		return nil
	},
}

// secrets are of the kinds that a run has: one as Salesforce makes them, and one
// that every format escapes in its own way.
var secrets = map[string]string{
	"consumer secret": "5f1c0a7be92d4413b8a60e77d1c2f3948b5a6c7d8e9f00112233445566778899",
	"hard secret":     `aA+b/c=d&e%f g~"h'i<j>!k`,
	"private key": "-----BEGIN PRIVATE KEY-----\n" +
		"MC4CAQAwBQYDK2VwBCIEIHm0v0Xq9lIuYkV1b0oQd3hXcHlTZ0ZrTnJ2QmVtT2Zh\n-----END PRIVATE KEY-----\n",
}

func TestNoFormatShowsASecret(t *testing.T) {
	t.Parallel()
	for secret, value := range secrets {
		set := &canary.Set{}
		set.Add(secret, value)
		r := filled("see " + value + " here")
		for name, w := range writers {
			o := report.Options{Verbose: true, Width: 50}
			if len(set.Find(joined(written(t, w, r, o)))) == 0 {
				t.Errorf("%s in %s: not even without Redact is it found: this test shows nothing", secret, name)
			}
		}
		r.Redact(set)
		for name, w := range writers {
			for _, o := range []report.Options{{}, {Verbose: true, Colour: true, Width: 50}} {
				out := written(t, w, r, o)
				for _, hit := range append(set.Find(out), set.Find(joined(out))...) {
					t.Errorf("%s in %s: %+v in\n%s", secret, name, hit, out[max(0, hit.Offset-80):min(len(out), hit.Offset+80)])
				}
			}
		}
	}
}

// joined is text without white space: no format may hide a secret by wrapping it.
func joined(text []byte) []byte {
	return bytes.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

func TestRedactReachesEveryText(t *testing.T) {
	t.Parallel()
	set := &canary.Set{}
	set.Add("canary", "canary-1234")
	r := filled("a canary-1234 b")
	r.Redact(set)
	out := written(t, report.WriteJSON, r, report.Options{})
	if bytes.Contains(out, []byte("canary-1234")) || !bytes.Contains(out, []byte("a <canary> b")) {
		t.Errorf("%s", out)
	}
	empty := &report.Report{}
	empty.Redact(set)
}
