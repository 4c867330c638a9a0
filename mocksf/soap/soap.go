package soap

import (
	"encoding/xml"
	"slices"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/records"
	"github.com/sfconform/sfconform/mocksf/session"
	"github.com/sfconform/sfconform/mocksf/usage"
)

// service answers for the SOAP API of one org.
type service struct {
	sessions *session.Store
	records  *records.Store
	counted  *usage.Counter
	// operations are the calls of each API.
	operations map[fixtures.SOAPAPI][]operation

	malformedQuery, unknownType, unknownField, badLocator fixtures.Refusal
}

// namespaces are what the operations of each API are named in (facts: section 5.7).
var namespaces = map[fixtures.SOAPAPI]string{
	fixtures.EnterpriseAPI: "urn:enterprise.soap.sforce.com",
	fixtures.PartnerAPI:    "urn:partner.soap.sforce.com",
	fixtures.MetadataAPI:   fixtures.MetadataNamespace,
}

// Routes are the SOAP API of the org whose sessions and records the stores hold,
// and the WSDLs that describe it, with the operations of the Metadata API, which
// another room answers. An address may end in the organization's id, which no
// answer depends on. The calls add to the org's requests that are counted.
func Routes(sessions *session.Store, store *records.Store, counted *usage.Counter, metadata ...Operation) []exchange.Route {
	s := &service{
		sessions: sessions, records: store, counted: counted,
		operations: map[fixtures.SOAPAPI][]operation{
			fixtures.EnterpriseAPI: operations, fixtures.PartnerAPI: operations, fixtures.MetadataAPI: operationsOf(metadata),
		},
		malformedQuery: fixtures.MustRefusal("soap-query-malformed"),
		unknownType:    fixtures.MustRefusal("soap-type-unknown"),
		unknownField:   fixtures.MustRefusal("soap-field-unknown"),
		badLocator:     fixtures.MustRefusal("soap-query-locator-invalid"),
	}
	enterprise, partner := s.serve(fixtures.EnterpriseAPI), s.serve(fixtures.PartnerAPI)
	deploys := s.serve(fixtures.MetadataAPI)
	return []exchange.Route{
		{Method: "POST", Pattern: "/services/Soap/c/{version}", Handler: enterprise},
		{Method: "POST", Pattern: "/services/Soap/c/{version}/{org}", Handler: enterprise},
		{Method: "POST", Pattern: "/services/Soap/u/{version}", Handler: partner},
		{Method: "POST", Pattern: "/services/Soap/u/{version}/{org}", Handler: partner},
		{Method: "POST", Pattern: "/services/Soap/m/{version}", Handler: deploys},
		{Method: "POST", Pattern: "/services/Soap/m/{version}/{org}", Handler: deploys},
		{Method: "GET", Pattern: "/services/wsdl/enterprise", Handler: s.wsdl(fixtures.EnterpriseAPI)},
		{Method: "GET", Pattern: "/services/wsdl/partner", Handler: s.wsdl(fixtures.PartnerAPI)},
	}
}

// serve answers the calls of one API. They count as a use of the session and of the
// org's daily requests.
func (s *service) serve(api fixtures.SOAPAPI) exchange.Handler {
	rules := callRules()
	return func(r *exchange.Request) exchange.Answer {
		c := s.newCall(r, api)
		if failed := rules.Decide(r.Org, c); failed != nil {
			return c.noted(c.refuse(failed))
		}
		s.sessions.Touch(c.session, r.Now)
		c.used = s.counted.Add(r.Now)
		return c.noted(c.operation.answer(c))
	}
}

// loginEnds is the version from which on login() is no operation any more (OpenFn/adaptors#1715).
const loginEnds = 65

// find is the operation that the API has under the name at the version; nil if there is none.
func (s *service) find(api fixtures.SOAPAPI, version string, name xml.Name) *operation {
	if name.Space != namespaces[api] {
		return nil
	}
	list := s.operations[api]
	i := slices.IndexFunc(list, func(o operation) bool { return o.name == name.Local })
	if i < 0 || list[i].login && versionNumber(version) >= loginEnds {
		return nil
	}
	return &list[i]
}
