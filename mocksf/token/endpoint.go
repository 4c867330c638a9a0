package token

import (
	"fmt"
	"sync"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/spell"
	"github.com/sfconform/sfconform/mocksf/exchange"
	"github.com/sfconform/sfconform/mocksf/rule"
	"github.com/sfconform/sfconform/mocksf/session"
)

// Endpoint is the token endpoint of one org: its pipelines, and what it has to
// remember between requests.
type Endpoint struct {
	pipelines map[fixtures.Grant]rule.List[*attempt]
	sessions  *session.Store
	replays   *replays
	logins    *logins
}

// New makes the endpoint that issues its tokens from sessions. The checks named
// in skip are left out, which plays an org laxer than any real one. Errors name a
// check that does not exist.
func New(sessions *session.Store, skip ...string) (*Endpoint, error) {
	lists, err := complete()
	if len(skip) > 0 {
		lists, err = without(skip)
	}
	if err != nil {
		return nil, err
	}
	return &Endpoint{pipelines: lists, sessions: sessions, replays: newReplays(), logins: newLogins()}, nil
}

// complete are the pipelines with every check, which all orgs share.
var complete = sync.OnceValues(func() (map[fixtures.Grant]rule.List[*attempt], error) { return without(nil) })

// without are the pipelines less some checks.
func without(skip []string) (map[fixtures.Grant]rule.List[*attempt], error) {
	left, err := skipSet(skip)
	if err != nil {
		return nil, err
	}
	byGrant := map[fixtures.Grant]rule.List[*attempt]{}
	for grant, checks := range pipelines {
		if byGrant[grant], err = rule.Bind(checks, left); err != nil {
			return nil, fmt.Errorf("token: %w", err)
		}
	}
	return byGrant, nil
}

func skipSet(names []string) (map[string]bool, error) {
	known := map[string]bool{}
	for _, name := range CheckNames() {
		known[name] = true
	}
	skip := map[string]bool{}
	for _, name := range names {
		if !known[name] {
			return nil, fmt.Errorf("token: no check is called %q: did you mean %q?", name, spell.Nearest(name, CheckNames()))
		}
		skip[name] = true
	}
	return skip, nil
}

// Handle answers one token request.
func (e *Endpoint) Handle(r *exchange.Request) exchange.Answer {
	a := e.parse(r)
	a.resolve()
	failed := e.pipeline(a.grant).Decide(a.org, a)
	if failed == nil {
		return e.issue(a)
	}
	answer := exchange.Refuse(failed.Answer)
	answer.Note = a.note()
	answer.Note.Refusal, answer.Note.Check = failed.Answer.ID, failed.Name
	return answer
}

func (e *Endpoint) pipeline(grant fixtures.Grant) rule.List[*attempt] {
	if checks, ok := e.pipelines[grant]; ok {
		return checks
	}
	return e.pipelines[fallback]
}
