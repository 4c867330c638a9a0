package mocksf

import (
	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/fault"
	"github.com/sfconform/sfconform/mocksf/journal"
)

// record keeps the exchange in the journal, which redacts it.
func (o *Org) record(r *exchange.Request, a exchange.Answer, armed *fault.Fault) {
	e := journal.Entry{
		Time: r.Now, Org: r.Org.MyDomain, Host: r.Host.Name, Method: r.Method, Path: r.Path, Node: r.Node,
		Grant: a.Note.Grant, App: a.Note.App, ClientID: a.Note.ClientID, Username: a.Note.Username,
		Status: a.Status, Refusal: a.Note.Refusal, Check: a.Note.Check,
	}
	if params := a.Note.Params; params != nil {
		e.Params = journal.Params(params)
	} else {
		e.Params = journal.Params(r.Query)
	}
	if refusal, ok := o.refusals[a.Note.Refusal]; ok {
		e.Error, e.Description = refusal.Answer.Error, refusal.Answer.Elided()
		e.LoginStatus = refusal.LoginStatus
	}
	if armed != nil {
		e.Fault = armed.Name
	}
	o.journal.Add(e)
}

// recordUnknownHost keeps a request to a My Domain that does not exist: on the real
// service its name does not resolve, so the only trace is in the fake's journal.
func (o *Org) recordUnknownHost(r *exchange.Request) {
	const id = fixtures.RefusalID("my-domain-not-found")
	o.journal.Add(journal.Entry{
		Time: o.clock.Now(), Host: r.Host.Name, Method: r.Method, Path: r.Path,
		Refusal: id, Error: string(id), Description: o.refusals[id].Answer.Elided(),
	})
}
