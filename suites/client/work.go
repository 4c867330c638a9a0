package client

import (
	"fmt"
	"math"
	"slices"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/suites/client/evidence"
	"github.com/sfconform/sfconform/suites/client/judge"
	"github.com/sfconform/sfconform/suites/client/report"
	"github.com/sfconform/sfconform/suites/client/scenario"
	"github.com/sfconform/sfconform/suites/client/verdict"
)

// work is what the client does where all is well: what it does not do there, nothing can
// show of it anywhere.
type work struct {
	// done says that the client got its token, and that every call was answered.
	done bool
	// calls is how many API calls it makes in a start; workers is how many tokens it
	// holds at once.
	calls, workers int
}

// workIn is what the evidence of the happy path shows.
func workIn(e *evidence.Evidence) work {
	calls := e.Of(evidence.APICall, evidence.BulkCall, evidence.SOAPCall, evidence.Identity, evidence.Streaming)
	gets := func(x evidence.Exchange) bool { return x.Issued != "" }
	return work{
		done:    slices.ContainsFunc(e.TokenRequests(), gets) && !slices.ContainsFunc(calls, evidence.Exchange.Failed),
		calls:   len(calls),
		workers: e.HeldAtOnce(),
	}
}

// learn keeps what a first look shows, and adds it to that look's own evidence.
func (r *runner) learn(looks []played) {
	r.work = map[fixtures.Flow]work{}
	for _, l := range looks {
		if l.evidence == nil {
			continue
		}
		r.work[l.flow] = workIn(l.evidence)
		r.profile(l.evidence, l.part)
	}
}

// profile adds to evidence what is known of the client.
func (r *runner) profile(e *evidence.Evidence, p part) {
	e.OwnWork = !r.traits.Operations && len(r.options.Operations) == 0
	e.Workers = r.work[p.flow].workers
	e.LoginOnly = r.calls(p.flow) == 0
}

// calls is how many API calls the client makes in a start, as far as it has shown or
// declared; a client that is told what to do makes as many as the contract says.
func (r *runner) calls(flow fixtures.Flow) int {
	own := r.work[flow]
	switch {
	case r.operation(scenario.Query) == scenario.Login:
		return 0
	case !r.traits.Operations && own.done:
		return own.calls
	}
	return math.MaxInt
}

// tooFew says why nothing was seen of a client that makes fewer calls than a judge
// needs; empty if that is not the reason.
func (r *runner) tooFew(j judge.Judge, flow fixtures.Flow) string {
	makes := r.calls(flow)
	switch {
	case j.Calls <= makes:
		return ""
	case r.traits.Operations:
		return fmt.Sprintf("the client has no operation %q, and makes no API calls", scenario.Query)
	case makes == 0:
		return "the client does nothing but log in: it makes no API call where all is well"
	case makes == 1:
		return fmt.Sprintf("the client makes one API call in a start, and it takes %d for this to show", j.Calls)
	}
	return fmt.Sprintf("the client makes %d API calls in a start, and it takes %d for this to show", makes, j.Calls)
}

// substitutes are the operations that can be asked for in place of another one: a
// scenario that is about more is not shown by them, and says so.
var substitutes = map[string][]string{
	scenario.Query: {scenario.Write, scenario.Login, scenario.UntilKill},
	scenario.Login: {scenario.Query, scenario.Write, scenario.UntilKill},
}

// operation is what the client is asked for where a scenario needs an operation; empty
// if it has nothing in its place.
func (r *runner) operation(needed string) string {
	if r.hasOperation(needed) {
		return needed
	}
	for _, other := range substitutes[needed] {
		if r.hasOperation(other) {
			return other
		}
	}
	return ""
}

// hasOperation says whether the client declares to have the operation; one that
// declares nothing has it unless it has said that it does not.
func (r *runner) hasOperation(name string) bool {
	same := func(o string) bool { return operationName(o) == operationName(name) }
	if len(r.options.Operations) == 0 {
		return !slices.ContainsFunc(r.lacking, same)
	}
	return slices.ContainsFunc(r.options.Operations, same)
}

// notHad says that the client has said by exit code 127 that it lacks an operation which
// it does not declare to have. Of a client that heeds no operation 127 says nothing.
func (r *runner) notHad(p played) bool {
	return p.unsupported && r.traits.Operations && !r.traits.Manual && len(r.options.Operations) == 0
}

// untestedOperations are the operations that the client does not have.
func (r *runner) untestedOperations(all []played) []report.Untested {
	var list []report.Untested
	for _, name := range scenario.Operations() {
		why := ""
		switch {
		case slices.ContainsFunc(all, func(p played) bool { return r.notHad(p) && p.scenario.Needed() == name }),
			len(r.options.Operations) == 0 && !r.hasOperation(name):
			why = "the client says by exit code 127 that it does not have it"
		case !r.hasOperation(name):
			why = "the client does not declare it"
		default:
			continue
		}
		if other := r.operation(name); other != "" && other != name {
			why += fmt.Sprintf("; %q was asked for in its place, which shows less", other)
		}
		list = append(list, report.Untested{What: fmt.Sprintf("operation %q", operationName(name)), Kind: verdict.NotApplicable, Why: why})
	}
	return list
}
