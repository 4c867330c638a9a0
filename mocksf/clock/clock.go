package clock

import (
	"fmt"
	"math"
	"sync"
	"sync/atomic"
	"time"
)

// Limit is how far a clock can get from its start, once by running and once by
// being moved. It keeps every sum of durations within its type.
const Limit = 100 * 365 * 24 * time.Hour

// maxScale is the highest Scale: eleven days a second.
const maxScale = 1e6

// Options say where a clock starts and how fast it runs.
type Options struct {
	// Start is the time that the clock shows first; zero means the real time.
	Start time.Time
	// Scale is how many virtual seconds pass in a real one; 0 means 1.
	Scale float64
	// Frozen clocks move by Advance only.
	Frozen bool
	// Real is the real time; nil means time.Now.
	Real func() time.Time
}

// Clock is a virtual clock. All of its methods may be called concurrently.
type Clock struct {
	start time.Time
	// origin is the real time at which the clock showed start.
	origin time.Time
	scale  float64
	real   func() time.Time
	// ran and moved are the nanoseconds since start by running and by Advance.
	// Neither ever falls, so that their sum does not.
	ran, moved atomic.Int64
	// advancing guards the check of Limit in Advance.
	advancing sync.Mutex
}

// New starts a clock. The error names the option at fault.
func New(o Options) (*Clock, error) {
	switch {
	case math.IsNaN(o.Scale) || o.Scale < 0 || o.Scale > maxScale:
		return nil, fmt.Errorf("clock: scale %q: want a number above 0 and up to %d; 3600 lets an hour pass in a second",
			fmt.Sprint(o.Scale), int(maxScale))
	case o.Frozen && o.Scale != 0:
		return nil, fmt.Errorf("clock: scale %q: a frozen clock has none, leave one of both out", fmt.Sprint(o.Scale))
	}
	c := &Clock{scale: o.Scale, real: realTime(o)}
	if o.Scale == 0 && !o.Frozen {
		c.scale = 1
	}
	c.origin = c.real()
	if c.start = o.Start; c.start.IsZero() {
		c.start = c.origin
	}
	// Without its monotonic reading a time can be compared with those of files and requests.
	c.start = c.start.Round(0).UTC()
	return c, nil
}

func realTime(o Options) func() time.Time {
	if o.Real == nil {
		return time.Now //nolint:forbidigo // the one seam: a nil Real means the real time
	}
	return o.Real
}

// Now is the virtual time, in UTC. It is never before a time that Now gave earlier.
func (c *Clock) Now() time.Time {
	ran := c.run()
	return c.start.Add(ran).Add(time.Duration(c.moved.Load()))
}

// run is how long the clock ran. It stands still while the real time is set back.
func (c *Clock) run() time.Duration {
	if c.scale == 0 {
		return 0
	}
	now := int64(min(float64(c.real().Sub(c.origin))*c.scale, float64(Limit)))
	for {
		last := c.ran.Load()
		if now <= last {
			return time.Duration(last)
		}
		if c.ran.CompareAndSwap(last, now) {
			return time.Duration(now)
		}
	}
}

// Advance moves the clock ahead at once. A negative duration is refused, as is
// one that leads beyond Limit.
func (c *Clock) Advance(d time.Duration) error {
	if d < 0 {
		return fmt.Errorf("clock: advance %q: a clock does not go back, give a duration of 0 or more", d)
	}
	c.advancing.Lock()
	defer c.advancing.Unlock()
	if d > Limit-time.Duration(c.moved.Load()) {
		return fmt.Errorf("clock: advance %q: a clock can be moved by %v in all, start a new one at the time wanted", d, Limit)
	}
	c.moved.Add(int64(d))
	return nil
}

// Scale is how many virtual seconds pass in a real one; 0 means that the clock is frozen.
func (c *Clock) Scale() float64 { return c.scale }
