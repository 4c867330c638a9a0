// Package rest is the data API of the fake org: versions, resources, limits,
// queries and records, read and written one by one or several at once.
package rest

import (
	"slices"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/records"
	"github.com/sfconform/sfconform/mocksf/rule"
	"github.com/sfconform/sfconform/mocksf/session"
	"github.com/sfconform/sfconform/mocksf/usage"
)

// api answers for the data API of one org.
type api struct {
	sessions *session.Store
	records  *records.Store
	usage    *usage.Counter
	access   rule.List[*access]

	notFound, malformedQuery, unknownType, unknownField, locatorInvalid fixtures.Refusal
	bodyMissing, bodyMalformed, bodyCutShort, valueTypeWrong            fixtures.Refusal
	notAccessible, idMalformed, methodNotAllowed                        fixtures.Refusal
	notServed, noApexClass                                              fixtures.Refusal
	several                                                             severalRefusals
	// byReason are the refusals that follow from the reason alone.
	byReason map[records.Reason]fixtures.Refusal
}

// handler answers a request that may be answered.
type handler func(*exchange.Request, *access) exchange.Answer

// Routes are the data API of the org whose sessions and records the stores hold, with
// the places that other rooms answer. Its requests add to those that are counted.
func Routes(sessions *session.Store, store *records.Store, counted *usage.Counter, places ...Place) []exchange.Route {
	a := &api{
		sessions: sessions, records: store, usage: counted, access: accessList(),
		notFound:       fixtures.MustRefusal("rest-not-found"),
		malformedQuery: fixtures.MustRefusal("malformed-query"),
		unknownType:    fixtures.MustRefusal("query-type-unknown"),
		unknownField:   fixtures.MustRefusal("query-field-unknown"),
		locatorInvalid: fixtures.MustRefusal("query-locator-invalid"),

		bodyMissing: fixtures.MustRefusal("record-body-missing"), bodyMalformed: fixtures.MustRefusal("record-body-malformed"),
		bodyCutShort: fixtures.MustRefusal("record-body-cut-short"), valueTypeWrong: fixtures.MustRefusal("record-value-type-wrong"),
		notAccessible: fixtures.MustRefusal("record-not-accessible"), idMalformed: fixtures.MustRefusal("record-id-malformed"),
		methodNotAllowed: fixtures.MustRefusal("method-not-allowed"), notServed: fixtures.MustRefusal("rest-resource-not-served"),
		noApexClass: fixtures.MustRefusal("apex-rest-no-match"), several: ofSeveral(), byReason: byReason(),
	}
	return exchange.Pretty(slices.Concat(a.routes(), a.routesOf(places), a.unserved())...)
}

// byReason are the refusals of records that need no more than the reason.
func byReason() map[records.Reason]fixtures.Refusal {
	list := map[records.Reason]fixtures.Refusal{}
	for reason, id := range map[records.Reason]fixtures.RefusalID{
		records.DeletedRecord: "record-deleted", records.UnknownField: "record-field-unknown",
		records.UnexpectedField: "record-field-unexpected", records.IDInInsert: "record-id-in-insert",
		records.ReadOnlyField: "record-field-read-only", records.MissingField: "record-required-field-missing",
		records.TooLong: "record-text-too-long", records.IllFittingReference: "record-reference-malformed",
		records.UnknownReference: "record-reference-unknown", records.DuplicateValue: "record-duplicate-value",
		records.StorageFull: "storage-limit-exceeded",
	} {
		list[reason] = fixtures.MustRefusal(id)
	}
	return list
}

func (a *api) routes() []exchange.Route {
	const version = "/services/data/{version}"
	get := func(pattern string, h handler, extra ...check) exchange.Route {
		return exchange.Route{Method: "GET", Pattern: version + pattern, Handler: a.guard(h, extra...)}
	}
	write := func(method, pattern string, h handler) exchange.Route {
		return exchange.Route{Method: method, Pattern: version + pattern, Handler: a.guard(h)}
	}
	return []exchange.Route{
		{Method: "GET", Pattern: "/services/data", Handler: listVersions},
		get("", a.listResources),
		get("/limits", a.limits, mayViewSetup),
		get("/query", a.query(false)),
		get("/query/{locator}", a.nextPage),
		get("/queryAll", a.query(true)),
		get("/queryAll/{locator}", a.nextPage),
		get("/sobjects", a.listObjects),
		get("/sobjects/{type}", a.objectInfo),
		get("/sobjects/{type}/describe", a.describe),
		get("/sobjects/{type}/updated", a.refuseUnserved),
		get("/sobjects/{type}/deleted", a.refuseUnserved),
		get("/sobjects/{type}/describe/{part}", a.refuseUnserved),
		get("/sobjects/{type}/{id}", a.record),
		get("/sobjects/{type}/{field}/{value}", a.recordByExternalID),
		write("POST", "/sobjects/{type}", a.create),
		write("PATCH", "/sobjects/{type}/{id}", a.update),
		write("DELETE", "/sobjects/{type}/{id}", a.remove),
		write("PATCH", "/sobjects/{type}/{field}/{value}", a.upsert),
		write("POST", severalPath, a.createSeveral),
		write("PATCH", severalPath, a.updateSeveral),
		write("DELETE", severalPath, a.removeSeveral),
		write("PATCH", severalPath+"/{type}/{field}", a.upsertSeveral),
	}
}
