package judge

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// repeatsIdentically compares the call that met the end of the session with its
// repeat under the new token.
func repeatsIdentically(e *evidence.Evidence) verdict.Observation {
	call, then, why := endedCall(e)
	if why != "" {
		return absent(why)
	}
	again := these(then, func(x evidence.Exchange) bool { return isAPICall(x) && x.Token != call.Token })
	if slices.ContainsFunc(again, func(x evidence.Exchange) bool { return difference(call, x) == "" }) {
		return kept("after the new login the call is repeated as it was")
	}
	for _, x := range again {
		if isRepeatOf(call, x) && !isWorkOfItsOwn(e, call, x) {
			return broken(fmt.Sprintf("after the new login the call is repeated with another %s", difference(call, x)), call, x)
		}
	}
	if len(again) > 0 {
		return absent("after the new login the client does not repeat the call, but does something else")
	}
	return absent("the client made no call with a new token")
}

// difference is what of a call was not repeated as it was; empty if nothing.
func difference(call, again evidence.Exchange) string {
	a, b := call.Request, again.Request
	switch {
	case a.Method != b.Method:
		return "method"
	case a.URL.Path != b.URL.Path:
		return "path"
	case a.URL.RawQuery != b.URL.RawQuery:
		return "query"
	case !bytes.Equal(a.Body, b.Body):
		return fmt.Sprintf("body (%d bytes, then %d)", len(a.Body), len(b.Body))
	}
	return ""
}

// isRepeatOf says whether a call that differs was meant as a repeat: at the same
// path, or with the same body.
func isRepeatOf(call, again evidence.Exchange) bool {
	sameBody := len(call.Request.Body) > 0 && bytes.Equal(call.Request.Body, again.Request.Body)
	return call.Request.URL.Path == again.Request.URL.Path || sameBody
}

// isWorkOfItsOwn says whether a call belongs to another worker: it was sent before as it
// is, or before there was a new login that it could follow.
func isWorkOfItsOwn(e *evidence.Evidence, ended, x evidence.Exchange) bool {
	return !slices.ContainsFunc(e.Exchanges, func(y evidence.Exchange) bool {
		return isIssued(y) && y.Number > ended.Number && y.Number < x.Number
	}) || slices.ContainsFunc(e.APICalls(), func(y evidence.Exchange) bool {
		return y.Number < x.Number && difference(y, x) == ""
	})
}

// page is one answer of the query resource (Salesforce REST API, query).
type page struct {
	TotalSize int               `json:"totalSize"`
	Done      *bool             `json:"done"`
	Records   []json.RawMessage `json:"records"`
}

// served are the records of a query of several pages that went out to the client.
type served struct {
	total, sent int
	distinct    map[string]bool
	pages       []evidence.Exchange
}

func pagesOf(e *evidence.Evidence) served {
	s := served{distinct: map[string]bool{}}
	for _, x := range e.APICalls() {
		var p page
		if !isAnswered(x) || json.Unmarshal(x.Response.Body, &p) != nil || p.Done == nil {
			continue
		}
		_, locator, _ := strings.Cut(x.Request.URL.Path, "/query/")
		if *p.Done && locator == "" {
			continue // a query of one page, which nothing can interrupt
		}
		s.total = p.TotalSize
		s.pages = append(s.pages, x)
		for _, record := range p.Records {
			var r struct{ ID string }
			// A record without an id counts as itself.
			if json.Unmarshal(record, &r) != nil || r.ID == "" {
				r.ID = string(record)
			}
			s.distinct[r.ID] = true
			s.sent++
		}
	}
	return s
}

// losesNoPage compares the records that were sent, and those that the client says it
// has, with those that the org holds.
func losesNoPage(e *evidence.Evidence) verdict.Observation {
	_, _, why := endedCall(e)
	s, r := pagesOf(e), e.LastRun()
	claimed, said := r.Checks["records"].(float64)
	switch {
	case why != "":
		return absent(why)
	case len(s.pages) == 0 && e.OwnWork && !failing(e, r):
		return unused("each query of the client has one page")
	case len(s.pages) == 0:
		return absent("the client read no query of several pages")
	case failing(e, r):
		return absent("the client did not end its work, and said so")
	case said && int(claimed) != s.total:
		return broken(fmt.Sprintf("the query has %d records, and the client says that it has %d", s.total, int(claimed)), s.pages...)
	case len(s.distinct) < s.total && isMute(e, r):
		return mute(r, "a query that broke off")
	case len(s.distinct) < s.total:
		return broken(fmt.Sprintf("the client ends with success (exit code 0), and %d of %d records were never sent to it", s.total-len(s.distinct), s.total), s.pages...)
	case !said && s.sent > len(s.distinct) && !r.Exit.Stopped: // a client that runs on reads them again
		return verdict.Observation{
			Outcome: verdict.Open, Exchanges: evidence.Numbers(s.pages, shown),
			Seen:     fmt.Sprintf("%d of %d records were sent twice", s.sent-len(s.distinct), s.total),
			Question: fmt.Sprintf("Does the client have %d records, each of them once? (A line CHECK {\"records\":%d} answers it.)", s.total, s.total),
		}
	}
	return kept(fmt.Sprintf("all %d records arrive once, although the session ended between two pages", s.total))
}
