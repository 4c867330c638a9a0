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
func (a *attempt) judgeRefusal(where string, id fixtures.RefusalID, got answer) {
	r, err := fixtures.RefusalByID(id)
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
	for _, name := range slices.Sorted(maps.Keys(r.Answer.Header)) {
		a.out.compare(where+name, r.Answer.Header[name], got.header.Get(name))
	}
	if a.caps.Journal {
		a.out.compare(where+"journal", string(id), string(decided.Refusal))
	}
}

// describe is a catalogued answer in the words of answer.summary.
func describe(a fixtures.Answer) string {
	return answer{status: a.Status, body: a.Body()}.summary()
}
