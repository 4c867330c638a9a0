package timeline

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/sfconform/sfconform/fixtures"
)

// MaxNodes is how many nodes an org can have.
const MaxNodes = fixtures.MaxNodes

// plan is when each node sees a change.
type plan struct {
	made time.Time
	// waits is how long after made a node sees the change, by its number.
	waits []time.Duration
	// settled is when the last node sees the change.
	settled time.Time
}

// makePlan spreads a change made at a time over the nodes: each node has its rank,
// sees the change after its rank's share of the delay, less up to half a share,
// and the last one exactly at the delay. All that is saved at once (number) spreads
// in one order, as a deployment does.
func makePlan(p fixtures.Propagation, number uint64, made time.Time, delay time.Duration) plan {
	if delay <= 0 {
		return plan{made: made, settled: made}
	}
	nodes := nodeCount(p)
	waits := make([]time.Duration, nodes)
	for rank, node := range ranks(p.Seed, number, nodes) {
		early := fraction(mix(p.Seed, number, uint64(node), 1)) / 2
		waits[node] = max(time.Duration((float64(rank+1)-early)/float64(nodes)*float64(delay)), 1)
		if rank == nodes-1 {
			waits[node] = delay
		}
	}
	return plan{made: made, waits: waits, settled: made.Add(delay)}
}

// ranks are the numbers of the nodes in the order in which they see a change.
func ranks(seed, number uint64, nodes int) []int {
	order := make([]int, nodes)
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(mix(seed, number, uint64(a)), mix(seed, number, uint64(b))), a-b)
	})
	return order
}

// at is when a node sees the change. A node that joined later sees it with the last one.
func (p plan) at(node int) time.Time {
	if node < len(p.waits) {
		return p.made.Add(p.waits[node])
	}
	return p.settled
}

func nodeCount(p fixtures.Propagation) int { return max(p.Nodes, 1) }

func checkNodes(p fixtures.Propagation) error {
	if p.Nodes < 0 || p.Nodes > MaxNodes {
		return fmt.Errorf("timeline: propagation/nodes: %q is not a number of nodes: want 1 to %d", strconv.Itoa(p.Nodes), MaxNodes)
	}
	return nil
}
