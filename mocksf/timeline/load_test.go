package timeline_test

import (
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/sfconform/sfconform/fixtures"
	"github.com/sfconform/sfconform/mocksf/timeline"
)

func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// Each change is of another place or of the same one, while an app on which they
// depend is still spreading or not: nothing of them may stay.
//
//nolint:paralleltest // it measures the heap
func TestMemoryDoesNotGrowWithTheChangesMade(t *testing.T) {
	for name, change := range map[string]func(i int) fixtures.Change{
		"one place":           func(i int) fixtures.Change { return fixtures.Set(label, fmt.Sprint(i)) },
		"many places":         func(i int) fixtures.Change { return fixtures.Set(fmt.Sprintf("users/u%d/frozen", i%10), i%3 == 0) },
		"below something new": func(i int) fixtures.Change { return fixtures.Set("apps/fresh/policies/runAs", fmt.Sprint(i)) },
		"spreading":           func(i int) fixtures.Change { return fixtures.Set(secret, fmt.Sprint(i)) },
	} {
		t.Run(name, func(t *testing.T) {
			tl := newTimeline(t, spread(3, 1, map[fixtures.ChangeKind]time.Duration{"new-app": 1000 * time.Hour, "secret": time.Minute}))
			for i := range 10 {
				apply(t, tl, start, fixtures.Set(fmt.Sprintf("users/u%d", i), map[string]any{"lastName": "U"}))
			}
			apply(t, tl, start, newApp)
			now, before := start, heap()
			for i := range 10_000 {
				now = now.Add(time.Second)
				apply(t, tl, now, change(i))
			}
			if grown := heap() - before; grown > 256<<10 {
				t.Errorf("10,000 changes keep %d KiB", grown>>10)
			}
			runtime.KeepAlive(tl)
		})
	}
}

func TestTooManyChangesAtOnceAreRefused(t *testing.T) {
	t.Parallel()
	tl := newTimeline(t, spread(1, 1, map[fixtures.ChangeKind]time.Duration{"run-as": time.Hour}))
	batch := make([]fixtures.Change, 100_001)
	for i := range batch {
		batch[i] = fixtures.Set(runAs, "x")
	}
	if err := tl.Apply(start, batch...); err == nil {
		t.Error("100,001 changes were taken at once")
	}
	apply(t, tl, start, batch[:10]...)
}

func TestNodesNeverUnlearnUnderConcurrentChanges(t *testing.T) {
	t.Parallel()
	tl := newTimeline(t, spread(3, 1, map[fixtures.ChangeKind]time.Duration{"org-settings": 50 * time.Millisecond}))
	var wg sync.WaitGroup
	for node := range 3 {
		wg.Go(func() {
			seen := 0
			for i := range 3000 {
				now := start.Add(time.Duration(i) * time.Millisecond)
				rate := tl.At(now, node).Settings.LoginRate
				if rate != 3600 && rate < seen {
					t.Errorf("node %d saw %d after %d", node, rate, seen)
					return
				}
				if rate != 3600 {
					seen = rate
				}
				tl.Node()
				tl.Pending(now)
				tl.Settled(now)
			}
		})
	}
	wg.Go(func() {
		for i := range 300 {
			apply(t, tl, start.Add(time.Duration(i)*10*time.Millisecond), fixtures.Set("settings/loginRate", i))
		}
	})
	wg.Wait()
}

func FuzzApply(f *testing.F) {
	for _, path := range []string{"", "/", "apps", "apps/", "apps//installed", "apps/new", "apps/new/policies/runAs", "users/a/loginIpRanges", "propagation/nodes", "records/Account", "behaviour/switches/x", label} {
		f.Add(path, "text", uint8(0))
		f.Add(path, "- a\n- b", uint8(1))
	}
	f.Fuzz(func(t *testing.T, path, value string, kind uint8) {
		tl, err := timeline.New(org(spread(2, 1, map[fixtures.ChangeKind]time.Duration{"new-app": time.Hour, "org": time.Hour})), asIs)
		if err != nil {
			t.Fatal(err)
		}
		values := []any{value, []any{value}, map[string]any{"label": value, value: value}, nil, 3, true}
		if err := tl.Apply(start, fixtures.Set(path, values[int(kind)%len(values)])); err != nil {
			return
		}
		for node := range tl.Nodes() {
			tl.At(start.Add(time.Minute), node)
			tl.At(tl.SettlesAt(), node)
		}
	})
}

func BenchmarkAt(b *testing.B) {
	for name, p := range map[string]fixtures.Propagation{"settled": {}, "spreading": spread(3, 1, map[fixtures.ChangeKind]time.Duration{"run-as": time.Hour})} {
		b.Run(name, func(b *testing.B) {
			tl, err := timeline.New(org(p), asIs)
			if err != nil {
				b.Fatal(err)
			}
			if err := tl.Apply(start, fixtures.Set(runAs, "x")); err != nil {
				b.Fatal(err)
			}
			now := start.Add(time.Minute)
			b.ReportAllocs()
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					tl.At(now, tl.Node())
				}
			})
		})
	}
}
