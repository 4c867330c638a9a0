// Package rest is the data API of the fake org: versions, resources, limits,
// queries and single records, as far as a client needs them to prove its token.
package rest

import (
	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/records"
	"github.com/sfconform/sfconform/mocksf/rule"
	"github.com/sfconform/sfconform/mocksf/session"
)

// api answers for the data API of one org.
type api struct {
	sessions *session.Store
	records  *records.Store
	usage    usage
	access   rule.List[*access]

	notFound, malformedQuery, unknownType, unknownField fixtures.Refusal
}

// handler answers a request that may be answered.
type handler func(*exchange.Request, *access) exchange.Answer

// Routes are the data API of the org whose sessions and records the stores hold.
func Routes(sessions *session.Store, store *records.Store) []exchange.Route {
	a := &api{
		sessions: sessions, records: store, access: accessList(),
		notFound:       fixtures.MustRefusal("rest-not-found"),
		malformedQuery: fixtures.MustRefusal("malformed-query"),
		unknownType:    fixtures.MustRefusal("query-type-unknown"),
		unknownField:   fixtures.MustRefusal("query-field-unknown"),
	}
	const version = "/services/data/{version}"
	get := func(pattern string, h handler, extra ...check) exchange.Route {
		return exchange.Route{Method: "GET", Pattern: version + pattern, Handler: a.guard(h, extra...)}
	}
	return exchange.Pretty(
		exchange.Route{Method: "GET", Pattern: "/services/data", Handler: listVersions},
		get("", a.listResources),
		get("/limits", a.limits, mayViewSetup),
		get("/query", a.query(false)),
		get("/query/{locator}", a.nextPage),
		get("/queryAll", a.query(true)),
		get("/queryAll/{locator}", a.nextPage),
		get("/sobjects", a.listObjects),
		get("/sobjects/{type}", a.objectInfo),
		get("/sobjects/{type}/describe", a.describe),
		get("/sobjects/{type}/{id}", a.record),
	)
}
