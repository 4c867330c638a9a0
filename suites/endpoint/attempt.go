package endpoint

import (
	"context"
	"fmt"

	"github.com/onsi/ginkgo/v2"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/request"
)

// attempt is one case through one door, while its spec runs.
type attempt struct {
	context  context.Context //nolint:containedctx // lives exactly as long as the spec that Ginkgo hands it to
	caps     Capabilities
	c        fixtures.Case
	session  Session
	creds    request.Credentials
	out      *outcome
	redact   *redactor
	vars     request.Vars
	instance string
	last     answer
}

// try runs one spec and tells Ginkgo how it ended.
func (s *suite) try(ctx context.Context, d door, c fixtures.Case) {
	if reason := unfit(c, s.target.Capabilities); reason != "" {
		ginkgo.Skip(reason)
	}
	session, err := s.target.Open(ctx, c)
	out := s.outcome(specKey{c.ID, d.name})
	if err != nil {
		yield(ctx)
		out.harness(fmt.Errorf("the target cannot be put into the state of the case: %w", err))
		ginkgo.Fail(out.message(c, d.name))
	}
	defer func() { _ = session.Close() }()
	creds := session.Credentials()
	if reason := lacking(c.Flow, creds); reason != "" {
		ginkgo.Skip(reason)
	}
	if !s.spend(d.calls(c)) {
		ginkgo.Skip(fmt.Sprintf("the budget of %d calls is used up", s.options.Budget))
	}
	a := &attempt{
		context: ctx, caps: s.target.Capabilities, c: c, session: session, creds: creds, out: out,
		redact: newRedactor(creds), vars: request.Vars{},
	}
	out.redact = a.redact.clean
	out.cause = cause(c.Want)
	a.finish(ctx, d)
}

// finish runs the door. What cannot be blamed on the target's answers is an error of the harness.
func (a *attempt) finish(ctx context.Context, d door) {
	err := d.run(a)
	yield(ctx)
	if ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	if err != nil {
		a.out.harness(err)
	}
	if a.out.failed() {
		ginkgo.Fail(a.out.message(a.c, d.name))
	}
}

func cause(w fixtures.Want) string {
	if w.Refusal == "" {
		return ""
	}
	r, err := fixtures.RefusalByID(w.Refusal)
	if err != nil {
		return ""
	}
	return r.Cause
}
