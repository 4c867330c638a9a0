package fault

import (
	"context"
	"time"
)

// Sleep waits for a duration or for the end of the context, whose error it returns.
type Sleep func(ctx context.Context, d time.Duration) error

// Wait holds an answer back as the effect says; a nil sleep means the real time.
func (e Effect) Wait(ctx context.Context, sleep Sleep) error {
	if e.Delay <= 0 {
		return nil
	}
	return sleep.orReal()(ctx, e.Delay)
}

// Pause waits between two bytes of an answer that drips; a nil sleep means the real time.
func (e Effect) Pause(ctx context.Context, sleep Sleep) error {
	return sleep.orReal()(ctx, e.Drip)
}

func (s Sleep) orReal() Sleep {
	if s != nil {
		return s
	}
	return realSleep
}

func realSleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d) //nolint:forbidigo // the one seam: a nil Sleep means the real time
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
