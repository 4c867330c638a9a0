package endpoint

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
)

// noStore is what RFC 6749 section 5.1 asks of Cache-Control.
const noStore = "no-store"

func storing(h http.Header) string {
	if strings.Contains(h.Get("Cache-Control"), noStore) {
		return noStore
	}
	return h.Get("Cache-Control")
}

// wantsNothing: the refusal is that no answer comes.
func wantsNothing(w fixtures.Want) bool {
	r, err := fixtures.RefusalByID(w.Refusal)
	return err == nil && r.Answer.Format == fixtures.FormatNone
}

// judgeRefusal holds the answer to the refusal, byte for byte, and the target's journal to its id.
func (a *attempt) judgeRefusal(where string, want fixtures.Want, got answer) {
	r, err := fixtures.RefusalByID(want.Refusal)
	if err != nil {
		a.out.harness(err)
		return
	}
	a.out.expect(describe(r.Answer), got.summary())
	decided := a.decision()
	a.out.check = decided.Check
	if !r.Answer.Matches(got.body) || r.Answer.Status != got.status {
		a.out.differ(where+"answer", describe(r.Answer), got.summary())
		if describe(r.Answer) == got.summary() {
			a.out.differ(where+"body", string(r.Answer.Body()), shorten(string(got.body)))
		}
		a.out.lost = true
	}
	if r.Answer.Format != fixtures.FormatNone {
		a.out.compare(where+"Content-Type", r.Answer.ContentType(), got.header.Get("Content-Type"))
	}
	headers := map[string]string{}
	maps.Copy(headers, r.Answer.Header)
	maps.Copy(headers, want.Header)
	a.judgeHeaders(where, headers, got)
	if a.caps.Journal {
		a.out.compare(where+"journal", string(r.ID), string(decided.Refusal))
	}
}

// judgeHeaders holds header fields to patterns, written as those of Want.Fields.
func (a *attempt) judgeHeaders(where string, headers map[string]string, got answer) {
	for _, name := range slices.Sorted(maps.Keys(headers)) {
		pattern, err := a.pattern(headers[name])
		if err != nil {
			a.out.harness(err)
			return
		}
		value, there := got.header.Get(name), len(got.header.Values(name)) > 0
		a.judgeText(where+name, pattern, value, there)
	}
}

// judgeText holds a value that may be absent to a pattern.
func (a *attempt) judgeText(what, pattern, value string, there bool) {
	if there == (pattern == absent) || (there && !glob(pattern, value)) {
		a.out.differ(what, shown(pattern, pattern != absent), shown(value, there))
	}
}

// describe is a catalogued answer in the words of answer.summary.
func describe(a fixtures.Answer) string {
	return answer{status: a.Status, body: a.Body()}.summary()
}
