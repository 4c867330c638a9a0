package mocksf

import (
	"slices"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/authorize"
	"github.com/sfconform/sfconform/mocksf/credentials"
	"github.com/sfconform/sfconform/mocksf/deploy"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/fault"
	"github.com/sfconform/sfconform/mocksf/form"
	"github.com/sfconform/sfconform/mocksf/identity"
	"github.com/sfconform/sfconform/mocksf/records"
	"github.com/sfconform/sfconform/mocksf/rest"
	"github.com/sfconform/sfconform/mocksf/session"
	"github.com/sfconform/sfconform/mocksf/soap"
	"github.com/sfconform/sfconform/mocksf/token"
	"github.com/sfconform/sfconform/mocksf/usage"
)

// routes are all places of an org, each declared in the room that answers it.
func routes(endpoint *token.Endpoint, sessions *session.Store, change credentials.Change, metadata *deploy.Service) []exchange.Route {
	store, counted := records.NewStore(), &usage.Counter{}
	return slices.Concat(
		[]exchange.Route{{Pattern: token.Path, Handler: endpoint.Handle}},
		authorize.Routes(sessions),
		identity.Routes(sessions),
		rest.Routes(sessions, store, counted, slices.Concat(credentials.Places(change), metadata.Places())...),
		soap.Routes(sessions, store, counted, metadata.Operations()...),
	)
}

// maintenance is the answer of an org under maintenance, as its behaviour has it.
func (o *Org) maintenance(r *exchange.Request) exchange.Answer {
	id := fixtures.RefusalID("maintenance")
	if r.Path == token.Path && r.Org.Option("maintenance-format") == "json" {
		id = "maintenance-as-json"
	}
	return exchange.Refuse(o.refusals[id])
}

// asked is what faults are matched by. The grant is looked up only while faults are armed.
func asked(r *exchange.Request, faults *fault.Set) fault.Asked {
	a := fault.Asked{Method: r.Method, Path: r.Path, Host: r.Host}
	if r.Path == token.Path && faults.Waiting() {
		a.Grant = fixtures.Grant(form.Parse(r, r.Org.Option("repeated-parameter") == "last").Get("grant_type"))
	}
	return a
}
