package endpoint

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/types"

	"github.com/sfconform/sfconform/fixtures"
)

// suite is one registration of the specs.
type suite struct {
	target  *Target
	options Options
	plan    []planned

	mu       sync.Mutex // guards all below
	outcomes map[specKey]*outcome
	calls    int // made to a live target
}

// specKey is a case through a door.
type specKey struct {
	id   fixtures.CaseID
	door string
}

// planned is one spec: a case and the door that it goes through.
type planned struct {
	door door
	c    fixtures.Case
}

// door is one way in which a case reaches the target.
type door struct {
	name, text string
	takes      func(fixtures.Case, samples) bool
	run        func(*attempt) error
	calls      func(fixtures.Case) int
}

// The names of the doors, as they stand in labels and reports.
const (
	DoorPlain = "plain"
	DoorFlows = "flows"
)

var doors = []door{
	{DoorPlain, "over plain HTTP", func(fixtures.Case, samples) bool { return true }, (*attempt).plain, plainCalls},
	{DoorFlows, "through package flows", expressible, (*attempt).throughFlows, func(fixtures.Case) int { return 1 }},
}

// Register adds the specs of every case to the Ginkgo suite that is being built.
// The target may still be filled in until the first spec runs.
func Register(target *Target) {
	newSuite(target, Options{}.withDefaults()).register(context.Background())
}

func newSuite(target *Target, o Options) *suite {
	s := &suite{target: target, options: o, outcomes: map[specKey]*outcome{}}
	known := samples{}
	for _, d := range doors {
		for _, c := range o.Cases {
			if d.takes(c, known) {
				s.plan = append(s.plan, planned{d, c})
			}
		}
	}
	if target.Capabilities.Live {
		s.plan = fairly(s.plan)
	}
	return s
}

// fairly lets the flows take turns within each door, so that a budget of calls is
// not used up by the first flow.
func fairly(plan []planned) []planned {
	next := map[string]int{}
	turns := make(map[specKey]int, len(plan))
	for _, p := range plan {
		line := p.door.name + " " + string(p.c.Flow)
		turns[specKey{p.c.ID, p.door.name}] = next[line]
		next[line]++
	}
	rank := func(p planned) (which, turn int) {
		which = slices.IndexFunc(doors, func(d door) bool { return d.name == p.door.name })
		return which, turns[specKey{p.c.ID, p.door.name}]
	}
	slices.SortStableFunc(plan, func(a, b planned) int {
		doorA, turnA := rank(a)
		doorB, turnB := rank(b)
		return cmp.Or(doorA-doorB, turnA-turnB)
	})
	return plan
}

func (s *suite) register(ctx context.Context) {
	ginkgo.Describe("token endpoint", func() {
		for _, p := range s.plan {
			ginkgo.Context(p.door.text, func() { s.spec(ctx, p.door, p.c) })
		}
	})
}

func (s *suite) spec(run context.Context, d door, c fixtures.Case) {
	ginkgo.It(fmt.Sprintf("%s: %s", c.ID, c.Requirement), labels(c, d.name),
		types.NewCustomCodeLocation("fixtures: "+string(c.ID)),
		ginkgo.SpecTimeout(s.options.SpecTimeout),
		func(ctx ginkgo.SpecContext) {
			if run.Err() != nil {
				ginkgo.Skip(noTurn)
			}
			within, cancel := context.WithCancelCause(ctx)
			defer cancel(nil)
			defer context.AfterFunc(run, func() { cancel(errEnded) })()
			s.try(within, d, c)
		})
}

// labels are slugs, because Ginkgo refuses empty values and &|!,()/ in labels.
func labels(c fixtures.Case, door string) ginkgo.Labels {
	all := ginkgo.Labels{"case:" + string(c.ID), "flow:" + string(c.Flow), "kind:" + string(c.Kind), "door:" + door}
	for _, id := range c.Refusals() {
		all = append(all, "refusal:"+string(id))
	}
	for _, r := range c.Readings() {
		all = append(all, "switch:"+string(r.Switch))
	}
	return all
}

func (s *suite) outcome(key specKey) *outcome {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.outcomes[key] == nil {
		s.outcomes[key] = &outcome{command: s.options.Command}
	}
	return s.outcomes[key]
}

// spend takes calls out of a live target's budget; false if they are not left.
func (s *suite) spend(calls int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.target.Capabilities.Live && s.calls+calls > s.options.Budget {
		return false
	}
	s.calls += calls
	return true
}
