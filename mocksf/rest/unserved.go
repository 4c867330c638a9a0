package rest

import (
	"slices"
	"strings"

	"github.com/sfconform/sfconform/mocksf/exchange"
)

// segments are as many as a path may have below a version, or below Apex REST, so that
// its session is looked at.
var segments = []string{"{a}", "{b}", "{c}", "{d}", "{e}", "{f}"}

// unserved are the routes of what no other route is for. They come last.
func (a *api) unserved() []exchange.Route {
	var routes []exchange.Route
	for n := range segments {
		below := "/" + strings.Join(segments[:n+1], "/")
		routes = append(routes,
			exchange.Route{Pattern: "/services/data/{version}" + below, Handler: a.guard(a.refuseUnserved)},
			exchange.Route{Pattern: "/services/apexrest" + below, Handler: a.guardBy(apexList(), a.refuseApex)})
	}
	return routes
}

// refuseUnserved tells a resource that the fake lacks from one that nobody has. An object
// that is none of the org's, or of the Tooling API's, and a job that nobody has made are of
// the latter: Salesforce's own libraries find out by the words of that answer whether an
// org has source tracking, or of which kind a job is.
func (a *api) refuseUnserved(r *exchange.Request, _ *access) exchange.Answer {
	path := strings.Trim(strings.TrimPrefix(r.Path, root(r)), "/")
	names := strings.Split(path, "/")
	unknown := !slices.Contains(resources, names[0])
	switch {
	case names[0] == "sobjects":
		unknown = a.records.Object(r.Org, r.Value("type")) == nil
	case strings.HasPrefix(path, "tooling/sobjects/"), names[0] == "jobs" && len(names) > 2:
		unknown = true
	}
	if unknown {
		return exchange.Refuse(&a.notFound)
	}
	return exchange.RefuseWith(&a.notServed, "resource", path)
}

func (a *api) refuseApex(*exchange.Request, *access) exchange.Answer {
	return exchange.Refuse(&a.noApexClass)
}
