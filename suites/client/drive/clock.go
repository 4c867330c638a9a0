package drive

import "time"

// clock is where the drivers take the time from.
type clock struct {
	// Now is the time; nil means time.Now.
	Now func() time.Time
	// After gives a channel that is sent to after the time; nil means time.After.
	After func(time.Duration) <-chan time.Time
}

func (c clock) withDefaults() clock {
	if c.Now == nil {
		c.Now = time.Now //nolint:forbidigo // the one default of the seam
	}
	if c.After == nil {
		c.After = time.After //nolint:forbidigo // the one default of the seam
	}
	return c
}

// afterLimit is never sent to if there is no limit.
func (c clock) afterLimit(limit time.Duration) <-chan time.Time {
	if limit <= 0 {
		return nil
	}
	return c.After(limit)
}
