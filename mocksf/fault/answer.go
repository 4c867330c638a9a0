package fault

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
)

func refused(f Fault, r *exchange.Request) Effect {
	refusal := fixtures.MustRefusal(f.Refusal)
	a := exchange.Refuse(&refusal)
	if f.Shape != "" {
		note := a.Note
		a = f.Shape.of(refusal.Answer)
		a.Note = note
	}
	a.Status = cmp.Or(f.Status, a.Status)
	return answered(f, r, a)
}

func bare(f Fault, r *exchange.Request) Effect {
	a := exchange.Answer{Status: f.Status}
	if f.Body != "" {
		a.Body, a.ContentType = []byte(f.Body), cmp.Or(f.ContentType, jsonType)
	}
	return answered(f, r, a)
}

func empty(f Fault, r *exchange.Request) Effect {
	return answered(f, r, exchange.Answer{
		Status: cmp.Or(f.Status, http.StatusOK), ContentType: cmp.Or(f.ContentType, jsonType),
	})
}

func redirected(f Fault, r *exchange.Request) Effect {
	a := exchange.Answer{Status: f.Status, Header: map[string]string{"Location": location(f.Location, r)}}
	return answered(f, r, a)
}

// location fills the blanks of a redirect's target.
func location(template string, r *exchange.Request) string {
	query := ""
	if len(r.Query) > 0 {
		query = "?" + r.Query.Encode()
	}
	return strings.NewReplacer(pathBlank, (&url.URL{Path: r.Path}).EscapedPath(), queryBlank, query).Replace(template)
}

// pathBlank and queryBlank are what the request decides of a redirect's target.
const (
	pathBlank  = "${path}"
	queryBlank = "${query}"
)

func maintained(f Fault, r *exchange.Request) Effect { return answered(f, r, maintenance()) }

// paged is a page where JSON is expected; it is no refusal, because it says 200.
func paged(f Fault, r *exchange.Request) Effect {
	a := maintenance()
	a.Status, a.Note = http.StatusOK, exchange.Note{}
	return answered(f, r, a)
}

func dripped(f Fault, _ *exchange.Request) Effect { return Effect{Drip: time.Duration(f.Interval)} }

// maintenance is the refusal that is a page, for want of JSON.
func maintenance() exchange.Answer {
	refusal := fixtures.MustRefusal("maintenance")
	return exchange.Refuse(&refusal)
}

func answered(f Fault, r *exchange.Request, a exchange.Answer) Effect {
	if f.RetryAfter != "" {
		header := map[string]string{"Retry-After": retryAfter(f.RetryAfter, r.Now)}
		maps.Copy(header, a.Header)
		a.Header = header
	}
	return Effect{Answer: &a}
}

func wrongType(f Fault) string { return cmp.Or(f.ContentType, textType) }

// retryAfter is the value of the header: "+30s" is turned into a date, anything else
// goes out as it is.
func retryAfter(text string, now time.Time) string {
	after, ok := strings.CutPrefix(text, "+")
	if !ok {
		return text
	}
	// Check has read it.
	d, _ := time.ParseDuration(after)
	return now.Add(d).UTC().Format(http.TimeFormat)
}
