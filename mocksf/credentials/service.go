package credentials

import (
	"sync"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/rest"
	"github.com/sfconform/sfconform/mocksf/snapshot"
)

// Change changes the org; the change spreads as any other does.
type Change func(...fixtures.Change) error

// service answers for the key pairs of one org.
type service struct {
	change Change
	// mu lets one request at a time read a pair and change it.
	mu sync.Mutex

	notFound, exists, noCommand fixtures.Refusal
}

// Places are the resources, for the data API to guard. Pairs are changed through change.
func Places(change Change) []rest.Place {
	s := &service{
		change:    change,
		notFound:  fixtures.MustRefusal("rest-not-found"),
		exists:    fixtures.MustRefusal("staged-credentials-exist"),
		noCommand: fixtures.MustRefusal("staged-command-invalid"),
	}
	const (
		apps      = "/apps/oauth/usage"
		consumers = "/apps/oauth/credentials/{app}"
		consumer  = consumers + "/{consumer}"
		staged    = consumer + "/staged"
		pair      = staged + "/{staged}"
	)
	return []rest.Place{
		{Method: "GET", Pattern: apps, Answer: s.usage},
		{Method: "GET", Pattern: consumers, Answer: s.ask(firstVersion, s.consumers)},
		{Method: "GET", Pattern: consumer, Answer: s.ask(firstVersion, s.consumer)},
		{Method: "GET", Pattern: staged, Answer: s.ask(stagingVersion, s.list)},
		{Method: "POST", Pattern: staged, Answer: s.ask(stagingVersion, s.stage)},
		{Method: "GET", Pattern: pair, Answer: s.ask(stagingVersion, s.show)},
		{Method: "PATCH", Pattern: pair, Answer: s.ask(stagingVersion, s.rotate)},
		{Method: "DELETE", Pattern: pair, Answer: s.ask(stagingVersion, s.remove)},
	}
}

// question is a request about the pairs of one app.
type question struct {
	request *exchange.Request
	user    *snapshot.User
	app     *snapshot.App
}

// ask finds the app and holds the request to the rules before it is answered.
func (s *service) ask(version int, answer func(*question) exchange.Answer) func(*exchange.Request, *snapshot.User) exchange.Answer {
	rules := allRules()
	return func(r *exchange.Request, u *snapshot.User) exchange.Answer {
		q := &question{request: r, user: u}
		if failed := rules.Decide(r.Org, q); failed != nil {
			refused := exchange.Refuse(failed.Answer)
			refused.Note.Check = failed.Name
			return refused
		}
		q.app = find(r)
		if q.app == nil || versionOf(r) < version {
			return exchange.Refuse(&s.notFound)
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		return answer(q)
	}
}

// find is the app that the path names; nil if there is none, or its consumer is another's.
func find(r *exchange.Request) *snapshot.App {
	for name := range r.Org.Apps {
		app := r.Org.AppByName(name)
		if app.Kind != fixtures.ExternalClientApp || !sameID(r.Value("app"), appID(app)) {
			continue
		}
		if id := r.Value("consumer"); id == "" || sameID(id, consumerID(app)) {
			return app
		}
	}
	return nil
}

// staged is the app's second pair if it is the one that the path names and has not ended.
func (q *question) staged() *fixtures.Staged {
	x := q.current()
	if x == nil || !sameID(q.request.Value("staged"), pairID(x.ConsumerKey)) {
		return nil
	}
	return x
}

// current is the app's second pair, if there is one that has not ended.
func (q *question) current() *fixtures.Staged {
	if x := q.app.Staged; x != nil && q.app.Holds(x.ConsumerKey, q.request.Now) {
		return x
	}
	return nil
}
