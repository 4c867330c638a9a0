package clock_test

import (
	"math"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sfconform/sfconform/mocksf/clock"
)

var start = time.Date(2026, 2, 3, 4, 5, 6, 0, time.UTC)

// wall is a actual time that a test sets.
type wall struct {
	mu  sync.Mutex
	now time.Time
}

func (w *wall) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *wall) Add(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

func newClock(t *testing.T, o clock.Options) *clock.Clock {
	t.Helper()
	c, err := clock.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestClockRunsAsItsOptionsSay(t *testing.T) {
	t.Parallel()
	actual := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		options clock.Options
		pass    time.Duration
		want    time.Time
		scale   float64
	}{
		"actual start and pace":        {clock.Options{}, time.Minute, actual.Add(time.Minute), 1},
		"own start":                    {clock.Options{Start: start}, time.Minute, start.Add(time.Minute), 1},
		"an hour a second":             {clock.Options{Start: start, Scale: 3600}, 2 * time.Second, start.Add(2 * time.Hour), 3600},
		"slower than actual":           {clock.Options{Start: start, Scale: 0.5}, 2 * time.Second, start.Add(time.Second), 0.5},
		"frozen":                       {clock.Options{Start: start, Frozen: true}, time.Hour, start, 0},
		"frozen at the actual time":    {clock.Options{Frozen: true}, time.Hour, actual, 0},
		"no further than the limit":    {clock.Options{Start: start, Scale: 1e6}, clock.Limit, start.Add(clock.Limit), 1e6},
		"a actual time that goes back": {clock.Options{Start: start}, -time.Hour, start, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := &wall{now: actual}
			tt.options.Real = w.Now
			c := newClock(t, tt.options)
			w.Add(tt.pass)
			if got := c.Now(); !got.Equal(tt.want) {
				t.Errorf("Now() = %v, want %v", got, tt.want)
			}
			if got := c.Scale(); got != tt.scale {
				t.Errorf("Scale() = %v, want %v", got, tt.scale)
			}
		})
	}
}

func TestAdvanceMovesTheClockAtOnce(t *testing.T) {
	t.Parallel()
	c := newClock(t, clock.Options{Start: start, Frozen: true})
	for _, d := range []time.Duration{0, 10 * time.Minute, time.Nanosecond} {
		before := c.Now()
		if err := c.Advance(d); err != nil {
			t.Fatal(err)
		}
		if got := c.Now().Sub(before); got != d {
			t.Errorf("Advance(%v) moved the clock by %v", d, got)
		}
	}
}

func TestAdvanceRefusesWhatAClockCannotDo(t *testing.T) {
	t.Parallel()
	c := newClock(t, clock.Options{Start: start, Frozen: true})
	if err := c.Advance(clock.Limit); err != nil {
		t.Fatalf("Advance to the limit: %v", err)
	}
	want := c.Now()
	for d, word := range map[time.Duration]string{-time.Second: "does not go back", 1: "in all", math.MaxInt64: "in all"} {
		if err := c.Advance(d); err == nil || !strings.Contains(err.Error(), word) {
			t.Errorf("Advance(%v) = %v, want an error with %q", d, err, word)
		}
	}
	if got := c.Now(); !got.Equal(want) {
		t.Errorf("a refused Advance moved the clock from %v to %v", want, got)
	}
}

func TestNewRefusesImpossibleScales(t *testing.T) {
	t.Parallel()
	for _, o := range []clock.Options{
		{Scale: -1}, {Scale: math.NaN()}, {Scale: math.Inf(1)}, {Scale: 2e6}, {Scale: 2, Frozen: true},
	} {
		if _, err := clock.New(o); err == nil || !strings.Contains(err.Error(), "clock: scale") {
			t.Errorf("New(%+v) = %v, want an error that names the scale", o, err)
		}
	}
}

func TestClockNeverGoesBack(t *testing.T) {
	t.Parallel()
	w := &wall{now: start}
	c := newClock(t, clock.Options{Start: start, Scale: 7, Real: w.Now})
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			last := c.Now()
			for j := range 2000 {
				w.Add(time.Duration((i*31+j*17)%100-40) * time.Millisecond)
				if j%100 == 0 {
					if err := c.Advance(time.Second); err != nil {
						t.Error(err)
					}
				}
				now := c.Now()
				if now.Before(last) {
					t.Errorf("the clock went back from %v to %v", last, now)
					return
				}
				last = now
			}
		})
	}
	wg.Wait()
}

func BenchmarkNow(b *testing.B) {
	c, err := clock.New(clock.Options{Scale: 60})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			c.Now()
		}
	})
}
