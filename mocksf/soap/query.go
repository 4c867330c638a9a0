package soap

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/records"
	"github.com/sfconform/sfconform/mocksf/records/soql"
)

// The sizes of a page: what QueryOptions can ask for, and what comes unasked.
const (
	smallestPage = 200
	largestPage  = 2000
	usualPage    = 500
)

// query answers query(), and queryAll(), which finds deleted records too.
func query(withDeleted bool) func(*call) exchange.Answer {
	return func(c *call) exchange.Answer {
		return c.page(records.Cursor{
			Query: c.argument("queryString"), WithDeleted: withDeleted, BatchSize: c.batchSize(), Owner: c.user.ID,
		}, 0)
	}
}

// queryMore answers with the page that a queryLocator stands for.
func queryMore(c *call) exchange.Answer {
	id, number, _ := strings.Cut(c.argument("queryLocator"), "-")
	from, err := strconv.Atoi(number)
	cursor, known := c.service.records.Cursor(id)
	if err != nil || from < 0 || !known || cursor.Owner != c.user.ID {
		return c.fault(&c.service.badLocator)
	}
	return c.page(cursor, from)
}

// batchSize is what the QueryOptions header asks for, moved to the nearest bound.
func (c *call) batchSize() int {
	n, err := strconv.Atoi(c.envelope.header.child("QueryOptions").value("batchSize"))
	if err != nil {
		return usualPage
	}
	return min(max(n, smallestPage), largestPage)
}

func (c *call) page(cursor records.Cursor, from int) exchange.Answer {
	q, err := soql.Parse(cursor.Query)
	var found records.Result
	if err == nil {
		found, err = c.service.records.Query(c.request.Org, c.request.Now, q, cursor.WithDeleted)
	}
	if err != nil {
		return c.refuseQuery(err)
	}
	next := from + cursor.BatchSize
	done := next >= found.Total || found.Count
	return c.answer(func(d *document) {
		d.write(`<result xsi:type="QueryResult">`)
		d.flag("done", done)
		if done {
			d.null("queryLocator")
		} else {
			d.text("queryLocator", fmt.Sprintf("%s-%d", c.service.records.Keep(cursor), next))
		}
		for _, rec := range found.Page(from, next) {
			c.record(d, "records", rec)
		}
		d.number("size", found.Total)
		d.write("</result>")
	})
}

func (c *call) refuseQuery(err error) exchange.Answer {
	var e *soql.Error
	if !errors.As(err, &e) {
		panic("soap: queries fail with *soql.Error alone: " + err.Error())
	}
	switch e.Kind {
	case soql.UnknownType:
		return c.fault(&c.service.unknownType, "place", e.Place(), "type", e.Token)
	case soql.UnknownField:
		return c.fault(&c.service.unknownField, "place", e.Place(), "field", e.Token, "type", e.Object)
	case soql.Malformed:
	}
	return c.fault(&c.service.malformedQuery, "place", e.Place(), "token", e.Token)
}
