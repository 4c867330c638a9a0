package timeline_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/fixtures/document"
	"github.com/sfconform/sfconform/mocksf/timeline"
)

// piece is a change as the model knows it: what it sets and when each node sees it.
type piece struct {
	change  fixtures.Change
	visible []time.Time
}

// model keeps every piece for good and folds them anew each time: what a timeline
// must show, whatever it caches, compacts and leaves out.
type model struct {
	base   fixtures.Org
	pieces []piece
}

func (m *model) at(now time.Time, node int) fixtures.Org {
	o := m.base
	for _, p := range m.pieces {
		if now.Before(p.visible[node]) {
			continue
		}
		next, err := o.With(p.change)
		if errors.Is(err, document.ErrNoParent) {
			continue
		}
		if err != nil {
			panic(err)
		}
		o = next
	}
	return o
}

// add takes the pieces of one Apply: what was pending right after it says when
// they are seen; what was not pending is seen at once.
func (m *model) add(changes []fixtures.Change, at time.Time, nodes int, pending []timeline.Pending) {
	for _, c := range changes {
		p := piece{change: c, visible: slices.Repeat([]time.Time{at}, nodes)}
		i := slices.IndexFunc(pending, func(q timeline.Pending) bool { return q.Made.Equal(at) && q.Path == c.Path })
		if i >= 0 {
			p.visible = pending[i].Visible
			pending = slices.Delete(pending, i, i+1)
		}
		m.pieces = append(m.pieces, p)
	}
}

// randomChange is one of a few that clash often. Apps come and go as one piece each.
func randomChange(r *rand.Rand, step int, o fixtures.Org) fixtures.Change {
	text := fmt.Sprint("step ", step)
	if _, ok := o.Apps["b"]; !ok {
		return fixtures.Set("apps/b", map[string]any{"label": text, "installed": false})
	}
	return []fixtures.Change{
		fixtures.Set("apps/b", map[string]any{"label": text, "installed": r.IntN(2) == 0}),
		fixtures.Remove("apps/b"),
		fixtures.Set("apps/b/label", text),
		fixtures.Set("apps/b/policies/runAs", text),
		fixtures.Set("apps/b/policies/profiles", []any{text}),
		fixtures.Set("apps/integration/label", text),
		fixtures.Set("apps/integration/consumerSecret", text),
		fixtures.Set("settings/loginRate", step),
		fixtures.Set("users/u@x", map[string]any{"lastName": text}),
		fixtures.Remove("users/u@x"),
	}[r.IntN(10)]
}

func TestNodesSeeWhatFoldingAllVisibleChangesGives(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			walk(t, rand.New(rand.NewPCG(seed, 1)), seed)
		})
	}
}

// walk makes changes at random times and compares each node with the model.
func walk(t *testing.T, r *rand.Rand, seed uint64) {
	t.Helper()
	delays := map[fixtures.ChangeKind]time.Duration{}
	for _, kind := range []fixtures.ChangeKind{"new-app", "run-as", "permitted-users", "app-settings", "secret", "user"} {
		delays[kind] = time.Duration(r.IntN(4)) * time.Duration(r.IntN(3000)) * time.Second
	}
	nodes := 1 + r.IntN(4)
	base := org(spread(nodes, seed, delays))
	tl, err := timeline.New(base, asIs)
	if err != nil {
		t.Fatal(err)
	}
	m, now := &model{base: base}, start
	for step := range 80 {
		now = now.Add(time.Duration(r.IntN(400)+1) * time.Second)
		c := randomChange(r, step, tl.Newest())
		if err := tl.Apply(now, c); err != nil {
			t.Fatal(err)
		}
		m.add([]fixtures.Change{c}, now, nodes, tl.Pending(now))
		now = now.Add(time.Duration(r.IntN(400)) * time.Second)
		for node := range nodes {
			if r.IntN(3) > 0 && !reflect.DeepEqual(*tl.At(now, node), m.at(now, node)) {
				t.Fatalf("step %d, node %d of %d:\n got %+v\nwant %+v", step, node, nodes, *tl.At(now, node), m.at(now, node))
			}
		}
	}
	for node := range nodes {
		if got := *tl.At(tl.SettlesAt(), node); !reflect.DeepEqual(got, tl.Newest()) {
			t.Errorf("node %d is not at the newest state when all is settled", node)
		}
	}
}

