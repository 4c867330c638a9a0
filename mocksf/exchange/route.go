package exchange

import (
	"net/http"
	"strings"

	"github.com/sfconform/sfconform/fixtures"
)

// Route is one method of one place on the org's hosts.
type Route struct {
	// Method is the HTTP method. GET also answers HEAD; "" answers every method
	// that no other route of the pattern names.
	Method string
	// Pattern is the path without a trailing slash. A segment in braces stands for
	// any one segment, which the handler gets by that name.
	Pattern string
	Handler Handler
}

// Mux hands a request to the route it is meant for. http.ServeMux is not used: it
// would need an http.Request, redirects what it finds untidy, and answers 404 and
// 405 in words of its own.
type Mux struct {
	// fixed are the places without names in their pattern, by path.
	fixed map[string]*place
	// named are the others, by number of segments, in their order of registration.
	named map[int][]*place

	notFound, notFoundInAPI, methodNotAllowed fixtures.Refusal
}

// place is all routes of one pattern.
type place struct {
	pattern  string
	segments []string
	methods  map[string]Handler
}

// apiRoot is the path below which everything is the data API's.
const apiRoot = "/services/data"

// NewMux makes a mux of the routes. Where several patterns fit a path, one without
// names comes first, then the one that is listed first. It panics on two routes of
// one method and pattern.
func NewMux(routes ...Route) *Mux {
	m := &Mux{
		fixed: map[string]*place{}, named: map[int][]*place{},
		notFound:         fixtures.MustRefusal("url-no-longer-exists"),
		notFoundInAPI:    fixtures.MustRefusal("rest-not-found"),
		methodNotAllowed: fixtures.MustRefusal("method-not-allowed"),
	}
	for _, r := range routes {
		methods := m.placeFor(r.Pattern).methods
		if methods[r.Method] != nil {
			panic("exchange: two routes for " + r.Method + " " + r.Pattern)
		}
		methods[r.Method] = r.Handler
	}
	return m
}

func (m *Mux) placeFor(pattern string) *place {
	segments := strings.Split(pattern, "/")
	if !strings.Contains(pattern, "{") {
		if m.fixed[pattern] == nil {
			m.fixed[pattern] = &place{pattern, segments, map[string]Handler{}}
		}
		return m.fixed[pattern]
	}
	n := len(segments)
	for _, p := range m.named[n] {
		if p.pattern == pattern {
			return p
		}
	}
	p := &place{pattern, segments, map[string]Handler{}}
	m.named[n] = append(m.named[n], p)
	return p
}

// Handle answers the request, with or without a trailing slash. It sets the
// request's Values.
func (m *Mux) Handle(r *Request) Answer {
	path := strings.TrimSuffix(r.Path, "/")
	p, values := m.find(path)
	if p == nil {
		return m.refuseUnknown(path)
	}
	h := p.handler(r.Method)
	if h == nil {
		return m.refuseMethod(r, p)
	}
	r.Values = values
	return h(r)
}

func (m *Mux) find(path string) (*place, map[string]string) {
	if p := m.fixed[path]; p != nil {
		return p, nil
	}
	segments := strings.Split(path, "/")
	for _, p := range m.named[len(segments)] {
		if values, ok := p.match(segments); ok {
			return p, values
		}
	}
	return nil, nil
}

func (p *place) match(segments []string) (map[string]string, bool) {
	values := map[string]string{}
	for i, want := range p.segments {
		name, named := strings.CutPrefix(want, "{")
		switch {
		case named && segments[i] != "":
			values[strings.TrimSuffix(name, "}")] = segments[i]
		case want != segments[i]:
			return nil, false
		}
	}
	return values, true
}

func (p *place) handler(method string) Handler {
	if h := p.methods[method]; h != nil {
		return h
	}
	if method == http.MethodHead && p.methods[http.MethodGet] != nil {
		return p.methods[http.MethodGet]
	}
	return p.methods[""]
}

func (m *Mux) refuseUnknown(path string) Answer {
	if path == apiRoot || strings.HasPrefix(path, apiRoot+"/") {
		return Refuse(&m.notFoundInAPI)
	}
	return Refuse(&m.notFound)
}

// methodOrder is the order in which captures of the answer name the methods.
var methodOrder = []string{http.MethodHead, http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodPut, http.MethodDelete}

func (m *Mux) refuseMethod(r *Request, p *place) Answer {
	var allowed []string
	for _, method := range methodOrder {
		if p.handler(method) != nil {
			allowed = append(allowed, method)
		}
	}
	return RefuseWith(&m.methodNotAllowed, "method", r.Method, "allowed", strings.Join(allowed, ","))
}
