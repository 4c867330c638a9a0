package endpoint

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"

	"github.com/sfconform/sfconform/fixtures"
)

// collect makes the results of Ginkgo's report, in the catalogue's order, each case's doors together.
func (s *suite) collect(specs types.SpecReports) []Result {
	ended := map[specKey]types.SpecReport{}
	for _, spec := range specs.WithLeafNodeType(types.NodeTypeIt) {
		if s.selected(spec) {
			ended[keyOf(spec)] = spec
		}
	}
	var results []Result
	for _, c := range s.options.Cases {
		for _, d := range doors {
			if spec, ok := ended[specKey{c.ID, d.name}]; ok {
				results = append(results, s.result(c, d.name, spec))
			}
		}
	}
	return results
}

// selected tells the specs that the filter leaves out, which Ginkgo reports as
// skipped, from those that had no turn.
func (s *suite) selected(spec types.SpecReport) bool {
	if s.options.LabelFilter == "" {
		return true
	}
	matches, err := types.ParseLabelFilter(s.options.LabelFilter)
	return err == nil && matches(spec.Labels())
}

func keyOf(spec types.SpecReport) specKey {
	return specKey{fixtures.CaseID(labeled(spec, "case:")), labeled(spec, "door:")}
}

func labeled(spec types.SpecReport, prefix string) string {
	i := slices.IndexFunc(spec.LeafNodeLabels, func(l string) bool { return strings.HasPrefix(l, prefix) })
	if i < 0 {
		return ""
	}
	return strings.TrimPrefix(spec.LeafNodeLabels[i], prefix)
}

func (s *suite) result(c fixtures.Case, door string, spec types.SpecReport) Result {
	o := s.outcome(specKey{c.ID, door})
	r := Result{
		Case: c.ID, Door: door, Flow: c.Flow, Kind: c.Kind, Requirement: c.Requirement,
		Verdict: verdict(spec, o), Expected: o.clean(o.expected), Seen: o.clean(o.seen),
		Check: o.check, Seconds: spec.RunTime.Seconds(),
	}
	switch r.Verdict {
	case Pass:
	case Skip:
		r.Reason = noTurn
		if spec.State == types.SpecStateSkipped {
			r.Reason = cmp.Or(spec.Failure.Message, noTurn)
		}
	case Fail, Error:
		r.Differences = o.cleanDifferences()
		r.Message = o.message(c, door)
		for _, line := range o.sent {
			r.Sent = append(r.Sent, o.clean(line))
		}
		r.Reason = o.clean(reason(spec, o))
	}
	return r
}

// noTurn is the reason of a spec that the end of the run kept from a verdict, whether or not it had begun.
const noTurn = "the run was ended before its turn was over"

// errEnded is the cause with which the end of the run ends the context of a spec.
var errEnded = errors.New("the run was ended")

// yield skips the spec if the run was ended: what it saw until then says nothing about the target.
func yield(ctx context.Context) {
	if errors.Is(context.Cause(ctx), errEnded) {
		ginkgo.Skip(noTurn)
	}
}

func verdict(spec types.SpecReport, o *outcome) Verdict {
	switch {
	case spec.State == types.SpecStatePassed:
		return Pass
	case spec.State == types.SpecStateSkipped, spec.State == types.SpecStateInterrupted:
		// Ginkgo listens for ctrl-C too, and may be the first to hear it.
		return Skip
	case spec.State == types.SpecStateFailed && o.err == nil:
		return Fail
	}
	return Error
}

func reason(spec types.SpecReport, o *outcome) string {
	switch {
	case o.err != nil:
		return o.err.Error()
	case spec.State == types.SpecStatePanicked:
		return "panic: " + spec.Failure.ForwardedPanic
	case spec.State == types.SpecStateFailed:
		return ""
	}
	return strings.TrimSpace(spec.State.String() + ": " + spec.Failure.Message)
}
