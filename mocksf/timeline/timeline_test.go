package timeline_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/timeline"
)

var start = time.Date(2026, 5, 6, 7, 8, 9, 0, time.UTC)

const (
	runAs  = "apps/integration/policies/runAs"
	secret = "apps/integration/consumerSecret"
	label  = "apps/integration/label"
)

// org is an org with one app and the propagation given.
func org(p fixtures.Propagation) fixtures.Org {
	var o fixtures.Org
	o.Defaults()
	o.MyDomain = "acme"
	o.Propagation = p
	return o.MustWith(
		fixtures.Set("users", map[string]any{}), fixtures.Set("apps", map[string]any{}),
		fixtures.Set("apps/integration", map[string]any{"label": "Integration", "consumerKey": "3MVG9.KEY"}),
	)
}

func spread(nodes int, seed uint64, delays map[fixtures.ChangeKind]time.Duration) fixtures.Propagation {
	p := fixtures.Propagation{Nodes: nodes, Seed: seed, Delays: map[fixtures.ChangeKind]fixtures.Duration{}}
	for kind, d := range delays {
		p.Delays[kind] = fixtures.Duration(d)
	}
	return p
}

// asIs compiles an org to itself.
func asIs(o fixtures.Org) (*fixtures.Org, error) { return &o, nil }

func newTimeline(t *testing.T, p fixtures.Propagation) *timeline.Timeline[*fixtures.Org] {
	t.Helper()
	tl, err := timeline.New(org(p), asIs)
	if err != nil {
		t.Fatal(err)
	}
	return tl
}

func apply(t *testing.T, tl *timeline.Timeline[*fixtures.Org], at time.Time, changes ...fixtures.Change) {
	t.Helper()
	if err := tl.Apply(at, changes...); err != nil {
		t.Fatal(err)
	}
}

func TestWithoutPropagationAChangeIsVisibleAtOnce(t *testing.T) {
	t.Parallel()
	tl := newTimeline(t, fixtures.Propagation{})
	apply(t, tl, start, fixtures.Set(runAs, "ada@acme.example"))
	if got := tl.At(start, tl.Node()).Apps["integration"].Policies.RunAs; got != "ada@acme.example" {
		t.Errorf("right after the change, runAs is %q", got)
	}
	if !tl.Settled(start) || len(tl.Pending(start)) > 0 {
		t.Errorf("something is pending: %+v", tl.Pending(start))
	}
}

func TestOneNodeSeesAChangeAtItsDelay(t *testing.T) {
	t.Parallel()
	for after, want := range map[time.Duration]string{0: "", time.Minute - 1: "", time.Minute: "ada@acme.example"} {
		tl := newTimeline(t, spread(1, 1, map[fixtures.ChangeKind]time.Duration{"run-as": time.Minute}))
		apply(t, tl, start, fixtures.Set(runAs, "ada@acme.example"))
		if got := tl.At(start.Add(after), 0).Apps["integration"].Policies.RunAs; got != want {
			t.Errorf("%v after the change, runAs is %q, want %q", after, got, want)
		}
	}
}

func TestTheKnobsOfTheFakeDoNotSpread(t *testing.T) {
	t.Parallel()
	slow := map[fixtures.ChangeKind]time.Duration{"behaviour": time.Hour, "org": time.Hour}
	for _, c := range []fixtures.Change{
		fixtures.Set("behaviour/preset", "documented"),
		fixtures.Set("propagation/seed", 7),
		fixtures.Set("propagation", map[string]any{"nodes": 2}),
		fixtures.Set("records", map[string]any{"Account": []any{}}),
		fixtures.Set("records/Account", []any{map[string]any{"Name": "Acme"}}),
	} {
		tl := newTimeline(t, spread(3, 1, slow))
		apply(t, tl, start, c)
		if !tl.Settled(start) {
			t.Errorf("a change of %q spreads until %v", c.Path, tl.SettlesAt())
		}
	}
}

