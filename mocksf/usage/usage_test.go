package usage_test

import (
	"testing"
	"time"

	"github.com/sfconform/sfconform/mocksf/usage"
)

func TestADayEndsTwentyFourHoursAfterItsFirstRequest(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 9, 1, 12, 0, 0, 0, time.UTC)
	var c usage.Counter
	if n := c.Used(start); n != 0 {
		t.Errorf("%d are used before the first", n)
	}
	c.Add(start)
	if n := c.Add(start.Add(23 * time.Hour)); n != 2 {
		t.Errorf("%d on the first day, want 2", n)
	}
	if n := c.Used(start.Add(24 * time.Hour)); n != 0 {
		t.Errorf("%d are used when the day has ended", n)
	}
	if n := c.Add(start.Add(24 * time.Hour)); n != 1 {
		t.Errorf("%d on the next day, want 1", n)
	}
}
