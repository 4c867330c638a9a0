package rest

import (
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// Place is a resource of the data API that another room answers, behind the same
// rules and counted as every request is.
type Place struct {
	Method string
	// Pattern stands below /services/data/{version}.
	Pattern string
	Answer  func(*exchange.Request, *snapshot.User) exchange.Answer
}

// routesOf are the routes of the places that other rooms answer.
func (a *api) routesOf(places []Place) []exchange.Route {
	routes := make([]exchange.Route, len(places))
	for i, p := range places {
		h := func(r *exchange.Request, x *access) exchange.Answer { return p.Answer(r, x.user) }
		routes[i] = exchange.Route{Method: p.Method, Pattern: "/services/data/{version}" + p.Pattern, Handler: a.guard(h)}
	}
	return routes
}