func TestAChangeReachesEachNodeAfterItsShareOfTheDelay(t *testing.T) {
	t.Parallel()
	const delay = 10 * time.Minute
	for seed := range uint64(200) {
		nodes := 1 + int(seed%9)
		p := spread(nodes, seed, map[fixtures.ChangeKind]time.Duration{"run-as": delay})
		tl, again := newTimeline(t, p), newTimeline(t, p)
		apply(t, tl, start, fixtures.Set(runAs, "x"))
		apply(t, again, start, fixtures.Set(runAs, "x"))
		pending := tl.Pending(start)
		if !reflect.DeepEqual(pending, again.Pending(start)) {
			t.Fatalf("seed %d gives two plans", seed)
		}
		visible := slices.SortedFunc(slices.Values(pending[0].Visible), time.Time.Compare)
		if len(visible) != nodes || !visible[0].After(start) || !visible[nodes-1].Equal(start.Add(delay)) {
			t.Errorf("seed %d: %d nodes see the change at %v", seed, nodes, visible)
		}
		for rank, at := range visible {
			if share := float64(at.Sub(start)) / float64(delay) * float64(nodes); share < float64(rank)+0.49 || share > float64(rank+1) {
				t.Errorf("seed %d: rank %d of %d sees the change at share %v", seed, rank, nodes, share)
			}
		}
		if !tl.SettlesAt().Equal(start.Add(delay)) || tl.Settled(start.Add(delay-1)) || !tl.Settled(start.Add(delay)) {
			t.Errorf("seed %d: settles at %v", seed, tl.SettlesAt())
		}
	}
}

func TestTheFirstNodeToSeeAChangeDependsOnSeedAndChange(t *testing.T) {
	t.Parallel()
	first := func(tl *timeline.Timeline[*fixtures.Org], at time.Time) int {
		visible := tl.Pending(at)[0].Visible
		return slices.Index(visible, slices.MinFunc(visible, time.Time.Compare))
	}
	bySeed, byChange := map[int]bool{}, map[int]bool{}
	for seed := range uint64(40) {
		tl := newTimeline(t, spread(4, seed, map[fixtures.ChangeKind]time.Duration{"run-as": time.Second}))
		apply(t, tl, start, fixtures.Set(runAs, "x"))
		bySeed[first(tl, start)] = true
	}
	tl := newTimeline(t, spread(4, 1, map[fixtures.ChangeKind]time.Duration{"run-as": time.Second}))
	for i := range 40 {
		at := start.Add(time.Duration(i) * time.Minute)
		apply(t, tl, at, fixtures.Set(runAs, fmt.Sprint(i)))
		byChange[first(tl, at)] = true
	}
	if len(bySeed) != 4 || len(byChange) != 4 {
		t.Errorf("first nodes by seed %v, by change %v: want all four", bySeed, byChange)
	}
}

func TestWhatIsSavedTogetherArrivesTogether(t *testing.T) {
	t.Parallel()
	tl := newTimeline(t, spread(5, 8, map[fixtures.ChangeKind]time.Duration{"permitted-users": time.Hour}))
	apply(t, tl, start,
		fixtures.Set("apps/integration/policies/permittedUsers", "admin-approved-users-are-pre-authorized"),
		fixtures.Set("apps/integration/policies/profiles", []any{"Integration"}))
	for minute := range 61 {
		for node := range 5 {
			p := tl.At(start.Add(time.Duration(minute)*time.Minute), node).Apps["integration"].Policies
			if (p.PermittedUsers == fixtures.AdminApprovedUsers) != (len(p.Profiles) == 1) {
				t.Fatalf("after %d minutes node %d sees half of it: %+v", minute, node, p)
			}
		}
	}
}