func TestALaterChangeIsNotUndoneByASlowerEarlierOne(t *testing.T) {
	t.Parallel()
	tl := newTimeline(t, spread(3, 1, map[fixtures.ChangeKind]time.Duration{"app-settings": time.Hour}))
	apply(t, tl, start, fixtures.Set(label, "slow"))
	apply(t, tl, start.Add(time.Minute), fixtures.Set("propagation/delays", map[string]any{}))
	apply(t, tl, start.Add(time.Minute), fixtures.Set(label, "quick"))
	for _, after := range []time.Duration{time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour} {
		for node := range tl.Nodes() {
			if got := tl.At(start.Add(after), node).Apps["integration"].Label; got != "quick" {
				t.Errorf("%v after, node %d sees %q", after, node, got)
			}
		}
	}
}

func TestApplyTakesAllChangesOrNone(t *testing.T) {
	t.Parallel()
	clash := errors.New("two apps share a Consumer Key")
	compile := func(o fixtures.Org) (*fixtures.Org, error) {
		if o.Apps["integration"].Label == "broken" {
			return nil, clash
		}
		return &o, nil
	}
	for name, tt := range map[string]struct {
		changes []fixtures.Change
		want    []string
	}{
		"unknown field": {
			[]fixtures.Change{fixtures.Set(label, "new"), fixtures.Set("apps/integration/polices/runAs", "x")},
			[]string{"timeline: ", `"apps/integration/polices/runAs"`, `did you mean "policies"`},
		},
		"no such app":        {[]fixtures.Change{fixtures.Set(label, "new"), fixtures.Set("apps/other/label", "x")}, []string{`"other"`}},
		"empty path":         {[]fixtures.Change{fixtures.Set("", "x")}, []string{`change ""`}},
		"wrong value":        {[]fixtures.Change{fixtures.Set("apps/integration/installed", "maybe")}, []string{"installed", "true or false"}},
		"refused by compile": {[]fixtures.Change{fixtures.Set(label, "broken")}, []string{"timeline: ", clash.Error()}},
		"too many nodes":     {[]fixtures.Change{fixtures.Set("propagation/nodes", 1e9)}, []string{"propagation/nodes", "1 to 64"}},
		"negative nodes":     {[]fixtures.Change{fixtures.Set("propagation/nodes", -1)}, []string{"propagation/nodes", `"-1"`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tl, err := timeline.New(org(fixtures.Propagation{}), compile)
			if err != nil {
				t.Fatal(err)
			}
			before := tl.At(start, 0)
			err = tl.Apply(start, tt.changes...)
			for _, word := range tt.want {
				if err == nil || !strings.Contains(err.Error(), word) {
					t.Errorf("Apply = %v, want an error with %q", err, word)
				}
			}
			if tl.At(start, 0) != before || tl.Newest().Apps["integration"].Label != "Integration" {
				t.Error("a refused Apply changed the org")
			}
		})
	}
}

func TestNewRefusesAnOrgThatCannotBeServed(t *testing.T) {
	t.Parallel()
	if _, err := timeline.New(org(fixtures.Propagation{Nodes: 101}), asIs); err == nil {
		t.Error("101 nodes were taken")
	}
	broken := errors.New("broken")
	_, err := timeline.New(org(fixtures.Propagation{}), func(fixtures.Org) (int, error) { return 0, broken })
	if !errors.Is(err, broken) {
		t.Errorf("New = %v, want %v", err, broken)
	}
}

