package rest

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/records"
	"github.com/sfconform/sfconform/mocksf/records/soql"
)

// The sizes of a page that `Sforce-Query-Options: batchSize=N` can ask for.
const (
	smallestPage = 200
	largestPage  = 2000
)

// page is the answer to a query.
type page struct {
	TotalSize int               `json:"totalSize"`
	Done      bool              `json:"done"`
	Next      string            `json:"nextRecordsUrl,omitempty"`
	Records   []exchange.Object `json:"records"`
}

// query answers /query, and /queryAll, which finds deleted records too.
func (a *api) query(withDeleted bool) handler {
	return func(r *exchange.Request, x *access) exchange.Answer {
		c := records.Cursor{
			Query: r.Query.Get("q"), WithDeleted: withDeleted,
			BatchSize: batchSize(r.Header.Get("Sforce-Query-Options")), Owner: x.user.ID,
		}
		result, err := a.run(r, c)
		switch {
		case err != nil:
			return a.refuseQuery(err)
		case r.Query.Get("columns") == "true":
			return exchange.JSON(describeColumns(result))
		}
		return a.page(r, c, result, 0)
	}
}

// nextPage answers what nextRecordsUrl points to. The service ends a locator after
// two days; the fake, when many others have been made since.
func (a *api) nextPage(r *exchange.Request, x *access) exchange.Answer {
	id, offset, ok := splitLocator(r.Value("locator"))
	c, known := a.records.Cursor(id)
	if !ok || !known || c.Owner != x.user.ID {
		return exchange.Refuse(&a.locatorInvalid)
	}
	result, err := a.run(r, c)
	if err != nil {
		return a.refuseQuery(err)
	}
	return a.page(r, c, result, offset)
}

func (a *api) run(r *exchange.Request, c records.Cursor) (records.Result, error) {
	q, err := soql.Parse(c.Query)
	if err != nil {
		return records.Result{}, err
	}
	return a.records.Query(r.Org, r.Now, q, c.WithDeleted)
}

func (a *api) page(r *exchange.Request, c records.Cursor, result records.Result, from int) exchange.Answer {
	p := page{TotalSize: result.Total, Done: true, Records: []exchange.Object{}}
	for _, rec := range result.Page(from, from+c.BatchSize) {
		p.Records = append(p.Records, encode(r, rec))
	}
	if next := from + c.BatchSize; next < result.Total && !result.Count {
		p.Done = false
		p.Next = fmt.Sprintf("%s/query/%s-%d", root(r), a.records.Keep(c), next)
	}
	return exchange.JSON(p)
}

// batchSize reads the header; what is out of bounds is moved to the nearest bound.
func batchSize(options string) int {
	for option := range strings.SplitSeq(options, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(option), "=")
		if n, err := strconv.Atoi(strings.TrimSpace(value)); err == nil && strings.EqualFold(strings.TrimSpace(name), "batchSize") {
			return min(max(n, smallestPage), largestPage)
		}
	}
	return largestPage
}

// splitLocator splits "01g...-2000" into the cursor's id and the number of the first record.
func splitLocator(s string) (id string, offset int, ok bool) {
	id, number, _ := strings.Cut(s, "-")
	n, err := strconv.Atoi(number)
	return id, n, err == nil && n >= 0
}

func (a *api) refuseQuery(err error) exchange.Answer {
	var e *soql.Error
	if !errors.As(err, &e) {
		panic("rest: queries fail with *soql.Error alone: " + err.Error())
	}
	switch e.Kind {
	case soql.UnknownType:
		return exchange.RefuseWith(&a.unknownType, "place", e.Place(), "type", e.Token)
	case soql.UnknownField:
		return exchange.RefuseWith(&a.unknownField, "place", e.Place(), "field", e.Token, "type", e.Object)
	case soql.Malformed:
	}
	return exchange.RefuseWith(&a.malformedQuery, "place", e.Place(), "token", e.Token)
}

// encode is a record as the API writes it, attributes first.
func encode(r *exchange.Request, rec records.Record) exchange.Object {
	o := exchange.Object{{Name: "attributes", Value: attributes{rec.Object.Name, recordURL(r, rec)}}}
	for _, c := range rec.Cells {
		if parent, ok := c.Value.(records.Record); ok {
			c.Value = encode(r, parent)
		}
		o = append(o, exchange.Member{Name: c.Name, Value: c.Value})
	}
	return o
}

type attributes struct {
	Type string `json:"type"`
	URL  string `json:"url"`
}

func recordURL(r *exchange.Request, rec records.Record) string {
	return root(r) + "/sobjects/" + rec.Object.Name + "/" + rec.ID
}