// A Consumer Key moves from one app to another; the piece that frees it arrives late.
func TestANodeKeepsItsStateWhenTheNextOneIsBroken(t *testing.T) {
	t.Parallel()
	compile := func(o fixtures.Org) (*fixtures.Org, error) {
		if o.Settings.LoginRate == 1 && o.Apps["integration"].Label == "Integration" {
			return nil, errors.New("these do not go together")
		}
		return &o, nil
	}
	tl, err := timeline.New(org(spread(2, 3, map[fixtures.ChangeKind]time.Duration{"app-settings": time.Hour})), compile)
	if err != nil {
		t.Fatal(err)
	}
	before := tl.At(start, 0)
	apply(t, tl, start, fixtures.Set(label, "other"), fixtures.Set("settings/loginRate", 1))
	if got := tl.At(start, 0); got != before {
		t.Error("the node does not keep its last good state")
	}
	if err := tl.Err(); err == nil || !strings.Contains(err.Error(), "node 0 keeps an older state: these do not go together") {
		t.Errorf("Err() = %v", err)
	}
	end := start.Add(time.Hour)
	if got := tl.At(end, 0).Settings.LoginRate; got != 1 {
		t.Errorf("the settled login rate is %d", got)
	}
	tl.At(end, 1)
	if err := tl.Err(); err != nil {
		t.Errorf("Err() after all settled: %v", err)
	}
}

func TestNodesJoinAndLeaveAtOnce(t *testing.T) {
	t.Parallel()
	tl := newTimeline(t, spread(1, 3, map[fixtures.ChangeKind]time.Duration{"app-settings": time.Hour}))
	apply(t, tl, start, fixtures.Set(label, "new"))
	apply(t, tl, start, fixtures.Set("propagation/nodes", 3))
	if got := tl.Nodes(); got != 3 {
		t.Fatalf("Nodes() = %d", got)
	}
	for node := range 3 {
		// A request that took its time just before the change may meet a node that joined with it.
		if got := tl.At(start.Add(-1), node).Apps["integration"].Label; got != "Integration" {
			t.Errorf("node %d joined with %q", node, got)
		}
	}
	apply(t, tl, start, fixtures.Set("propagation/nodes", 1))
	for _, gone := range []int{2, -1} {
		if got := tl.At(start.Add(time.Hour), gone).Apps["integration"].Label; got != "new" {
			t.Errorf("asked for node %d, another one answers %q", gone, got)
		}
	}
}

func TestRequestsInSeriesMeetEachNodeOnceARound(t *testing.T) {
	t.Parallel()
	for _, nodes := range []int{1, 2, 3, 4, 6, 7, 12, 64} {
		first, again := newTimeline(t, spread(nodes, 42, nil)), newTimeline(t, spread(nodes, 42, nil))
		other := newTimeline(t, spread(nodes, 43, nil))
		differs := false
		for round := range 20 {
			met := map[int]bool{}
			for range nodes {
				n := first.Node()
				met[n] = true
				if m := again.Node(); m != n {
					t.Fatalf("with the same seed a request met node %d, then node %d", n, m)
				}
				differs = differs || other.Node() != n
			}
			if len(met) != nodes {
				t.Errorf("round %d met %d of %d nodes", round, len(met), nodes)
			}
		}
		if !differs && nodes > 1 {
			t.Errorf("two seeds choose the same of %d nodes for every request", nodes)
		}
	}
}

func TestPendingShowsPathsButNoValues(t *testing.T) {
	t.Parallel()
	tl := newTimeline(t, spread(2, 5, map[fixtures.ChangeKind]time.Duration{"secret": time.Hour}))
	apply(t, tl, start, fixtures.Set(secret, "F37E2F6164826537"), fixtures.Set(label, "new"))
	pending := tl.Pending(start)
	if len(pending) != 1 || pending[0].Path != secret || pending[0].Kind != "secret" || !pending[0].Made.Equal(start) {
		t.Fatalf("Pending() = %+v", pending)
	}
	if text := fmt.Sprintf("%+v", pending); strings.Contains(text, "F37E") {
		t.Errorf("Pending() shows the value: %s", text)
	}
	if got := len(tl.Pending(tl.SettlesAt())); got != 0 {
		t.Errorf("%d changes are pending after all settled", got)
	}
}
